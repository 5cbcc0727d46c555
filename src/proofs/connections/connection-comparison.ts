import { Connection, ConnectionSide } from './connection';
import { compareHost, HostResult, HostSide } from './host-comparison';
import { patternWord } from './host-words';
import { Change, Undecided } from '../change';
import { tokenClaims } from './token-claims';
import { Side } from '../rules/side';

/**
 * How hosts are compared.
 *
 * @internal
 */
export interface ConnectionOptions {
  /** Steps for each virtual host. */
  readonly steps: number;
  /** Whether the policies about callers are the same on both sides. */
  readonly haveSamePolicies: boolean;
}

/**
 * What was found about the requests that enter by a connection.
 *
 * @internal
 */
export interface ConnectionResult {
  readonly changes: readonly Change[];
  readonly repeated: readonly Change[];
  readonly undecided: readonly Undecided[];
  readonly hosts: { readonly compared: number; readonly different: number };
}

/**
 * Compares the answers for all requests that enter by a connection.
 *
 * @internal
 */
export function compareConnection(connection: Connection, [before, after]: readonly [Side, Side], options: ConnectionOptions): ConnectionResult {
  const patterns = new Set([...connection.before.hosts?.patterns ?? [], ...connection.after.hosts?.patterns ?? []]);
  // Other hosts, which no virtual host has.
  if (!patterns.has('*')) patterns.add('*');
  const results: HostResult[] = [];
  for (const pattern of patterns) {
    const host = patternWord(pattern, patterns);
    const isOwn = (word: string) => word === host || (pattern.startsWith('*') && patternOf(word, patterns) === pattern);
    const sides = [sideOf(connection, connection.before, before, host), sideOf(connection, connection.after, after, host)] as const;
    results.push(compareHost({ connection, pattern, host, isOwn }, sides, options.steps));
  }
  const policies = options.haveSamePolicies && (connection.before.pods === connection.after.pods || !(before.hasPolicies || after.hasPolicies)) ? []
    : [{ requests: { gateway: connection.gateway, port: connection.port, tls: connection.tls }, reason: 'the policies about callers are different' }];
  return {
    changes: results.flatMap(({ changes }) => changes),
    repeated: results.flatMap(({ repeated }) => repeated),
    undecided: [...policies, ...results.flatMap(({ undecided }) => undecided)],
    hosts: { compared: results.length, different: results.filter(({ isDifferent }) => isDifferent).length },
  };
}

function patternOf(host: string, patterns: ReadonlySet<string>): string | undefined {
  if (patterns.has(host)) return host;
  for (let dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) if (dot > 0 && patterns.has(`*${host.slice(dot)}`)) return `*${host.slice(dot)}`;
  return '*';
}

function sideOf({ serverNames = [] }: Connection, { entry, hosts }: ConnectionSide, side: Side, host: string): HostSide {
  const serverName = serverNames.includes(host) ? host : serverNames[0];
  const own = entry?.tls === undefined ? entry : { ...entry, tls: { ...entry.tls, serverName } };
  return { side, entry: own, isRouted: hosts !== undefined, found: hosts?.find(host), claims: tokenClaims(side.cluster) };
}
