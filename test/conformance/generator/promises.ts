import { Backend } from './backends';
import { ArmSpec, CallsSpec, PolicySpec, RouteSpec } from './routes';
import { Slot } from './slot';
import { AppSpec } from './spec';
import { exact, Match, prefix, withCookie } from './values';

// What an app promises, derived from the props that it was generated with, in the words of the library's documentation: who
// takes which requests, and who answers them. Nothing here looks at the manifests, or uses the library.

/** Where a backend is reached, and how requests are marked for it. */
export interface Target {
  /** `<service>.<namespace>`, as the stubs are called. */
  readonly service: string;
  readonly host: string;
  readonly rest: number;
  readonly grpc?: number;
  /** All ports that the Service is known to have. */
  readonly ports: readonly number[];
  readonly subset?: string;
  /** Headers that arrive with this one value. */
  readonly headers: { readonly [name: string]: string };
  /** Headers that do not arrive. */
  readonly never: readonly string[];
  readonly core2: boolean;
  /** Whether a stub stands in for it: no subset without a definition in the app, no host outside of the cluster. */
  readonly answers: boolean;
  readonly paths?: readonly Match[];
  readonly callHeaders?: { readonly [name: string]: string };
  /** The gRPC methods that it knows. Default: those of the Open Inference Protocol. */
  readonly methods?: Match;
}

/** An arm of an endpoint, with its target. */
export interface Arm extends Omit<ArmSpec, 'backend'> { readonly target: Target }

/** An endpoint as callers see it. */
export interface Endpoint {
  /** Endpoints of one plan may overlap. */
  readonly route: number;
  readonly namespace: string;
  readonly hosts: readonly string[];
  /** Positions of gateways; none for callers inside the mesh. */
  readonly gateways: readonly number[];
  readonly takesHost: boolean;
  readonly paths: readonly Match[];
  readonly calls?: { readonly sets: readonly { readonly [name: string]: string }[]; readonly methods: Match };
  readonly arms: readonly Arm[];
  readonly mirrors: readonly Target[];
  readonly policy?: PolicySpec;
  readonly direct: readonly { readonly path: Match; readonly status: number }[];
  /** Whether it stands in the mesh without any route: callers reach Seldon itself. */
  readonly unrouted: boolean;
}

/** A port of a gateway's pods that takes HTTP, and what it answers for. */
export interface GatewayListener {
  readonly port: number;
  readonly tls: boolean;
  /** The gateways that have the port. */
  readonly gateways: readonly number[];
  /** The hosts of each server, as it lists them. */
  readonly servers: readonly { readonly gateway: number; readonly namespace: string; readonly hosts: readonly string[] }[];
  /** Hosts that are sent to https instead. */
  readonly redirects: readonly string[];
}

const OPEN_INFERENCE = prefix('/inference.GRPCInferenceService/');
const NEVER = ['x-seldon-route', 'seldon-internal-model'];

function core2(name: string, namespace: string, kind: string): Target {
  return {
    service: `seldon-mesh.${namespace}`,
    host: `seldon-mesh.${namespace}.svc.cluster.local`,
    rest: 80,
    grpc: 80,
    ports: [80, 9003],
    headers: { 'seldon-model': kind === 'model' ? name : `${name}.${kind}` },
    never: NEVER,
    core2: true,
    answers: true,
  };
}

function targetOf(backend: Backend, slot: Slot): Target {
  if (backend.kind !== 'service') {
    const namespace = backend.kind === 'model' && backend.namespace !== undefined ? slot.namespace(backend.namespace) : slot.charts[backend.chart];
    return core2(backend.name, namespace, backend.kind);
  }
  const { name, port, grpcPort, subset, subsetLabels, requestHeaders = {}, removeRequestHeaders = [], otherPorts = [], paths } = backend;
  const namespace = slot.namespace(backend.namespace);
  return {
    service: `${name}.${namespace}`,
    host: name.includes('.') ? name : `${name}.${namespace}.svc.cluster.local`,
    rest: port,
    grpc: grpcPort,
    subset,
    ports: [port, ...(grpcPort === undefined ? [] : [grpcPort]), ...otherPorts],
    headers: requestHeaders,
    never: removeRequestHeaders,
    core2: false,
    answers: !name.includes('.') && (subset === undefined || subsetLabels !== undefined),
    paths,
    callHeaders: backend.grpcHeaders,
    methods: backend.grpcMethods,
  };
}

