import { allows, keyOf, policiesOf, Policy } from './access-promises';
import { callerOf } from './callers';
import { Arm, listenersOf, Endpoint, endpointsOf, GatewayListener, Target } from './promises';
import { RawDestination, RawMatch, RawRoute, rawRoutes } from './raw-promises';
import { MatchSpec } from './routes';
import { Slot } from './slot';
import { AppSpec } from './spec';
import { Match } from './values';
import { isGrpc, methodOf, portOf, Request } from '../harness/clients';
import { GRPC_SERVICE } from '../harness/protocol';

/** One who may answer a request, and at which port: any, where it is undefined. */
export interface Answerer { readonly target: Target; readonly port?: number }

/** The status by which the gateway itself refuses a request. */
export interface Refusal { readonly rest: number; readonly grpc: number }

/** What an app promises about one request. */
export interface Promised {
  /** Who may answer; no one when it is empty. */
  readonly answerers: readonly Answerer[];
  /** Who may get mirrored requests. */
  readonly mirrored: readonly Answerer[];
  /** One of those who may answer must get it. */
  readonly certain: boolean;
  /** Nothing is promised, as where another VirtualService decides. */
  readonly open?: boolean;
  /** The gateway refuses the request with this status. */
  readonly refused?: Refusal;
}

const NO_ANSWER: Promised = { answerers: [], mirrored: [], certain: false };
const ANY_ANSWER: Promised = { ...NO_ANSWER, open: true };
const NO_ENTRY: Refusal = { rest: 403, grpc: 7 };
const BAD_TOKEN: Refusal = { rest: 401, grpc: 16 };

