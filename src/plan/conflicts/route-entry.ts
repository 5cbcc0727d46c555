import { IConstruct } from 'constructs';
import { show } from '../checks/errors';
import { RequestProtocol } from '../request-match';
import { StringMatch, StringMatchKind } from '../string-match';

/**
 * Requests that an endpoint takes on one host of one listener.
 *
 * @internal
 */
export interface RouteEntry {
  /** The construct that findings about the endpoint stand at. */
  readonly at: IConstruct;
  /** What messages call the endpoint. */
  readonly owner: string;
  /** What messages advise where it takes requests of another one; another path, header or host when undefined. */
  readonly remedy?: string;
  /** Whatever is the same object for claims of one plan, which may have endpoints on wider and narrower hosts. */
  readonly plan: object;
  /** Whatever is the same object for claims of one endpoint, which may overlap. */
  readonly endpoint: object;
  /** The listener: a port of a gateway, or the mesh. */
  readonly listener: string;
  /** The host pattern under which Envoy looks for them. */
  readonly host: string;
  /** Whether the plan accepts that it takes the host from wider ones. */
  readonly takesHost: boolean;
  /** The one protocol of the requests; either when undefined. */
  readonly protocol?: RequestProtocol;
  /** Paths of the requests. */
  readonly path: StringMatch;
  /** Headers and query parameters that the requests carry; `queryParameter` gives the names of the latter. */
  readonly headers: Conditions;
  /** Headers that the requests do not carry with such a value. */
  readonly withoutHeaders?: Conditions;
  /**
   * Whether the headers select an arm of an endpoint that also accepts requests without them, such as those of testers. They
   * do not identify the endpoint then: requests for others may carry them as well.
   */
  readonly selectsArm?: boolean;
  /** Whether it is a hand-written rule with conditions. Its author wants it before other rules, but not after those of a catch-all endpoint. */
  readonly underConditions?: boolean;
}

/** @internal */
export interface Conditions {
  readonly [name: string]: StringMatch;
}

/**
 * The listener of callers inside the mesh.
 *
 * @internal
 */
export const MESH = 'mesh';

const QUERY = 'query parameter ';

/**
 * The name that a query parameter has among the headers of a claim. No header has a space in its name,
 * and neither has a line break.
 *
 * @internal
 */
export function queryParameter(name: string): string {
  return `${QUERY}${show(name)}`;
}

/**
 * Whether a condition is about a query parameter.
 *
 * @internal
 */
export function isQueryParameter(name: string): boolean {
  return name.startsWith(QUERY);
}

/**
 * Whether Istio takes a path for that of a catch-all rule. Such a rule without conditions comes after all others of its host.
 *
 * @internal
 */
export function isCatchAllPath({ kind, value }: StringMatch): boolean {
  return (kind === StringMatchKind.PREFIX && value === '/') || (kind === StringMatchKind.REGEX && value === '.*');
}

/**
 * Whether a claim is for all that is left of a host.
 *
 * @internal
 */
export function isCatchAll({ path, headers, withoutHeaders = {} }: RouteEntry): boolean {
  return isCatchAllPath(path) && Object.keys(headers).length + Object.keys(withoutHeaders).length === 0;
}
