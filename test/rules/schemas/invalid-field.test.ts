import { invalidField as rule } from '../../../src/rules/schemas/invalid-field';
import { levelsOf, problemsOf } from '../../support/cluster';

const written = (type: string, spec: unknown) => {
  const [, apiVersion, kind] = /^(.*)\/(\w+)$/.exec(type)!;
  return JSON.stringify({ apiVersion, kind, metadata: { name: 'a', namespace: 'b' }, spec });
};

const ROUTES = 'networking.istio.io/v1/VirtualService';
const RULE = 'networking.istio.io/v1/DestinationRule';
const GATEWAY = 'networking.istio.io/v1/Gateway';
const ENTRY = 'networking.istio.io/v1/ServiceEntry';
const POLICY = 'security.istio.io/v1/AuthorizationPolicy';
const MODEL = 'mlops.seldon.io/v1alpha1/Model';
const SERVER = 'mlops.seldon.io/v1alpha1/Server';
const CORE1 = 'machinelearning.seldon.io/v1/SeldonDeployment';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'error at VirtualService models/iris spec.http[0].timeout',
    problem: 'spec.http[0].timeout is 30, so the API server rejects VirtualService models/iris',
    remedy: 'expected a string, so write "30" with quotes',
    related: [],
  }]);
});

const policyOf = (trafficPolicy: object) => ({ host: 'a', trafficPolicy });

/** The problems of a spec, without the end of each sentence, and the remedies. */
const FAULTS: readonly (readonly [string, string, unknown, readonly (readonly [string, string])[]])[] = [
  ['a text where a list is', ROUTES, { hosts: 'a' }, [['spec.hosts is "a"', 'expected a list']]],
  ['a list where an object is', MODEL, [], [['spec is a list', 'expected an object']]],
  ['an object where a text is', ROUTES, { hosts: [{}] }, [['spec.hosts[0] is an object', 'expected a string']]],
  ['true where a text is', MODEL, { storageUri: true }, [['spec.storageUri is true', 'expected a string, so write "true" with quotes']]],
  ['a text where a number is', ROUTES, { http: [{ route: [{ destination: { host: 'a' }, weight: '90' }] }] }, [['spec.http[0].route[0].weight is "90"', 'expected a whole number']]],
  ['a fraction where a whole number is', ROUTES, { http: [{ route: [{ destination: { host: 'a' }, weight: 1.5 }] }] }, [['spec.http[0].route[0].weight is 1.5', 'expected a whole number']]],
  ['a text where true or false is', RULE, policyOf({ connectionPool: { http: { useClientProtocol: 'yes' } } }), [
    ['spec.trafficPolicy.connectionPool.http.useClientProtocol is "yes"', 'expected true or false'],
  ]],
  ['a text where a number is, whole or not', ROUTES, { http: [{ fault: { abort: { httpStatus: 500, percentage: { value: '5' } } } }] }, [
    ['spec.http[0].fault.abort.percentage.value is "5"', 'expected a number'],
  ]],
  ['no entry of a list', ROUTES, { hosts: [null] }, [['spec.hosts[0] is null', 'expected a string']]],
  ['no field that is required', MODEL, {}, [['spec has no storageUri', 'set storageUri']]],
  ['nothing in a field that is required', MODEL, { storageUri: null }, [['spec has no storageUri', 'set storageUri']]],
  ['no spec', ENTRY, undefined, [['the object has no spec', 'set spec']]],
  ['an enumeration', GATEWAY, { servers: [{ port: { number: 443, name: 'a', protocol: 'HTTPS' }, hosts: ['a.b'], tls: { mode: 'SIMPEL' } }] }, [
    ['spec.servers[0].tls.mode is "SIMPEL"', 'did you mean "SIMPLE"?'],
  ]],
  ['an enumeration, far off', POLICY, { action: 'FORBID' }, [['spec.action is "FORBID"', 'expected one of "ALLOW", "DENY", "AUDIT", "CUSTOM"']]],
  ['a number beyond 32 bits', ROUTES, { http: [{ route: [{ destination: { host: 'a' }, weight: 2 ** 31 }] }] }, [
    ['spec.http[0].route[0].weight is 2147483648', 'expected 2147483647 or less'],
  ]],
  ['a number below its range', ROUTES, { http: [{ route: [{ destination: { host: 'a', port: { number: -1 } } }] }] }, [
    ['spec.http[0].route[0].destination.port.number is -1', 'expected 0 or more'],
  ]],
  ['an empty text', RULE, { host: 'a', workloadSelector: { matchLabels: { a: '*' } } }, [['spec.workloadSelector.matchLabels.a has a wildcard', 'write the labels out, since selectors have no wildcards']]],
  ['a duration', ROUTES, { http: [{ timeout: '5' }] }, [
    ['spec.http[0].timeout is not a duration of 1ms or more', 'write a number with a unit, such as 500ms, 5s, 1m or 1h30m'],
  ]],
  ['both of two fields', RULE, policyOf({ loadBalancer: { simple: 'RANDOM', consistentHash: { useSourceIp: true } } }), [
    ['spec.trafficPolicy.loadBalancer has both simple and consistentHash', 'keep one of them'],
  ]],
  ['two of three fields', ROUTES, { http: [{ corsPolicy: { allowOrigins: [{ exact: 'a', prefix: 'b' }] } }] }, [
    ['spec.http[0].corsPolicy.allowOrigins[0] has both exact and prefix', 'keep one of them'],
  ]],
  ['negative replicas, which the schema does not exclude', SERVER, { serverConfig: 'a', replicas: -1 }, [['spec.replicas is -1', 'expected 0 or more']]],
  ['a quantity', MODEL, { storageUri: 'gs://a', memory: true }, [['spec.memory is true', 'expected a whole number or a string']]],
  ['a quantity with a space', MODEL, { storageUri: 'gs://a', memory: '1 GB' }, [
    ['spec.memory is "1 GB"', 'expected text that matches ^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$'],
  ]],
  ['one port twice', ENTRY, { hosts: ['a.b'], ports: [{ number: 80, name: 'a' }, { number: 80, name: 'b' }] }, [['spec.ports has the same number twice', 'remove one of the two ports']]],
  ['one name twice', ENTRY, { hosts: ['a.b'], ports: [{ number: 80, name: 'a' }, { number: 81, name: 'a' }] }, [
    ['spec.ports[1] has the same name as an entry before it', 'remove one of the two'],
  ]],
  ['no entries', ENTRY, { hosts: [] }, [['spec.hosts has 0 entries', 'expected 1 or more']]],
];

