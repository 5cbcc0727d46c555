import { Names } from './set';
import { plain, Random } from '../random';

const NAMES = ['x-one', 'x-arm', 'X-Stage', 'seldon-model', 'accept', 'cookie', 'x-two'];
const VALUES = ['one', 'two', 'a,b', '%REQ(x-one)%', '%REQ(x-none?x-two)%', '100%%', '%PROTOCOL%', '%REQ(:path)%'];
const RESPONSE_NAMES = ['x-arm', 'x-from', 'X-Stage', 'set-cookie', 'server'];

/** Operations on headers, of requests and responses. */
export const randomHeaders = (random: Random): object => plain({
  request: random.maybe(0.8, () => operations(random, NAMES, true)),
  response: random.maybe(0.4, () => operations(random, RESPONSE_NAMES, false)),
});

function operations(random: Random, names: readonly string[], forRequests: boolean): object {
  const map = (own: readonly string[]) => Object.fromEntries(random.some(own, 1, 2).map((name) => [name, random.pick(VALUES)]));
  return plain({
    set: random.maybe(0.6, () => map(forRequests && random.chance(0.1) ? [...names, 'Host', ':authority'] : names)),
    add: random.maybe(0.4, () => map(names)),
    remove: random.maybe(0.3, () => random.some(names, 1, 2)),
  });
}

/** A destination, which exists or not. */
export function randomDestination(random: Random, names: Names, namespace: string): object {
  const service = random.pick(names.services);
  const full = `${service.name}.${service.namespace}.svc.cluster.local`;
  const short = service.namespace === namespace && random.chance(0.3) ? service.name : full;
  const host = random.chance(0.06) ? random.pick([`absent.${names.a}.svc.cluster.local`, 'absent', 'nowhere.example.org']) : random.chance(0.06) ? names.hosts.external : short;
  const port = random.chance(0.06) ? 8_999 : random.pick(service.ports).number;
  return plain({
    host: random.chance(0.05) ? host.toUpperCase().replace('.SVC.CLUSTER.LOCAL', '.svc.cluster.local').toLowerCase() : host,
    port: random.maybe(0.8, () => ({ number: port })),
    subset: random.maybe(0.25, () => random.pick(['v1', 'v2', 'v1', 'v2', 'same', 'missing'])),
  });
}

/** Weights whose sum is not 0. */
function weights(random: Random, amount: number): (number | undefined)[] {
  if (amount === 1) return [random.pick([undefined, 0, 1, 100])];
  const found = Array.from({ length: amount }, () => random.pick([undefined, 0, 1, 3, 33, 50, 90, 100]));
  return found.every((weight) => (weight ?? 0) === 0) ? [random.pick([1, 100]), ...found.slice(1)] : found;
}

function arms(random: Random, names: Names, namespace: string): object[] {
  const amount = random.pick([1, 1, 2, 2, 3]);
  return weights(random, amount).map((weight) => plain({
    destination: randomDestination(random, names, namespace), weight, headers: random.maybe(0.25, () => randomHeaders(random)),
  }));
}

const percent = (random: Random) => ({ value: random.pick([100, 50, 25, 12.5, 0.5, 0.0001, 0]) });

function redirect(random: Random, names: Names): object {
  const made = plain({
    uri: random.maybe(0.7, () => random.pick(['/else', '/', '/else?z=1'])),
    authority: random.maybe(0.5, () => random.pick([`else.${names.domain}`, `else.${names.domain}:8443`])),
    scheme: random.maybe(0.3, () => random.pick(['http', 'https'])),
    ...random.either<object>(() => ({}), () => ({ port: random.pick([80, 443, 8443]) }), () => ({ derivePort: random.pick(['FROM_PROTOCOL_DEFAULT', 'FROM_REQUEST_PORT']) })),
    redirectCode: random.maybe(0.5, () => random.pick([301, 302, 303, 307, 308])),
  });
  return ['uri', 'authority', 'scheme', 'port'].some((field) => field in made) ? made : { ...made, uri: '/else' };
}

