import { Peer } from '../normal-request';
import { HeaderLine } from '../request';
import { ManagedHeaders } from '../request-headers';

/**
 * Headers that a proxy removes before it looks for a route, as Envoy 1.37 to 1.40 with Istio's settings do. A trailer is the only thing
 * that `te` can announce.
 */
const REMOVED: ReadonlySet<string> = new Set([
  'keep-alive', 'proxy-connection', 'te', 'x-envoy-expected-rq-timeout-ms', 'x-envoy-force-trace', 'x-envoy-hedge-on-per-try-timeout', 'x-envoy-internal',
  'x-envoy-ip-tags', 'x-envoy-max-retries', 'x-envoy-original-url', 'x-envoy-retriable-header-names', 'x-envoy-retriable-status-codes', 'x-envoy-retry-grpc-on', 'x-envoy-retry-on',
  'x-envoy-upstream-alt-stat-name', 'x-envoy-upstream-rq-per-try-timeout-ms', 'x-envoy-upstream-rq-timeout-ms', 'x-forwarded-client-cert',
]);

/** Those that only a gateway removes, or replaces. */
const REMOVED_BY_GATEWAYS: ReadonlySet<string> = new Set([
  'x-envoy-decorator-operation', 'x-envoy-downstream-service-cluster', 'x-envoy-downstream-service-node', 'x-envoy-original-host', 'x-envoy-original-path',
  'x-envoy-external-address', 'x-forwarded-for', 'x-forwarded-proto', 'x-request-id',
]);

const REMOVED_AT_EDGE: ReadonlySet<string> = new Set([...REMOVED, ...REMOVED_BY_GATEWAYS]);

/** Stands for a value that is not known: no condition names it. */
const UNKNOWN = '(set by Envoy)';

/**
 * The lines of a client that the routes of the first proxy see.
 *
 * @internal
 */
export function keptLines(lines: readonly HeaderLine[], { kind }: Peer): readonly HeaderLine[] {
  const removed = kind === 'outside' ? REMOVED_AT_EDGE : REMOVED;
  const first = lines.findIndex(({ name }) => removed.has(name));
  if (first < 0) return lines;
  const kept = lines.slice(0, first);
  let announcesTrailers = false;
  for (let i = first; i < lines.length; i += 1) {
    const line = lines[i];
    if (!removed.has(line.name)) kept.push(line);
    else if (line.name === 'te') announcesTrailers ||= namesTrailers(line.value);
  }
  if (announcesTrailers) kept.push(TRAILERS);
  return kept;
}

const TRAILERS: HeaderLine = { name: 'te', value: 'trailers' };

function namesTrailers(te: string): boolean {
  return te === TRAILERS.value || te.split(',').some((token) => token.trim() === TRAILERS.value);
}

/**
 * What the first proxy sets.
 *
 * @internal
 */
export class HeadersOfFirstProxy implements ManagedHeaders {
  /**
   * Prepares them for a request.
   *
   * @param lines The lines of the client.
   */
  constructor(private readonly lines: readonly HeaderLine[], private readonly peer: Peer, private readonly scheme: string) {}

  public valueOf(name: string): string | undefined {
    return name.startsWith('x-') ? valueSet(name, this.lines, this.peer, this.scheme) : undefined;
  }
}

function valueSet(name: string, lines: readonly HeaderLine[], peer: Peer, scheme: string): string | undefined {
  if (name === 'x-forwarded-proto') return scheme;
  if (name === 'x-request-id') return UNKNOWN;
  if (peer.kind !== 'outside') return undefined;
  switch (name) {
    case 'x-forwarded-for': return [...lines.filter((line) => line.name === name).map(({ value }) => value), peer.sourceAddress ?? UNKNOWN].join(',');
    case 'x-envoy-external-address': return peer.remoteAddress ?? UNKNOWN;
    case 'x-forwarded-client-cert': return peer.certificate === undefined ? undefined : UNKNOWN;
    default: return undefined;
  }
}