/** A request as the proxy compares it. */
interface Seen {
  readonly host: string;
  readonly path: string;
  readonly method: string;
  readonly query: URLSearchParams;
  /** Every value of a header. The proxy finds one that fits among several. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly grpc: boolean;
}

/** Segments of dots are gone before rules are looked at. */
function normalized(path: string): string {
  const segments: string[] = [];
  const parts = path.split('/').slice(1);
  parts.forEach((part, i) => {
    if (part === '..') segments.pop();
    if (part === '..' || part === '.') {
      if (i === parts.length - 1) segments.push('');
    } else {
      segments.push(part);
    }
  });
  return `/${segments.join('/')}`;
}

function seen(request: Request): Seen {
  const headers = new Map(Object.entries(request.headers ?? {}).map(([name, value]) => [name, [value].flat() as string[]]));
  const [path, query] = isGrpc(request) ? [`/${GRPC_SERVICE}/${request.grpc}`, ''] : request.rest.split('?');
  return { host: request.host.replace(/:\d+$/, '').toLowerCase(), path: normalized(path), method: methodOf(request), query: new URLSearchParams(query), headers, grpc: isGrpc(request) };
}

export function satisfies({ $match, value }: Match, text: string): boolean {
  switch ($match) {
    case 'exact': return text === value;
    case 'prefix': return text.startsWith(value);
    case 'regex': return new RegExp(`^(?:${value})$`).test(text);
  }
}

const fitsHost = (pattern: string, host: string) => {
  const lower = pattern.toLowerCase();
  return lower === '*' || lower === host || (lower.startsWith('*.') && host.endsWith(lower.slice(1)));
};

/** How narrow a pattern is: a name, then the longer wildcard, then all. */
const narrowness = (pattern: string) => pattern === '*' ? 0 : pattern.startsWith('*') ? pattern.length : 1000 + pattern.length;

/** The narrower of a server's and a route's hosts. Here, unlike Envoy, Istio looks at capitals. */
function common(x: string, y: string): string | undefined {
  const covers = (outer: string, inner: string) => outer === '*' || outer === inner || (outer.startsWith('*.') && inner.endsWith(outer.slice(1)));
  return covers(x, y) ? y : covers(y, x) ? x : undefined;
}

/** Hosts of a server that routes of a namespace may use. */
function served(hosts: readonly string[], own: string, namespace: string): string[] {
  return hosts.flatMap((host) => {
    const [before, after] = host.includes('/') ? host.split('/') : ['*', host];
    return before === '*' || before === namespace || (before === '.' && own === namespace) ? [after] : [];
  });
}

/** The server that TLS picks by its name: the narrowest. */
function serversFor(listener: GatewayListener, host: string): GatewayListener['servers'] {
  if (!listener.tls) return listener.servers;
  const fitting = listener.servers.map((server) => ({
    server, best: Math.max(-1, ...server.hosts.map((one) => one.slice(one.indexOf('/') + 1)).filter((one) => fitsHost(one, host)).map(narrowness)),
  })).filter(({ best }) => best >= 0);
  const best = Math.max(-1, ...fitting.map((one) => one.best));
  return fitting.filter((one) => one.best === best).map(({ server }) => server);
}

/** What routes of any kind have. */
type Placed = Pick<Endpoint, 'hosts' | 'gateways' | 'namespace' | 'takesHost'>;

/** The narrowest of an endpoint's hosts that a request at a listener fits; undefined when it is not the endpoint's. */
function placeOf(endpoint: Placed, listener: GatewayListener | undefined, host: string): number | undefined {
  const patterns = listener === undefined ? (endpoint.gateways.length === 0 ? endpoint.hosts : [])
    : serversFor(listener, host).filter(({ gateway }) => endpoint.gateways.includes(gateway))
      .flatMap((server) => served(server.hosts, server.namespace, endpoint.namespace))
      .flatMap((one) => endpoint.hosts.map((asked) => common(one, asked))).filter((one) => one !== undefined);
  const fitting = patterns.filter((pattern) => fitsHost(pattern, host)).map(narrowness);
  return fitting.length === 0 ? undefined : Math.max(...fitting);
}

const carries = (headers: Seen['headers'], name: string, match: Match) => headers.get(name)?.some((value) => satisfies(match, value)) ?? false;

function fitsHeaders(matches: MatchSpec['headers'], headers: Seen['headers']): boolean {
  return Object.entries(matches ?? {}).every(([name, match]) => carries(headers, name, match));
}

function fitsMatch({ headers, withoutHeaders, queryParams, protocol }: MatchSpec, request: Seen, rule: 'REST' | 'gRPC'): boolean {
  if ((protocol ?? rule) !== rule || (rule === 'gRPC' && queryParams !== undefined)) return false;
  return fitsHeaders(headers, request.headers)
    && Object.entries(withoutHeaders ?? {}).every(([name, match]) => !carries(request.headers, name, match))
    && Object.entries(queryParams ?? {}).every(([name, match]) => request.query.has(name) && satisfies(match, request.query.get(name)!));
}

const portFor = (target: Target, rule: 'REST' | 'gRPC') => rule === 'REST' ? target.rest : target.grpc!;

/** Arms that may answer by the rules of one protocol. */
function armsFor({ arms }: Endpoint, request: Seen, rule: 'REST' | 'gRPC'): Answerer[] {
  const answers = (chosen: readonly Arm[]) => chosen.map(({ target }) => ({ target, port: portFor(target, rule) }));
  const picked = arms.find(({ matches }) => matches?.some((match) => fitsMatch(match, request, rule)));
  if (picked !== undefined) return answers([picked]);
  const shared = arms.filter(({ weight, matches }) => weight !== undefined || matches === undefined);
  return answers(shared.length === 1 ? shared : shared.filter(({ weight }) => weight !== 0));
}

/** What a route does with a request. */
interface Taken extends Promised {
  /** Whether it takes the request only because it takes all: it comes last on its host. */
  readonly last: boolean;
}

const takesAll = ({ $match, value }: Match) => $match === 'prefix' ? value === '/' : $match === 'regex' && value === '.*';

/** What one endpoint does with a request that is on its host; undefined when it is not its. */
function takenBy(endpoint: Endpoint, request: Seen): Taken | undefined {
  if (endpoint.direct.some(({ path }) => satisfies(path, request.path))) return { ...NO_ANSWER, last: false };
  const rules: ('REST' | 'gRPC')[] = [];
  const { calls } = endpoint;
  const isCall = calls !== undefined && satisfies(calls.methods, request.path)
    && calls.sets.some((set) => Object.entries(set).every(([name, value]) => request.headers.get(name)?.includes(value)));
  if (isCall) rules.push('gRPC');
  if (endpoint.paths.some((path) => satisfies(path, request.path))) rules.push('REST');
  // A call that both rules fit is a call.
  const used = rules.length === 2 && request.grpc && armsFor(endpoint, request, 'gRPC').length > 0 ? ['gRPC' as const] : rules;
  const answerers = used.flatMap((rule) => armsFor(endpoint, request, rule));
  if (answerers.length === 0) return undefined;
  const { policy } = endpoint;
  const late = (duration: { $ms: number } | undefined) => duration !== undefined && duration.$ms < 1000;
  const certain = (policy?.abort === undefined || policy.abort.percent === 0) && policy?.delay === undefined
    && !late(policy?.timeout) && !late(policy?.retries?.perTryTimeout);
  const mirrored = used.flatMap((rule) => endpoint.mirrors.map((target) => ({ target, port: portFor(target, rule) })));
  const last = !used.includes('gRPC') && endpoint.paths.every((path) => takesAll(path) || !satisfies(path, request.path));
  return { answerers, mirrored, certain: certain && answerers.every(({ target }) => target.answers), last };
}

/** Whether a rule that is written as given takes a request: surely, or if more holds that is not looked at here. */
function fitsRaw({ uri, method, ignoreUriCase, more, headers = {}, ...match }: RawMatch, request: Seen): 'yes' | 'maybe' | 'no' {
  const plain = Object.entries(headers).filter(([name]) => !/^[@:]|^host$/i.test(name));
  const lower = (text: string) => ignoreUriCase ? text.toLowerCase() : text;
  const isPath = uri === undefined || (uri.$match === 'regex' ? satisfies(uri, request.path) : satisfies({ ...uri, value: lower(uri.value) }, lower(request.path)));
  const fits = isPath && (method === undefined || satisfies(method, request.method))
    && fitsMatch({ ...match, headers: Object.fromEntries(plain) }, request, 'REST');
  return !fits ? 'no' : more ? 'maybe' : 'yes';
}

const isLast = ({ uri, more, method, headers, withoutHeaders, queryParams }: RawMatch) => !more
  && [method, headers, withoutHeaders, queryParams].every((one) => one === undefined) && (uri === undefined || takesAll(uri));

function rawAnswerer({ service, port, subset }: RawDestination): Answerer {
  const target = { service, host: service, rest: port ?? 0, ports: [], subset, headers: {}, never: [], core2: false, answers: true };
  return { target, port };
}

/** What a VirtualService that is written as given does with a request on its host; undefined when none of its rules takes it. */
function takenByRaw({ rules, hidden, bytes }: RawRoute, request: Seen): Taken | undefined {
  const fitting = rules.map((rule) => ({ rule, fits: rule.matches.map((match) => ({ match, fit: fitsRaw(match, request) })).filter(({ fit }) => fit !== 'no') }))
    .filter(({ fits }) => fits.length > 0);
  const first = fitting.findIndex(({ fits }) => fits.some(({ fit }) => fit === 'yes'));
  const used = first < 0 ? fitting : fitting.slice(0, first + 1);
  if (bytes || used.some(({ rule }) => rule.delegates)) return { ...ANY_ANSWER, last: false };
  if (used.length === 0) return undefined;
  return {
    answerers: used.flatMap(({ rule }) => rule.to.map(rawAnswerer)),
    mirrored: used.flatMap(({ rule }) => rule.mirrored.map(rawAnswerer)),
    certain: first === 0 && !hidden && used[0].rule.certain,
    last: used.every(({ fits }) => fits.every(({ match }) => isLast(match))),
  };
}

/**
 * What an app promises about a request.
 *
 * @param stubs The Services that are stood in for, as `service.namespace:port`: what no manifest names is not there.
 */
export function promised(app: AppSpec, slot: Slot, request: Request, stubs: ReadonlySet<string>): Promised {
  const at = seen(request);
  const endpoints = endpointsOf(app, slot);
  const listener = request.fromMesh ? undefined : listenersOf(app, slot).find(({ port }) => port === portOf(request));
  const redirect = Math.max(-1, ...(listener?.redirects ?? []).filter((host) => fitsHost(host, at.host)).map(narrowness));
  const routes: Route[] = [
    ...endpoints.map((endpoint) => ({ ...endpoint, take: () => takenBy(endpoint, at) })),
    ...rawRoutes(app, slot).map((raw) => ({ ...raw, take: () => takenByRaw(raw, at) })),
  ];
  const here = routes.map((route) => ({ route, place: placeOf(route, listener, at.host) }))
    .filter((one): one is { route: Route; place: number } => one.place !== undefined && one.place > redirect);
  // Endpoints lose a host to narrower ones that override it, and to those of their own plan.
  const visible = here.filter(({ route, place }) => !here.some((other) => other.place > place
    && (other.route.takesHost || (route.route !== undefined && other.route.route === route.route))));
  const all = visible.map(({ route }) => ({ route, taken: route.take() })).filter((one): one is Taking => one.taken !== undefined);
  // What takes all gets what no other route of the host takes.
  const taking = all.every(({ taken }) => taken.last) ? all : all.filter(({ taken }) => !taken.last);
  if (taking.length > 0) {
    const reachable = !request.fromMesh || (hasPort(stubs, at.host, portOf(request)) && !isRearranged(app, slot, taking, at.host, portOf(request)));
    // With several values of a header it is enough that no one else gets the request.
    const plain = [...at.headers.values()].every((values) => values.length === 1);
    const open = together(taking, reachable && plain);
    return request.fromMesh ? open : guarded(open, taking, request, at, policiesOf(app, slot));
  }
  return request.fromMesh ? untouched(endpoints, stubs, at.host, portOf(request)) : NO_ANSWER;
}

/** A route of any kind. */
interface Route extends Placed {
  /** Position of the rollout that it belongs to. */
  readonly route?: number;
  readonly calls?: Endpoint['calls'];
  take(): Taken | undefined;
}

/** A route that takes a request. */
interface Taking { readonly route: Route; readonly taken: Taken }

/** What routes promise that take the same request. */
function together(taking: readonly Taking[], certain: boolean): Promised {
  return {
    answerers: taking.flatMap(({ taken }) => taken.answerers),
    mirrored: taking.flatMap(({ taken }) => taken.mirrored),
    certain: certain && taking.every(({ taken }) => taken.certain && taken.answerers.length > 0),
    open: taking.some(({ taken }) => taken.open),
  };
}

/** What is left of a promise behind the policies of a gateway. */
function guarded(open: Promised, taking: readonly Taking[], request: Request, at: Seen, policies: readonly Policy[]): Promised {
  const caller = callerOf(request);
  if (caller.isForged) return { ...NO_ANSWER, refused: open.certain ? BAD_TOKEN : undefined };
  const forbidding = policies.filter((policy) => !allows(policy, caller));
  const others = taking.filter(({ route }) => !forbidding.some(({ routes }) => route.route !== undefined && routes.has(route.route)));
  if (others.length === 0) return { ...NO_ANSWER, refused: open.certain ? NO_ENTRY : undefined };
  const left = together(others, open.certain);
  const answerers = left.answerers.filter(({ target }) => !forbidding.some(({ targets }) => targets.has(keyOf(target))));
  const isNamed = forbidding.some((policy) => others.some((other) => names(policy, other, at)));
  return { ...left, answerers, certain: left.certain && others.length === taking.length && !isNamed && answerers.length === left.answerers.length };
}

/** Whether a request that is another route's names what a policy closes, by more than the route asks for. */
function names({ names: closed, paths }: Policy, { route, taken }: Taking, request: Seen): boolean {
  const own = (name: string, value: string) => route.calls?.sets.some((set) => set[name] === value) ?? false;
  return closed.some(([name, value]) => request.headers.get(name)?.includes(value) && !(request.grpc && own(name, value)))
    || (taken.last && paths.some((path) => satisfies(path, request.path)));
}

/**
 * Whether a ServiceEntry decides which names and ports of a route sidecars route: those of entries for its hosts, and no others. The
 * library warns of that.
 */
function isRearranged({ serviceEntries }: AppSpec, slot: Slot, taking: readonly Taking[], host: string, port: number): boolean {
  const patterns = taking.flatMap(({ route }) => route.hosts);
  return serviceEntries.some(({ props }) => {
    const hosts: string[] = props.hosts.map((one: string) => slot.text(one));
    const isSame = hosts.includes(host) && props.ports.some(({ number }: { number: number }) => number === port);
    return !isSame && hosts.some((one) => patterns.some((pattern) => common(pattern, one) !== undefined));
  });
}

/** Whether a sidecar listens for a host at a port: those of a Service, and 80 for hosts that are none. */
function hasPort(stubs: ReadonlySet<string>, host: string, port: number): boolean {
  const service = /^(.*)\.svc\.cluster\.local$/.exec(host)?.[1];
  return service === undefined ? port === 80 : stubs.has(`${service}:${port}`);
}

/** Inside the mesh whatever no endpoint takes stays as it was: a host of a Service leads to the Service. */
function untouched(endpoints: readonly Endpoint[], stubs: ReadonlySet<string>, host: string, port: number): Promised {
  const targets = endpoints.flatMap(({ arms }) => arms.map(({ target }) => target)).filter((target) => target.host === host);
  const plain = targets.map((target) => ({ target: { ...target, headers: {}, never: [], core2: false, subset: undefined }, port }));
  const certain = targets.some(({ ports, answers }) => answers && ports.includes(port)) && hasPort(stubs, host, port);
  return { answerers: plain, mirrored: [], certain };
}