const fault = (random: Random): object => {
  const made: { readonly abort?: object; readonly delay?: object } = plain({
    abort: random.maybe(0.8, () => ({
      ...random.chance(0.8) ? { httpStatus: random.pick([418, 503, 200, 404]) } : { grpcStatus: random.pick(['UNAVAILABLE', 'NOT_FOUND']) }, percentage: percent(random),
    })),
    delay: random.maybe(0.3, () => ({ fixedDelay: '0.002s', percentage: percent(random) })),
  });
  return made.abort === undefined && made.delay === undefined ? { delay: { fixedDelay: '0.002s', percentage: { value: 100 } } } : made;
};

const rewrite = (random: Random, names: Names): object => {
  const authority = random.maybe(0.3, () => `new.${names.domain}`);
  return random.either<object>(
    () => plain({ uri: random.pick(['/new', '/', '/new/', '/n?q=1'.slice(0, 2)]), authority }),
    () => plain({
      uriRegexRewrite: random.pick([
        { match: '^/a/(.*)$', rewrite: '/new/\\1' }, { match: '/([a-z]+)', rewrite: '/<\\1>'.replace(/[<>]/g, '-') }, { match: 'a', rewrite: 'bb' }, { match: '/v2/models/([^/]+)(.*)', rewrite: '/\\1\\2' }, { match: '/zzz', rewrite: '/never' },
      ]),
      authority,
    }),
    () => ({ authority: `new.${names.domain}` }),
  );
};

const retries = (random: Random): object => (random.chance(0.2) ? { attempts: 0 } : plain({
  attempts: random.pick([1, 3]), perTryTimeout: random.maybe(0.4, () => '5s'), retryOn: random.maybe(0.5, () => random.pick(['5xx', '503', 'connect-failure,503,reset', 'retriable-headers'])),
}));

const cors = (random: Random, names: Names): object => plain({
  allowOrigins: random.some([{ exact: `https://${names.hosts.a}` }, { prefix: 'https://good' }, { regex: 'https?://ok\\..*' }], 1, 2),
  allowMethods: random.maybe(0.6, () => random.some(['GET', 'POST', 'PUT'], 1, 2)),
  allowHeaders: random.maybe(0.4, () => ['x-one', 'x-two']),
  exposeHeaders: random.maybe(0.4, () => ['x-from']),
  maxAge: random.maybe(0.4, () => '600s'),
  allowCredentials: random.maybe(0.4, () => random.chance(0.5)),
});

const mirrors = (random: Random, names: Names, namespace: string): object => (random.chance(0.4)
  ? plain({ mirror: randomDestination(random, names, namespace), mirrorPercentage: random.maybe(0.7, () => percent(random)) })
  : {
    mirrors: random.list(1, 2, () => plain({
      destination: randomDestination(random, names, namespace), percentage: random.maybe(0.8, () => percent(random)),
    })),
  });

/** What a rule does. */
export function randomAction(random: Random, names: Names, namespace: string): object {
  const headers = random.maybe(0.25, () => randomHeaders(random));
  if (random.chance(0.08)) return plain({ redirect: redirect(random, names), headers });
  if (random.chance(0.08)) {
    const status = random.pick([200, 204, 404, 418, 503]);
    // Clients of HTTP/2 reject a response with status 204 and a body, which Envoy sends.
    const body = status === 204 ? undefined : random.pick([undefined, { string: 'a text' }, { string: '' }, { bytes: 'aGVsbG8=' }]);
    return plain({ directResponse: { status, body }, headers });
  }
  return plain({
    route: arms(random, names, namespace),
    headers,
    fault: random.maybe(0.12, () => fault(random)),
    rewrite: random.maybe(0.25, () => rewrite(random, names)),
    timeout: random.maybe(0.2, () => random.pick(['10s', '9.5s'])),
    retries: random.maybe(0.2, () => retries(random)),
    corsPolicy: random.maybe(0.08, () => cors(random, names)),
    ...random.maybe(0.2, () => mirrors(random, names, namespace)),
  });
}
