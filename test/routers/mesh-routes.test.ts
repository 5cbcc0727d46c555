import { Chart, Testing } from 'cdk8s';
import { Gateway } from '../../src/istio/gateway/gateway';
import { GatewayServer } from '../../src/istio/gateway/gateway-server';
import { ServiceBackend } from '../../src/istio/service/service-backend';
import { Mesh } from '../../src/mesh/mesh';
import { Warnings } from '../../src/mesh/warnings';
import { GrpcCalls } from '../../src/plan/endpoint';
import { StringMatch } from '../../src/plan/string-match';
import { Model } from '../../src/seldon/core2/model';
import { ModelRoute, ModelRouteProps } from '../../src/traffic/model-route';
import { manifestOf, manifestsOf, testChart } from '../support/manifests';

const HOST = 'seldon-mesh.seldon-mesh.svc.cluster.local';

function route(chart: Chart, name: string, props: Partial<ModelRouteProps> = {}): ModelRoute {
  return new ModelRoute(chart, name, { backend: Model.fromModelName(chart, `model-${name}`, name), ...props });
}

/** As many endpoints as one object is too large for. */
function many(chart: Chart, count = 400): Chart {
  for (let i = 0; i < count; i++) route(chart, `model-${i}`);
  return chart;
}

const page = ServiceBackend.of({ name: 'page', namespace: 'web', port: 8080 });

function byName(chart: Chart): { [name: string]: any } {
  return Object.fromEntries(manifestsOf(chart, 'VirtualService').map((each) => [each.metadata.name, each]));
}

const rulesIn = ({ spec }: any): string[] => spec.http.map(({ name }: { name: string }) => name);

afterEach(() => jest.restoreAllMocks());

describe('ports and hosts', () => {
  const service = (port: number, name = 'Iris.internal') => ServiceBackend.of({ name, namespace: 'seldon-mesh', port });

  test('the rest of the host is ordered by port, whichever endpoint comes first', () => {
    const chart = testChart();
    for (const port of [9000, 80]) route(chart, `on-${port}`, { backend: service(port) });

    expect(rulesIn(manifestOf(chart, 'VirtualService')).slice(-2)).toEqual(['rest-of-port-80', 'rest-of-port-9000']);
  });

  test('the rest of the host has the ports that routes at gateways name', () => {
    const chart = testChart();
    const gateway = new Gateway(chart, 'gw', { namespace: 'istio-system', servers: [GatewayServer.http({ hosts: ['a.example.com'] })] });
    route(chart, 'inside', { backend: service(80) });
    route(chart, 'outside', { backend: service(9000), gateways: [gateway] });

    const inside = manifestsOf(chart, 'VirtualService').find(({ metadata }) => metadata.name === 'iris-internal-routes');
    expect(rulesIn(inside).slice(-2)).toEqual(['rest-of-port-80', 'rest-of-port-9000']);
  });

  test('hosts that differ in capitals are one, written alike in whatever order', () => {
    const [forth, back] = [['Iris.internal', 'iris.internal'], ['iris.internal', 'Iris.internal']].map((hosts) => {
      const chart = testChart();
      for (const host of hosts) route(chart, host === 'iris.internal' ? 'low' : 'high', { backend: service(80, host) });
      return manifestsOf(chart, 'VirtualService');
    });

    expect(forth).toHaveLength(1);
    expect([forth[0].metadata.name, forth[0].spec.hosts]).toEqual(['iris-internal-routes', ['Iris.internal']]);
    expect(back).toEqual(forth);
  });

  test('a short name of a Service and its full name are one host', () => {
    const chart = testChart();
    route(chart, 'iris', { hosts: ['seldon-mesh'] });
    route(chart, 'wine', { hosts: [HOST] });

    expect(manifestsOf(chart, 'VirtualService').map(({ metadata, spec }) => [metadata.name, spec.hosts])).toEqual([['seldon-mesh-routes', [HOST]]]);
  });

  test('two hosts never share a name', () => {
    const chart = testChart();
    for (const host of ['x.a-b.test', 'x-a.b.test']) route(chart, host.replace(/\./g, ''), { hosts: [host] });

    expect(manifestsOf(chart, 'VirtualService').map(({ metadata, spec }) => [metadata.name, spec.hosts]))
      .toEqual([['x-a--b-test-routes', ['x.a-b.test']], ['x--a-b-test-routes', ['x-a.b.test']]]);
  });
});

describe('the namespace', () => {
  test('is that of the Service, whatever the endpoints set', () => {
    const [forth, back] = [['iris', 'wine'], ['wine', 'iris']].map((names) => {
      const chart = testChart();
      const namespaces: { [name: string]: string } = { iris: 'flowers', wine: 'drinks' };
      for (const name of names) route(chart, name, { hosts: ['models.web.svc.cluster.local'], namespace: namespaces[name] });
      return manifestsOf(chart, 'VirtualService');
    });

    expect(forth.map(({ metadata }) => metadata.namespace)).toEqual(['web']);
    expect(back).toEqual(forth);
  });

  test('fails for another host when the endpoints set two, in either order', () => {
    const chart = testChart();
    route(chart, 'iris', { hosts: ['models.internal'], namespace: 'flowers' });

    expect(() => route(chart, 'wine', { hosts: ['models.internal'] })).toThrow(new Error(
      'namespace "seldon-mesh" for host "models.internal" inside the mesh, for which test/iris has namespace "flowers". '
      + 'All endpoints on a host inside the mesh share one VirtualService. Set the same namespace on each (at test/wine)',
    ));
  });
});

