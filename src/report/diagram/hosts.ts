import { RouteRow } from '../../answers/endpoints/routes-table';
import { InputError, suggestion } from '../../answers/input/input-error';

/**
 * The rows with the routes of hosts: at each entrance those of the most specific pattern that matches the host.
 *
 * @param hosts Hosts, or patterns as they are in the table. All rows if there are none.
 * @throws InputError if no row is for one of them.
 * @internal
 */
export function rowsForHosts(rows: readonly RouteRow[], hosts: readonly string[]): readonly RouteRow[] {
  if (hosts.length === 0) return rows;
  const known = new Map<string, Set<string>>();
  for (const { entrance, host } of rows) known.set(entrance, (known.get(entrance) ?? new Set<string>()).add(host));
  const selected = new Set(hosts.flatMap((host) => keysFor(host, known)));
  return rows.filter(({ entrance, host }) => selected.has(keyOf(entrance, host)));
}

function keysFor(host: string, known: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  const patterns = patternsFor(host);
  const keys = [...known].flatMap(([entrance, routed]) => {
    const pattern = patterns.find((each) => routed.has(each));
    return pattern === undefined ? [] : [keyOf(entrance, pattern)];
  });
  if (keys.length > 0) return keys;
  const hosts = [...new Set([...known.values()].flatMap((routed) => [...routed]))].sort();
  throw new InputError(`host "${host}" has no routes`, suggestion(host, hosts, 'hosts with routes'));
}

function keyOf(entrance: string, host: string): string {
  return JSON.stringify([entrance, host]);
}

/** The host, and all patterns that match it, the most specific first. */
function patternsFor(host: string): readonly string[] {
  const name = host.toLowerCase();
  const dots = [...name].flatMap((character, i) => (character === '.' ? [i] : []));
  return [host, name, ...dots.map((dot) => `*${name.slice(dot)}`), '*'];
}
