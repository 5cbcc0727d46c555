import { promised, Promised } from './oracle';
import { listenersOf } from './promises';
import { requestsFor } from './requests';
import { Slot } from './slot';
import { AppSpec } from './spec';
import { lost } from '../checks/accepted';
import { describeRule } from '../checks/routed';
import { ApiServer } from '../harness/apiserver';
import { describeRequest, Request } from '../harness/clients';
import { validate } from '../harness/istioctl';
import { isIstio, Manifest, nameOf, printJson } from '../harness/manifests';
import { servicesOf } from '../harness/services';
import { Arrival } from '../harness/stubs';
import { Exchange, startWorld, World } from '../harness/world';

/** An app that the constructors accepted. */
export interface Accepted {
  /** Its number among all generated apps, which is that of its slot. */
  readonly index: number;
  readonly app: AppSpec;
  readonly slot: Slot;
  readonly manifests: readonly Manifest[];
}

/** Something that is wrong with one app. */
export interface Finding {
  readonly index: number;
  readonly message: string;
}

/** The namespace in which all objects are tried: a dry run keeps nothing, so no two of them meet there. */
const NAMESPACE = 'generated';

/** Fields that Istio has brought after the release that the CRDs are of. */
const NEWER = /\.tls\.insecureSkipVerify: field not declared in schema$/;

/** What the API server refuses or does not keep. */
export async function applied(api: ApiServer, apps: readonly Accepted[]): Promise<Finding[]> {
  await api.ensureNamespaces([NAMESPACE]);
  const owners = apps.flatMap(({ index, manifests }) => manifests.map((object) => ({ index, object })));
  const moved = owners.map(({ object }) => ({ ...object, metadata: { ...object.metadata, namespace: NAMESPACE } }));
  const results = await api.apply(moved, { dryRun: true });
  return results.flatMap(({ sent, returned, refused }, i) => [
    ...(refused === undefined || NEWER.test(refused) ? [] : [`the API server refuses ${nameOf(sent)}: ${refused}`]),
    ...(returned === undefined ? [] : lost(sent, returned)).map((path) => `the API server does not keep ${path} of ${nameOf(sent)}`),
  ].map((message) => ({ index: owners[i].index, message })));
}

/** Warnings of istioctl about what users wrote themselves; nothing is refused. */
const WARNINGS = [
  /has warnings: *$/,
  // A user lists a path together with a wider one of the same endpoint.
  /is not used \(duplicate\/overlapping match in rule /,
  // A rule behind one that delegates, which takes only what the other VirtualService takes, or a TCP rule behind another.
  /not used \((only the last rule can have no matches|route without matches defined before)\)/,
  // A second endpoint of one plan on the host, the paths and the headers of the first.
  /-routes: virtualService rule "[^"]*" not used \(all matches used by prior rules\)/,
  // A DestinationRule or a Gateway that has settings without an effect.
  /workload selector specified without labels$/,
  /outlier detection policy must be provided for failover$/,
  /ignoring duplicate cipher suites: /,
];

/** Halves a list of apps until it is known which of them istioctl objects to. */
export async function validated(apps: readonly Accepted[]): Promise<Finding[]> {
  if (apps.length === 0) return [];
  const messages = await validate(printJson(apps.flatMap(({ manifests }) => manifests.filter(isIstio))));
  const objections = messages.flatMap(({ message }) => message.split('\n')).filter((line) => !WARNINGS.some((allowed) => allowed.test(line)));
  if (objections.length === 0) return [];
  if (apps.length === 1) return [{ index: apps[0].index, message: `istioctl validate: ${objections.join('\n')}` }];
  const middle = Math.ceil(apps.length / 2);
  return [...await validated(apps.slice(0, middle)), ...await validated(apps.slice(middle))];
}

/** Whether stubs and plain Envoys can stand in for all that the app needs. */
export function isRoutable(accepted: Accepted): boolean {
  const { app } = accepted;
  const isPlain = (options: any) => Object.keys(options).every((key) => ['hosts', 'port', 'name', 'portName', 'credentialName', 'protocol', 'httpsRedirect'].includes(key));
  // Other certificates than that of the one Secret are files or Secrets that are not there.
  return app.mesh?.clusterDomain === undefined && !sharesPorts(accepted)
    && app.gateways.every(({ servers = [] }) => servers.every(({ make, options }) => ['http', 'https'].includes(make) && isPlain(options)));
}

/** The objects that the proxies get. */
const served = ({ manifests }: Accepted) => manifests.filter((object) => isIstio(object) && object.metadata.name !== 'raw-rule');

