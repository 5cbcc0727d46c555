import * as fc from 'fast-check';
import { OTHER_METHODS } from './backends';
import {
  bool, duration, ENDPOINTS, headerChanges, headerMatches, host, list, mapOf, Match, maybe, mostly, Ms, oneOf, path, percent, prefix, rarely,
  record, regex, unique, usually, weight,
} from './values';

/** Which gRPC calls an endpoint takes. */
export interface CallsSpec {
  readonly by: 'headers' | 'allOnHost' | 'none';
  readonly sets?: readonly { readonly [name: string]: string }[];
  readonly methods?: Match;
}

/** Which requests an arm of a plan gets. */
export interface MatchSpec {
  readonly headers?: { readonly [name: string]: Match };
  readonly withoutHeaders?: { readonly [name: string]: Match };
  readonly queryParams?: { readonly [name: string]: Match };
  readonly protocol?: 'REST' | 'gRPC';
}

/** A backend by its position, and what it gets. */
export interface ArmSpec {
  readonly backend: number;
  readonly weight?: number;
  readonly matches?: readonly MatchSpec[];
  readonly requestHeaders?: any;
  readonly responseHeaders?: any;
}

/** What happens on the way. */
export interface PolicySpec {
  readonly rewrite?: { readonly to?: string; readonly pattern?: string; readonly substitution?: string };
  readonly timeout?: Ms;
  readonly retries?: any;
  readonly delay?: { readonly percent: number; readonly delay: Ms };
  readonly abort?: { readonly percent: number; readonly httpStatus?: number; readonly grpcStatus?: string };
  readonly cors?: any;
}

/** A rollout, or a plan that is handed to a router as it is. */
export interface RouteSpec {
  readonly kind: 'route' | 'split' | 'shadow' | 'canary' | 'plan';
  readonly chart: number;
  readonly name?: string;
  readonly namespace?: string;
  readonly endpoint?: string;
  /** Positions of gateways; those that the app does not have are left out. */
  readonly gateways?: readonly number[];
  readonly hosts?: readonly string[];
  /** In addition to the hosts: the Service of the first arm. */
  readonly meshHost?: boolean;
  readonly paths?: readonly Match[];
  readonly grpc?: CallsSpec;
  readonly health?: boolean;
  readonly takesHost?: boolean;
  readonly seldonSticky?: boolean;
  readonly policy?: PolicySpec;
  readonly directResponses?: readonly { readonly path: Match; readonly status: number; readonly body?: string }[];
  readonly arms: readonly ArmSpec[];
  readonly mirrors?: readonly { readonly backend: number; readonly percent: number }[];
  readonly router?: 'istio' | 'experiment';
  readonly defaultCandidate?: string;
  /** Whose requests the second arm of a canary gets, whatever its weight. */
  readonly testers?: readonly MatchSpec[];
  /** Callers stay with the arm of a canary that answered them first. */
  readonly sticky?: { readonly cookie?: string; readonly header?: string };
  /** A second endpoint of a plan: its host and its name. */
  readonly preview?: { readonly host: string; readonly name: string };
}

const callHeader = mostly(oneOf('seldon-model', 'x-model'), ['Seldon-Model', 'seldon model', ''], 60);
const calls: fc.Arbitrary<CallsSpec> = fc.oneof(
  {
    arbitrary: record<CallsSpec>({
      by: fc.constant('headers' as const),
      sets: mostly(list(mapOf(callHeader, oneOf('iris', 'wine', 'iris-large', '')), 1, 2), [[], [{}]], 40),
      methods: rarely(mostly(oneOf(OTHER_METHODS, prefix('/inference.GRPCInferenceService/Model')), [prefix('inference'), prefix(''), regex('/.*')])),
    }),
    weight: 4,
  },
  { arbitrary: fc.constant({ by: 'allOnHost' }), weight: 2 },
  { arbitrary: fc.constant({ by: 'none' }), weight: 1 },
) as fc.Arbitrary<CallsSpec>;

