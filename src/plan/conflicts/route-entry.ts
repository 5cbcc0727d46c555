import { IConstruct } from 'constructs';
import { TextMatch } from './overlap';
import { show } from '../checks/errors';
import { RequestProtocol } from '../request-match';
import { StringMatch, StringMatchKind } from '../string-match';

/**
 * Requests that an endpoint matches on one host of one listener.
 *
 * @internal
 */
export interface RouteEntry {
  /** The construct at which findings about the endpoint are reported. */
  readonly at: IConstruct;
  /** How messages describe the endpoint. */
  readonly owner: string;
  /** The remedy if it conflicts with another endpoint; another path, header or host if undefined. */
  readonly remedy?: string;
  /** An object that all entries of one plan share. A plan may have endpoints on wider and narrower hosts. */
  readonly plan: object;
  /** An object that all entries of one endpoint share. They may overlap. */
  readonly endpoint: object;
  /** The listener: a port of a gateway, or the mesh. */
  readonly listener: string;
  /** The host pattern under which Envoy finds them. */
  readonly host: string;
  /** Whether its host may hide endpoints on wider ones without a finding, since it is generated. */
  readonly mayHide?: boolean;
  /** The protocol of the requests; any if undefined. */
  readonly protocol?: RequestProtocol;
  /** Paths of the requests. */
  readonly path: StringMatch;
  /** Headers and query parameters that the requests must have. `queryParameter` names the latter. */
  readonly headers: Conditions;
  /** Headers that the requests must not have with such a value. */
  readonly withoutHeaders?: Conditions;
  /**
   * Whether the headers select an arm of an endpoint that also accepts requests without them, such as those of testers. Then they
   * do not identify the endpoint, since requests for other endpoints may carry them as well.
   */
  readonly selectsArm?: boolean;
  /** Whether it is a hand-written rule with conditions. It is intended to precede other rules, those of a catch-all endpoint included. */
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
 * The name of a query parameter among the headers of an entry. The name of a header contains no space,
 * and neither name contains a line break.
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
 * Whether Istio treats a path as that of a catch-all rule. Without conditions such a rule comes after all others of its host.
 *
 * @internal
 */
export function isCatchAllPath({ kind, value }: TextMatch): boolean {
  return (kind === StringMatchKind.PREFIX && value === '/') || (kind === StringMatchKind.REGEX && value === '.*');
}

/**
 * Whether an entry matches all remaining requests of a host.
 *
 * @internal
 */
export function isCatchAll({ path, headers, withoutHeaders = {} }: RouteEntry): boolean {
  return isCatchAllPath(path) && Object.keys(headers).length + Object.keys(withoutHeaders).length === 0;
}
