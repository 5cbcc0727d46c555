import { unknownField as rule } from '../../../src/rules/schemas/unknown-field';
import { levelsOf, problemsOf } from '../../support/cluster';

const written = (kind: string, spec: object, metadata: object = {}) => JSON.stringify({
  apiVersion: KINDS[kind], kind, metadata: { name: 'iris', namespace: 'models', ...metadata }, spec,
});

const KINDS: { readonly [kind: string]: string } = {
  VirtualService: 'networking.istio.io/v1',
  DestinationRule: 'networking.istio.io/v1beta1',
  Sidecar: 'networking.istio.io/v1alpha3',
  Model: 'mlops.seldon.io/v1alpha1',
  SeldonDeployment: 'machinelearning.seldon.io/v1',
};

const DESTINATION = { host: 'iris.models.svc.cluster.local' };

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([0, 1].map((i) => ({
    at: `error at VirtualService models/iris spec.http[0].route[${i}].weigth`,
    problem: `VirtualService models/iris has spec.http[0].route[${i}].weigth, and its kind has no such field`,
    remedy: 'did you mean weight?',
    related: [],
  })));
});

const REMEDIES: readonly (readonly [string, string, object, string])[] = [
  ['a field of the rule, in its route', 'VirtualService', { http: [{ route: [{ destination: DESTINATION, timeout: '5s' }] }] }, 'it belongs to spec.http[0]'],
  ['a field of the object, in its spec', 'VirtualService', { http: [{ route: [{ destination: { host: 'a', hosts: [] } }] }] }, 'did you mean host?'],
  ['a field of the spec, far below', 'VirtualService', { http: [{ route: [{ destination: { ...DESTINATION, gateways: [] } }] }] }, 'it belongs to spec'],
  ['the spec in itself', 'VirtualService', { spec: {} }, 'it belongs to the object itself'],
  ['a field of a part, in the object', 'Model', { storageUri: 'gs://a', modelRef: 'iris' }, 'it belongs to spec.explainer'],
  ['a field of an entry, in the object', 'SeldonDeployment', { predictors: [], graph: {} }, 'it belongs to spec.predictors[0]'],
  ['a name unlike any other, of few', 'VirtualService', { http: [{ route: [{ destination: { ...DESTINATION, zone: 'a' } }] }] }, 'the fields there are host, port, subset'],
  ['a name unlike any other, of many', 'Model', { storageUri: 'gs://a', zzz: 1 }, 'compare it with the documentation of the kind'],
  ['case', 'Model', { storageURI: 'gs://a' }, 'did you mean storageUri?'],
];

test.each(REMEDIES)('the remedy for %s', (_what, kind, spec, remedy) => {
  expect(problemsOf(rule, written(kind, spec)).map((problem) => problem.remedy)).toEqual([remedy]);
});

test('a field outside the spec', () => {
  expect(problemsOf(rule, `apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: {name: iris, namespace: models}
storageUri: gs://a
`)).toEqual([{
    at: 'error at Model models/iris storageUri',
    problem: 'Model models/iris has storageUri, and its kind has no such field',
    remedy: 'it belongs to spec',
    related: [],
  }]);
});

const ACCEPTED: readonly (readonly [string, string, object, object?])[] = [
  ['each part of the status', 'Model', { storageUri: 'gs://a' }, { status: { anything: 1 } }],
  ['any name of a map', 'VirtualService', { http: [{ match: [{ headers: { anything: { exact: 'a' } } }], route: [{ destination: DESTINATION }] }] }],
  ['a field that is newer than the imported types', 'Model', { storageUri: 'gs://a', dataflow: { cleanTopicsOnDelete: true } }],
  ['a field of Istio 1.31', 'DestinationRule', { host: 'a', trafficPolicy: { connectionPool: { http: { http2KeepAlive: { interval: '5s' } } } } }],
  ['an older version of a kind', 'Sidecar', { egress: [{ hosts: ['./*'] }] }],
  ['a field of a pod', 'SeldonDeployment', { predictors: [{ name: 'a', graph: { name: 'a' }, componentSpecs: [{ spec: { containers: [{ name: 'a', env: [{ name: 'A', value: 'b' }] }] } }] }] }],
];

test.each(ACCEPTED.map(([what, kind, spec, rest = {}]) => ({ what, kind, spec, rest })))('$what is known', ({ kind, spec, rest }) => {
  expect(problemsOf(rule, JSON.stringify({ ...JSON.parse(written(kind, spec)), ...rest }))).toEqual([]);
});

test('a version that is not known here', () => {
  expect(problemsOf(rule, written('Model', { zzz: 1 }).replace('v1alpha1', 'v2'))).toEqual([]);
  expect(problemsOf(rule, written('Model', { zzz: 1 }).replace('v1alpha1', 'constructor'))).toEqual([]);
});

test.each(['uid', 'resourceVersion'])('an object of a cluster, which has a %s', (field) => {
  expect(problemsOf(rule, written('Model', { zzz: 1 }, { [field]: '1' }))).toEqual([]);
});

test('a spec that is no object', () => {
  for (const spec of ['null', '7', '[]', 'a']) expect(problemsOf(rule, `{apiVersion: mlops.seldon.io/v1alpha1, kind: Model, metadata: {name: a}, spec: ${spec}}`)).toEqual([]);
});

test('names that objects have in JavaScript', () => {
  expect(problemsOf(rule, written('Model', { storageUri: 'gs://a', constructor: 1, toString: 1 })).map(({ at }) => at)).toEqual([
    'error at Model models/iris spec.constructor', 'error at Model models/iris spec.toString',
  ]);
});

describe('releases that are newer than what is known here', () => {
  const model = written('Model', { storageUri: 'gs://a', zzz: 1 });
  const route = written('VirtualService', { hosts: ['a'], zzz: 1 });

  test.each(['2.11', '2.11.0', 'v2.11', '3.0'])('Seldon Core %s may have the field', (seldonVersion) => {
    expect(levelsOf(rule, model, { seldonVersion })).toEqual(['warning']);
    expect(levelsOf(rule, route, { seldonVersion })).toEqual(['error']);
  });

  test.each(['1.33', '1.33.1', '2.0'])('Istio %s may have the field', (istioVersion) => {
    expect(levelsOf(rule, route, { istioVersion })).toEqual(['warning']);
    expect(levelsOf(rule, model, { istioVersion })).toEqual(['error']);
  });

  test.each(['1.32', '1.9', '0.40', 'latest'])('Istio %s does not', (istioVersion) => {
    expect(levelsOf(rule, route, { istioVersion })).toEqual(['error']);
  });

  test('a misspelled field is misspelled in all releases', () => {
    expect(levelsOf(rule, written('VirtualService', { host: ['a'] }), { istioVersion: '2.0' })).toEqual(['error']);
  });

  test('Seldon Core 1 has no newer ones', () => {
    expect(levelsOf(rule, written('SeldonDeployment', { zzz: 1 }), { seldonVersion: '3.0', istioVersion: '3.0' })).toEqual(['error']);
  });
});