const retryOn = list(mostly(oneOf('5xx', 'connect-failure', '503', 'unavailable', 'reset'), ['sometimes', '', '600', 'connect-failure,reset'], 20), 0, 2);
const retries = record<object>({
  attempts: mostly(oneOf(1, 3), [0, -1, 1.5, 2147483648], 20), perTryTimeout: maybe(duration), retryOn: maybe(retryOn),
});
const policy = record<PolicySpec>({
  rewrite: rarely(fc.oneof(
    { arbitrary: record<object>({ to: mostly(oneOf('/v2/models/iris/', '/', '/v2/models/other/infer'), ['v2', ''], 20) }), weight: 3 },
    { arbitrary: record<object>({ pattern: mostly(oneOf('^/api/(.*)$', '/models/'), ['', '(', '(?!x)'], 12), substitution: oneOf('/v2/\\1', '/x/', '') }), weight: 1 },
  ), 5),
  timeout: maybe(duration),
  retries: rarely(retries, 4),
  delay: rarely(fc.record({ percent: mostly(oneOf(0, 1), [101, -1, 0.00001]), delay: mostly(oneOf({ $ms: 1 }), [{ $ms: 0 }]) })),
  abort: rarely(record<{ percent: number; httpStatus?: number; grpcStatus?: string }>({
    percent, httpStatus: mostly(oneOf<number | undefined>(503, 429), [undefined, 199, 600, 100], 20), grpcStatus: rarely(oneOf('UNAVAILABLE', 'unavailable', '14'), 60),
  })),
  cors: rarely(record<object>({
    allowOrigins: list(mostly(oneOf<Match>({ $match: 'exact', value: 'https://example.com' }, regex('https://.*')), [{ $match: 'exact', value: '' }]), 0, 2),
    allowMethods: maybe(list(mostly(oneOf('GET', 'POST', '*'), ['get', '']), 0, 2)),
    allowHeaders: maybe(list(mostly(oneOf('x-user', 'Content-Type', '*'), ['x user', '']), 0, 2)),
    exposeHeaders: rarely(list(oneOf('x-user'), 0, 2)),
    maxAge: maybe(duration),
    allowCredentials: maybe(bool),
  })),
});

const requestMatch = record<MatchSpec>({
  headers: mostly<MatchSpec['headers'] | undefined>(headerMatches, [undefined], 6),
  withoutHeaders: rarely(headerMatches),
  queryParams: rarely(mapOf(oneOf('arm', 'x'), oneOf<Match>({ $match: 'exact', value: 'b' }, regex('[a-c]')))),
  protocol: rarely(oneOf<'REST' | 'gRPC'>('REST', 'gRPC'), 6),
});

const backend = oneOf(0, 1, 2, 3);
/** Arms of different backends, or any. */
const arms = (arm: fc.Arbitrary<ArmSpec>) => usually(unique(arm, (one) => one.backend, 1, 3), list(arm, 1, 3), 3);
const endpoint = mostly(oneOf<string>(...ENDPOINTS), ['iris/wine', '', 'iris-', 'i ris', '\u00efris'], 60);

const common = {
  chart: mostly(fc.constant(0), [1], 6),
  name: rarely(mostly(oneOf('named', 'named.v2'), ['Named', '', 'a_b', 'iris'], 8), 12),
  namespace: rarely(oneOf('models', 'other', 'Models'), 20),
  endpoint: maybe(endpoint),
  gateways: fc.oneof({ arbitrary: fc.constant(undefined), weight: 2 }, { arbitrary: oneOf([0], [1], [0, 1]), weight: 7 }),
  hosts: rarely(mostly(list(host, 1, 3), [[]]), 3),
  meshHost: rarely(fc.constant(true)),
  paths: rarely(mostly(list(path, 1, 3), [[]], 10), 4),
  grpc: rarely(calls, 3),
  health: rarely(bool),
  takesHost: rarely(bool, 4),
  seldonSticky: maybe(fc.constant(true)),
  policy: rarely(policy, 3),
  directResponses: rarely(list(record<{ path: Match; status: number; body?: string }>({
    path: mostly(oneOf(prefix('/metrics'), prefix('/v2/models/iris/metrics'), { $match: 'exact' as const, value: '/v2' }), [prefix('/')]),
    status: mostly(oneOf(404, 200), [100, 600, 404.5]),
    body: maybe(oneOf('no', '')),
  }), 0, 2), 10),
  router: rarely(oneOf<'istio' | 'experiment'>('experiment', 'istio'), 6),
  defaultCandidate: rarely(oneOf('iris1', 'no-one'), 20),
  preview: fc.constant(undefined),
};
const changes = { requestHeaders: rarely(headerChanges), responseHeaders: rarely(headerChanges) };
const mirror = fc.record({ backend, percent });

