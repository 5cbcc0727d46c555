import { ComparedHost, HostSide } from './compared-host';
import { Connection, ConnectionSide } from './connection';
import { areaOf, patternWord } from './host-words';
import { Side } from '../rules/side';

/**
 * A host of a connection, on both sides.
 *
 * @internal
 */
export interface PairedHost {
  readonly compared: ComparedHost;
  readonly sides: readonly [HostSide, HostSide];
  /** The patterns of all virtual hosts, in lower case. */
  readonly patterns: ReadonlySet<string>;
}

/**
 * The hosts of a connection: those of all virtual hosts, and one for all other hosts.
 *
 * @internal
 */
export function *hostsOf(connection: Connection, [before, after]: readonly [Side, Side]): Iterable<PairedHost> {
  const patterns = new Set([...connection.before.hosts?.patterns ?? [], ...connection.after.hosts?.patterns ?? []]);
  if (!patterns.has('*')) patterns.add('*');
  for (const pattern of patterns) {
    const host = patternWord(pattern, patterns);
    const area = areaOf(pattern, patterns);
    const sideOf = (own: ConnectionSide, side: Side) => hostSide(connection, own, side, host);
    yield { compared: { connection, pattern, host, area }, sides: [sideOf(connection.before, before), sideOf(connection.after, after)], patterns };
  }
}

function hostSide({ serverNames = [] }: Connection, { entry, hosts }: ConnectionSide, side: Side, host: string): HostSide {
  const serverName = serverNames.includes(host) ? host : serverNames[0];
  const own = entry?.tls === undefined ? entry : { ...entry, tls: { ...entry.tls, serverName } };
  return { side, entry: own, isRouted: hosts !== undefined, found: hosts?.find(host), tokens: side.enforcedAt(entry?.gateway).tokens };
}
