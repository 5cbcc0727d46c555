import { ComparedHost, HostSide } from './compared-host';
import { Connection, ConnectionSide } from './connection';
import { patternWord } from './host-words';
import { Side } from '../rules/side';

/**
 * A host of a connection, on both sides.
 *
 * @internal
 */
export interface PairedHost {
  readonly compared: ComparedHost;
  readonly sides: readonly [HostSide, HostSide];
  /** The most specific pattern for a host; undefined if there is none. */
  patternOf(host: string): string | undefined;
}

/**
 * The hosts of a connection: those of all virtual hosts, and one for all other hosts.
 *
 * @internal
 */
export function *hostsOf(connection: Connection, [before, after]: readonly [Side, Side]): Iterable<PairedHost> {
  const patterns = new Set([...connection.before.hosts?.patterns ?? [], ...connection.after.hosts?.patterns ?? []]);
  if (!patterns.has('*')) patterns.add('*');
  const patternOf = (host: string) => mostSpecific(host, patterns);
  for (const pattern of patterns) {
    const host = patternWord(pattern, patterns);
    const isOwn = (word: string) => word === host || (pattern.startsWith('*') && patternOf(word) === pattern);
    const sideOf = (own: ConnectionSide, side: Side) => hostSide(connection, own, side, host);
    yield { compared: { connection, pattern, host, isOwn }, sides: [sideOf(connection.before, before), sideOf(connection.after, after)], patternOf };
  }
}

function mostSpecific(host: string, patterns: ReadonlySet<string>): string | undefined {
  if (patterns.has(host)) return host;
  for (let dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
    if (dot > 0 && patterns.has(`*${host.slice(dot)}`)) return `*${host.slice(dot)}`;
  }
  return '*';
}

function hostSide({ serverNames = [] }: Connection, { entry, hosts }: ConnectionSide, side: Side, host: string): HostSide {
  const serverName = serverNames.includes(host) ? host : serverNames[0];
  const own = entry?.tls === undefined ? entry : { ...entry, tls: { ...entry.tls, serverName } };
  return { side, entry: own, isRouted: hosts !== undefined, found: hosts?.find(host), tokens: side.enforcedAt(entry?.gateway).tokens };
}
