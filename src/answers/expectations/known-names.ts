import { nameOf, namesOf } from './responder-names';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { DestinationRules } from '../../cluster/destination-rules';
import { allDestinations } from '../../cluster/destinations';
import { listOf, objectOf, stringOf } from '../../cluster/json';
import { Services } from '../../cluster/services';
import { groupBy } from '../../plan/groups';
import { GRPC_STATUSES } from '../../plan/grpc-statuses';
import { Answer, Responder } from '../answer';
import { InputError, suggestion } from '../input/input-error';

/**
 * The names that expectations can use: those of models, pipelines, experiments, predictors, Services, subsets, workloads and external hosts.
 *
 * @internal
 */
export function knownNames(cluster: Cluster): ReadonlySet<string> {
  return cluster.derived(readNames);
}

/** Answers of proxies, and the kinds of their names. */
const PROXY_NAMES: readonly string[] = ['redirect', 'response', 'fault', 'denied', 'unauthenticated', 'not-found', 'unavailable', 'refused'];

/**
 * Checks that an expectation refers to someone who exists.
 *
 * @param names The names in it.
 * @param answer The answer, whose responders exist.
 * @throws InputError if there is no one with the name.
 * @internal
 */
export function checkNames(cluster: Cluster, names: readonly string[], answer: Answer): void {
  const known = knownNames(cluster);
  for (const name of names) {
    if (known.has(name) || isProxyName(name) || answeredBy(answer, name)) continue;
    const short = [...known].filter((each) => !/[ /.]/.test(each)).sort();
    throw new InputError(`there is no model, pipeline, predictor or Service "${name}"`, suggestion(name, short, 'known ones'));
  }
}

/**
 * Checks that an expectation refers to a policy that exists.
 *
 * @throws InputError if there is no AuthorizationPolicy and no RequestAuthentication with the name.
 * @internal
 */
export function checkPolicy(cluster: Cluster, policy: string): void {
  const policies = cluster.derived(readPolicies);
  if (policies.some((object) => [object.name, `${object.namespace}/${object.name}`, object.toString()].includes(policy))) return;
  const names = [...new Set(policies.map(({ name }) => name))].sort();
  throw new InputError(`there is no AuthorizationPolicy and no RequestAuthentication "${policy}"`, suggestion(policy, names, 'policies'));
}

/**
 * Checks that the shares of a split add up to 100 %, apart from what rounding to their decimals makes.
 *
 * @throws InputError if they do not, since no answer can have them.
 * @internal
 */
export function checkSplit(split: { readonly [name: string]: number }): void {
  const shares = Object.values(split);
  const sum = shares.reduce((total, share) => total + share, 0);
  const rounding = shares.reduce((total, share) => total + roundingOf(share), 0);
  if (Math.abs(sum - 100) <= rounding + TOLERANCE) return;
  throw new InputError(`the shares of the split add up to ${Number(sum.toFixed(4))} %`, 'state all shares, which are 100 % together');
}

/** Sums of decimal fractions are not exact. */
const TOLERANCE = 1e-9;

function roundingOf(share: number): number {
  const decimals = `${share}`.split('.')[1]?.length ?? 0;
  return decimals === 0 ? 0 : 0.5 / 10 ** decimals;
}

function readPolicies(cluster: Cluster): readonly ClusterObject[] {
  return [...cluster.all(ClusterKind.AUTHORIZATION_POLICY), ...cluster.all(ClusterKind.REQUEST_AUTHENTICATION)];
}

function isProxyName(name: string): boolean {
  return PROXY_NAMES.includes(name) || GRPC_STATUSES.includes(name) || /^[1-5]\d\d$/.test(name);
}

function answeredBy({ cases }: Answer, name: string): boolean {
  const responders = cases.flatMap(({ outcomes, mirrors }) => [...outcomes, ...mirrors].map(({ responder }) => responder));
  return responders.some((responder) => namesOf(responder).includes(name));
}

function readNames(cluster: Cluster): ReadonlySet<string> {
  const responders: Responder[] = [...models(cluster), ...predictors(cluster), ...services(cluster)];
  return new Set([
    ...responders.flatMap((responder) => [...namesOf(responder), nameOf(responder)]),
    ...cluster.all(ClusterKind.EXPERIMENT).flatMap(({ namespace, name }) => [name, `${namespace}/${name}`, `Experiment ${namespace}/${name}`]),
    ...[ClusterKind.DEPLOYMENT, ClusterKind.STATEFUL_SET, ClusterKind.DAEMON_SET].flatMap((kind) => cluster.all(kind))
      .flatMap((object) => [object.name, `${object.namespace}/${object.name}`, object.toString()]),
  ]);
}

function models(cluster: Cluster): Responder[] {
  return [
    ...cluster.all(ClusterKind.MODEL).map(({ namespace, name }) => ({ kind: 'model', namespace, name } as const)),
    ...cluster.all(ClusterKind.PIPELINE).map(({ namespace, name }) => ({ kind: 'pipeline', namespace, name } as const)),
  ];
}

function predictors(cluster: Cluster): Responder[] {
  return cluster.all(ClusterKind.SELDON_DEPLOYMENT).flatMap(({ namespace, name: deployment, spec }) => listOf(spec.predictors)
    .flatMap((predictor) => {
      const name = stringOf(objectOf(predictor).name);
      return name === undefined ? [] : (['predictor', 'explainer'] as const).map((kind) => ({ kind, namespace, name, deployment }));
    }));
}

/** Hosts of Services and ServiceEntries, and those that routes name, with all subsets. */
function services(cluster: Cluster): Responder[] {
  const subsets = groupBy([
    ...DestinationRules.of(cluster).all.flatMap(({ host, subsets: views }) => views.map(({ name }) => ({ host, name }))),
    ...allDestinations(cluster).flatMap(({ host, subset }) => (subset === undefined ? [] : [{ host, name: subset }])),
  ], ({ host }) => host);
  return [...hostsOf(cluster)].flatMap((host) => {
    const ports = Services.of(cluster).find(host)?.ports.map(({ number }) => number) ?? [80];
    const names = new Set([undefined, ...(subsets.get(host) ?? []).map(({ name }) => name)]);
    return ports.flatMap((port) => [...names].map((name): Responder => ({
      kind: 'service', host, port, workloads: [], ...name === undefined ? {} : { subset: { name, labels: {} } },
    })));
  });
}

function hostsOf(cluster: Cluster): ReadonlySet<string> {
  return new Set([
    ...cluster.all(ClusterKind.SERVICE).map(({ namespace, name }) => cluster.fullHost(name, namespace)),
    ...cluster.all(ClusterKind.SERVICE_ENTRY).flatMap(({ spec }) => listOf(spec.hosts).flatMap((host) => stringOf(host)?.toLowerCase() ?? [])),
    ...allDestinations(cluster).map(({ host }) => host),
  ]);
}
