import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ApiObject, App, Chart, Include, JsonPatch, Testing } from 'cdk8s';
import { Gateway } from '../../src/istio/gateway/gateway';
import { VirtualService } from '../../src/istio/virtual-service/virtual-service';
import { Mesh } from '../../src/mesh/mesh';
import { StringMatch } from '../../src/plan/string-match';
import { Model } from '../../src/seldon/core2/model';
import { RuleLevel, Rules } from '../../src/synthesis/rules';
import { ModelRoute } from '../../src/traffic/model-route';
import { TrafficSplit } from '../../src/traffic/traffic-split';
import { messageOf } from '../support/errors';

function newApp(): { app: App; chart: Chart; gateway: Gateway } {
  const app = new App();
  const chart = new Chart(app, 'models', { namespace: 'models' });
  return { app, chart, gateway: new Gateway(chart, 'gateway', { namespace: 'istio-system' }) };
}

function split(chart: Chart, gateway: Gateway): TrafficSplit {
  const [iris1, iris2] = ['iris1', 'iris2'].map((name) => new Model(chart, name, { storageUri: `gs://models/${name}`, requirements: ['sklearn'] }));
  return new TrafficSplit(chart, 'iris', { gateways: [gateway], arms: [{ backend: iris1, weight: 50 }, { backend: iris2, weight: 50 }] });
}

/** The rule for all models of Seldon's tutorial, under a name that Istio tries first. */
const TUTORIAL = {
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: { name: 'all-models', namespace: 'models' },
  spec: {
    hosts: ['*'],
    gateways: ['istio-system/gateway'],
    http: [{ match: [{ uri: { prefix: '/v2' } }], route: [{ destination: { host: 'seldon-mesh.models.svc.cluster.local', port: { number: 80 } } }] }],
  },
};

function annotationsOf(chart: Chart, name: string): unknown {
  return Testing.synth(chart).find(({ metadata }) => metadata.name === name).metadata.annotations;
}

const TAKEN = 'VirtualService models/iris gets no requests for exact "/v2/models/iris" on host "*" of gateway istio-system/gateway (and 1 more), since '
  + 'VirtualService models/all-models matches them too and comes first. Give one of them another host or path, or put the rules into one VirtualService with the narrower '
  + 'one first. The older VirtualService comes first, and by name if both are created in the same second, as VirtualService models/all-models (rule '
  + 'overlapping-endpoints)';