test.each(FAULTS)('%s', (_what, type, spec, expected) => {
  const [, kind] = /(\w+)$/.exec(type)!;
  expect(problemsOf(rule, written(type, spec)).map(({ problem, remedy }) => [problem, remedy]))
    .toEqual(expected.map(([problem, remedy]) => [`${problem}, so the API server rejects ${kind} b/a`, remedy]));
});

const ACCEPTED: readonly (readonly [string, string, unknown])[] = [
  ['a field without a value', ROUTES, { hosts: null, http: [{ timeout: null }] }],
  ['a duration', ROUTES, { http: [{ timeout: '1h30m' }] }],
  ['a quantity as a number, and as a text', MODEL, { storageUri: 'gs://a', memory: 1000 }],
  ['a fraction that is whole', ROUTES, { http: [{ route: [{ destination: { host: 'a' }, weight: 90.0 }] }] }],
  ['one of two fields', RULE, policyOf({ loadBalancer: { consistentHash: { useSourceIp: true } } })],
  ['no predictors', CORE1, { predictors: [] }],
];

test.each(ACCEPTED)('accepted: %s', (_what, type, spec) => {
  expect(problemsOf(rule, written(type, spec))).toEqual([]);
});

test('expressions are not evaluated for an object whose types do not fit', () => {
  expect(problemsOf(rule, written(ROUTES, { hosts: 'a', http: [{ timeout: '5' }] })).map(({ problem }) => problem)).toEqual([
    'spec.hosts is "a", so the API server rejects VirtualService b/a',
  ]);
});

test('newer releases may have another value', () => {
  const enumerated = written(POLICY, { action: 'FORBID' });
  expect(levelsOf(rule, enumerated, { istioVersion: '1.33' })).toEqual(['warning']);
  expect(levelsOf(rule, enumerated, { istioVersion: '1.32' })).toEqual(['error']);
  expect(levelsOf(rule, written(POLICY, { action: 'DENIY' }), { istioVersion: '1.33' })).toEqual(['error']);
  expect(levelsOf(rule, written(POLICY, { action: 7 }), { istioVersion: '1.33' })).toEqual(['error']);
});

test('an object of a cluster', () => {
  expect(problemsOf(rule, '{apiVersion: mlops.seldon.io/v1alpha1, kind: Model, metadata: {name: a, uid: b}, spec: 7}')).toEqual([]);
});