const describeArrival = ({ at, path, headers }: Arrival) =>
  `${at.service}:${at.port}${at.subset === undefined ? '' : ` subset ${at.subset}`} at ${path} with ${JSON.stringify(Object.fromEntries(
    [...headers].filter(([name]) => /^(seldon|x-(seldon|model|target|tester|user))/.test(name))))}`;

function fits(arrival: Arrival, answerers: Promised['answerers']): boolean {
  return answerers.some(({ target, port }) => arrival.at.service === target.service && (port === undefined || arrival.at.port === port)
    && (target.subset === undefined || arrival.at.subset === target.subset)
    && Object.entries(target.headers).every(([name, value]) => arrival.headers.get(name)?.join() === value)
    && target.never.every((name) => !arrival.headers.has(name)));
}

/** What is wrong with one exchange; nothing when it is as promised. */
export function compare(exchange: Exchange, promise: Promised): string | undefined {
  const arrivals = exchange.arrivals();
  if (promise.open) return undefined;
  const stray = arrivals.find((arrival) => !fits(arrival, promise.answerers) && !fits(arrival, promise.mirrored));
  const wanted = promise.answerers.length === 0 ? 'no one' : promise.answerers.map(({ target, port }) => `${target.service}:${port ?? 'any port'}${
    target.subset === undefined ? '' : ` subset ${target.subset}`} ${JSON.stringify(target.headers)}`).join(' or ');
  if (stray !== undefined) return `promised to ${wanted}, and reached ${describeArrival(stray)}`;
  const { status, grpcStatus } = exchange.response;
  if (promise.refused !== undefined && status !== promise.refused.rest && grpcStatus !== promise.refused.grpc) {
    return `expected ${promise.refused.rest} or gRPC status ${promise.refused.grpc}, and got ${status ?? `gRPC status ${grpcStatus}`}`;
  }
  if (promise.certain && !arrivals.some((arrival) => fits(arrival, promise.answerers))) {
    return `promised to ${wanted}, and reached no one: ${status ?? `gRPC status ${grpcStatus}`}`;
  }
  return undefined;
}

/** The app whose gateway has the port that Envoy complains about: that of a listener, or of a RouteConfiguration. */
function ownerOf(reason: string, apps: readonly Accepted[]): Accepted {
  const port = Number(/(?::|RouteConfiguration https?\.)(\d+)/.exec(reason)?.[1]);
  return apps.find(({ app, slot }) => listenersOf(app, slot).some((listener) => listener.port === port)) ?? apps[0];
}

/** Whether two kinds of pods have one port: a request does not show which of them it is for. */
function sharesPorts({ app, slot }: Accepted): boolean {
  const selectors = (positions: readonly number[]) => new Set(positions.map((position) => JSON.stringify(app.gateways[position].selector)));
  return listenersOf(app, slot).some(({ gateways }) => selectors(gateways).size > 1);
}

async function findingsIn(world: World, all: readonly { readonly accepted: Accepted; readonly request: Request }[]): Promise<Routed> {
  const sent = all.filter(({ request }) => world.takes(request));
  const rejected = await world.rejected();
  const exchanges = await world.sendAll(sent.map(({ request }) => request));
  await world.settled();
  const stubs = new Set(servicesOf(world.manifests).flatMap(({ name, namespace, ports }) => ports.map(({ number }) => `${name}.${namespace}:${number}`)));
  const findings: Finding[] = [...new Set(rejected)].map((message) => ({ index: ownerOf(message, all.map(({ accepted }) => accepted)).index, message: `Envoy refuses: ${message}` }));
  for (const [i, exchange] of exchanges.entries()) {
    const { accepted: { app, slot, index }, request } = sent[i];
    const message = compare(exchange, promised(app, slot, request, stubs));
    if (message !== undefined) findings.push({ index, message: `${describeRequest(request)}\n  ${message}\n  ${describeRule(await exchange.explain())}` });
  }
  return { findings, sent: exchanges.length };
}

/** What came of the requests. */
export interface Routed {
  readonly findings: Finding[];
  readonly sent: number;
}

/** Sends requests near each app through the proxies, all apps in one world, and compares with what they promise. */
export async function routed(apps: readonly Accepted[], timesEach: number, seed: number): Promise<Routed> {
  const sent = apps.filter(isRoutable).flatMap((accepted) =>
    requestsFor(accepted.app, accepted.slot, seed, timesEach).map((request) => ({ accepted, request })));
  const used = [...new Set(sent.map(({ accepted }) => accepted))];
  if (used.length === 0) return { findings: [], sent: 0 };
  const world = await startWorld(used.flatMap(served));
  try {
    return await findingsIn(world, sent);
  } finally {
    await world.close();
  }
}
