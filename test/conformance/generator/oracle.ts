import { Arm, doorsOf, Endpoint, endpointsOf, GatewayDoor, rawHosts, Target } from './promises';
import { MatchSpec } from './routes';
import { Slot } from './slot';
import { AppSpec } from './spec';
import { Match } from './values';
import { isGrpc, portOf, Request } from '../harness/clients';
import { GRPC_SERVICE } from '../harness/protocol';

/** One who may answer a request, and at which port. */
export interface Answerer { readonly target: Target; readonly port: number }

/** What an app promises about one request. */
export interface Promised {
  /** Who may answer; nobody when it is empty. */
  readonly answerers: readonly Answerer[];
  /** Who may get copies. */
  readonly copies: readonly Answerer[];
  /** One of those who may answer must get it. */
  readonly certain: boolean;
  /** Nothing is promised about this host, such as that of a VirtualService which is written as given. */
  readonly open?: boolean;
}

const NOBODY: Promised = { answerers: [], copies: [], certain: false };
const ANYBODY: Promised = { ...NOBODY, open: true };

/** A request as the proxy compares it. */
interface Seen {
  readonly host: string;
  readonly path: string;
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
  return { host: request.host.replace(/:\d+$/, '').toLowerCase(), path: normalized(path), query: new URLSearchParams(query), headers, grpc: isGrpc(request) };
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
function serversFor(door: GatewayDoor, host: string): GatewayDoor['servers'] {
  if (!door.tls) return door.servers;
  const fitting = door.servers.map((server) => ({
    server, best: Math.max(-1, ...server.hosts.map((one) => one.slice(one.indexOf('/') + 1)).filter((one) => fitsHost(one, host)).map(narrowness)),
  })).filter(({ best }) => best >= 0);
  const best = Math.max(-1, ...fitting.map((one) => one.best));
  return fitting.filter((one) => one.best === best).map(({ server }) => server);
}

/** The narrowest of an endpoint's hosts that a request at a door fits; undefined when it is not the endpoint's. */
function placeOf(endpoint: Pick<Endpoint, 'hosts' | 'gateways' | 'namespace'>, door: GatewayDoor | undefined, host: string): number | undefined {
  const patterns = door === undefined ? (endpoint.gateways.length === 0 ? endpoint.hosts : [])
    : serversFor(door, host).filter(({ gateway }) => endpoint.gateways.includes(gateway))
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

/** What one endpoint does with a request that is on its host; undefined when it is not its. */
function takenBy(endpoint: Endpoint, request: Seen): Promised | undefined {
  if (endpoint.direct.some(({ path }) => satisfies(path, request.path))) return NOBODY;
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
  const copies = used.flatMap((rule) => endpoint.mirrors.map((target) => ({ target, port: portFor(target, rule) })));
  return { answerers, copies, certain: certain && answerers.every(({ target }) => target.answers) };
}

/**
 * What an app promises about a request.
 *
 * @param stubs The Services that are stood in for, as `service.namespace:port`: what no manifest names is not there.
 */
export function promised(app: AppSpec, slot: Slot, request: Request, stubs: ReadonlySet<string>): Promised {
  const at = seen(request);
  const endpoints = endpointsOf(app, slot);
  const door = request.fromMesh ? undefined : doorsOf(app, slot).find(({ port }) => port === portOf(request));
  if (rawHosts(app, slot).some((host) => fitsHost(host, at.host))) return ANYBODY;
  const redirect = Math.max(-1, ...(door?.redirects ?? []).filter((host) => fitsHost(host, at.host)).map(narrowness));
  const here = endpoints.map((endpoint) => ({ endpoint, place: placeOf(endpoint, door, at.host) }))
    .filter((one): one is { endpoint: Endpoint; place: number } => one.place !== undefined && one.place > redirect);
  // Endpoints lose a host to narrower ones that say so, and to those of their own plan.
  const visible = here.filter(({ endpoint, place }) => !here.some((other) => other.place > place
    && (other.endpoint.takesHost || other.endpoint.route === endpoint.route)));
  const taken = visible.map(({ endpoint }) => takenBy(endpoint, at)).filter((one) => one !== undefined);
  if (taken.length > 0) {
    const answerers = taken.flatMap((one) => one.answerers);
    const reachable = !request.fromMesh || hasPort(stubs, at.host, portOf(request));
    // With several values of a header it is enough that nobody else gets the request.
    const plain = [...at.headers.values()].every((values) => values.length === 1);
    const certain = reachable && plain && taken.every((one) => one.certain && one.answerers.length > 0);
    return { answerers, copies: taken.flatMap((one) => one.copies), certain };
  }
  return request.fromMesh ? untouched(endpoints, stubs, at.host, portOf(request)) : NOBODY;
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
  return { answerers: plain, copies: [], certain };
}
