import { ApiObject, Chart, Testing } from 'cdk8s';
import {
  CallerMatch, Canary, Experiment, Gateway, HttpRoute, Model, ModelRoute, Pipeline, SeldonDeployment, Server, ServiceBackend, StringMatch, TcpRoute,
  VirtualService, VirtualServiceProps,
} from '../../../src';

/** What is copied from YAML or written in JavaScript is not seen by the compiler. */
const untyped = <T>(props: object | string | null): T => props as T;

const backend = (name = 'v1') => ServiceBackend.of({ name, namespace: 'ml', port: 80 });
const route = [{ destination: { host: 'v1.ml.svc.cluster.local' } }];
const chartIn = (namespace: string) => new Chart(Testing.app(), 'test', { namespace });

function virtualService(chart: Chart, props: object): VirtualService {
  const gateways = [Gateway.fromGatewayName(chart, 'gateway', 'gw', { namespace: 'ns' })];
  return new VirtualService(chart, 'x', untyped<VirtualServiceProps>({ hosts: ['a.example.com'], gateways, ...props }));
}

function canary(chart: Chart, testers: unknown): Canary {
  const gateways = [Gateway.fromGatewayName(chart, 'gateway', 'gw', { namespace: 'ns' })];
  return new Canary(chart, 'x', untyped({ stable: backend(), canary: backend('v2'), gateways, testers }));
}

describe('YAML instead of props', () => {
  test.each<[string, (chart: Chart) => unknown, string]>([
    ['a match of a path', (chart) => virtualService(chart, { http: [untyped<HttpRoute>({ match: [{ uri: { prefix: '/x' } }], route })] }),
      'http[0].match[0].uri an object. Expected a StringMatch, such as StringMatch.prefix("/x")'],
    ['a match of a header', (chart) => virtualService(chart, { http: [untyped<HttpRoute>({ match: [{ headers: { 'x-user': { regex: 'a|b' } } }], route })] }),
      'http[0].match[0].headers.x-user an object. Expected a StringMatch, such as StringMatch.regex("a|b")'],
    ['a match that is not in match', (chart) => virtualService(chart, { http: [untyped<HttpRoute>({ uri: '/x', route })] }),
      'unknown field "uri" of http[0]. Did you mean match[0].uri?'],
    ['a gateway', (chart) => virtualService(chart, { gateways: ['ns/gw'], http: [{ route }] }),
      'gateways[0] "ns/gw". Expected a Gateway, or Gateway.fromGatewayName(…) for an existing one'],
    ['a duration', (chart) => virtualService(chart, { http: [{ timeout: '5s', route }] }),
      'http[0].timeout "5s". Expected a Duration, such as Duration.seconds(5)'],
    ['an empty destination', (chart) => virtualService(chart, { http: [untyped<HttpRoute>({ route: [{}] })] }),
      'http[0].route[0].destination undefined. Expected an object with host'],
    ['a TCP match without a route', (chart) => virtualService(chart, { tcp: [untyped<TcpRoute>({ match: [{ port: 9000 }] })] }),
      'tcp[0].route undefined. Expected a list of objects with destination'],
    ['a spec', (chart) => new Model(chart, 'x', untyped({ spec: { storageUri: 'gs://m' } })),
      'unknown field "spec". Set the fields of the spec as props. Expected metadata, namespace, storageUri, artifactVersion, cleanTopicsOnDelete, dedicated, '
      + 'explainer, llm, logger, maxReplicas, memory, minReplicas, modelType, parameters, preloaded, replicas, requirements, schemaUri, secretName, server'],
    ['steps of a Pipeline', (chart) => new Pipeline(chart, 'x', untyped({ steps: [{ name: 'iris' }] })),
      'unknown field "steps". Add them with pipeline.addStep(model, { inputs: […] })'],
    ['the output of a Pipeline', (chart) => new Pipeline(chart, 'x', untyped({ output: { steps: ['iris'] } })),
      'unknown field "output". Add it with pipeline.addOutput({ steps: […] })'],
    ['labels without a value', (chart) => new Model(chart, 'x', { storageUri: 'gs://m', requirements: ['sklearn'], metadata: { labels: untyped(null) } }),
      'metadata.labels null. Expected an object of strings'],
  ])('%s', (_, build, message) => {
    expect(() => build(chartIn('ml'))).toThrow(new Error(`${message} (at test/x)`));
  });
});

