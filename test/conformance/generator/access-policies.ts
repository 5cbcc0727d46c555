import * as fc from 'fast-check';
import { Manifest } from '../harness/manifests';
import { Issuer } from '../harness/tokens';

/** Issuers of tokens: two that policies name, one that none names, and one that pretends to be the first. */
export const ISSUERS = {
  first: new Issuer('https://first.example.com'),
  second: new Issuer('second'),
  unknown: new Issuer('https://unknown.example.com'),
  forger: new Issuer('https://first.example.com'),
};

const sometimes = <T>(arbitrary: fc.Arbitrary<T>, weight: number) => fc.option(arbitrary, { nil: undefined, freq: weight });
const listOf = <T>(...values: readonly T[]) => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 });

/** A list and its opposite: usually one of them. */
const either = (list: string, excluded: string, values: fc.Arbitrary<readonly string[]>) => fc.oneof(
  { weight: 5, arbitrary: values.map((some) => ({ [list]: some })) },
  { weight: 3, arbitrary: values.map((some) => ({ [excluded]: some })) },
  { weight: 1, arbitrary: fc.tuple(values, values).map(([some, others]) => ({ [list]: some, [excluded]: others })) },
);

const PATHS = listOf('/a', '/a*', '/a/*', '*/infer', '/a/b', '/v2/models/iris', '/v2/models/iris/*', '*', '/v2/{*}/infer', '/v2/{**}', '/a/{*}', '/{*}/b/{**}/end',
  '/a//b', '/a%2Fb', '/A', '*b', '/v2/a=b/{*}', '/a?x');
const HOSTS = listOf('x.test', 'X.test', 'x.test:*', '*.x.test', '*.test', '*', 'x.test:8080', 'y*', '*:8080', 'y.test');
const METHODS = listOf('GET', 'POST', 'P*', '*', '*T', 'get', 'PUT');
const BLOCKS = listOf('127.0.0.1', '127.0.0.0/8', '10.0.0.0/8', '0.0.0.0/0', '::1', '127.0.0.2/31', '127.0.0.0/31', '::/0');
const REQUEST_PRINCIPALS = listOf('*', 'https://first.example.com/*', 'https://first.example.com/alice', '*/alice', '*/bob', 'second/*', 'second/al*', 'https://first*', '*bob',
  'second', '*.com/alice', 'https://first.example.com/al*');
const PRINCIPALS = listOf('*', 'cluster.local/ns/jobs/sa/batch', '*/sa/batch', 'cluster.local/ns/jobs/*', '*batch', 'cluster.local/ns/jobs', '*.local/ns/jobs/sa/batch');
const PORTS = listOf('8080', '9090', '80');

/** Istio rejects namespaces or principals next to service accounts. */
function isAccepted(source: object): boolean {
  const names = Object.keys(source).map((name) => name.replace(/^not(.)/, (_all, first: string) => first.toLowerCase()));
  return !names.includes('serviceAccounts') || !(names.includes('namespaces') || names.includes('principals'));
}

const sourceFields = [
  either('requestPrincipals', 'notRequestPrincipals', REQUEST_PRINCIPALS),
  either('ipBlocks', 'notIpBlocks', BLOCKS),
  either('remoteIpBlocks', 'notRemoteIpBlocks', BLOCKS),
  either('principals', 'notPrincipals', PRINCIPALS),
  either('namespaces', 'notNamespaces', listOf('jobs', 'j*', '*', 'job', '*obs')),
  either('serviceAccounts', 'notServiceAccounts', listOf('jobs/batch', 'batch', 'jobs/bat')),
  either('trustDomains', 'notTrustDomains', listOf('cluster.local', '*', '*.local', 'cluster*', 'other')),
] as const;

const operationFields = [
  either('paths', 'notPaths', PATHS), either('hosts', 'notHosts', HOSTS), either('methods', 'notMethods', METHODS), either('ports', 'notPorts', PORTS),
] as const;

