import { Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { DestinationRule } from '../../src/istio/destination-rule/destination-rule';
import { Gateway } from '../../src/istio/gateway/gateway';
import { GatewayServer } from '../../src/istio/gateway/gateway-server';
import { ServiceBackend } from '../../src/istio/service/service-backend';
import { VirtualService } from '../../src/istio/virtual-service/virtual-service';
import { Mesh } from '../../src/mesh/mesh';
import { IBackend } from '../../src/plan/backend';
import { GrpcCalls } from '../../src/plan/endpoint';
import { EndpointPlan, Plan } from '../../src/plan/plan';
import { RequestProtocol } from '../../src/plan/request-match';
import { StringMatch } from '../../src/plan/string-match';
import { IstioRouter } from '../../src/routers/istio-router';
import { Model } from '../../src/seldon/core2/model';
import { Rules } from '../../src/synthesis/rules';
import { ModelRoute } from '../../src/traffic/model-route';
import { TrafficSplit } from '../../src/traffic/traffic-split';
import { manifestOf, manifestsOf, testChart } from '../support/manifests';

const model = (chart: Chart, name: string) => Model.fromModelName(chart, `model-${name}`, name);

function planOf(chart: Chart, backend: IBackend, change: Partial<EndpointPlan>): Plan {
  const { plan } = new ModelRoute(new Chart(Testing.app(), 'scratch', { namespace: 'seldon-mesh' }), 'iris', { backend });
  const gateways = [Gateway.fromGatewayName(chart, 'gw', 'seldon-gateway', { namespace: 'istio-system' })];
  const [first] = plan.endpoints;
  return { ...plan, endpoints: [{ ...first, endpoint: { ...first.endpoint, gateways, hosts: ['*'] }, ...change }] };
}

describe('a plan', () => {
  test('picks testers before it shares, and repeats the mirrors', () => {
    const chart = testChart();
    const [stable, canary] = [model(chart, 'stable'), model(chart, 'canary')];
    const copy = ServiceBackend.of({ name: 'log', namespace: 'ml', port: 80, grpcPort: 81 });
    new IstioRouter().route(new Construct(chart, 'iris'), planOf(chart, stable, {
      arms: [
        { backend: canary, matches: [{ headers: { 'x-tester': StringMatch.exact('yes') } }, { queryParams: { tester: StringMatch.exact('1') } }] },
        { backend: stable, weight: 90 },
        { backend: canary, weight: 10 },
      ],
      mirrors: [{ backend: copy, percent: 5 }],
    }));

    const { http } = manifestOf(chart, 'VirtualService').spec;
    const uri = { exact: { exact: '/v2/models/iris' }, prefix: { prefix: '/v2/models/iris/' } };
    expect(http.map(({ name }: { name: string }) => name)).toEqual(['iris-match-1-http', 'iris-match-1-grpc', 'iris-http', 'iris-grpc']);
    expect(http[0].match).toEqual([
      { uri: uri.exact, headers: { 'x-tester': { exact: 'yes' } } },
      { uri: uri.prefix, headers: { 'x-tester': { exact: 'yes' } } },
      { uri: uri.exact, queryParams: { tester: { exact: '1' } } },
      { uri: uri.prefix, queryParams: { tester: { exact: '1' } } },
    ]);
    expect(http[1].match).toEqual([{
      uri: { prefix: '/inference.GRPCInferenceService/' },
      headers: { 'x-tester': { exact: 'yes' }, 'seldon-model': { exact: 'iris' } },
    }]);
    expect(http[0].route.map(({ weight }: { weight?: number }) => weight)).toEqual([undefined]);
    expect(http.map(({ mirrors }: { mirrors: { destination: { port: object } }[] }) => mirrors.map(({ destination }) => destination.port)))
      .toEqual([[{ number: 80 }], [{ number: 81 }], [{ number: 80 }], [{ number: 81 }]]);
  });

  test('keeps a match for one protocol to that protocol', () => {
    const chart = testChart();
    const iris = model(chart, 'iris');
    new IstioRouter().route(new Construct(chart, 'iris'), planOf(chart, iris, {
      arms: [
        { backend: iris, matches: [{ headers: { cookie: StringMatch.regex('.*arm=a.*') }, protocol: RequestProtocol.REST }] },
        { backend: iris, matches: [{ headers: { 'x-arm': StringMatch.exact('a') }, protocol: RequestProtocol.GRPC }] },
      ],
    }));

    expect(manifestOf(chart, 'VirtualService').spec.http.map(({ name }: { name: string }) => name)).toEqual(['iris-match-1-http', 'iris-match-2-grpc']);
  });

  test('tries gRPC calls first where a REST path is one of theirs', () => {
    const chart = testChart();
    const plan = planOf(chart, model(chart, 'iris'), {});
    const [first] = plan.endpoints;
    const paths = [StringMatch.prefix('/inference.GRPCInferenceService/')];
    const backend = ServiceBackend.of({ name: 'iris', namespace: 'models', port: 80, grpcPort: 81 });
    new IstioRouter().route(new Construct(chart, 'iris'), { ...plan, endpoints: [{ ...first, endpoint: { ...first.endpoint, paths }, arms: [{ backend }] }] });

    expect(manifestOf(chart, 'VirtualService').spec.http.map(({ name }: { name: string }) => name)).toEqual(['iris-grpc', 'iris-http']);
  });

  test('may have a second endpoint, named after both', () => {
    const chart = testChart();
    const iris = model(chart, 'iris');
    const plan = planOf(chart, iris, {});
    const preview = { ...plan.endpoints[0], endpoint: { ...plan.endpoints[0].endpoint, name: 'preview', hosts: ['preview.example.com'] } };
    new IstioRouter().route(new Construct(chart, 'iris'), { ...plan, endpoints: [plan.endpoints[0], preview] });

    expect(manifestsOf(chart, 'VirtualService').map(({ metadata }) => metadata.name)).toEqual(['iris', 'iris-preview']);
  });

  test.each([['iris-preview', 'iris-preview'], ['irises', 'iris-irises']])('has a second endpoint %p in object %p', (name, object) => {
    const chart = testChart();
    const plan = planOf(chart, model(chart, 'iris'), {});
    const second = { ...plan.endpoints[0], endpoint: { ...plan.endpoints[0].endpoint, name, hosts: ['preview.example.com'] } };
    new IstioRouter().route(new Construct(chart, 'iris'), { ...plan, endpoints: [plan.endpoints[0], second] });

    expect(manifestsOf(chart, 'VirtualService').map(({ metadata }) => metadata.name)).toEqual(['iris', object]);
  });

  test('fails when two of its endpoints take the same requests', () => {
    const chart = testChart();
    const plan = planOf(chart, model(chart, 'iris'), {});
    const [first] = plan.endpoints;
    const second = { ...first, endpoint: { ...first.endpoint, name: 'second', paths: [StringMatch.exact('/v2/models/iris')], grpc: GrpcCalls.none() } };
    new IstioRouter().route(new Construct(chart, 'iris'), { ...plan, endpoints: [first, second] });

    expect(() => Testing.synth(chart)).toThrow('endpoint "iris" of test/iris and endpoint "second" of test/iris both match requests for '
      + 'exact "/v2/models/iris" on host "*". Give one of them another path, header or host');
  });
});

describe('inside the mesh', () => {
  test('the endpoints of a chart share one VirtualService, ordered by name, which leaves the rest of the host as it was', () => {
    const chart = testChart();
    new ModelRoute(chart, 'wine', { backend: model(chart, 'wine') });
    new ModelRoute(chart, 'iris', { backend: model(chart, 'iris'), metadata: { labels: { team: 'flowers' }, annotations: { note: 'x' } } });

    expect(manifestsOf(chart, 'VirtualService')).toMatchSnapshot();
    const { metadata, spec } = manifestOf(chart, 'VirtualService');
    expect(metadata).toEqual({ name: 'seldon-mesh-routes', namespace: 'seldon-mesh', labels: { team: 'flowers' }, annotations: { note: 'x' } });
    expect(spec.gateways).toBeUndefined();
    expect(spec.http.map(({ name }: { name: string }) => name))
      .toEqual(['iris-http', 'iris-grpc', 'wine-http', 'wine-grpc', 'rest-of-port-80', 'rest-of-port-9003']);
    expect(spec.http[5]).toEqual({
      name: 'rest-of-port-9003',
      match: [{ port: 9003 }],
      route: [{ destination: { host: 'seldon-mesh.seldon-mesh.svc.cluster.local', port: { number: 9003 } } }],
    });
  });

  test('the order of construction changes nothing', () => {
    const [forth, back] = [['iris', 'wine'], ['wine', 'iris']].map((names) => {
      const chart = testChart();
      for (const name of names) new ModelRoute(chart, name, { backend: model(chart, name) });
      return manifestOf(chart, 'VirtualService').spec;
    });

    expect(forth).toEqual(back);
  });

  test('a named host that is no Service has no rest to keep', () => {
    const chart = testChart();
    const [a, b] = ['team-a', 'team-b'].map((namespace) => Model.fromModelName(chart, namespace, 'iris', { namespace }));
    new TrafficSplit(chart, 'iris', { hosts: ['iris.internal'], arms: [{ backend: a, weight: 1 }, { backend: b, weight: 1 }] });

    const { metadata, spec } = manifestOf(chart, 'VirtualService');
    expect([metadata.name, metadata.namespace, spec.hosts]).toEqual(['iris-internal-routes', 'seldon-mesh', ['iris.internal']]);
    expect(spec.http.map(({ name }: { name: string }) => name)).toEqual(['iris-http', 'iris-grpc']);
  });

  test('hosts that are no Services give the whole name to their objects', () => {
    const chart = testChart();
    for (const team of ['a', 'b']) {
      new ModelRoute(chart, `iris-${team}`, { endpoint: 'iris', hosts: [`models.${team}.com`], backend: model(chart, `iris-${team}`) });
    }

    expect(manifestsOf(chart, 'VirtualService').map(({ metadata }) => metadata.name)).toEqual(['models-a-com-routes', 'models-b-com-routes']);
  });

  test('endpoints of one name are ordered by path, and what is left of the host comes last', () => {
    const chart = testChart();
    const backend = ServiceBackend.of({ name: 'page', namespace: 'seldon-mesh', port: 80 });
    const hosts = ['models.internal'];
    new ModelRoute(chart, 'a-page', { hosts, backend, paths: [StringMatch.prefix('/')] });
    new ModelRoute(chart, 'second', { endpoint: 'iris', hosts, backend: model(chart, 'iris2'), paths: [StringMatch.prefix('/v2/b/')], grpc: GrpcCalls.none() });
    new ModelRoute(chart, 'first', { endpoint: 'iris', hosts, backend: model(chart, 'iris1'), paths: [StringMatch.prefix('/v2/a/')], grpc: GrpcCalls.none() });

    expect(manifestOf(chart, 'VirtualService').spec.http.map(({ match }: { match: { uri: object }[] }) => match[0].uri))
      .toEqual([{ prefix: '/v2/a/' }, { prefix: '/v2/b/' }, { prefix: '/' }]);
  });

  test('fails when two charts route one host', () => {
    const app = Testing.app();
    const [one, two] = ['one', 'two'].map((id) => new Chart(app, id, { namespace: 'seldon-mesh' }));
    new ModelRoute(one, 'iris', { backend: model(one, 'iris') });

    expect(() => new ModelRoute(two, 'wine', { backend: model(two, 'wine') })).toThrow(new Error(
      'host "seldon-mesh.seldon-mesh.svc.cluster.local" has mesh routes in chart one already. '
      + 'Istio reads one VirtualService per host inside the mesh. Put all endpoints on that host into one chart (at two/wine)',
    ));
  });

  test('fails with a name for the shared object', () => {
    const chart = testChart();

    expect(() => new ModelRoute(chart, 'iris', { backend: model(chart, 'iris'), metadata: { name: 'mine' } })).toThrow(new Error(
      'name "mine" for a route of callers inside the mesh. Its VirtualService is shared by all endpoints on host '
      + '"seldon-mesh.seldon-mesh.svc.cluster.local" and named after the Service. Leave the name out (at test/iris)',
    ));
  });

  test('fails with backends on several hosts and none named', () => {
    const chart = testChart();
    const [a, b] = ['team-a', 'team-b'].map((namespace) => Model.fromModelName(chart, namespace, 'iris', { namespace }));

    expect(() => new TrafficSplit(chart, 'iris', { arms: [{ backend: a, weight: 1 }, { backend: b, weight: 1 }] })).toThrow(new Error(
      'backends on several hosts (seldon-mesh.team-a.svc.cluster.local, seldon-mesh.team-b.svc.cluster.local) and no gateway. '
      + 'Set the host for callers inside the mesh (at test/iris)',
    ));
  });

  test('fails when two endpoints take the same requests', () => {
    const chart = testChart();
    new ModelRoute(chart, 'one', { endpoint: 'iris', backend: model(chart, 'iris') });
    new ModelRoute(chart, 'two', { endpoint: 'iris', backend: model(chart, 'iris-large') });

    expect(() => Testing.synth(chart)).toThrow('endpoint "iris" of test/one and endpoint "iris" of test/two both match requests for exact "/v2/models/iris" on host');
  });
});

describe('route conflicts', () => {
  const gateway = (chart: Chart, ...hosts: string[]) => new Gateway(chart, 'gw', {
    namespace: 'istio-system', servers: [GatewayServer.http({ hosts })],
  });

  test('fails when a path takes another model, whatever charts they are in', () => {
    const app = Testing.app();
    const [one, two] = ['one', 'two'].map((id) => new Chart(app, id, { namespace: 'seldon-mesh' }));
    const shared = gateway(one, '*');
    new ModelRoute(one, 'iris', { gateways: [shared], backend: model(one, 'iris'), paths: [StringMatch.prefix('/v2/models/iris')] });
    new ModelRoute(two, 'iris-large', {
      gateways: [Gateway.fromGatewayName(two, 'gw', 'gw', { namespace: 'istio-system' })], backend: model(two, 'iris-large'),
    });

    expect(() => app.synthYaml()).toThrow(new Error('Validation failed with the following errors:\n  '
      + '[one/iris] endpoint "iris" of one/iris and endpoint "iris-large" of two/iris-large both match requests for '
      + 'exact "/v2/models/iris-large" on host "*" (and 1 more). '
      + 'Give one of them another path, header or host'));
  });

  test('fails when gRPC calls without a header take those of another endpoint', () => {
    const chart = testChart();
    const shared = gateway(chart, '*');
    new ModelRoute(chart, 'iris', { gateways: [shared], backend: model(chart, 'iris'), grpc: GrpcCalls.allOnHost() });
    new ModelRoute(chart, 'wine', { gateways: [shared], backend: model(chart, 'wine') });

    expect(() => Testing.synth(chart)).toThrow('both match requests for prefix "/inference.GRPCInferenceService/" with seldon-model: wine on host "*"');
  });

  test('fails when a narrower host takes the requests of a wider one', () => {
    const chart = testChart();
    const shared = gateway(chart, '*');
    new ModelRoute(chart, 'iris', { gateways: [shared], backend: model(chart, 'iris') });
    new ModelRoute(chart, 'wine', { gateways: [shared], backend: model(chart, 'wine'), hosts: ['wine.example.com'] });

    expect(() => Testing.synth(chart)).toThrow('endpoint "wine" of test/wine on host "wine.example.com" hides endpoint "iris" of test/iris, '
      + 'which is on "*" behind the same gateway and would answer 404 there. Give both the same host, or accept the finding with Rules.accept (rule hidden-host)');
  });

  test('fails for one host in other capitals', () => {
    const chart = testChart();
    const shared = gateway(chart, '*');
    new ModelRoute(chart, 'one', { endpoint: 'iris', gateways: [shared], backend: model(chart, 'iris'), hosts: ['Models.example.com'] });
    new ModelRoute(chart, 'two', { endpoint: 'iris', gateways: [shared], backend: model(chart, 'iris-large'), hosts: ['models.example.com'] });

    expect(() => Testing.synth(chart)).toThrow('both match requests for exact "/v2/models/iris" on host "models.example.com"');
  });

  test('a narrower host can be accepted', () => {
    const chart = testChart();
    const shared = gateway(chart, '*');
    new ModelRoute(chart, 'iris', { gateways: [shared], backend: model(chart, 'iris') });
    const wine = new ModelRoute(chart, 'wine', { gateways: [shared], backend: model(chart, 'wine'), hosts: ['wine.example.com'] });
    Rules.accept(wine, 'hidden-host', 'the host is for wine only');

    expect(manifestsOf(chart, 'VirtualService').map(({ metadata: { name, annotations } }) => [name, annotations])).toEqual([
      ['iris', undefined], ['wine', { 'cdk8s-seldon-istio.io/accept-hidden-host': 'the host is for wine only' }],
    ]);
  });

  test('endpoints with different headers do not conflict', () => {
    const chart = testChart();
    const shared = gateway(chart, '*');
    const core1 = ServiceBackend.of({
      name: 'wine-main',
      namespace: 'ml',
      port: 8000,
      grpcPort: 5001,
      grpcMethods: StringMatch.regex('.*inference.*'),
      grpcHeaders: { seldon: 'wine', namespace: 'ml' },
      paths: [StringMatch.prefix('/seldon/ml/wine/')],
    });
    new ModelRoute(chart, 'iris', { gateways: [shared], backend: model(chart, 'iris') });
    new ModelRoute(chart, 'wine', {
      gateways: [shared], backend: core1, grpc: GrpcCalls.byHeaders({ seldon: 'wine', namespace: 'ml' }).withMethods(StringMatch.regex('.*inference.*')),
    });

    expect(manifestsOf(chart, 'VirtualService').length).toEqual(2);
  });

  test('the order of a selector is irrelevant', () => {
    const chart = testChart();
    const [a, b] = [{ app: 'x', istio: 'y' }, { istio: 'y', app: 'x' }]
      .map((selector, i) => new Gateway(chart, `gw${i}`, { namespace: 'istio-system', selector }));
    new ModelRoute(chart, 'one', { endpoint: 'iris', gateways: [a], backend: model(chart, 'iris') });
    new ModelRoute(chart, 'two', { endpoint: 'iris', gateways: [b], backend: model(chart, 'iris-large') });

    expect(() => Testing.synth(chart)).toThrow('both match requests for exact "/v2/models/iris" on host "*"');
  });

  test('fails for two Gateways of the same pods and port', () => {
    const chart = testChart();
    const [a, b] = ['a', 'b'].map((id) => new Gateway(chart, id, { namespace: 'istio-system' }));
    new ModelRoute(chart, 'one', { endpoint: 'iris', gateways: [a], backend: model(chart, 'iris') });
    new ModelRoute(chart, 'two', { endpoint: 'iris', gateways: [b], backend: model(chart, 'iris-large') });

    expect(() => Testing.synth(chart)).toThrow('both match requests for exact "/v2/models/iris" on host "*"');
  });

  test('a development and a production mesh of the same names are none', () => {
    const app = Testing.app();
    for (const stage of ['development', 'production']) {
      const scope = new Construct(app, stage);
      Mesh.configure(scope, { clusterDomain: `${stage}.local` });
      const chart = new Chart(scope, 'models', { namespace: 'seldon-mesh', disableResourceNameHashes: true });
      const gateways = [new Gateway(chart, 'gw', { namespace: 'istio-system' })];
      const iris = new Model(chart, 'iris', { storageUri: `gs://${stage}/iris` });
      new ModelRoute(chart, 'iris-route', { endpoint: 'iris', gateways, backend: iris });
      new ModelRoute(chart, 'inside', { endpoint: 'iris', backend: iris });
    }

    expect(app.synthYaml()).toContain('seldon-mesh.seldon-mesh.svc.production.local');
  });
});

describe('VirtualServices written by hand together with endpoints', () => {
  const setUp = () => {
    const chart = testChart();
    const gateways = [new Gateway(chart, 'gw', { namespace: 'istio-system' })];
    new ModelRoute(chart, 'iris', { gateways, backend: model(chart, 'iris') });
    return { chart, gateways, route: [{ destination: { host: 'page.web.svc.cluster.local' } }] };
  };

  test('fails when one takes the path of an endpoint', () => {
    const { chart, gateways, route } = setUp();
    new VirtualService(chart, 'manual', { hosts: ['*'], gateways, http: [{ match: [{ uri: StringMatch.prefix('/v2/models/') }], route }] });

    expect(() => Testing.synth(chart)).toThrow('VirtualService test/manual and endpoint "iris" of test/iris both match requests for exact "/v2/models/iris" on host "*"');
  });

  test('fails when one takes the host of an endpoint, unless that is accepted', () => {
    const [refused, accepted] = [false, true].map((isAccepted) => {
      const { chart, gateways, route } = setUp();
      const manual = new VirtualService(chart, 'manual', { hosts: ['a.example.com'], gateways, http: [{ route }] });
      if (isAccepted) Rules.accept(manual, 'hidden-host', 'a page of its own');
      return chart;
    });

    expect(() => Testing.synth(refused)).toThrow('VirtualService test/manual on host "a.example.com" hides endpoint "iris" of test/iris');
    expect(manifestsOf(accepted, 'VirtualService').length).toEqual(2);
  });

  test('what is left of the host, and what further conditions select, is no conflict', () => {
    const { chart, gateways, route } = setUp();
    new VirtualService(chart, 'page', { hosts: ['*'], gateways, http: [{ route }] });
    new VirtualService(chart, 'debug', {
      hosts: ['*'], gateways, http: [{ match: [{ uri: StringMatch.prefix('/v2/'), headers: { debug: StringMatch.exact('1') } }], route }],
    });

    expect(manifestsOf(chart, 'VirtualService').length).toEqual(3);
  });

  test('fails when one holds a host inside the mesh that endpoints share', () => {
    const chart = testChart();
    new ModelRoute(chart, 'iris', { backend: model(chart, 'iris') });

    expect(() => new VirtualService(chart, 'manual', { hosts: ['seldon-mesh'], http: [{ route: [{ destination: { host: 'page.web.svc.cluster.local' } }] }] }))
      .toThrow(new Error('a second VirtualService for host "seldon-mesh.seldon-mesh.svc.cluster.local" inside the mesh, which has '
        + 'test/mesh-routes-seldon-mesh.seldon-mesh.svc.cluster.local. Istio applies one per host and ignores the others. '
        + 'Put the rules into one, or export them to different namespaces (at test/manual)'));
  });

  test('two for different namespaces may hold one host inside the mesh', () => {
    const chart = testChart();
    for (const id of ['a', 'b']) {
      new VirtualService(chart, id, { hosts: ['page.web.svc.cluster.local'], exportTo: [id], http: [{ route: [{ destination: { host: 'page.web.svc.cluster.local' } }] }] });
    }

    expect(manifestsOf(chart, 'VirtualService').length).toEqual(2);
  });
});

describe('DestinationRules', () => {
  const v1 = { name: 'algo', namespace: 'ml', port: 80, subset: 'v1', subsetLabels: { version: 'v1' } };

  test('one that a user made gets the subsets', () => {
    const chart = testChart();
    new DestinationRule(chart, 'algo-rule', { namespace: 'ml', host: 'algo.ml.svc.cluster.local' });
    new ModelRoute(chart, 'algo', { hosts: ['algo.ml.svc.cluster.local'], backend: ServiceBackend.of(v1) });

    expect(manifestOf(chart, 'DestinationRule').metadata.name).toEqual('algo-rule');
    expect(manifestOf(chart, 'DestinationRule').spec.subsets).toEqual([{ name: 'v1', labels: { version: 'v1' } }]);
  });

  test('a subset that is not defined in this app is left alone', () => {
    const chart = testChart();
    new ModelRoute(chart, 'algo', { backend: ServiceBackend.of({ ...v1, subsetLabels: undefined }) });

    expect(manifestsOf(chart, 'DestinationRule')).toEqual([]);
  });

  test('fails when two disagree about a subset', () => {
    const chart = testChart();
    new ModelRoute(chart, 'algo', { backend: ServiceBackend.of(v1) });

    expect(() => new ModelRoute(chart, 'other', { backend: ServiceBackend.of({ ...v1, subsetLabels: { version: 'one' } }) })).toThrow(/v1/);
  });

  test('fails for a second rule of one host', () => {
    const chart = testChart();
    new ModelRoute(chart, 'algo', { backend: ServiceBackend.of(v1) });
    new DestinationRule(chart, 'own', { namespace: 'ml', host: 'algo.ml.svc.cluster.local' });

    expect(() => new DestinationRule(chart, 'late', { namespace: 'ml', host: 'algo.ml.svc.cluster.local' })).toThrow(new Error(
      'a second DestinationRule for host "algo.ml.svc.cluster.local", which has test/own. '
      + 'Put everything about the host into one rule, or export the rules to different namespaces (at test/late)',
    ));
  });
});

describe('older meshes', () => {
  test('get the API version of their release', () => {
    const chart = testChart({ istioVersion: '1.20', clusterDomain: 'corp.local' });
    new ModelRoute(chart, 'iris', { backend: model(chart, 'iris') });

    const [object] = Testing.synth(chart);
    expect(object.apiVersion).toEqual('networking.istio.io/v1beta1');
    expect(object.spec.hosts).toEqual(['seldon-mesh.seldon-mesh.svc.corp.local']);
  });
});

test('fails behind a gateway that passes bytes on', () => {
  const chart = testChart();
  const gateways = [new Gateway(chart, 'gw', { namespace: 'istio-system', servers: [GatewayServer.passthrough({ hosts: ['a.example.com'] })] })];

  expect(() => new ModelRoute(chart, 'iris', { gateways, backend: model(chart, 'iris') })).toThrow(new Error(
    'endpoint "iris" has no hosts. Name at least one, and a gateway with a server for HTTP requests if it has gateways (at test/iris)',
  ));
});

test('a gateway that is named twice is written once', () => {
  const chart = testChart();
  const gw = new Gateway(chart, 'gw', { namespace: 'istio-system' });
  new ModelRoute(chart, 'iris', { gateways: [gw, gw], backend: model(chart, 'iris') });

  expect(manifestOf(chart, 'VirtualService').spec.gateways).toEqual(['istio-system/gw']);
});

test('fails behind a gateway with a host that Istio would complete', () => {
  const chart = testChart();
  const gateways = [new Gateway(chart, 'gw', { namespace: 'istio-system' })];

  expect(() => new ModelRoute(chart, 'iris', { gateways, hosts: ['localhost'], backend: model(chart, 'iris') })).toThrow(new Error(
    'host "localhost" behind a gateway. Istio resolves a name without dots to a Service of the namespace, so no caller would match. Give the full name (at test/iris)',
  ));
});

test('fails behind a gateway with an IPv6 address as host', () => {
  const chart = testChart();
  const gateways = [new Gateway(chart, 'gw', { namespace: 'istio-system' })];

  expect(() => new ModelRoute(chart, 'iris', { gateways, hosts: ['2001:db8::1'], backend: model(chart, 'iris') })).toThrow(new Error(
    'host "2001:db8::1" behind a gateway. Clients send an IPv6 address in brackets, so no request would match. '
    + 'Use a DNS name, or "*" for all hosts (at test/iris)',
  ));
});

test('fails behind a gateway whose namespace is not specified', () => {
  const chart = testChart();
  const foreign = Gateway.fromGatewayName(new Chart(Testing.app(), 'nowhere'), 'gw', 'shared');

  expect(() => new ModelRoute(chart, 'iris', { gateways: [foreign], backend: model(chart, 'iris') })).toThrow(new Error(
    'gateway "shared" has no namespace, and the route is in "seldon-mesh". A bare name refers to the namespace of the route. Set the namespace of the gateway (at test/iris)',
  ));
});

test('fails when one of several hosts is served by no gateway', () => {
  const chart = testChart();
  const gateways = ['a', 'b'].map((name) => new Gateway(chart, name, {
    namespace: 'istio-system', selector: { istio: name }, servers: [GatewayServer.http({ hosts: [`${name}.example.com`] })],
  }));

  expect(() => new ModelRoute(chart, 'iris', {
    gateways, hosts: ['a.example.com', 'b.example.com', 'c.example.com'], backend: model(chart, 'iris'),
  })).toThrow(new Error(
    'host "c.example.com" is served by none of the gateways. Their servers serve "a.example.com", "b.example.com" for routes of namespace "seldon-mesh". Add the host to a gateway, or remove it (at test/iris)',
  ));
});

test('fails without hosts', () => {
  const chart = testChart();
  const iris = model(chart, 'iris');
  const plan = planOf(chart, iris, {});
  const [first] = plan.endpoints;

  expect(() => new IstioRouter().route(new Construct(chart, 'iris'), { ...plan, endpoints: [{ ...first, endpoint: { ...first.endpoint, hosts: [] } }] }))
    .toThrow(new Error('endpoint "iris" has no hosts. Name at least one, and a gateway with a server for HTTP requests if it has gateways (at test/iris)'));
});

describe('capitals of hosts', () => {
  test('do not distinguish endpoints', () => {
    const chart = testChart();
    const gateways = [new Gateway(chart, 'gw', { namespace: 'istio-system' })];
    for (const host of ['models.example.com', 'Models.example.com']) {
      new ModelRoute(chart, `on-${host.length}-${host < 'a'}`, { endpoint: 'iris', gateways, hosts: [host], backend: model(chart, host < 'a' ? 'iris' : 'wine') });
    }

    expect(() => Testing.synth(chart)).toThrow('both match requests for exact "/v2/models/iris" on host "models.example.com"');
  });

  test('and domains have room in names of mesh routes', () => {
    const chart = testChart();
    const backend = model(chart, 'iris');
    new ModelRoute(chart, 'iris', { backend, hosts: ['Models.one.example', 'models.two.example', '*.three.example'] });

    expect(manifestsOf(chart, 'VirtualService').map(({ metadata }) => metadata.name))
      .toEqual(['models-one-example-routes', 'models-two-example-routes', 'any-three-example-routes']);
  });
});
