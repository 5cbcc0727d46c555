import { randomAction } from './actions';
import { MatchPlace, randomMatch, simpleMatch } from './matches';
import { Names } from './set';
import { Manifest } from '../../harness/manifests';
import { plain, Random } from '../random';

/** What VirtualServices of a set share. */
export interface RoutePlace {
  readonly names: Names;
  readonly hosts: readonly string[];
  /** The Gateways as `namespace/name`, and `mesh`. */
  readonly gateways: readonly string[];
  readonly ports: readonly number[];
  /** The namespace of the workloads that send requests. */
  readonly viewer: string;
  /** Whether objects have an age, as in manifests that are read from a cluster. */
  readonly isLive: boolean;
}

const AGES = ['2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z', '2026-01-03T00:00:00Z'];

/** An object of Istio's networking. */
export function networking(kind: string, name: string, namespace: string, spec: object, created?: string): Manifest {
  return { apiVersion: 'networking.istio.io/v1', kind, metadata: plain({ name, namespace, creationTimestamp: created }), spec: plain(spec) };
}

/** Hosts that Istio accepts together. */
function hostsOf(random: Random, hosts: readonly string[], inMesh: boolean): string[] {
  const usable = inMesh ? hosts.filter((host) => host !== '*') : hosts;
  const [first, second] = random.some(usable, 1, 2);
  const overlap = (a: string, b: string) => a === '*' || (a.startsWith('*') && b.endsWith(a.slice(1)));
  return second === undefined || overlap(first, second) || overlap(second, first) ? [first] : [first, second];
}

function rule(random: Random, place: MatchPlace, name: string, names: Names, namespace: string): object {
  const match = random.maybe(0.85, () => random.list(1, 2, () => randomMatch(random, place)));
  return plain({ name, match, ...randomAction(random, names, namespace) });
}

/** A VirtualService, with a delegate or without. */
export function virtualServices(random: Random, { names, hosts, gateways, ports, viewer, isLive }: RoutePlace, index: number): Manifest[] {
  const namespace = random.pick([names.a, names.b]);
  const name = `${random.pick(['r', 's', 'q'])}${index}`;
  const created = isLive ? random.pick(AGES) : undefined;
  const inMesh = random.chance(0.3) && gateways.includes('mesh');
  const outside = gateways.filter((gateway) => gateway !== 'mesh');
  const own = inMesh && random.chance(0.6) ? undefined : [...random.some(outside, 1, 2), ...inMesh ? ['mesh'] : []];
  const place: MatchPlace = { hosts, ports, gateways, namespaces: [names.a, names.b] };
  const exportTo = random.maybe(0.15, () => random.pick([['*'], ['.'], ['istio-system'], [viewer, '.'], [names.a]]));
  const object = (suffix: string, spec: object) => networking('VirtualService', `${name}${suffix}`, namespace, spec, created);
  const ruleName = (i: number) => `${names.index}-${index}-${i}`;
  const rules = random.list(1, 4, (i) => rule(random, place, ruleName(i), names, namespace));
  const root = { hosts: hostsOf(random, hosts, own === undefined || inMesh), gateways: own, exportTo };
  if (!random.chance(0.15)) return [object('', { ...root, http: rules })];
  const inner = random.list(1, 2, (i) => plain({
    name: `${ruleName(i)}-inner`, match: random.maybe(0.7, () => random.list(1, 2, () => simpleMatch(random))), ...randomAction(random, names, namespace),
  }));
  const delegating = plain({
    name: ruleName(rules.length),
    match: random.maybe(0.8, () => random.list(1, 2, () => simpleMatch(random))),
    delegate: { name: `${name}-inner`, namespace: random.maybe(0.5, () => namespace) },
    headers: undefined,
    timeout: random.maybe(0.2, () => '9s'),
  });
  return [object('', { ...root, http: random.chance(0.5) ? [...rules, delegating] : [delegating, ...rules] }), object('-inner', { http: inner, exportTo })];
}