/** One field, or several together. */
function fieldsOf(fields: readonly fc.Arbitrary<object>[], usual: number): fc.Arbitrary<object> {
  const some = fc.uniqueArray(fc.nat(fields.length - 1), { minLength: 1, maxLength: usual });
  return some.chain((indexes) => fc.tuple(...indexes.map((i) => fields[i]))).map((parts) => Object.assign({}, ...parts) as object);
}

const condition = fc.oneof(
  ...([
    ['request.headers[x-team]', listOf('red', 'red*', 'blue', '*', '*d', 'Red')],
    ['request.headers[X-Other]', listOf('one', 'two', 'o*')],
    ['request.headers[accept]', listOf('text/html', 'text/*', '*json', 'text/html,text/plain')],
    ['request.headers[cookie]', listOf('a=1', 'a=1; b=2', 'a=*', '*')],
    ['request.headers[host]', listOf('x.test', 'x*')],
    ['request.headers[authorization]', listOf('*', 'Bearer *')],
    ['request.headers[x-sub]', listOf('*', 'alice')],
    ['request.auth.principal', REQUEST_PRINCIPALS],
    ['request.auth.audiences', listOf('models', 'm*', 'other')],
    ['request.auth.presenter', listOf('portal', '*')],
    ['request.auth.claims[iss]', listOf('https://first.example.com', 'second', 's*')],
    ['request.auth.claims[groups]', listOf('risk', 'r*', '*', '*k', 'staff')],
    ['request.auth.claims[scope]', listOf('read', 'write', 'read write', '*')],
    ['request.auth.claims[realm_access][roles]', listOf('tester', 't*', 'admin')],
    ['request.auth.claims[realm.access]', listOf('yes', 'true', '*')],
    ['request.auth.claims[level]', listOf('1', '*')],
    ['source.ip', BLOCKS],
    ['remote.ip', BLOCKS],
    ['source.principal', PRINCIPALS],
    ['source.namespace', listOf('jobs')],
    ['source.serviceAccount', listOf('jobs/batch', 'jobs/other')],
    ['source.trustDomain', listOf('cluster.local', 'c*')],
    ['destination.port', PORTS],
    ['connection.sni', listOf('x.test', '*', 'x*', '*.test')],
  ] as const).map(([key, values]) => either('values', 'notValues', values as fc.Arbitrary<readonly string[]>).map((lists) => ({ key, ...lists }))),
);

const rule = fc.record({
  from: sometimes(fc.array(fieldsOf(sourceFields, 2).filter(isAccepted).map((source) => ({ source })), { minLength: 1, maxLength: 2 }), 2),
  to: sometimes(fc.array(fieldsOf(operationFields, 3).map((operation) => ({ operation })), { minLength: 1, maxLength: 2 }), 4),
  when: sometimes(fc.array(condition, { minLength: 1, maxLength: 2 }), 1),
});

const policy = fc.record({
  action: fc.constantFrom('DENY', 'DENY', 'ALLOW', 'ALLOW', 'ALLOW', 'AUDIT'),
  rules: fc.array(rule, { minLength: 1, maxLength: 3 }),
  isDryRun: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  /** Whether it selects the pods, other ones, or all of its namespace. */
  place: fc.constantFrom('pods', 'pods', 'pods', 'others', 'all', 'another'),
});