const single = record<RouteSpec>({
  ...common,
  kind: fc.constant('route' as const),
  mirrors: fc.constant(undefined),
  arms: list(record<ArmSpec>({ backend, weight: fc.constant(undefined), matches: fc.constant(undefined), ...changes }), 1, 1),
});
const split = record<RouteSpec>({
  ...common,
  kind: fc.constant('split' as const),
  mirrors: rarely(list(mirror, 0, 1)),
  arms: mostly(arms(record<ArmSpec>({ backend, weight, matches: fc.constant(undefined), ...changes })), [[]]),
});
const shadow = record<RouteSpec>({
  ...common,
  kind: fc.constant('shadow' as const),
  mirrors: mostly(list(mirror, 1, 2), [[]]) as fc.Arbitrary<RouteSpec['mirrors']>,
  arms: list(record<ArmSpec>({
    backend,
    weight: fc.constant(undefined),
    matches: fc.constant(undefined) as any,
    requestHeaders: fc.constant(undefined) as any,
    responseHeaders: fc.constant(undefined) as any,
  }), 1, 1),
});
const tester = fc.oneof(
  { arbitrary: oneOf<MatchSpec>({ headers: { 'x-tester': { $match: 'exact', value: 'yes' } } }, { queryParams: { arm: { $match: 'exact', value: 'b' } } }), weight: 8 },
  { arbitrary: requestMatch, weight: 1 },
);
/** A canary, often of a page on all paths. */
const canary = fc.tuple(
  record<RouteSpec>({
    ...common,
    kind: fc.constant('canary' as const),
    router: fc.constant(undefined),
    seldonSticky: fc.constant(undefined),
    mirrors: rarely(list(mirror, 0, 1)),
    arms: usually(
      unique(record<ArmSpec>({ backend, weight: fc.constant(undefined), matches: fc.constant(undefined) }), (one) => one.backend, 2, 2),
      list(record<ArmSpec>({ backend, weight: fc.constant(undefined), matches: fc.constant(undefined) }), 2, 2), 3,
    ).chain((both) => mostly(oneOf(50, 0, 100, 10), [-1, 101, 0.5]).map((share) => [both[0], { ...both[1], weight: share }])),
    testers: maybe(mostly(list(tester, 1, 2), [[]], 10)),
    sticky: maybe(record<{ cookie?: string; header?: string }>({
      cookie: rarely(mostly(oneOf('arm'), ['a b', '__Host-arm', ''], 8)), header: rarely(mostly(oneOf('x-arm'), ['X Arm', ''], 8)),
    })),
  }),
  maybe(oneOf<Match>(prefix('/'), regex('.*'))),
).map(([one, page]): RouteSpec => page === undefined ? one : { ...one, paths: [page], grpc: { by: 'none' } });
const sharing = record<ArmSpec>({
  backend,
  weight: mostly<number | undefined>(weight, [undefined], 10),
  matches: fc.constant(undefined),
  ...changes,
});
const plan = record<RouteSpec>({
  ...common,
  kind: fc.constant('plan' as const),
  mirrors: rarely(list(mirror, 0, 2)),
  arms: arms(fc.oneof(
    { arbitrary: sharing, weight: 2 },
    { arbitrary: record<ArmSpec>({ backend, weight: rarely(weight), matches: mostly(list(requestMatch, 1, 2), [[]], 20), ...changes }), weight: 3 },
  )),
  preview: rarely(record<{ host: string; name: string }>({ host, name: oneOf('preview', 'Preview', 'iris') }), 3),
});

/** A rollout of any style. */
export const route: fc.Arbitrary<RouteSpec> = fc.oneof(
  { withCrossShrink: true },
  { arbitrary: single, weight: 5 },
  { arbitrary: split, weight: 5 },
  { arbitrary: shadow, weight: 2 },
  { arbitrary: canary, weight: 3 },
  { arbitrary: plan, weight: 3 },
);

