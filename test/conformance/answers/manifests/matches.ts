import { plain, Random } from '../random';

/** A condition on text. */
export type TextMatch = { readonly exact: string } | { readonly prefix: string } | { readonly regex: string };

export const PATHS = ['/', '/a', '/a/', '/a/b', '/ab', '/A', '/A/b', '/v2/models/iris', '/v2/models/iris/', '/v2/models/iris-large/infer', '/x1', '/b.c', '/a%2Fb', '/a b'.replace(' ', '+')] as const;
/** Expressions, each with words in it and words near it. */
export const EXPRESSIONS: { readonly [regex: string]: readonly string[] } = {
  '/a/[a-c]': ['/a/b', '/a/d', '/a/bb', '/a/'],
  '/x[0-9].*': ['/x1', '/x1/y', '/x', '/xa'],
  '.*b': ['/b', '/a/b', '/ba'],
  '/(a|b)/.*': ['/a/', '/b/x', '/c/', '/a'],
  '/.*': ['/', '/zzz'],
  '.*': ['/', '/zzz'],
  '(?i)/a/B': ['/a/b', '/A/B', '/a/bb'],
  '/v2/models/[^/]+/infer': ['/v2/models/iris/infer', '/v2/models/iris/x/infer', '/v2/models//infer'],
  '^/a$': ['/a', '/ab'],
  '/b.c': ['/b.c', '/bxc'],
  '/a|/b': ['/a', '/b', '/ab'],
};
/** Headers that proxies set, remove or join. */
const MANAGED_NAMES = [
  'x-forwarded-proto', 'x-forwarded-host', 'x-request-id', 'x-envoy-max-retries', 'x-envoy-original-path', 'x-envoy-external-address', 'x-envoy-other', 'x-forwarded-client-cert', 'te',
] as const;
export const HEADER_NAMES = ['x-one', 'x-two', 'X-Mixed', 'seldon-model', 'cookie', 'accept', 'user-agent', 'host', ...MANAGED_NAMES] as const;
export const HEADER_VALUES = ['v', 'w', 'vw', 'V', 'v,w', '', 'http'] as const;
export const PARAMETERS = ['a', 'b', 'A'] as const;
export const METHODS = ['GET', 'POST', 'PUT', 'OPTIONS', 'HEAD', 'DELETE', 'PATCH'] as const;

const text = (random: Random, values: readonly string[], regexes: readonly string[]): TextMatch => random.either<TextMatch>(
  () => ({ exact: random.pick(values) }), () => ({ prefix: random.pick(values.filter((value) => value !== '')) }), () => ({ regex: random.pick(regexes) }),
);

const path = (random: Random): TextMatch => (random.chance(0.2)
  ? { regex: random.pick(Object.keys(EXPRESSIONS)) }
  : random.chance(0.5) ? { exact: random.pick(PATHS) } : { prefix: random.pick(PATHS) });

const value = (random: Random): TextMatch | object => (random.chance(0.15) ? {} : text(random, HEADER_VALUES, ['v.*', '[vw]', '.*', '.+', '(.*;\\s*)?a=b(\\s*;.*)?']));

function headers(random: Random): object {
  return Object.fromEntries(random.some(random.chance(0.85) ? HEADER_NAMES.slice(0, 8) : HEADER_NAMES, 1, 2).map((name) => [name, name === 'cookie' && random.chance(0.5) ? text(random, ['a=b', 'a=b; c=d'], ['(.*;\\s*)?a=b(\\s*;.*)?', '.*a=b.*']) : value(random)]));
}

/** Where matches are. */
export interface MatchPlace {
  readonly hosts: readonly string[];
  readonly ports: readonly number[];
  readonly gateways: readonly string[];
  readonly namespaces: readonly string[];
}

const LABELS = [{ app: 'client' }, { app: 'caller' }, { app: 'caller', version: 'v1' }, { version: 'v2' }, { istio: 'ingressgateway' }];

/** A match of a rule, with any fields. */
export function randomMatch(random: Random, { hosts, ports, gateways, namespaces }: MatchPlace): object {
  const match = plain({
    uri: random.maybe(0.85, () => path(random)),
    ignoreUriCase: random.maybe(0.12, () => true),
    scheme: random.maybe(0.06, () => random.either<TextMatch>(() => ({ exact: random.pick(['http', 'https']) }), () => ({ prefix: 'http' }))),
    method: random.maybe(0.15, () => text(random, ['GET', 'POST', 'P', 'OPTIONS'], ['P.*', 'GET|HEAD'])),
    authority: random.maybe(0.1, () => text(random, [...hosts.filter((host) => !host.includes('*')), `${hosts[0]}:${ports[0]}`], ['a\\..*', '.*:[0-9]+'])),
    headers: random.maybe(0.3, () => headers(random)),
    withoutHeaders: random.maybe(0.15, () => headers(random)),
    queryParams: random.maybe(0.15, () => Object.fromEntries(random.some(PARAMETERS, 1, 2).map((name) => [name, random.chance(0.2) ? {} : text(random, ['1', '2', '12', ''], ['[0-9]+', '.*'])]))),
    port: random.maybe(0.08, () => random.pick([...ports, 9_999])),
    sourceLabels: random.maybe(0.08, () => random.pick(LABELS)),
    sourceNamespace: random.maybe(0.06, () => random.pick([...namespaces, 'clients', 'callers', 'istio-system'])),
    gateways: random.maybe(0.08, () => [random.pick(gateways)]),
  });
  return Object.keys(match).length === 0 ? { uri: { prefix: '/' } } : match;
}

/** A match that Istio accepts both in a delegate and in its root. */
export const simpleMatch = (random: Random): object => plain({
  uri: random.either<TextMatch>(() => ({ prefix: random.pick(PATHS) }), () => ({ exact: random.pick(PATHS) })),
  headers: random.maybe(0.3, () => ({ [random.pick(['x-one', 'x-two'])]: random.pick([{ exact: 'v' }, { prefix: 'v' }]) })),
  method: random.maybe(0.15, () => ({ exact: 'GET' })),
  queryParams: random.maybe(0.1, () => ({ a: { exact: '1' } })),
});
