import { Cluster } from './cluster';
import { envoyOf } from './envoy-release';

/**
 * Headers that Envoy joins when it receives them, if a request repeats them: all values as one, separated by commas. The list is fixed in
 * Envoy's build, and the same in the releases 1.37 to 1.40.
 *
 * @internal
 */
export const JOINED_HEADERS: ReadonlySet<string> = new Set([
  'accept',
  'accept-encoding',
  'access-control-request-headers',
  'access-control-request-method',
  'authorization',
  'cache-control',
  'content-encoding',
  'content-type',
  'grpc-accept-encoding',
  'grpc-timeout',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'if-unmodified-since',
  'origin',
  'pragma',
  'referer',
  'user-agent',
  'via',
  'x-client-trace-id',
  'x-envoy-attempt-count',
  'x-envoy-decorator-operation',
  'x-envoy-downstream-service-cluster',
  'x-envoy-downstream-service-node',
  'x-envoy-external-address',
  'x-envoy-is-timeout-retry',
  'x-envoy-original-host',
  'x-envoy-original-path',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-proto',
  'x-request-id',
]);

/** Headers whose values Envoy sets or removes at the edge, or that HTTP allows only once. */
const NOT_FROM_CLIENTS = /^(:|x-forwarded-|x-envoy-|x-b3-|x-request-id$|host$|content-length$|transfer-encoding$|connection$|te$|upgrade$)/;

/**
 * Whether routes compare all lines of a repeated header as one value.
 *
 * @param name The name in lower case.
 * @internal
 */
export function isJoinedByRoutes(cluster: Cluster, name: string): boolean {
  return JOINED_HEADERS.has(name) || envoyOf(cluster).routes === 'joined';
}

/**
 * Whether policies compare all lines of a header that clients repeat as one value.
 *
 * @param name The name in lower case.
 * @internal
 */
export function isJoined(cluster: Cluster, name: string): boolean {
  return JOINED_HEADERS.has(name) || (envoyOf(cluster).policies === 'joined' && !NOT_FROM_CLIENTS.test(name));
}

/**
 * Whether clients can send a header on several lines, each of which policies compare by itself.
 *
 * @param name The name in lower case.
 * @internal
 */
export function isComparedByLine(cluster: Cluster, name: string): boolean {
  return !isJoined(cluster, name) && !NOT_FROM_CLIENTS.test(name);
}
