import { ClusterPair } from './diff-clusters';
import { Arguments, Options } from './options';
import { CannotRun } from './terminal';
import { Cluster } from '../cluster/cluster';
import { ClusterKind } from '../cluster/cluster-object';
import { stringsOf } from '../cluster/json';
import { nearest } from '../plan/checks/near-miss';
import { Change } from '../proofs/change';
import { Budget } from '../report/changes/budget';

/**
 * Options that limit what a change may move.
 *
 * @internal
 */
export const BUDGET_OPTIONS: Options = {
  'max-shift': { value: 'POINTS', help: 'Fails if a class of requests has more than so many percentage points of its share moved, from 0 to 100.' },
  'no-new-access': { help: 'Fails if requests reach a backend that they did not reach before.' },
  'no-unanswered': { help: 'Fails if more requests get no answer than before.' },
  'only': { value: 'ENDPOINT', help: 'Fails if anything else changes: a host, a host with a path, or a VirtualService as NAMESPACE/NAME. Can be repeated.' },
};

/**
 * The budget of a command line.
 *
 * @throws CannotRun if a value is invalid, or an endpoint does not exist.
 * @internal
 */
export function budgetOf(args: Arguments, pairs: readonly ClusterPair[]): Budget {
  const only = args.values('only').map((written) => endpointOf(written, pairs));
  const owners = new Set(only.flatMap((endpoint) => ('owner' in endpoint ? [endpoint.owner] : [])));
  const isAllowed = (change: Change) => only.some((endpoint) => 'includes' in endpoint && endpoint.includes(change)) || isOwned(change, owners);
  return {
    maxShift: maxShiftOf(args.value('max-shift')),
    noNewAccess: args.has('no-new-access'),
    noUnanswered: args.has('no-unanswered'),
    ...only.length === 0 ? {} : { isAllowed },
  };
}

function maxShiftOf(written: string | undefined): number | undefined {
  if (written === undefined) return undefined;
  const points = /^\d+(\.\d+)?$/.test(written) ? Number(written) : NaN;
  if (!(points <= 100)) throw new CannotRun([`--max-shift is "${written}", but must be a number of percentage points from 0 to 100`], true);
  return points;
}

/** A VirtualService, or what decides whether a change is one of a host and its paths. */
type Endpoint = { readonly owner: string } | { includes(change: Change): boolean };

/** Whether all rules that answer before and after are those of some VirtualServices, so that they take no requests from others. */
function isOwned({ before, after }: Change, owners: ReadonlySet<string>): boolean {
  const rules = [...before.cases, ...after.cases].flatMap(({ rule }) => rule ?? []);
  return rules.length > 0 && rules.every(({ object }) => owners.has(`${object.namespace}/${object.name}`));
}

function endpointOf(written: string, pairs: readonly ClusterPair[]): Endpoint {
  const names = namesIn(pairs, (cluster) => cluster.all(ClusterKind.VIRTUAL_SERVICE).map(({ namespace, name }) => `${namespace}/${name}`));
  if (names.has(written)) return { owner: written };
  const slash = written.indexOf('/');
  const [host, path] = slash < 0 ? [written, ''] : [written.slice(0, slash), written.slice(slash)];
  const hosts = namesIn(pairs, (cluster) => cluster.all(ClusterKind.VIRTUAL_SERVICE).flatMap(({ spec }) => stringsOf(spec.hosts)));
  if (host !== '' && !hosts.has(host)) throw new CannotRun([unknownEndpoint(written, host, [...names, ...hosts])], true);
  return { includes: ({ requests }) => (host === '' || requests.host === host) && isBelow(requests.path, path) };
}

/** Whether paths are one path and those below it, as `/iris` and `/iris/infer`, but not `/iris-large`. */
function isBelow({ kind, value }: Change['requests']['path'], path: string): boolean {
  const folder = path.endsWith('/') ? path : `${path}/`;
  return value.startsWith(folder) || (kind === 'exact' && value === path);
}

function namesIn(pairs: readonly ClusterPair[], names: (cluster: Cluster) => readonly string[]): ReadonlySet<string> {
  return new Set(pairs.flatMap(({ before, after }) => [...names(before), ...names(after)]));
}

function unknownEndpoint(written: string, host: string, known: readonly string[]): string {
  const near = nearest(written, known) ?? nearest(host, known);
  return `--only is "${written}", and neither a VirtualService nor a host has this name.${near === undefined ? ' Write a host, a host with a path, or NAMESPACE/NAME' : ` Did you mean "${near}"?`}`;
}