/** The targets of backends by their positions. */
export function targetsOf(app: AppSpec, positions: readonly number[], slot: Slot): Target[] {
  return positions.map((position) => targetOf(app.backends[position % app.backends.length], slot));
}

/** The hosts that a gateway's HTTP servers answer for, `*` where they are not known. */
function hostsOfGateway(app: AppSpec, position: number, slot: Slot): string[] {
  const { existing, servers } = app.gateways[position];
  const listed = existing !== undefined ? existing.hosts ?? ['*']
    : (servers ?? []).filter(takesHttp).flatMap(({ options }) => options.hosts ?? ['*']);
  return listed.map((host: string) => slot.text(host.slice(host.indexOf('/') + 1)));
}

function takesHttp({ make, options }: { readonly make: string; readonly options: any }): boolean {
  if (make === 'http') return options.httpsRedirect !== true;
  return make === 'https' || (make === 'istioMutual' && options.content !== 'TLS');
}

const covers = (outer: string, inner: string) => outer === '*' || outer === inner || (outer.startsWith('*.') && inner.endsWith(outer.slice(1)));
const widest = (hosts: readonly string[]) => [...new Set(hosts)]
  .filter((host, _i, all) => !all.some((other) => other !== host && covers(other, host)));

function callsOf(spec: CallsSpec | undefined, name: string, arms: readonly Arm[], methods: Match | undefined): Endpoint['calls'] {
  // A gRPC route is there when some backend takes gRPC.
  if (arms.every(({ target }) => target.grpc === undefined) || spec?.by === 'none') return undefined;
  const own = arms.find(({ target }) => target.callHeaders !== undefined)?.target.callHeaders;
  const sets = spec === undefined ? [own ?? { 'seldon-model': name }] : spec.by === 'allOnHost' ? [{}] : spec.sets!;
  return { sets, methods: methods ?? OPEN_INFERENCE };
}

/** The methods that all backends with gRPC know; undefined where they differ. */
function methodsOf(arms: readonly Arm[]): Match | undefined {
  const known = arms.filter(({ target }) => target.grpc !== undefined).map(({ target }) => target.methods ?? OPEN_INFERENCE);
  return known.every(({ $match, value }) => $match === known[0].$match && value === known[0].value) ? known[0] : undefined;
}

/** The arms of a canary: testers come first, then callers with a sticky session, while both versions have a share. */
function canaryArms({ testers = [], sticky }: RouteSpec, name: string, [stable, canary]: readonly Arm[]): Arm[] {
  const shares = [{ name: 'stable', target: stable.target, weight: 100 - canary.weight! }, { name: 'canary', target: canary.target, weight: canary.weight! }];
  const picked: Arm[] = testers.length === 0 ? [] : [{ target: canary.target, matches: testers }];
  const stays = sticky !== undefined && shares.every(({ weight }) => weight > 0);
  const { cookie = `${name}-arm`, header = `x-${name.toLowerCase()}-arm` } = sticky ?? {};
  const kept: Arm[] = stays ? shares.map(({ name: version, target }) => ({
    target,
    matches: [
      { headers: { cookie: withCookie(`${cookie.replaceAll('.', '\\.')}=${version}`) } },
      { headers: { [header]: exact(version) }, protocol: 'gRPC' },
    ],
  })) : [];
  return [...picked, ...kept, ...shares.map(({ target, weight }) => ({ target, weight }))];
}

