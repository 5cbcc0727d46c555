import { claimsOf } from './raw-token';
import { BEARER, IssuerRule } from './token-rules';
import { JsonObject } from '../../cluster/json';
import { NormalRequest } from '../normal-request';
import { TokenLocation } from '../request';

/**
 * A token that a rule finds in a request.
 *
 * @internal
 */
export interface FoundToken {
  /** Where. */
  readonly location: TokenLocation;
  /** Its claims; undefined if it is not a JSON Web Token. */
  readonly claims: JsonObject | undefined;
  /** Whether its signature and time are right; undefined if only its bytes are known. */
  readonly isValid: boolean | undefined;
}

/**
 * The tokens that a rule finds in a request, in the order of their locations.
 *
 * @internal
 */
export function tokensFor({ locations }: IssuerRule, request: NormalRequest): readonly FoundToken[] {
  const found: FoundToken[] = [];
  for (const location of locations) {
    for (const token of sentAt(location, request)) found.push(bytesAt(location, token));
    const declared = declaredAt(location, request);
    if (declared !== undefined) found.push(declared);
  }
  return found;
}

function bytesAt(location: TokenLocation, token: string): FoundToken {
  return { location, claims: claimsOf(token), isValid: undefined };
}

function declaredAt(location: TokenLocation, { token }: NormalRequest): FoundToken | undefined {
  if (token === undefined) return undefined;
  const { kind, name, prefix = '' } = token.location ?? BEARER;
  if (kind !== location.kind || name !== location.name) return undefined;
  const before = afterPrefix(prefix, location.prefix ?? '');
  return before === undefined ? undefined : { location, claims: before === '' ? token.claims : undefined, isValid: token.isValid };
}

const NONE: readonly string[] = [];

/** The strings at a location, which need not be tokens. */
function sentAt({ kind, name, prefix }: TokenLocation, request: NormalRequest): readonly string[] {
  if (kind === 'header') {
    const values = request.headers.valuesOf(name);
    return values.length === 0 ? values : values.flatMap((value) => bearerToken(value, prefix));
  }
  if (kind === 'parameter') return request.query === undefined ? NONE : parametersOf(request.query).filter(([key]) => key === name).map(([, value]) => value).slice(0, 1);
  return cookiesOf(request).filter(([key]) => key === name).map(([, value]) => value).slice(0, 1);
}

/** What is read as a token; nothing if the prefix is missing. */
function bearerToken(value: string, prefix: string | undefined): string[] {
  if (prefix === undefined) return [value];
  const after = afterPrefix(value, prefix);
  if (after === undefined) return [];
  return [after === '' ? value : after];
}

/** What follows a prefix, from the first character that a token can have. The prefix may be anywhere. */
function afterPrefix(value: string, prefix: string): string | undefined {
  const at = value.indexOf(prefix);
  if (at < 0) return undefined;
  return prefix === '' ? value : value.slice(at + prefix.length).replace(/^[^\w.-]+/, '');
}

/**
 * The decoded parameters of a query, in order.
 *
 * @internal
 */
export function parametersOf(query: string): [name: string, value: string][] {
  // Nothing after a last `&` is no parameter, but nothing between two is one.
  const parts = query.split('&');
  return (parts[parts.length - 1] === '' ? parts.slice(0, -1) : parts).map((part) => {
    const equals = part.indexOf('=');
    return equals < 0 ? [decode(part), ''] : [decode(part.slice(0, equals)), decode(part.slice(equals + 1))];
  });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function cookiesOf({ headers }: NormalRequest): [name: string, value: string][] {
  return headers.valuesOf('cookie').flatMap((line) => line.split(';')).flatMap((part): [string, string][] => {
    const equals = part.indexOf('=');
    if (equals < 0) return [];
    const value = part.slice(equals + 1).trim();
    return [[part.slice(0, equals).trim(), /^".*"$/.test(value) && value.length > 1 ? value.slice(1, -1) : value]];
  });
}
