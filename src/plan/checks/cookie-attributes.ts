import { IConstruct } from 'constructs';
import { isHost } from './checks';
import { invalid, show } from './errors';
import { checkMember } from './type-checks';

/** When browsers send a cookie with cross-site requests. */
export enum SameSite {
  /** Never. */
  STRICT = 'Strict',
  /** Only with the navigation to a page. */
  LAX = 'Lax',
  /** Always. Browsers require `secure` then. */
  NONE = 'None',
}

/**
 * Attributes that control where browsers store and send a cookie.
 *
 * @see https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Set-Cookie
 */
export interface CookieAttributes {
  /**
   * Whether the cookie is sent over HTTPS only.
   *
   * @default false
   */
  readonly secure?: boolean;

  /**
   * When it is sent with cross-site requests.
   *
   * @default - the browser's default, most often SameSite.LAX
   */
  readonly sameSite?: SameSite;

  /**
   * Domain that the cookie is valid for, including all hosts below it, such as `example.com`.
   *
   * @default - only the host of the request
   */
  readonly domain?: string;

  /**
   * Whether a page of another site that embeds the host gets a separate cookie. Browsers require `secure` then.
   *
   * @default false
   */
  readonly partitioned?: boolean;
}

/**
 * Checks the attributes of a cookie.
 *
 * @internal
 */
export function checkCookieAttributes(at: IConstruct, where: string, { secure, sameSite, domain, partitioned }: CookieAttributes): void {
  checkMember(at, `${where}.sameSite`, sameSite, SameSite);
  if (domain !== undefined && (!isHost(domain) || domain.includes('*') || domain.includes(':'))) {
    throw invalid(at, `${where}.domain ${show(domain)}`, 'expected a DNS name such as "example.com", without a dot in front, scheme, port or wildcard');
  }
  const needing = sameSite === SameSite.NONE ? 'sameSite "None"' : partitioned ? 'partitioned' : undefined;
  if (needing !== undefined && secure !== true) throw invalid(at, `${where} has ${needing} without secure`, 'browsers reject such a cookie. Set secure: true');
}

/**
 * The attributes by their names in `Set-Cookie`. Flags have no value.
 *
 * @internal
 */
export function writtenAttributes({ secure, sameSite, domain, partitioned }: CookieAttributes): { readonly name: string; readonly value?: string }[] {
  return [
    ...domain === undefined ? [] : [{ name: 'Domain', value: domain }],
    ...secure === true ? [{ name: 'Secure' }] : [],
    ...sameSite === undefined ? [] : [{ name: 'SameSite', value: sameSite }],
    ...partitioned === true ? [{ name: 'Partitioned' }] : [],
  ];
}
