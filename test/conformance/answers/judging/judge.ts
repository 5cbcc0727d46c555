import { caseInForce, differences } from './compare';
import { EnvoyRule, envoyRules, ruleKey } from './envoy-routes';
import { Observation } from './observation';
import { AnswerCase } from '../../../../src/answers/answer';
import { Resolver } from '../../../../src/answers/resolver';
import { Cluster } from '../../../../src/cluster/cluster';
import { ClusterObject } from '../../../../src/cluster/cluster-object';
import { Authority, tlsSecret } from '../../harness/certificates';
import { until } from '../../harness/deadline';
import { AccessLine } from '../../harness/envoy';
import { count } from '../../harness/figures';
import { openDiscovery } from '../../harness/istiod';
import { isIstio, Manifest, printJson } from '../../harness/manifests';
import { SeldonEnvoy } from '../../harness/seldon-envoy';
import { Decide, SERIAL } from '../../harness/stubs';
import { EnvoyProgram } from '../../harness/tools';
import { Proxy, startWorld, World } from '../../harness/world';
import { Probe } from '../boundary-requests';
import { AnswerSet, CLIENTS, gatewayPods } from '../manifests/set';
import { plain } from '../random';
import { Target } from '../sending/http1';
import { valuesOf } from '../sending/raw-response';
import { Sender } from '../sending/sender';

/** A prediction that Envoy did not fulfil. */
export interface Disagreement {
  readonly seen: Observation;
  readonly predicted?: AnswerCase;
  readonly differences: readonly string[];
}

/** What became of the requests of some sets. */
export interface Verdict {
  readonly observations: readonly Observation[];
  readonly predictions: readonly AnswerCase[];
  readonly disagreements: readonly Disagreement[];
  /** What Envoy did not accept. */
  readonly rejected: readonly string[];
}

const AT_ONCE = 24;
const authority = new Authority('callers');
const clientPair = authority.sign(['caller.example.org']);
const serverPair = authority.sign(['server.example.org']);

const serviceObject = ({ name, namespace, ports }: AnswerSet['services'][number]): Manifest => plain({
  apiVersion: 'v1', kind: 'Service', metadata: { name, namespace }, spec: { selector: { app: name }, ports: ports.map((port) => ({ name: port.name, port: port.number, protocol: 'TCP', targetPort: port.number })) },
});

/** The pods of the gateways, as they are installed. */
const GATEWAY_PODS = [
  gatewayPods('istio-ingressgateway', 'istio-system', { app: 'istio-ingressgateway', istio: 'ingressgateway' }), gatewayPods('private', 'edge', { istio: 'private' }),
];

/** The Services, if the resolver does not have to find out that an operator creates them. */
function servicesRead({ services, readByResolver, manifests }: AnswerSet): Manifest[] {
  const known = readByResolver ?? manifests;
  if (known.some(({ kind }) => kind === 'SeldonDeployment')) return [];
  return services.map(serviceObject).filter((service) => !known.some(({ kind, metadata }) => (
    kind === 'Service' && metadata.name === service.metadata.name && metadata.namespace === service.metadata.namespace
  )));
}

/** What resolves the requests of a set. */
export function resolverOf(set: AnswerSet): Resolver {
  const objects = [...set.readByResolver ?? set.manifests, ...servicesRead(set), ...GATEWAY_PODS].map((manifest) => new ClusterObject(manifest, { file: 'set.yaml' }));
  return new Resolver(new Cluster(objects, set.settings));
}

/** Answers a request as the manifests tell. */
export function predict(resolver: Resolver, { request, condition }: Probe): AnswerCase {
  return caseInForce(resolver.resolve(request), condition);
}

/** What stubs of Seldon Core 2 answer. */
function seldonOf(sets: readonly AnswerSet[]): Decide {
  const envoys = new Map(sets.flatMap(({ inner }) => Object.entries(inner ?? {})).map(([namespace, world]) => [`seldon-mesh.${namespace}`, new SeldonEnvoy(world)]));
  return (arrival) => (arrival.at.port === 80 ? envoys.get(arrival.at.service)?.decide(arrival) : undefined);
}

function startSets(sets: readonly AnswerSet[], envoy: EnvoyProgram | undefined): Promise<World> {
  return startWorld(sets.flatMap(({ manifests }) => manifests), {
    services: sets.flatMap(({ services }) => services),
    absent: sets.flatMap(({ absent }) => absent),
    clients: [...CLIENTS, ...sets.flatMap(({ clients = [] }) => clients)],
    externalStubs: true,
    envoy,
    decide: seldonOf(sets),
    secrets: ['istio-system', 'edge', ...sets.map(({ index }) => `a${index}`)].flatMap((namespace) => [
      tlsSecret('cert-simple', serverPair, undefined, namespace), tlsSecret('cert-mutual', serverPair, authority, namespace),
    ]),
  });
}

function targetOf({ envoy }: Proxy, { request: { entry } }: Probe): Target {
  const port = envoy.port(entry.port);
  if (entry.kind === 'workload' || entry.tls === undefined) return { port };
  const { serverName, certificate } = entry.tls;
  return { port, tls: { serverName, ...certificate === undefined ? {} : { certificate: clientPair.certificate, key: clientPair.key } } };
}

