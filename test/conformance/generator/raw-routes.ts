import * as fc from 'fast-check';
import { Manifest } from '../harness/manifests';

/** A set of VirtualServices behind one port of a gateway, as a user could write them by hand. */
export interface RawRoutes {
  readonly port: number;
  readonly manifests: readonly Manifest[];
}

/** A request that differs from others only in what the rules look at. */
export interface RawRequest {
  readonly host: string;
  readonly path: string;
  readonly method: string;
  readonly headers: { readonly [name: string]: string };
}

export const PATHS = ['/', '/a', '/a/', '/a/b', '/a/b/c', '/ab', '/A', '/b', '/b/a', '/x1', '/x1/y', '/x1/yb', '/ab/b', '/x', '/a/b/cb', '/xb', '/x/b', '/ax', '/bb', '/Ax', '/XB', '/a.b', '/b.', '/x.1'];
export const HOSTS = ['a.test', 'b.test', 'x.b.test', 'c.test', 'other.org'];
export const METHODS = ['GET', 'POST'];
export const QUERIES = ['', '?q=1', '?q=2'];
const VALUES = ['v', 'w', 'vw'];

const text = (values: readonly string[], regexes: readonly string[]) => fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...values).map((exact) => ({ exact })) },
  { weight: 3, arbitrary: fc.constantFrom(...values).map((prefix) => ({ prefix })) },
  { weight: 1, arbitrary: fc.constantFrom(...regexes).map((regex) => ({ regex })) },
);

const uri = text(PATHS, ['.*', '/.*', '/a.*', '/a/[a-c]', '/x[0-9].*', '.*b', '/(a|b)/.*', '[^.]+']);
const value = fc.oneof({ weight: 4, arbitrary: text(VALUES, ['v.*', '[vw]', '.*']) }, { weight: 1, arbitrary: fc.constant({}) });
const headers = fc.dictionary(fc.constantFrom('x-one', 'x-two'), value, { maxKeys: 2, minKeys: 1 });

const parameter = fc.constantFrom({ exact: '1' }, { exact: '2' }, { prefix: '1' });

/** A key with a value from time to time. */
const sometimes = <T>(arbitrary: fc.Arbitrary<T>, weight: number) => fc.option(arbitrary, { nil: undefined, freq: weight });

const anyMethod = fc.constantFrom(...METHODS).map((exact) => ({ exact }));

const match = fc.record({
  uri: fc.oneof({ weight: 5, arbitrary: uri }, { weight: 1, arbitrary: fc.constant(undefined) }),
  ignoreUriCase: fc.oneof({ weight: 8, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constant(true) }),
  method: fc.oneof({ weight: 6, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: anyMethod }),
  headers: fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: headers }),
  withoutHeaders: fc.oneof({ weight: 8, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: headers }),
  queryParams: fc.oneof({ weight: 8, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.record({ q: parameter }) }),
  port: fc.oneof({ weight: 12, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constantFrom('own', 'other') }),
});

const http = fc.record({
  match: sometimes(fc.array(match, { minLength: 1, maxLength: 2 }), 8),
});

/** The match of a rule that delegates. */
const rootMatch = fc.record({ uri: fc.constantFrom(...PATHS).map((prefix) => ({ prefix })), headers: sometimes(headers, 1) }).map(plain);

const virtualService = fc.record({
  age: fc.constantFrom(1, 2, 3),
  namespace: fc.constantFrom('one', 'two'),
  hosts: fc.uniqueArray(fc.constantFrom('a.test', 'b.test', '*.test', '*.b.test', '*'), { minLength: 1, maxLength: 2 }).filter(areApart),
  http: fc.array(http, { minLength: 1, maxLength: 3 }),
  delegates: fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.record({ match: sometimes(rootMatch, 4) }) }),
});

/** Istio refuses hosts of one VirtualService that overlap. */
function areApart(hosts: readonly string[]): boolean {
  return hosts.length < 2 || !(hosts.includes('*') || (hosts.includes('*.test')) || (hosts.includes('*.b.test') && hosts.includes('x.b.test')));
}

