import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import { Service } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { BackendPolicy } from '../../../src/istio/destination-rule/backend-policy';
import { H2UpgradePolicy } from '../../../src/istio/destination-rule/connection-pool';
import { Gateway } from '../../../src/istio/gateway/gateway';
import { ServiceBackend } from '../../../src/istio/service/service-backend';
import { Mesh } from '../../../src/mesh/mesh';
import { BackendTarget } from '../../../src/plan/backend';
import { StringMatch } from '../../../src/plan/string-match';
import { ModelRoute, ModelRouteProps } from '../../../src/traffic/model-route';
import { ShadowDeployment } from '../../../src/traffic/shadow-deployment';
import { ForeignBackend } from '../../support/backends';
import { manifestOf, synth, testChart } from '../../support/manifests';

const PORTS = [{ name: 'http', port: 8501 }, { name: 'grpc', port: 8500 }];

function service(scope: Construct, ports: object[] = PORTS, name = 'algo'): ApiObject {
  return new ApiObject(scope, name, { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'ml' }, spec: { ports } });
}

function behindGateway(chart: Chart, backend: ServiceBackend, more: Partial<ModelRouteProps> = {}): App {
  new ModelRoute(chart, 'route', { gateways: [new Gateway(chart, 'gateway')], backend, ...more });
  return App.of(chart);
}

const TARGET: BackendTarget = { description: 'algo', host: 'algo.ml.svc.cluster.local', namespace: 'ml', port: 8501 };

const NOT_HTTP2 = 'gRPC calls are routed to port 8501 (named http) of Service ml/algo, which Istio connects to with HTTP/1.1, so the status of each call is lost. '
  + 'Name the port grpc or grpc-…, or set appProtocol: grpc (at test/route)';

test('a route to the ports of a Service is right', () => {
  const chart = testChart();
  synth(behindGateway(chart, ServiceBackend.fromService(service(chart), { grpcPort: 8500 })));
});

test('fails for a port that the Service does not have', () => {
  const chart = testChart();
  const app = behindGateway(chart, ServiceBackend.fromService(service(chart), { grpcPort: 9999 }));

  expect(() => synth(app)).toThrow('gRPC calls are routed to port 9999 of Service ml/algo, which has port 8501, 8500. '
    + 'Route to a port that the Service has, or add the port to the Service (at test/route)');
});

test('fails for gRPC to a port for HTTP', () => {
  const chart = testChart();
  const app = behindGateway(chart, ServiceBackend.fromService(service(chart), { grpcPort: 8501 }));

  expect(() => synth(app)).toThrow(NOT_HTTP2);
});

test('fails for REST to a port for gRPC', () => {
  const chart = testChart();
  const app = behindGateway(chart, ServiceBackend.fromService(service(chart), { port: 8500 }));

  expect(() => synth(app)).toThrow('REST requests are routed to port 8500 (named grpc) of Service ml/algo');
});

test('an endpoint without REST needs no REST port', () => {
  const chart = testChart();
  synth(behindGateway(chart, ServiceBackend.fromService(service(chart, [PORTS[1]]), { grpcPort: 8500 }), { paths: [] }));
});

test('a port that is named before synthesis counts', () => {
  const chart = testChart();
  const algo = service(chart);
  const app = behindGateway(chart, ServiceBackend.fromService(algo, { grpcPort: 8501 }));
  algo.addJsonPatch(JsonPatch.add('/spec/ports/0/appProtocol', 'kubernetes.io/h2c'));

  synth(app);
});

test('a Service of another library, and a host in other capitals', () => {
  const chart = testChart();
  new Service(chart, 'algo', { metadata: { name: 'algo', namespace: 'ml' }, ports: PORTS });
  const app = behindGateway(chart, ServiceBackend.of({ name: 'algo.ml.svc.Cluster.local', namespace: 'ml', port: 8501, grpcPort: 8501 }));

  expect(() => synth(app)).toThrow(NOT_HTTP2);
});

test('a policy that upgrades connections solves the problem', () => {
  const chart = testChart();
  const backend = ServiceBackend.fromService(service(chart), { grpcPort: 8501 });
  new BackendPolicy(chart, 'policy', { backend, connectionPool: { http: { h2UpgradePolicy: H2UpgradePolicy.UPGRADE } } });

  synth(behindGateway(chart, backend));
});

