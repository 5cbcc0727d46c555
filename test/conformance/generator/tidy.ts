import { Backend } from './backends';
import { ArmSpec, CallsSpec, RouteSpec } from './routes';
import { AppSpec } from './spec';

// Parts that are generated apart from each other seldom fit: a second arm is the first one again, a mirror answers, a Service
// takes no gRPC. Most apps are put in order, so that they get further than to the first such error; the others are left.

const isCore2 = (backend: Backend) => backend.kind !== 'service';
const takesGrpc = (backend: Backend) => isCore2(backend) || (backend.kind === 'service' && backend.grpcPort !== undefined);
const nameOf = (backend: Backend) => `${backend.kind} ${backend.name} ${backend.kind === 'service' ? `${backend.namespace} ${backend.subset}` : ''}`;

const servesPages = (backend: Backend) => backend.kind === 'service' && backend.paths === undefined;

/** One of each backend, in their order. */
function distinct<T extends { readonly backend: number }>(list: readonly T[], backends: readonly Backend[], seen = new Set<string>()): T[] {
  return list.filter(({ backend }) => {
    const name = nameOf(backends[backend % backends.length]);
    return !seen.has(name) && seen.add(name);
  });
}

function withoutModelHeader(arm: ArmSpec, backend: Backend): ArmSpec {
  if (!isCore2(backend) || arm.requestHeaders === undefined) return arm;
  const { requestHeaders, ...rest } = arm;
  return JSON.stringify(requestHeaders).includes('seldon-model') ? rest : arm;
}

/** The calls, of methods that all backends know. */
function tidyCalls({ grpc }: RouteSpec, used: readonly Backend[]): CallsSpec | undefined {
  const known = new Set(used.map((backend) => JSON.stringify((backend.kind === 'service' ? backend.grpcMethods : undefined) ?? null)));
  if (known.size > 1) return { by: 'none' };
  const [only] = [...known].map((text) => JSON.parse(text) ?? undefined);
  if (only !== undefined) return { ...grpc ?? { by: 'allOnHost' }, methods: only };
  return grpc?.methods === undefined ? grpc : { by: grpc.by, sets: grpc.sets };
}

/** Callers can stay with a Model of an Experiment of two or more, which is the one arm or made of the arms. */
function staysPossible({ arms }: RouteSpec, experiment: boolean, usesGateway: boolean, at: (position: number) => Backend): boolean {
  if (experiment) return usesGateway && arms.length > 1 && at(arms[0].backend).kind === 'model';
  const only = at(arms[0].backend);
  return arms.length === 1 && only.kind === 'experiment' && only.props.resourceType !== 'pipeline' && only.props.candidates?.length > 1;
}

/** A canary has two versions of which one has a share, and the other the rest. */
function tidyCanary(route: { -readonly [K in keyof RouteSpec]: RouteSpec[K] }): void {
  if (route.arms.length === 2) {
    route.arms = [{ backend: route.arms[0].backend }, { weight: 50, ...route.arms[1] }];
  } else {
    route.kind = 'route';
    route.arms = [{ backend: route.arms[0].backend }];
    route.mirrors = route.testers = route.sticky = undefined;
  }
}