function endpointOf(app: AppSpec, route: RouteSpec, index: number, slot: Slot): Endpoint {
  const id = `route-${index}`;
  const name = route.endpoint ?? id;
  const at = (position: number) => targetOf(app.backends[position % app.backends.length], slot);
  const gateways = (route.gateways ?? []).filter((position) => app.gateways[position] !== undefined);
  const arms = route.arms.map(({ backend, ...arm }) => ({ ...arm, target: at(backend) }));
  const isPlan = route.kind === 'plan';
  const listed = slot.hostsOf(route, (position) => at(position).host);
  const hosts = listed ?? (isPlan ? [slot.text('plan.app.test')]
    : gateways.length > 0 ? gateways.flatMap((position) => hostsOfGateway(app, position, slot)) : arms.map(({ target }) => target.host));
  const paths = route.paths ?? (isPlan ? [prefix(`/v2/models/${name}/`)]
    : arms.find(({ target }) => target.paths !== undefined)?.target.paths ?? [exact(`/v2/models/${name}`), prefix(`/v2/models/${name}/`)]);
  const calls = isPlan && route.grpc === undefined ? callsOf({ by: 'headers', sets: [{ 'seldon-model': name }] }, name, arms, undefined)
    : callsOf(route.grpc, name, arms, route.grpc?.methods ?? methodsOf(arms));
  const experiment = route.router === 'experiment' || (route.kind === 'shadow' && route.router === undefined && arms[0].target.core2);
  const namespace = route.namespace === undefined ? slot.charts[route.chart] : slot.namespace(route.namespace);
  const first = arms[0].target.service.replace('seldon-mesh.', '');
  const made = route.kind === 'canary' ? canaryArms(route, name, arms) : experiment ? [{ target: core2(route.name ?? id, first, 'experiment') }] : arms;
  const sticky = ({ target, ...arm }: Arm): Arm => ({ ...arm, target: { ...target, never: target.never.filter((header) => header !== 'x-seldon-route') } });
  return {
    route: index,
    namespace,
    hosts: isPlan ? hosts : widest(hosts),
    gateways,
    takesHost: route.takesHost ?? false,
    paths: route.health && !isPlan ? [...paths, prefix('/v2/health/')] : paths,
    calls,
    // Seldon shares and mirrors behind the experiment, which requests name.
    arms: route.seldonSticky ? made.map(sticky) : made,
    mirrors: experiment ? [] : (route.mirrors ?? []).filter(({ percent }) => percent > 0).map(({ backend }) => at(backend)),
    policy: route.policy,
    direct: route.directResponses ?? [],
    unrouted: experiment && gateways.length === 0,
  };
}

/** The endpoints of rollouts. */
export function endpointsOf(app: AppSpec, slot: Slot): Endpoint[] {
  return app.routes.flatMap((route, i) => {
    const endpoint = endpointOf(app, route, i, slot);
    return route.kind === 'plan' && route.preview !== undefined ? [endpoint, { ...endpoint, hosts: [slot.text(route.preview.host)] }] : [endpoint];
  }).filter(({ unrouted }) => !unrouted);
}

function redirectsOf(app: AppSpec, port: number, slot: Slot): string[] {
  return app.gateways.flatMap(({ servers = [] }) => servers)
    .filter(({ make, options }) => make === 'http' && options.httpsRedirect === true && slot.port(options.port) === port)
    .flatMap(({ options }) => (options.hosts ?? ['*']).map((host: string) => slot.text(host.slice(host.indexOf('/') + 1))));
}

/** The listeners for HTTP of the app's own gateways. */
export function listenersOf(app: AppSpec, slot: Slot): GatewayListener[] {
  const listeners = new Map<number, GatewayListener & { gateways: number[]; servers: object[] }>();
  app.gateways.forEach(({ servers = [], namespace, chart, existing }, position) => {
    if (existing !== undefined) return;
    for (const { make, options } of servers.filter(takesHttp)) {
      const port = slot.port(options.port);
      const listener = listeners.get(port) ?? { port, tls: make !== 'http', gateways: [], servers: [], redirects: redirectsOf(app, port, slot) };
      listeners.set(port, listener);
      if (!listener.gateways.includes(position)) listener.gateways.push(position);
      listener.servers.push({
        gateway: position,
        namespace: namespace === undefined ? slot.charts[chart] : slot.namespace(namespace),
        hosts: (options.hosts ?? ['*']).map((host: string) => slot.gatewayHost(host)),
      });
    }
  });
  return [...listeners.values()];
}
