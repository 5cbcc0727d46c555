import { describeRequest, isGrpc, Request } from '../harness/clients';
import { AccessLine } from '../harness/envoy';
import { Manifest, namespaceOf } from '../harness/manifests';
import { Arrival } from '../harness/stubs';
import { Exchange, World, WorldOptions } from '../harness/world';

/** The backend that should get a request. */
export interface Target {
  /** `<service>.<namespace>`. */
  readonly service: string;
  /** Default: any. */
  readonly port?: number;
  readonly subset?: string;
  /** The one value of `seldon-model` that arrives, for Seldon Core 2. */
  readonly model?: string;
  /** The path that arrives. Default: the one that was sent. */
  readonly path?: string;
}

/** A target and its share of the requests, from 0 to 1. */
export interface Share {
  readonly to: Target;
  readonly share: number;
}

/** What becomes of a request. */
export type Expectation =
  | { readonly to: Target; readonly mirrored?: readonly Share[] }
  | { readonly shares: readonly Share[]; readonly mirrored?: readonly Share[] }
  | { readonly status: number }
  | { readonly grpcStatus: number }
  | { readonly refused: true };

/** One line of a table: a request, and what becomes of it. */
export interface RouteCase {
  readonly title: string;
  readonly request: Request;
  /** How often it is sent. Default: once, and 1,000 times where shares are expected. */
  readonly times?: number;
  readonly expect: Expectation;
}

/** What is promised for the requests of an example. */
export interface RouteTable {
  readonly world?: WorldOptions;
  /** What controllers make of the manifests in a cluster, and what runs next to them there. Default: nothing. */
  made?(manifests: readonly Manifest[]): Manifest[];
  cases(manifests: readonly Manifest[]): RouteCase[];
}

/** How far a count may be from its mean by chance: less than one run in a million fails without a fault. */
const SIGMAS = 5;

const UNAVAILABLE = 14;

/** Headers of Seldon Core 2's own Envoy: a client that sends them reaches other models, or none. */
const INTERNAL = ['seldon-internal-model', 'x-seldon-route'];

const isCore2 = (arrival: Arrival) => arrival.at.service.startsWith('seldon-mesh.');

const describeTarget = (target: Target) => target.service
  + (target.port === undefined ? '' : `:${target.port}`)
  + (target.subset === undefined ? '' : ` subset ${target.subset}`)
  + (target.model === undefined ? '' : ` with seldon-model: ${target.model}`)
  + (target.path === undefined ? '' : ` at ${target.path}`);

const describeArrival = (arrival: Arrival) => {
  const models = arrival.headers.get('seldon-model');
  return describeTarget({ ...arrival.at, model: models?.join(' and ') }) + ` at ${arrival.path}`;
};

function fits(arrival: Arrival, target: Target, request: Request): boolean {
  const path = target.path ?? (isGrpc(request) ? arrival.path : request.rest);
  return arrival.at.service === target.service
    && (target.port === undefined || arrival.at.port === target.port)
    && (target.subset === undefined || arrival.at.subset === target.subset)
    && (target.model === undefined || arrival.headers.get('seldon-model')?.join() === target.model)
    && arrival.path === path;
}

/** What must hold for every request that reaches Seldon Core 2, whatever the table expects. */
function violations(arrival: Arrival): string[] {
  if (!isCore2(arrival)) {
    return [];
  }
  const found: string[] = [];
  const models = arrival.headers.get('seldon-model') ?? [];
  if (models.length !== 1 || models[0].includes(',')) {
    found.push(`${models.length} values of seldon-model arrive (${models.join(' | ')}), not exactly one`);
  }
  for (const name of INTERNAL) {
    if (arrival.headers.has(name)) {
      found.push(`the client's ${name} arrives: ${arrival.headers.get(name)!.join(', ')}`);
    }
  }
  return found;
}

/** The response of any backend. */
function describeAnswer({ response, answeredBy, request }: Exchange): string {
  const status = isGrpc(request) ? `gRPC status ${response.grpcStatus} ${response.details ?? ''}`.trim() : response.status === undefined ? `no answer (${response.details})` : `HTTP ${response.status}`;
  return answeredBy === undefined ? `${status} from no model` : `${status} from ${describeArrival(answeredBy)}`;
}

/** Which rule of which manifest sent a request where it went, and which construct made it. */
export function describeRule(line: AccessLine | undefined, constructs: ReadonlyMap<string, string> = new Map()): string {
  if (line === undefined) {
    return 'Envoy has not logged it';
  }
  if (line.object === null) {
    return `no rule of any manifest matched (Envoy: ${line.flags} ${line.details})`;
  }
  const [, namespace, kind, name] = /namespaces\/([^/]+)\/([^/]+)\/(.+)$/.exec(line.object) ?? [];
  const made = constructs.get(name);
  const kindName = kind.replace(/(^|-)(.)/g, (_match, _dash, letter: string) => letter.toUpperCase());
  return `rule ${line.route} of ${kindName} ${namespace}/${name}${made === undefined ? '' : `, made by ${made},`} sent it to `
    + (line.cluster?.replace(/;$/, '') ?? 'nowhere')
    + (line.code >= 400 || line.flags !== '-' ? ` (Envoy: ${line.flags} ${line.details})` : '');
}