function tidyRoute(route: RouteSpec, { backends, gateways }: AppSpec): RouteSpec {
  const at = (position: number) => backends[position % backends.length];
  const tidied: { -readonly [K in keyof RouteSpec]: RouteSpec[K] } = { ...route };
  const experiment = route.router === 'experiment' || (route.kind === 'shadow' && route.router === undefined && isCore2(at(route.arms[0].backend)));
  const seen = new Set<string>();
  const kind = at(route.arms[0].backend).kind === 'pipeline' ? 'pipeline' : 'model';
  const members = ({ backend }: { readonly backend: number }) => !experiment || at(backend).kind === kind;
  tidied.arms = distinct(route.arms.filter(members), backends, seen).map((arm) => withoutModelHeader(arm, at(arm.backend)));
  if (experiment) tidied.arms = tidied.arms.map(({ backend, weight }) => weight === undefined ? { backend } : { backend, weight });
  if (tidied.arms.length === 0) return { ...route, router: 'istio' };
  if (route.kind !== 'canary' && tidied.arms.every(({ weight = 0 }) => weight === 0) && tidied.arms[0].weight !== undefined) {
    tidied.arms = [{ ...tidied.arms[0], weight: 1 }, ...tidied.arms.slice(1)];
  }
  const mirrors = distinct(route.mirrors ?? [], backends, seen)
    .filter(({ backend }) => experiment ? at(backend).kind === kind : !isCore2(at(backend)));
  const whole = mirrors.slice(0, 1).map((one) => ({ ...one, percent: Math.round(one.percent) }));
  if (route.mirrors !== undefined) tidied.mirrors = experiment ? whole : mirrors;
  if (route.kind === 'shadow' && mirrors.length === 0) {
    tidied.kind = 'route';
    tidied.mirrors = undefined;
  }
  const used = [...tidied.arms, ...tidied.mirrors ?? []].map(({ backend }) => at(backend));
  if (route.kind === 'canary' && !used.every(servesPages)) tidied.paths = tidied.grpc = undefined;
  if (used.some((backend) => !takesGrpc(backend))) tidied.grpc = { by: 'none' };
  else tidied.grpc = tidyCalls(route, used);
  if (used.some(isCore2) && route.paths !== undefined && route.policy?.rewrite === undefined) {
    const served = route.paths.filter(({ $match, value }) => $match !== 'regex' && value.startsWith('/v2'));
    tidied.paths = served.length === 0 ? undefined : served;
  }
  if (tidied.grpc?.by === 'none' && tidied.paths?.length === 0) tidied.paths = undefined;
  const usesGateway = route.gateways?.some((position) => gateways[position] !== undefined) ?? false;
  if (!usesGateway) {
    tidied.name = undefined;
    tidied.hosts = route.hosts?.filter((host) => host !== '*');
    if (tidied.hosts?.length === 0 || (new Set(used.map(nameOf)).size > 1 && tidied.hosts === undefined)) tidied.hosts = ['mesh.app.test'];
    if (experiment) tidied.policy = tidied.directResponses = undefined;
  }
  if (route.kind === 'canary') tidyCanary(tidied);
  if (!staysPossible(tidied, experiment, usesGateway, at)) tidied.seldonSticky = undefined;
  if (route.kind === 'plan') tidied.hosts = tidied.hosts?.slice(0, 1);
  return tidied;
}

/** What answers for a route, without subsets. */
const servicesOf = ({ arms }: RouteSpec, backends: readonly Backend[]) => arms.map(({ backend }) => backends[backend % backends.length])
  .map((backend) => backend.kind === 'service' ? `${backend.name} ${backend.namespace}` : nameOf(backend));

/** Policies for endpoints that are behind a gateway, no two of them for one. */
function tidyAccess({ access, gateways, backends }: AppSpec, routes: readonly RouteSpec[]): AppSpec['access'] {
  const own = gateways.flatMap(({ existing }, position) => existing === undefined ? [position] : []);
  if (own.length === 0) return [];
  const free = new Set(routes.flatMap(({ gateways: used }, position) => used?.some((each) => own.includes(each)) ? [position] : []));
  const behind = access.map(({ routes: positions = [], ...policy }) => {
    const chosen = positions.filter((each) => free.has(each));
    // A backend that leads to a closed one must be closed, too.
    const services = new Set(chosen.flatMap((each) => servicesOf(routes[each], backends)));
    const closed = [...free].filter((each) => servicesOf(routes[each], backends).some((service) => services.has(service)));
    closed.forEach((each) => free.delete(each));
    return { ...policy, gateway: own[0], routes: closed };
  });
  return behind.filter(({ routes: positions, models }) => positions.length > 0 || models !== undefined);
}

/** One policy for each backend; the models of Seldon Core 2 share what others may limit. */
function tidyBackendPolicies({ backends, backendPolicies }: AppSpec): AppSpec['backendPolicies'] {
  const hosts = new Set<string>();
  return backendPolicies.flatMap(({ chart, backend, policy }) => {
    const { connectionPool, outlierDetection, ...shared } = policy;
    const of = backends[backend % backends.length];
    const host = of.kind === 'service' ? `${of.name} ${of.namespace}` : 'seldon-mesh';
    const kept = isCore2(of) ? shared : policy;
    return hosts.has(host) || Object.keys(kept).length === 0 || !hosts.add(host) ? [] : [{ chart, backend, policy: kept }];
  });
}

/** The app with arms, mirrors, paths and calls that fit each other. */
export function tidy(app: AppSpec): AppSpec {
  const routes = app.routes.map((route) => route.arms.length === 0 ? route : tidyRoute(route, app));
  return { ...app, routes, backendPolicies: tidyBackendPolicies(app), access: tidyAccess(app, routes) };
}