describe('one type instead of another', () => {
  test('a Model instead of a candidate', () => {
    const chart = chartIn('ml');
    const model = new Model(chart, 'iris', { storageUri: 'gs://m', requirements: ['sklearn'] });
    expect(() => new Experiment(chart, 'x', { candidates: [untyped(model)] }))
      .toThrow(new Error('candidates[0] test/iris. Expected an object, such as { name: model.modelName, weight: 50 } (at test/x)'));
  });

  test('a name instead of a match', () => {
    expect(() => canary(chartIn('ml'), ['beta'])).toThrow(new Error('testers[0] "beta". Expected a match, such as CallerMatch.header(…) (at test/x)'));
  });

  test.each<[string, (chart: Chart) => unknown]>([
    ['Gateway', (chart) => Gateway.fromGatewayName(chart, 'x', 'ns/iris')],
    ['Model', (chart) => Model.fromModelName(chart, 'x', 'ns/iris')],
    ['Pipeline', (chart) => Pipeline.fromPipelineName(chart, 'x', 'ns/iris')],
    ['Experiment', (chart) => Experiment.fromExperimentName(chart, 'x', 'ns/iris')],
    ['Server', (chart) => Server.fromServerName(chart, 'x', 'ns/iris')],
    ['SeldonDeployment', (chart) => SeldonDeployment.fromSeldonDeploymentName(chart, 'x', 'ns/iris', { predictors: [{ name: 'main' }] })],
  ])('a namespace in the name of a %s', (kind, build) => {
    expect(() => build(chartIn('ml')))
      .toThrow(new Error(`name of ${kind} "ns/iris". Give the name "iris", and { namespace: "ns" } as the last argument (at test/x)`));
  });
});

describe('names that JavaScript reserves', () => {
  const reserved = 'JavaScript reserves this name, so cdk8s cannot write it. Choose another one';

  test.each(['constructor', '__proto__'])('a header %s that is matched', (name) => {
    expect(() => canary(chartIn('ml'), [CallerMatch.header(name, 'beta')])).toThrow(new Error(`header name "${name}". ${reserved} (at test/x)`));
  });

  test.each(['constructor', '__proto__'])('a header %s of a VirtualService', (name) => {
    const headers = Object.fromEntries([[name, StringMatch.exact('beta')]]);
    expect(() => virtualService(chartIn('ml'), { http: [{ match: [{ headers }], route }] })).toThrow(`header name "${name}". ${reserved}`);
  });

  test.each(['constructor', '__proto__'])('a header %s that is set or removed', (name) => {
    for (const requestHeaders of [{ set: Object.fromEntries([[name, 'a']]) }, { add: Object.fromEntries([[name, 'a']]) }, { remove: [name] }]) {
      expect(() => new ModelRoute(chartIn('ml'), 'x', { backend: backend(), requestHeaders })).toThrow(new Error(`header name "${name}". ${reserved} (at test/x)`));
    }
  });

  test('a query parameter', () => {
    expect(() => canary(chartIn('ml'), [{ queryParams: { constructor: StringMatch.exact('a') } }])).toThrow(`"constructor". ${reserved} (at test/x)`);
  });

  test('a label and an annotation', () => {
    const model = (metadata: object) => () => new Model(chartIn('ml'), 'x', { storageUri: 'gs://m', requirements: ['sklearn'], metadata });
    expect(model({ labels: { constructor: 'a' } })).toThrow(new Error(`label "constructor". ${reserved} (at test/x)`));
    expect(model({ annotations: { constructor: 'a' } })).toThrow(new Error(`annotation "constructor". ${reserved} (at test/x)`));
  });

  test('cdk8s indeed does not write such a name', () => {
    const chart = chartIn('ml');
    new ApiObject(chart, 'x', { apiVersion: 'v1', kind: 'ConfigMap', data: { constructor: 'a' } } as never);
    expect(() => Testing.synth(chart)).toThrow('can\'t render non-simple object');
  });
});