describe('labels and annotations', () => {
  test('of all endpoints are on the shared object', () => {
    const chart = testChart();
    route(chart, 'iris', { metadata: { labels: { team: 'flowers' }, annotations: { note: 'x' } } });
    route(chart, 'wine', { metadata: { labels: { team: 'flowers', tier: 'gold' } } });

    expect(manifestOf(chart, 'VirtualService').metadata).toMatchObject({ labels: { team: 'flowers', tier: 'gold' }, annotations: { note: 'x' } });
  });

  test.each([
    ['label', { labels: { team: 'flowers' } }, { labels: { team: 'drinks' } }],
    ['annotation', { annotations: { team: 'flowers' } }, { annotations: { team: 'drinks' } }],
  ])('fails for two values of one %s', (kind, one, other) => {
    const chart = testChart();
    route(chart, 'iris', { metadata: one });

    expect(() => route(chart, 'wine', { metadata: other })).toThrow(new Error(
      `${kind} team with "drinks" on host "${HOST}" inside the mesh, where test/iris sets "flowers". `
      + 'All endpoints on a host inside the mesh share one VirtualService. Set the same value on each, or leave it out (at test/wine)',
    ));
  });
});

describe('many endpoints on one host', () => {
  test('are divided into parts that kubectl can apply, each endpoint in one of them', () => {
    const chart = many(testChart());
    const { 'seldon-mesh-routes': root, ...parts } = byName(chart);

    const names = Object.keys(parts).sort((a, b) => Number(a.split('-').pop()) - Number(b.split('-').pop()));
    expect(rulesIn(root)).toEqual([...names, 'rest-of-port-80', 'rest-of-port-9003']);
    expect(root.spec.http[0]).toEqual({ name: names[0], match: [{ statPrefix: names[0] }], delegate: { name: names[0] } });
    expect(Object.values(parts).every(({ spec }) => spec.hosts === undefined && spec.gateways === undefined)).toBe(true);
    expect(Object.values(parts).flatMap(rulesIn).sort())
      .toEqual(Array.from({ length: 400 }, (_, i) => [`model-${i}-http`, `model-${i}-grpc`]).flat().sort());
    expect(Math.max(...Object.values(byName(chart)).map((each) => JSON.stringify(each).length))).toBeLessThan(20_000);
    expect(Warnings.find(chart)).toEqual([]);
  });

  test('come before the object that delegates to them', () => {
    const names = manifestsOf(many(testChart()), 'VirtualService').map(({ metadata }) => metadata.name);

    expect(names.indexOf('seldon-mesh-routes')).toBe(names.length - 1);
  });

  test('stay in their part when another one is added', () => {
    const [before, after] = [400, 401].map((count) => byName(many(testChart(), count)));

    const changed = Object.keys(after).filter((name) => JSON.stringify(after[name]) !== JSON.stringify(before[name]));
    expect(changed).toHaveLength(1);
  });

  test('in another order are the same objects', () => {
    const [forth, back] = [1, -1].map((step) => {
      const chart = testChart();
      for (let i = 0; i < 400; i++) route(chart, `model-${step > 0 ? i : 399 - i}`);
      return byName(chart);
    });

    expect(back).toEqual(forth);
  });

  test('have their labels on every part', () => {
    const chart = testChart();
    route(chart, 'first', { metadata: { labels: { first: 'yes' } } });
    many(chart);
    route(chart, 'last', { metadata: { labels: { last: 'yes' } } });

    expect(new Set(Object.values(byName(chart)).map(({ metadata }) => JSON.stringify(metadata.labels))))
      .toEqual(new Set(['{"first":"yes","last":"yes"}']));
  });

  test('leave what takes every path to the end', () => {
    const chart = testChart();
    route(chart, 'a-page', { hosts: [HOST], backend: page, paths: [StringMatch.prefix('/')], grpc: GrpcCalls.none() });
    const rules = rulesIn(byName(many(chart))['seldon-mesh-routes']);

    expect(rules.slice(-3)).toEqual(['a-page-http', 'rest-of-port-80', 'rest-of-port-9003']);
  });

  test('are applied before the object that delegates to them where Argo CD has sync waves', () => {
    const chart = testChart();
    Mesh.configure(chart, { syncWaves: true });
    const { 'seldon-mesh-routes': root, ...parts } = byName(many(chart));
    const waveOf = ({ metadata }: any) => metadata.annotations['argocd.argoproj.io/sync-wave'];

    expect([waveOf(root), new Set(Object.values(parts).map(waveOf))]).toEqual(['8', new Set(['7'])]);
  });

  describe('before Istio 1.15, whose delegates accept no regular expressions', () => {
    const old = () => {
      const chart = testChart();
      Mesh.configure(chart, { istioVersion: '1.14' });
      return chart;
    };

    test('are one object, with a warning from 200 kB on', () => {
      jest.spyOn(console, 'warn').mockImplementation();
      const chart = many(old());

      expect(manifestsOf(chart, 'VirtualService')).toHaveLength(1);
      expect(Warnings.find(chart)).toEqual([expect.stringMatching(/^VirtualService "seldon-mesh-routes" has \d+ kB, and kubectl apply fails above 262 kB. Use server-side apply \(kubectl apply --server-side\) \(at test\/mesh-routes-seldon-mesh\.seldon-mesh\.svc\.cluster\.local\)$/)]);
    });

    test('fail from 1.5 MB on', () => {
      const chart = old();
      for (let i = 0; i < 110; i++) {
        route(chart, `page-${i}`, {
          hosts: [HOST], backend: page, paths: Array.from({ length: 250 }, (_, j) => StringMatch.prefix(`/pages/number-${i}/of-the-web/and-there-${j}/`)), grpc: GrpcCalls.none(),
        });
      }

      expect(() => Testing.synth(chart)).toThrow(/VirtualService "seldon-mesh-routes" has \d{4} kB, and Kubernetes stores objects of up to 1,500 kB\. Split it into several objects/);
    });
  });
});
