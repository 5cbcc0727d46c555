/**
 * Headers that Envoy joins before it compares them, if a request repeats them: all values as one, separated by commas. Envoy compares each
 * line of any other header by itself. The list is fixed in Envoy's build; this is that of the release in `JOINED_IN`.
 *
 * @internal
 */
export const JOINED_HEADERS: ReadonlySet<string> = new Set([
  'accept',
  'access-control-request-method',
  'accept-encoding',
  'authorization',
  'cache-control',
  'content-type',
  'grpc-timeout',
  'if-none-match',
  'origin',
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

/**
 * The release of Envoy of the list.
 *
 * @internal
 */
export const JOINED_IN = 'Envoy 1.40';

/** Headers whose values Envoy sets or removes at the edge, or that HTTP allows only once. */
const NOT_FROM_CLIENTS = /^(:|x-forwarded-|x-envoy-|x-b3-|x-request-id$|host$|content-length$|transfer-encoding$|connection$|te$|upgrade$)/;

/**
 * Whether clients can send a header on several lines, each of which Envoy compares by itself.
 *
 * @param name The name in lower case.
 * @internal
 */
export function isComparedByLine(name: string): boolean {
  return !JOINED_HEADERS.has(name) && !NOT_FROM_CLIENTS.test(name);
}