const isAnswered = ({ response, answeredBy, request }: Exchange) => answeredBy !== undefined
  && (isGrpc(request) ? response.grpcStatus === 0 : response.status === 200);

function checkOne(exchange: Exchange, expect: Expectation): string | undefined {
  const { response, answeredBy, request } = exchange;
  if ('refused' in expect) {
    // A gRPC client calls a connection that was refused `UNAVAILABLE`.
    const isRefused = isGrpc(request) ? response.grpcStatus === UNAVAILABLE : response.status === undefined;
    return isRefused && exchange.arrivals().length === 0 ? undefined : `expected a refused connection, got ${describeAnswer(exchange)}`;
  }
  if ('status' in expect || 'grpcStatus' in expect) {
    const isRight = 'status' in expect ? response.status === expect.status : response.grpcStatus === expect.grpcStatus;
    const unanswered = exchange.arrivals().length === 0;
    const wanted = 'status' in expect ? `HTTP ${expect.status}` : `gRPC status ${expect.grpcStatus}`;
    return isRight && unanswered ? undefined : `expected ${wanted} from no model, got ${describeAnswer(exchange)}`
      + (unanswered ? '' : `; it reached ${exchange.arrivals().map(describeArrival).join(', ')}`);
  }
  const targets = 'to' in expect ? [expect.to] : expect.shares.filter(({ share }) => share > 0).map(({ to }) => to);
  if (!isAnswered(exchange) || !targets.some((target) => fits(answeredBy!, target, request))) {
    return `expected an answer from ${targets.map(describeTarget).join(' or ')}, got ${describeAnswer(exchange)}`;
  }
  const broken = exchange.arrivals().flatMap(violations);
  if (broken.length > 0) {
    return broken.join('; ');
  }
  const mirrored = exchange.arrivals().filter((arrival) => arrival !== answeredBy);
  const stray = mirrored.filter((arrival) => !(expect.mirrored ?? []).some(({ to }) => fits(arrival, to, request)));
  return stray.length === 0 ? undefined : `an unexpected mirrored request reached ${stray.map(describeArrival).join(', ')}`;
}

function checkShare(what: string, seen: number, share: number, times: number): string[] {
  const mean = share * times;
  const tolerance = SIGMAS * Math.sqrt(times * share * (1 - share));
  return Math.abs(seen - mean) <= tolerance ? []
    : [`${what}: ${seen} of ${times}, expected ${mean.toFixed(0)} ± ${tolerance.toFixed(0)}`];
}

/** Sends the requests of one line and compares; returns what is wrong. */
export async function routed(world: World, route: RouteCase, constructs?: ReadonlyMap<string, string>): Promise<string[]> {
  const { request, expect } = route;
  const times = route.times ?? ('shares' in expect || ('mirrored' in expect && expect.mirrored !== undefined) ? 1000 : 1);
  const exchanges = await world.sendAll(new Array(times).fill(request));
  await world.settled();

  const findings: string[] = [];
  const wrong = exchanges.map((exchange) => ({ exchange, reason: checkOne(exchange, expect) })).filter(({ reason }) => reason !== undefined);
  if (wrong.length > 0) {
    // One request stands for all that failed: the others failed alike.
    const [{ exchange, reason }] = wrong;
    findings.push(`${route.title}\n  request: ${describeRequest(request)}${times === 1 ? '' : ` (${wrong.length} of ${times})`}`
      + `\n  ${reason}\n  ${describeRule(await exchange.explain(), constructs)}`);
  }
  const shares = 'shares' in expect ? expect.shares : [];
  for (const { to, share } of shares) {
    const seen = exchanges.filter(({ answeredBy }) => answeredBy !== undefined && fits(answeredBy, to, request)).length;
    findings.push(...checkShare(`${route.title}\n  request: ${describeRequest(request)}\n  answered by ${describeTarget(to)}`, seen, share, times));
  }
  const mirrored = 'mirrored' in expect ? expect.mirrored ?? [] : [];
  for (const { to, share } of mirrored) {
    const seen = exchanges.flatMap((exchange) => exchange.arrivals().filter((arrival) => arrival !== exchange.answeredBy))
      .filter((arrival) => fits(arrival, to, request)).length;
    const what = `${route.title}\n  request: ${describeRequest(request)}\n  mirrored requests to ${describeTarget(to)}`;
    findings.push(...checkShare(what, seen, share, times));
  }
  return findings;
}

/** Sends the requests of all lines, one line after another; returns what is wrong. */
export async function routedAll(world: World, routes: readonly RouteCase[]): Promise<string[]> {
  const findings: string[] = [];
  for (const route of routes) {
    findings.push(...await routed(world, route));
  }
  return findings;
}

/** The host that callers use for a VirtualService: its host, or any if it is a wildcard. */
export function hostOf(manifests: readonly Manifest[], anyHost: string, namespace?: string): string {
  const virtualService = manifests.find((one) => one.kind === 'VirtualService' && (namespace === undefined || namespaceOf(one) === namespace));
  const host: string | undefined = virtualService?.spec.hosts[0];
  if (host === undefined) {
    throw new Error('no VirtualService in the manifests');
  }
  return host === '*' ? anyHost : host;
}