const jwtRule = fc.record({
  issuer: fc.constantFrom('first', 'second'),
  audiences: sometimes(listOf('models', 'https://models/'), 1),
  forwardOriginalToken: sometimes(fc.constant(true), 1),
  locations: fc.oneof(
    { weight: 3, arbitrary: fc.constant({}) },
    {
      weight: 2,
      arbitrary: fc.constantFrom<object>(
        { fromHeaders: [{ name: 'x-token' }] },
        { fromHeaders: [{ name: 'X-Token', prefix: 'Token ' }] },
        { fromHeaders: [{ name: 'authorization', prefix: 'Bearer ' }, { name: 'x-token' }] },
        { fromParams: ['token'] },
        { fromCookies: ['token'] },
        { fromHeaders: [{ name: 'x-token' }], fromParams: ['token'], fromCookies: ['token'] },
      ),
    },
  ),
  outputClaimToHeaders: sometimes(fc.uniqueArray(fc.constantFrom(
    { header: 'x-sub', claim: 'sub' }, { header: 'X-Level', claim: 'level' }, { header: 'x-roles', claim: 'realm_access.roles' },
    { header: 'x-flag', claim: 'realm_access.flag' }, { header: 'x-groups', claim: 'groups' }, { header: 'x-scope', claim: 'scope' },
  ), { minLength: 1, maxLength: 3, selector: ({ header }) => header }), 1),
});

const authentication = fc.record({
  place: fc.constantFrom('pods', 'pods', 'all', 'others'),
  rules: fc.array(jwtRule, { minLength: 1, maxLength: 2 }),
});

/** Policies for the same pods. */
export interface PolicySet {
  readonly policies: readonly Manifest[];
}

/** Pods to which policies apply. */
export interface Pods {
  readonly namespace: string;
  readonly labels: { readonly [label: string]: string };
}

const ROOT = 'istio-system';

/** Sets of policies for pods, at random. */
export function policySets(seed: number, amount: number, pods: Pods): PolicySet[] {
  const set = fc.record({
    policies: fc.array(policy, { minLength: 2, maxLength: 5 }),
    // Most requests are denied if there are many policies that allow.
    empty: fc.oneof({ weight: 15, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constant('nothing') }),
    authentications: fc.array(authentication, { maxLength: 2 }),
  });
  return fc.sample(set, { seed, numRuns: amount }).map(({ policies, empty, authentications }) => ({
    policies: [
      ...policies.map(({ action, rules, isDryRun, place }, i) => object('AuthorizationPolicy', `policy-${i}`, pods, place, { action, rules },
        isDryRun && action !== 'AUDIT' ? { 'istio.io/dry-run': 'true' } : undefined)),
      ...empty === undefined ? [] : [object('AuthorizationPolicy', empty, pods, 'pods', {})],
      ...authentications.map(({ place, rules }, i) => object('RequestAuthentication', `tokens-${i}`, pods, place, {
        jwtRules: rules.map(({ issuer, locations, ...others }) => ({
          issuer: ISSUERS[issuer as 'first'].name, jwks: ISSUERS[issuer as 'first'].jwks, ...locations, ...others,
        })),
      })),
    ],
  }));
}

function object(kind: string, name: string, pods: Pods, place: string, spec: object, annotations?: object): Manifest {
  const selector = { pods: pods.labels, others: { app: 'others' }, all: undefined, another: undefined }[place];
  const inRoot = place === 'all' && name.endsWith('0');
  const namespace = place === 'another' ? 'another' : inRoot ? ROOT : pods.namespace;
  return JSON.parse(JSON.stringify({
    apiVersion: 'security.istio.io/v1', kind, metadata: { name, namespace, annotations }, spec: { selector: selector && { matchLabels: selector }, ...spec },
  })) as Manifest;
}

/** Where a request has its token. */
export type Place = 'bearer' | 'x-token' | 'x-token-prefix' | 'parameter' | 'cookie' | 'access_token';

/** A request near the boundaries of policies. */
export interface PolicyRequest {
  readonly host: string;
  readonly path: string;
  readonly query?: string;
  readonly method: string;
  readonly headers: readonly (readonly [string, readonly string[]])[];
  /** Which certificate the caller shows, if the server accepts one. */
  readonly certificate: 'none' | 'identity' | 'host';
  readonly token?: { readonly issuer: keyof typeof ISSUERS; readonly claims: { readonly [name: string]: unknown }; readonly place: Place };
}