const SERVERS = [['*'], ['*.test'], ['a.test', '*.b.test'], ['one/*', 'two/a.test'], ['b.test', 'a.test', 'other.org']];

/** Sets of VirtualServices, each with a port of its own. */
export function rawRoutes(seed: number, amount: number, firstPort: number): RawRoutes[] {
  const sets = fc.record({
    hosts: fc.constantFrom(...SERVERS),
    // As in manifests of a cluster.
    isLive: fc.boolean(),
    virtualServices: fc.array(virtualService, { minLength: 2, maxLength: 4 }),
  });
  return fc.sample(sets, { seed, numRuns: amount }).map((set, i) => {
    const port = firstPort + i;
    return { port, manifests: [gateway(port, set.hosts), ...set.virtualServices.flatMap((one, j) => routes(port, j, one, set.isLive))] };
  });
}

function gateway(port: number, hosts: readonly string[]): Manifest {
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'Gateway',
    metadata: { name: `gateway-${port}`, namespace: 'istio-system' },
    spec: { selector: { istio: 'ingressgateway' }, servers: [{ port: { number: port, name: `http-${port}`, protocol: 'HTTP' }, hosts: [...hosts] }] },
  };
}

/** Each VirtualService has a backend, and each of its rules a port of it. The last rule may be that of a delegate. */
function routes(port: number, index: number, { namespace, age, hosts, http: rules, delegates }: any, isLive: boolean): Manifest[] {
  const name = `routes-${port}-${index}`;
  const created = isLive ? { creationTimestamp: `2026-01-0${age}T00:00:00Z` } : {};
  const object = (objectName: string, spec: object): Manifest => ({
    apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata: { name: objectName, namespace, ...created }, spec,
  });
  const own = rules.map((rule: any, i: number) => ({
    ...rule.match === undefined ? {} : { match: rule.match.map((one: any) => plain({ ...one, port: portOf(one.port, port) })) },
    route: [{ destination: { host: `${name}.${namespace}.svc.cluster.local`, port: { number: 8001 + i } } }],
  }));
  const { match: matches = [], ...last } = own[own.length - 1];
  const root = { gateways: [`istio-system/gateway-${port}`], hosts };
  if (!delegates) return [object(name, { ...root, http: own })];
  // Istio accepts fewer fields in a delegate than in its root.
  const inner = matches.map((one: any) => plain({ uri: one.uri, headers: one.headers }));
  return [
    object(name, { ...root, http: [...own.slice(0, -1), plain({ match: delegates.match && [delegates.match], delegate: { name: `${name}-inner` } })] }),
    object(`${name}-inner`, { http: [plain({ match: inner.length === 0 ? undefined : inner, ...last })] }),
  ];
}

/** Without the fields that are undefined. */
function plain<T>(object: T): T {
  return JSON.parse(JSON.stringify(object)) as T;
}

function portOf(kind: string | undefined, port: number): number | undefined {
  return kind === undefined ? undefined : kind === 'own' ? port : 9999;
}

/** Requests that most rules can distinguish. */
export function rawRequests(): RawRequest[] {
  return requestsOf(PATHS, VALUES);
}

/** Requests for what is rarely matched: paths that continue a prefix or are in upper case, and values that continue another one. */
export function rareRequests(): RawRequest[] {
  return requestsOf([...PATHS, ...PATHS.map((path) => `${path}b`), ...PATHS.map((path) => path.replace('/a', '/A').replace('/x', '/X'))], [...VALUES, 'wv', 'vwx']);
}

function requestsOf(paths: readonly string[], values: readonly string[]): RawRequest[] {
  const headersOf = (name: string) => [{}, ...values.map((one) => ({ [name]: one }))];
  return HOSTS.flatMap((host) => paths.flatMap((path) => QUERIES.flatMap((query) => METHODS.flatMap((method) => headersOf('x-one').flatMap((one) => (
    headersOf('x-two').map((two) => ({ host, path: path + query, method, headers: { ...one, ...two } }))))))));
}
