import * as fc from 'fast-check';

// Apps are generated as plain data, so that a failing one can be shrunk and printed. What takes an object of the library
// or of cdk8s (a StringMatch, a Duration, a gateway) is written with a tag here, and made when the app is built.

/** A text to compare with. */
export interface Match { readonly $match: 'exact' | 'prefix' | 'regex'; readonly value: string }
/** A duration. */
export interface Ms { readonly $ms: number }
/** A gateway of the app, by its position. */
export interface GatewayAt { readonly $gateway: number }

export const exact = (value: string): Match => ({ $match: 'exact', value });
export const prefix = (value: string): Match => ({ $match: 'prefix', value });
export const regex = (value: string): Match => ({ $match: 'regex', value });
/** A cookie with its value, among others. */
export const withCookie = (pair: string): Match => regex(`(.*;\\s*)?${pair}(\\s*;.*)?`);
export const ms = (value: number): Ms => ({ $ms: value });

/** One of the values; the first is the simplest. */
export const oneOf = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

/** How much rarer odd values are than their positions imply: an app has some hundred places, and one odd value spoils it. */
const RARER = 13;

/** Mostly a good value, one time in so many an odd one, which the constructors may refuse. */
export const mostly = <T>(good: fc.Arbitrary<T>, odd: readonly T[], weight = 50): fc.Arbitrary<T> =>
  fc.oneof({ withCrossShrink: true }, { arbitrary: good, weight: weight * RARER }, { arbitrary: fc.constantFrom(...odd), weight: 1 });

/** The good kind, and the other kind as often as any odd value. */
export const usually = <T>(good: fc.Arbitrary<T>, odd: fc.Arbitrary<T>, weight: number): fc.Arbitrary<T> =>
  fc.oneof({ withCrossShrink: true }, { arbitrary: good, weight: weight * RARER }, { arbitrary: odd, weight: 1 });

/** Left out every second time. */
export const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ withCrossShrink: true }, { arbitrary: fc.constant(undefined), weight: 1 }, { arbitrary: value, weight: 1 });

/** Left out most of the time. */
export const rarely = <T>(value: fc.Arbitrary<T>, weight = 8): fc.Arbitrary<T | undefined> =>
  fc.oneof({ withCrossShrink: true }, { arbitrary: fc.constant(undefined), weight }, { arbitrary: value, weight: 1 });

/** A record whose undefined fields are not there at all. */
export const record = <T>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> =>
  (fc.record(fields) as unknown as fc.Arbitrary<T>).map((value) =>
    Object.fromEntries(Object.entries(value as object).filter(([, field]) => field !== undefined)) as T);

/** A list. */
export const list = <T>(value: fc.Arbitrary<T>, minLength: number, maxLength: number): fc.Arbitrary<T[]> =>
  fc.array(value, { minLength, maxLength, size: 'max' });

/** A list in which no two have the same key. */
export const unique = <T>(value: fc.Arbitrary<T>, key: (one: T) => unknown, minLength: number, maxLength: number): fc.Arbitrary<T[]> =>
  fc.uniqueArray(value, { selector: key, minLength, maxLength, size: 'max' });

/** A map with a few entries. */
export const mapOf = <T>(key: fc.Arbitrary<string>, value: fc.Arbitrary<T>, maxKeys = 2): fc.Arbitrary<{ [key: string]: T }> =>
  fc.dictionary(key, value, { minKeys: 1, maxKeys, size: 'max' }).map((map) => ({ ...map }));

/** Namespaces of charts, Services and Gateways. */
export const NAMESPACES = ['models', 'other'] as const;
export const namespace = mostly(oneOf<string>(...NAMESPACES), ['Models', 'models.a', '', 'a'.repeat(64)]);

/** Hosts of callers, below a domain that no other app has. */
export const HOSTS = ['a.app.test', 'b.app.test', '*.app.test', '*', 'x.a.app.test', '*.a.app.test', 'B.app.test'] as const;
const ODD_HOSTS = [
  '', 'http://a.app.test', 'a.app.test:80', 'a b.app.test', 'a.app.test/v2', '*a.app.test', '*-x.app.test', 'a..app.test', 'a_b.app.test', 'localhost',
  '10.0.0.1', '::1', '1.2', 'a.app.test.', '-a.app.test', '*.', 'a.*.app.test', `${'a'.repeat(64)}.app.test`,
];
export const host = mostly(oneOf<string>(...HOSTS), ODD_HOSTS);