const token = fc.record({
  issuer: fc.constantFrom('first', 'first', 'first', 'second', 'second', 'unknown', 'forger') as fc.Arbitrary<keyof typeof ISSUERS>,
  claims: fc.record({
    'sub': fc.constantFrom<unknown>('alice', 'bob', 'al', undefined, ''),
    'aud': fc.constantFrom<unknown>(undefined, 'models', ['models', 'x'], 'other', 'models/', ['https://models']),
    'azp': sometimes(fc.constant('portal'), 2),
    'groups': fc.constantFrom<unknown>(undefined, 'risk', ['staff', 'risk'], ['ris'], [], 'r', { risk: 'risk' }, ['a', 1]),
    'scope': fc.constantFrom<unknown>(undefined, 'read write', 'read', 'reader', ['read']),
    'realm_access': fc.constantFrom<unknown>(undefined, { roles: ['tester'] }, { roles: 'tester' }, 'tester', { roles: { tester: true } }, { flag: true }),
    'realm.access': fc.constantFrom<unknown>(undefined, 'yes', true),
    'level': fc.constantFrom<unknown>(undefined, 1, '1', 1.5, -2, 'x'),
  }),
  place: fc.constantFrom<Place>('bearer', 'bearer', 'bearer', 'bearer', 'x-token', 'x-token-prefix', 'parameter', 'cookie', 'access_token'),
});

const header = (...values: readonly (readonly string[])[]) => fc.oneof(
  { weight: 2, arbitrary: fc.constant(undefined) }, { weight: 3, arbitrary: fc.constantFrom(...values) },
);

const request = fc.record({
  host: fc.constantFrom('x.test', 'X.TEST', 'x.test:8080', 'X.test:80', 'a.x.test', 'y.test', 'y', 'other.org'),
  path: fc.constantFrom('/a', '/a/', '/ab', '/a/b', '/a//b', '/a%2Fb', '/A', '/v2/models/iris', '/v2/models/iris/infer', '/v2/models/iris-large', '/v2/x/infer',
    '/v2/', '/v2', '/a/b/x/end', '/x/b/end', '/x/b//end', '/a/x=1', '/v2/a=b/c', '/a/x*', '/', '/infer', '/a/%7Cx', '/a/x%7Cy'),
  query: fc.constantFrom(undefined, undefined, undefined, 'x', 'b=2&a=1', 'a=%31'),
  method: fc.constantFrom('GET', 'GET', 'POST', 'PUT', 'PATCH', 'OPTIONS'),
  team: header(['red'], ['blue'], ['redder'], ['red', 'blue'], ['Red'], [''], ['green']),
  other: header(['one'], ['two', 'one'], ['onetwo']),
  accept: header(['text/html'], ['text/html', 'text/plain'], ['application/json']),
  cookie: header(['a=1'], ['a=1; b=2'], ['b=2']),
  sub: fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constant(['alice']) }),
  authorization: fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constantFrom(['Basic abc'], ['Bearer abc'], ['bearer x.y.z']) }),
  preflight: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  certificate: fc.constantFrom('none' as const, 'identity' as const, 'host' as const),
  token: sometimes(token, 3),
});

/** Requests at random. */
export function policyRequests(seed: number, amount: number): PolicyRequest[] {
  return fc.sample(request, { seed, numRuns: amount }).map(({
    host, path, query, method, team, other, accept, cookie, sub, authorization, preflight, certificate, token: sent,
  }) => ({
    host,
    path,
    query,
    method: preflight ? 'OPTIONS' : method,
    headers: Object.entries({
      'x-team': team,
      'x-other': other,
      accept,
      cookie,
      'x-sub': sub,
      'authorization': sent?.place === 'bearer' ? undefined : authorization,
      ...preflight ? { 'origin': ['https://a.test'], 'access-control-request-method': ['GET'] } : {},
    }).flatMap(([name, values]) => (values === undefined ? [] : [[name, values] as const])),
    certificate,
    token: sent,
  }));
}