test('a policy of a port does, too', () => {
  const chart = testChart();
  const backend = ServiceBackend.fromService(service(chart), { grpcPort: 8501 });
  new BackendPolicy(chart, 'policy', { backend, portLevelSettings: [{ port: 8501, connectionPool: { http: { useClientProtocol: true } } }] });

  synth(behindGateway(chart, backend));
});

test('mirrors are looked at as well', () => {
  const chart = testChart();
  const [live, shadow] = ['live', 'shadow'].map((name) => ServiceBackend.fromService(service(chart, [{ port: 80, name: 'http' }], name)));
  new ShadowDeployment(chart, 'route', { gateways: [new Gateway(chart, 'gateway')], primary: live, shadows: [{ backend: shadow, percent: 100 }] });
  (chart.node.findChild('shadow') as ApiObject).addJsonPatch(JsonPatch.replace('/spec/ports/0/port', 81));

  expect(() => synth(App.of(chart))).toThrow('REST requests are routed to port 80 of Service ml/shadow, which has port 81');
});

test('a Service with the same name in another mesh does not count', () => {
  const app = new App();
  const [development, production] = ['development', 'production'].map((stage) => {
    const scope = new Construct(app, stage);
    Mesh.configure(scope, {});
    return new Chart(scope, 'chart', { namespace: 'ml' });
  });
  service(development, [{ port: 9000 }]);
  behindGateway(production, ServiceBackend.fromService(service(production), { grpcPort: 8500 }));

  synth(app);
});

describe('inside the mesh', () => {
  test('a port whose name Istio does not know serves gRPC', () => {
    const chart = testChart();
    new ModelRoute(chart, 'route', { backend: ServiceBackend.fromService(service(chart, [{ port: 80 }]), { grpcPort: 80 }) });

    synth(App.of(chart));
  });

  test('fails for a port that a route to the whole host leaves out', () => {
    const chart = testChart();
    service(chart, [...PORTS, { name: 'http-metrics', port: 9090 }, { name: 'tcp-debug', port: 9091 }]);
    new ModelRoute(chart, 'route', { backend: ServiceBackend.of({ name: 'algo', namespace: 'ml', port: 8501 }) });

    expect(() => synth(App.of(chart))).toThrow('a route for callers inside the mesh on the host of Service ml/algo, which leaves out port 8500, 9090. '
      + 'Callers of these ports would get 404. List all ports of the Service in otherPorts (at test/route)');
  });

  test('a backend that lists no ports has those for REST and gRPC', () => {
    const chart = testChart();
    service(chart);
    new ModelRoute(chart, 'route', { backend: new ForeignBackend({ ...TARGET, grpc: { port: 8500 } }) });

    expect(manifestOf(chart, 'VirtualService').spec.http.slice(-2).map(({ name }: { name: string }) => name)).toEqual(['rest-of-port-8500', 'rest-of-port-8501']);
    synth(App.of(chart));
  });

  test('fails for a backend that lists no ports, of a Service with more', () => {
    const chart = testChart();
    service(chart);
    new ModelRoute(chart, 'route', { backend: new ForeignBackend(TARGET) });

    expect(() => synth(App.of(chart))).toThrow('on the host of Service ml/algo, which leaves out port 8500');
  });

  test('ports of another endpoint on the host are not left out', () => {
    const chart = testChart();
    service(chart);
    for (const [name, otherPorts] of [['a', []], ['b', [8500]]] as const) {
      new ModelRoute(chart, name, { backend: ServiceBackend.of({ name: 'algo', namespace: 'ml', port: 8501, otherPorts: [...otherPorts] }) });
    }

    synth(App.of(chart));
  });

  test('a route on another host leaves the Service\'s own alone', () => {
    const chart = testChart();
    service(chart);
    new ModelRoute(chart, 'route', { hosts: ['models.example.com'], paths: [StringMatch.prefix('/')], backend: ServiceBackend.of({ name: 'algo', namespace: 'ml', port: 8501 }) });

    synth(App.of(chart));
  });
});