/** Runs all jobs, a few at a time. */
async function inParallel<T, R>(jobs: readonly T[], run: (job: T, index: number) => Promise<R>): Promise<R[]> {
  const results: R[] = new Array(jobs.length);
  let next = 0;
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    while (next < jobs.length) {
      const index = next++;
      results[index] = await run(jobs[index], index);
    }
  }));
  return results;
}

interface ProxyState {
  readonly proxy: Proxy;
  readonly rules: ReadonlyMap<string, readonly EnvoyRule[]>;
  readonly clusters: ReadonlySet<string>;
}

async function statesOf(world: World): Promise<ProxyState[]> {
  const states = await Promise.all(world.proxies.map(async (proxy): Promise<ProxyState> => (
    { proxy, rules: envoyRules(await proxy.envoy.routes()), clusters: new Set((await proxy.envoy.clusters()).keys()) }
  )));
  return states;
}

/** The proxy with a name, or pods with a label of a gateway such as `istio=ingressgateway`. */
function stateFor(states: readonly ProxyState[], { proxy: wanted, request }: Probe): ProxyState {
  if (wanted === '') return states.find(({ proxy: { node } }) => node.type === 'router' && node.ports.includes(request.entry.port))!;
  return states.find(({ proxy: { node } }) => node.name === wanted || Object.entries(node.labels).some(([label, value]) => `${label}=${value}` === wanted))!;
}

/** What Istio's validation decides about sets. */
export interface Acceptance {
  readonly accepted: readonly AnswerSet[];
  readonly refused: readonly string[];
}

/** The sets that Istio accepts, and why it refuses others, as its webhook would. */
export async function acceptedSets(sets: readonly AnswerSet[]): Promise<Acceptance> {
  const reasons = await inParallel(sets, ({ manifests }) => openDiscovery({ istio: printJson(manifests.filter(isIstio)), kubernetes: '', meshConfig: '{}', namespaces: [] })
    .then((discovery) => discovery.close()).catch((error: Error) => error.message));
  return { accepted: sets.filter((_set, i) => reasons[i] === undefined), refused: reasons.filter((reason) => reason !== undefined) };
}

/** Sends the requests of sets to a real Envoy, and compares what becomes of them with the resolver's answers. */
export async function judge(sets: readonly AnswerSet[], probesOf: (set: AnswerSet) => readonly Probe[], envoy?: EnvoyProgram): Promise<Verdict> {
  const world = await startSets(sets, envoy);
  const sender = new Sender();
  try {
    const rejected = await world.rejected();
    const states = await statesOf(world);
    const jobs = sets.flatMap((set) => probesOf(set).map((probe) => ({ set, probe })));
    const responses = await inParallel(jobs, ({ probe }, i) => (
      sender.send(targetOf(stateFor(states, probe).proxy, probe), probe.sent ?? probe.request, idOf(i))
    ));
    count('requests sent', jobs.length);
    await world.settled();
    const lines = await linesOf(world, jobs.length);
    const observations = jobs.map(({ set, probe }, i): Observation => {
      const { rules, clusters } = stateFor(states, probe);
      const response = responses[i];
      const arrivals = world.received.of(idOf(i));
      const serial = valuesOf(response, SERIAL)[0];
      const line = lines.get(idOf(i));
      return {
        set,
        probe,
        response,
        line,
        clusters,
        answeredBy: arrivals.find((arrival) => arrival.serial === serial),
        mirrored: arrivals.filter((arrival) => arrival.serial !== serial),
        rules: rulesTaken(rules, probe, line),
      };
    });
    const resolvers = new Map(sets.map((set) => [set, resolverOf(set)]));
    const disagreements: Disagreement[] = [];
    const predictions = observations.map((seen) => {
      const predicted = predict(resolvers.get(seen.set)!, seen.probe);
      const found = differences(predicted, seen);
      if (found.length > 0) disagreements.push({ seen, predicted, differences: found });
      return predicted;
    });
    return { observations, predictions, disagreements, rejected };
  } finally {
    sender.close();
    await world.close();
  }
}

/** The rules that a line of the access log may be about. */
function rulesTaken(rules: ReadonlyMap<string, readonly EnvoyRule[]>, { request }: Probe, line: AccessLine | undefined): readonly EnvoyRule[] {
  const cluster = line?.cluster?.replace(';', '');
  const named = rules.get(ruleKey(request.entry.port, line?.object ?? cluster, line?.route)) ?? [];
  return cluster === undefined ? named : named.filter(({ clusters }) => clusters.has(cluster));
}

const idOf = (index: number) => `probe-${index}`;

/** The access logs of all proxies; Envoy writes them a moment after it has answered. */
async function linesOf(world: World, amount: number): Promise<ReadonlyMap<string, AccessLine>> {
  const all = () => new Map(world.proxies.flatMap(({ envoy }) => [...envoy.accessLines()]));
  // Requests that are refused before they are read have no line, so that the number may stay lower.
  let known = -1;
  let looks = 0;
  await until('the access logs are written', () => {
    const { size } = all();
    looks = size === known ? looks + 1 : 0;
    known = size;
    return size >= amount || looks > 8 ? true : undefined;
  }, 20);
  return all();
}