describe('a VirtualService that takes the requests of a split', () => {
  test('is found as an ApiObject', () => {
    const { app, chart, gateway } = newApp();
    split(chart, gateway);
    new ApiObject(chart, 'tutorial', TUTORIAL);
    expect(messageOf(() => app.synthYaml())).toContain(`[models/iris] ${TAKEN}`);
  });

  test('is found whichever is constructed first', () => {
    const { app, chart, gateway } = newApp();
    new ApiObject(chart, 'tutorial', TUTORIAL);
    split(chart, gateway);
    expect(messageOf(() => app.synthYaml())).toContain(TAKEN);
  });

  test('is found in an included file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'include-'));
    try {
      const file = join(folder, 'tutorial.yaml');
      writeFileSync(file, JSON.stringify(TUTORIAL));
      const { app, chart, gateway } = newApp();
      split(chart, gateway);
      new Include(chart, 'tutorial', { url: file });
      expect(messageOf(() => app.synthYaml())).toContain(TAKEN);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('is found when a patch makes it so', () => {
    const { app, chart, gateway } = newApp();
    split(chart, gateway);
    const route = [{ destination: { host: 'web', port: 80 } }];
    const written = new VirtualService(chart, 'a-page', { hosts: ['*'], gateways: [gateway], http: [{ match: [{ uri: StringMatch.prefix('/web/') }], route }] });
    expect(() => app.synthYaml()).not.toThrow();
    ApiObject.of(written).addJsonPatch(JsonPatch.replace('/spec/http/0/match/0/uri/prefix', '/v2'));
    expect(messageOf(() => app.synthYaml())).toContain('VirtualService models/iris gets no requests');
  });

  test('is found in another chart of the mesh', () => {
    const { app, chart, gateway } = newApp();
    split(chart, gateway);
    new ApiObject(new Chart(app, 'other'), 'tutorial', TUTORIAL);
    expect(messageOf(() => app.synthYaml())).toContain(TAKEN);
  });
});

test('nothing is read for an app without foreign objects', () => {
  const { app, chart, gateway } = newApp();
  split(chart, gateway);
  jest.isolateModules(() => {
    jest.doMock('../../src/synthesis/check-app', () => { throw new Error('loaded'); });
    expect(() => app.synthYaml()).not.toThrow();
    jest.dontMock('../../src/synthesis/check-app');
  });
  expect(Rules.find(app)).toEqual([]);
});

test('warnings are printed and do not stop synthesis', () => {
  const { chart } = newApp();
  const warn = jest.spyOn(console, 'warn').mockImplementation();
  new ApiObject(chart, 'raw', {
    ...TUTORIAL,
    spec: {
      hosts: ['iris.example.com'],
      gateways: ['istio-system/gateway'],
      http: [{ route: [{ destination: { host: 'seldon-mesh', port: { number: 80 } }, headers: { request: { set: { 'seldon-model': 'iris' } } } }] }],
    },
  });
  Testing.synth(chart);
  expect(warn.mock.calls).toEqual([['warning: requests for "iris" keep x-seldon-route and seldon-internal-model of the client, and Seldon answers an '
    + 'x-seldon-route of an earlier response with 404. Remove the headers, as in headers: { request: { remove: [x-seldon-route, seldon-internal-model] } } '
    + '(rule sticky-header-kept) (at models/raw)']]);
  warn.mockRestore();
});

test('findings about objects of constructs alone are left to the constructs', () => {
  const { chart, app, gateway } = newApp();
  split(chart, gateway);
  new ApiObject(chart, 'unrelated', { ...TUTORIAL, spec: { ...TUTORIAL.spec, hosts: ['other.example.com'] } });
  expect(Rules.find(app).filter(({ rule }) => rule !== 'hidden-host')).toEqual([]);
});

describe('Rules.find', () => {
  test('has the findings of all levels', () => {
    const { chart, gateway } = newApp();
    split(chart, gateway);
    new ApiObject(chart, 'page', {
      ...TUTORIAL,
      spec: { ...TUTORIAL.spec, hosts: ['a.example.com'], http: [{ match: [{ uri: { prefix: '/web/' } }], route: [{ destination: { host: 'web' } }] }] },
    });
    expect(Rules.find(chart).filter(({ level }) => level === RuleLevel.INFO)).toEqual([{
      rule: 'hidden-host',
      level: RuleLevel.INFO,
      construct: 'models/page',
      message: 'requests for host "a.example.com" of gateway istio-system/gateway never reach VirtualService models/iris, which is on "*". '
        + 'If they should, add the host to that VirtualService',
    }]);
  });
});

describe('Rules.accept', () => {
  test('accepts a finding, and writes the reason to the object', () => {
    const { app, chart, gateway } = newApp();
    split(chart, gateway);
    const tutorial = new ApiObject(chart, 'tutorial', TUTORIAL);
    Rules.accept(tutorial, 'overlapping-endpoints', ' moves to another host in January ');
    const manifests = Testing.synth(chart);
    expect(manifests.find(({ metadata }) => metadata.name === 'all-models').metadata.annotations).toEqual({
      'cdk8s-seldon-istio.io/accept-overlapping-endpoints': 'moves to another host in January',
    });
    expect(manifests.filter(({ metadata }) => metadata.annotations !== undefined)).toHaveLength(1);
    expect(Rules.find(app)).toEqual([]);
    expect(app.synthYaml()).toBe(app.synthYaml());
  });

  test('accepts findings below a whole chart', () => {
    const { app, chart, gateway } = newApp();
    split(chart, gateway);
    new ApiObject(chart, 'tutorial', TUTORIAL);
    Rules.accept(chart, 'overlapping-endpoints', 'a test');
    expect(() => app.synthYaml()).not.toThrow();
  });

  test('is no help for another object', () => {
    const { app, chart, gateway } = newApp();
    split(chart, gateway);
    new ApiObject(chart, 'tutorial', TUTORIAL);
    Rules.accept(gateway, 'overlapping-endpoints', 'a test');
    expect(messageOf(() => app.synthYaml())).toContain(TAKEN);
  });

  test('the innermost of several acceptances gives the reason, and all of them are needed', () => {
    const { app, chart, gateway } = newApp();
    split(chart, gateway);
    const tutorial = new ApiObject(chart, 'tutorial', TUTORIAL);
    Rules.accept(tutorial, 'overlapping-endpoints', 'the inner reason');
    Rules.accept(app, 'overlapping-endpoints', 'the outer reason');
    expect(Rules.find(app)).toEqual([]);
    expect(annotationsOf(chart, 'all-models')).toEqual({ 'cdk8s-seldon-istio.io/accept-overlapping-endpoints': 'the inner reason' });
    expect(Rules.find(app)).toEqual([]);
  });

  test.each<[string, JsonPatch, object]>([
    ['replaces all annotations', JsonPatch.add('/metadata/annotations', { team: 'risk' }), { team: 'risk' }],
    ['removes them', JsonPatch.remove('/metadata/annotations'), {}],
  ])('is written although a JSON patch %s', (_, patch, others) => {
    const { app, chart, gateway } = newApp();
    split(chart, gateway);
    const tutorial = new ApiObject(chart, 'tutorial', { ...TUTORIAL, metadata: { ...TUTORIAL.metadata, annotations: { first: 'one' } } });
    tutorial.addJsonPatch(patch);
    Rules.accept(tutorial, 'overlapping-endpoints', 'a test');
    expect(annotationsOf(chart, 'all-models')).toEqual({ ...others, 'cdk8s-seldon-istio.io/accept-overlapping-endpoints': 'a test' });
    expect(Rules.find(app)).toEqual([]);
    expect(app.synthYaml()).toBe(app.synthYaml());
  });

  test('an acceptance that no finding needs is a warning', () => {
    const { app, chart, gateway } = newApp();
    split(chart, gateway);
    Rules.accept(chart, 'overlapping-endpoints', 'a test');
    expect(Rules.find(app).map(({ rule, level, message }) => [rule, level, message])).toEqual([['unused-acceptance', RuleLevel.WARNING,
      'no finding of rule "overlapping-endpoints" below this construct needs to be accepted ("a test"). Remove the acceptance']]);
  });

  test('fails for an unknown rule', () => {
    const { chart } = newApp();
    expect(messageOf(() => Rules.accept(chart, 'overlaping-endpoints', 'a test')))
      .toBe('rule "overlaping-endpoints" does not exist. Did you mean "overlapping-endpoints"? (at models)');
    expect(messageOf(() => Rules.accept(chart, undefined as never, 'a test')))
      .toBe('rule undefined does not exist. Use the name of a rule, as findings show it (at models)');
  });

  test.each(['', '  ', undefined as never])('fails without a reason: %p', (reason) => {
    const { chart } = newApp();
    expect(messageOf(() => Rules.accept(chart, 'overlapping-endpoints', reason)))
      .toBe('rule "overlapping-endpoints" is accepted without a reason. Give the reason as a sentence (at models)');
  });
});

test('the state of an app with a route of each is checked once more after a change', () => {
  const { app, chart, gateway } = newApp();
  const model = new Model(chart, 'iris', { storageUri: 'gs://models/iris', requirements: ['sklearn'] });
  new ModelRoute(chart, 'iris-endpoint', { gateways: [gateway], backend: model });
  const raw = new ApiObject(chart, 'tutorial', TUTORIAL);
  expect(() => app.synthYaml()).toThrow('gets no requests');
  raw.addJsonPatch(JsonPatch.replace('/spec/hosts', ['other.example.com']));
  expect(() => app.synthYaml()).not.toThrow();
});

test('two objects with one name are reported each at its own construct', () => {
  const { app, chart } = newApp();
  const http = [{ route: [{ destination: { host: 'seldon-mesh', port: { number: 80 } }, headers: { request: { set: { 'seldon-model': 'iris' } } } }] }];
  const raw = { ...TUTORIAL, spec: { hosts: ['iris.example.com'], gateways: ['istio-system/gateway'], http } };
  const [first] = ['first', 'second'].map((id) => new ApiObject(chart, id, raw));
  const places = () => Rules.find(app).filter(({ rule }) => rule === 'sticky-header-kept').map(({ construct }) => construct);
  expect(places()).toEqual(['models/first', 'models/second']);
  Rules.accept(first, 'sticky-header-kept', 'a test');
  expect(places()).toEqual(['models/second']);
});

test('a finding about a VirtualService that the operator writes is reported at its SeldonDeployment', () => {
  const app = new App();
  Mesh.configure(app, { operatorIstio: true });
  const chart = new Chart(app, 'models', { namespace: 'models' });
  new ApiObject(chart, 'raw', {
    ...TUTORIAL,
    metadata: { name: 'a-first', namespace: 'models' },
    spec: {
      hosts: ['*'],
      gateways: ['istio-system/seldon-gateway'],
      http: [{ match: [{ uri: { prefix: '/seldon/' } }], route: [{ destination: { host: 'web', port: { number: 80 } } }] }],
    },
  });
  new ApiObject(chart, 'deployment', {
    apiVersion: 'machinelearning.seldon.io/v1',
    kind: 'SeldonDeployment',
    metadata: { name: 'iris', namespace: 'models' },
    spec: { predictors: [{ name: 'main', graph: { name: 'classifier', implementation: 'SKLEARN_SERVER', modelUri: 'gs://models/iris' } }] },
  });
  expect(Rules.find(app).filter(({ level }) => level === RuleLevel.ERROR).map(({ rule, construct }) => [rule, construct]))
    .toEqual([['overlapping-endpoints', 'models/deployment']]);
});
