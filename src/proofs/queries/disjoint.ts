import { Counterexample, HOLDS, Proof } from './proof';
import { writeCommand } from '../../answers/command-line/write-command';
import { InputError, suggestion } from '../../answers/input/input-error';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind } from '../../cluster/cluster-object';
import { Work } from '../../plan/expressions/work';
import { sharesValue } from '../answers/answer-value';
import { clientOf, rulesAt } from '../connections/compared-host';
import { hostsOf, PairedHost } from '../connections/compared-hosts';
import { connectionsOf } from '../connections/connections';
import { FoundClass, HostClasses } from '../connections/host-classes';
import { authorityOf } from '../connections/host-guard';
import { Cube } from '../requests/cube';
import { readingOfRepeated } from '../requests/repeated-headers';
import { witnessOf } from '../requests/witness';
import { Rule } from '../rules/rule';
import { Side } from '../rules/side';

/** Steps for each virtual host. */
const STEPS = 20_000_000;

/**
 * Whether no request to a gateway, those with repeated headers included, satisfies rules of two VirtualServices, so that their age makes no
 * difference. Rules for all requests do not count: they answer what no other rule does.
 *
 * @param first The namespace and the name of a VirtualService, as `namespace/name`.
 * @param second Those of another one.
 * @throws InputError if there is no such VirtualService.
 * @internal
 */
export function disjoint(cluster: Cluster, first: string, second: string): Proof {
  checkName(cluster, first);
  checkName(cluster, second);
  if (first === second) throw new InputError(`VirtualService ${first} is compared with itself`, 'name two VirtualServices');
  const side = new Side(cluster);
  const { listeners } = side.resolver.entrances;
  let reason: string | undefined;
  for (const connection of connectionsOf(listeners, listeners)) {
    for (const host of hostsOf(connection, [side, side])) {
      const proof = disjointAt(host, side, first, second);
      if (proof.verdict === 'fails') return proof;
      if (proof.verdict === 'undecided') reason = proof.reason;
    }
  }
  return reason === undefined ? HOLDS : { verdict: 'undecided', reason };
}

function checkName(cluster: Cluster, name: string): void {
  const names = cluster.all(ClusterKind.VIRTUAL_SERVICE).map((object) => `${object.namespace}/${object.name}`);
  if (!names.includes(name)) throw new InputError(`there is no VirtualService "${name}"`, suggestion(name, names, 'known ones'));
}

function disjointAt({ compared, sides: [host] }: PairedHost, side: Side, first: string, second: string): Proof {
  const all = rulesAt(host, compared, authorityOf(compared, [host]), true);
  const [a, b] = [first, second].map((name) => rulesOf(all, name));
  if (a.length === 0 || b.length === 0) return HOLDS;
  const work = new Work(STEPS);
  const classes = new HostClasses(compared, a, b, true, work);
  let found: Counterexample | undefined;
  let reason: string | undefined;
  const visit = ({ cube, paths, before: [x], after: [y] }: FoundClass) => {
    if (found !== undefined || x === undefined || y === undefined) return;
    const request = witnessOf(cube, paths.path, clientOf(host, compared)!);
    const answer = side.resolver.resolve(request);
    const command = writeCommand(request, (sent) => sharesValue(side.resolver.resolve(sent)) === sharesValue(answer));
    found = { request, answer, problem: 'both VirtualServices have a rule for it', command };
  };
  const undecided = (_requests: unknown, why: string) => { reason = why; };
  for (const lists of classes.pathLists([...a, ...b], undecided)) {
    if (found === undefined) classes.divide(lists, Cube.all(readingOfRepeated(side.cluster)), { visit, undecided });
  }
  if (found !== undefined) return { verdict: 'fails', counterexample: found };
  return reason === undefined ? HOLDS : { verdict: 'undecided', reason };
}

/** Rules of both are different, even if they do the same. */
function rulesOf(all: readonly Rule[], name: string): readonly Rule[] {
  const isOwn = ({ route, isCatchAll }: Rule) => !isCatchAll && route !== undefined && nameOf(route.owner.virtualService) === name;
  return all.filter(isOwn).map((rule) => ({ ...rule, key: `${name} ${rule.key}` }));
}

function nameOf({ namespace, name }: { readonly namespace: string; readonly name: string }): string {
  return `${namespace}/${name}`;
}