/** Ports of gateways. */
export const GATEWAY_PORTS = [80, 443, 8080, 31400, 15443] as const;
const ODD_PORTS = [0, -1, 65536, 80.5, NaN];
/** Ports of Services: Istio speaks gRPC to the last two. */
export const REST_PORTS = [8080, 80, 9000] as const;
export const GRPC_PORTS = [5001, 9500] as const;
export const restPort = mostly(oneOf<number>(...REST_PORTS), [...ODD_PORTS, 1, 65535]);
export const grpcPort = mostly(oneOf<number>(...GRPC_PORTS), [...ODD_PORTS, 8080]);
export const gatewayPort = (...usual: number[]) => mostly(oneOf<number>(...usual), ODD_PORTS);

/** Names of endpoints, some of which begin like others. */
export const ENDPOINTS = ['iris', 'wine', 'iris-large', 'iris.v2', 'Iris_2', 'w'] as const;

const PATHS = [
  exact('/v2/models/iris'), prefix('/v2/models/iris/'), prefix('/v2/models/wine/'), exact('/v2/models/iris-large/infer'), exact('/v2/models/wine/infer'),
  prefix('/v2/repository/'), prefix('/v2/models/iris'), prefix('/v2/'), regex('/v2/models/(iris|wine)/infer'), regex('/v2/models/[a-z]+/versions/[0-9]+/infer'),
  prefix('/api/'), exact('/'), prefix('/'), exact('/api/predict'), regex('/api/v[0-9]+/.*'), prefix('/inference.GRPCInferenceService/'), prefix('/v2/health/'),
];
const ODD_PATHS = [
  prefix(''), exact(''), regex(''), regex('('), regex('(?=/v2).*'), regex('/v2/\\1'), exact('v2'), prefix('v2/'), exact('/v2/models/iris infer'),
  exact('/v2/models/iris?x=1'), regex('.*'), regex(`/${'a'.repeat(1025)}`), regex('/v2/\\p{Greek}+'), regex('/v2/(?i)models/.*'), regex('[[:alpha:]/]+'),
];
export const path = mostly(oneOf<Match>(...PATHS), ODD_PATHS, 80);

/** Names of headers that requests and matches use. */
export const HEADERS = ['x-tester', 'x-user', 'seldon-model', 'cookie'] as const;
export const headerName = mostly(oneOf<string>(...HEADERS), ['X-Tester', 'x tester', '', 'x-t\u00e9st', ':authority', 'host']);
export const headerMatch = mostly(oneOf<Match>(exact('yes'), prefix('y'), regex('y(es)?'), exact('iris'), exact('no')), [exact(''), prefix(''), regex('['), regex('(?!x).*')]);
export const headerMatches = mapOf(headerName, headerMatch);

const written = mostly(oneOf('one', 'two', '', '%REQ(x-user)%', '100%%'), ['100%', 'a\nb', 'a\u0000b', '%hostname%', '\u00e9', '%REQ(x-user)', '%NO_SUCH_COMMAND%']);
const writtenName = mostly(oneOf('x-arm', 'x-stage', 'x-user', 'seldon-model'), ['X-Arm', 'x arm', '', ':path', 'host', 'Host', ':authority', 'x-envoy-retry-on', 'content-length']);
/** Changes of headers. */
export const headerChanges = record<{ set?: object; add?: object; remove?: string[] }>({
  set: maybe(mapOf(writtenName, written)),
  add: rarely(mapOf(writtenName, written)),
  remove: rarely(list(writtenName, 0, 2)),
});

/** Labels of pods. */
export const labels = mapOf(
  mostly(oneOf('version', 'app', 'example.com/track'), ['', '-app', 'a b', '/app', 'a/b/c', 'UPPER', 'a'.repeat(64), 'Example.com/app']),
  mostly(oneOf('v1', 'v2', ''), ['-v1', 'v 1', 'v1.', 'V_1.2', 'a'.repeat(64)]),
);
export const subsetName = mostly(oneOf('v1', 'v2'), ['V1', '', '-v1', 'v.1', 'a'.repeat(64)]);

/** Durations. */
export const duration = mostly(oneOf(ms(10_000), ms(60_000), ms(1500), ms(3_600_000)), [ms(0), ms(0.5), ms(1), ms(2 ** 40), ms(1.5)]);
export const percent = mostly(oneOf(100, 0, 50, 12.5, 0.5), [-1, 101, NaN, 0.00001, Infinity]);
export const weight = mostly(oneOf(50, 100, 0, 1, 33), [-1, 1.5, NaN, 2147483647, 2147483648]);
export const int32 = mostly(oneOf(0, 1, 5, 1024, 2147483647), [-1, 1.5, 2147483648, NaN]);
export const uint32 = mostly(oneOf(0, 1, 5, 1024, 4294967295), [-1, 1.5, 4294967296, NaN]);
export const bool = fc.boolean();
