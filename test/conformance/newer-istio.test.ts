import { App, Chart, Duration } from 'cdk8s';
import { accepted } from './checks/accepted';
import { ApiServer } from './harness/apiserver';
import { validate } from './harness/istioctl';
import { parse } from './harness/manifests';
import { startWorld, World } from './harness/world';
import { DestinationRule } from '../../src/istio/destination-rule/destination-rule';
import { HashKey } from '../../src/istio/destination-rule/traffic-policy';
import { ServiceEntry, ServiceEntryResolution } from '../../src/istio/egress/service-entry';
import { Sidecar } from '../../src/istio/egress/sidecar';
import { Gateway } from '../../src/istio/gateway/gateway';
import { GatewayServer } from '../../src/istio/gateway/gateway-server';
import { ServiceBackend } from '../../src/istio/service/service-backend';
import { VirtualService } from '../../src/istio/virtual-service/virtual-service';
import { SameSite } from '../../src/plan/checks/cookie-attributes';
import { StringMatch } from '../../src/plan/string-match';
import { JwtPresence } from '../../src/security/authentication/jwt-rule';
import { RequestAuthentication } from '../../src/security/authentication/request-authentication';
import { ModelRoute } from '../../src/traffic/model-route';

// Fields of Istio that came after the CRDs of the library's types, and cookies of a Service.

const HOST = 'models.example.com';
const REDIRECTED = 301;
const SERVICE = 'iris.models.svc.cluster.local';

const backend = () => ServiceBackend.of({ name: 'iris', namespace: 'models', port: 8080, grpcPort: 9500 });

/** A gateway, a redirect, and a Service with a sticky cookie and everything that looks after its connections. */
function manifests(): string {
  const app = new App();
  const chart = new Chart(app, 'chart', { namespace: 'models' });
  const gateway = new Gateway(chart, 'gateway', { namespace: 'istio-system', servers: [GatewayServer.http({ hosts: [HOST] })] });
  new DestinationRule(chart, 'iris', {
    host: SERVICE,
    trafficPolicy: {
      loadBalancer: {
        consistentHash: {
          key: HashKey.cookie({
            name: 'user', path: '/', ttl: Duration.hours(1), secure: true, sameSite: SameSite.NONE, domain: 'example.com', partitioned: true,
          }),
        },
      },
      connectionPool: { http: { http2KeepAlive: { interval: Duration.seconds(30), timeout: Duration.seconds(5) } } },
    },
  });
  new DestinationRule(chart, 'zones', {
    host: 'zones.models.svc.cluster.local',
    trafficPolicy: {
      loadBalancer: { zoneAware: { enabled: true, failover: [{ from: 'eu', to: 'us' }], failoverPriority: ['rack'], minClusterSize: 2 } },
      outlierDetection: { consecutive5xxErrors: 5 },
    },
  });
  new ModelRoute(chart, 'route', { endpoint: 'iris', gateways: [gateway], backend: backend() });
  new VirtualService(chart, 'moved', {
    hosts: [HOST],
    gateways: [gateway],
    http: [{ match: [{ uri: StringMatch.prefix('/old/') }], redirect: { prefixRewrite: '/v2/models/' } }],
  });
  new ServiceEntry(chart, 'store', { hosts: ['store.example.com'], ports: [{ number: 9000 }], resolution: ServiceEntryResolution.DNS });
  return app.synthYaml();
}

/** What the istiod of these tests does not run. */
function others(): string {
  const app = new App();
  const chart = new Chart(app, 'chart', { namespace: 'models' });
  new RequestAuthentication(chart, 'tokens', {
    selector: { app: 'iris' },
    jwtRules: [{ issuer: 'https://login.example.com', forwardOriginalToken: true, presence: JwtPresence.REQUIRED }],
  });
  new Sidecar(chart, 'sidecar', {
    workloadSelector: { app: 'iris' },
    inboundConnectionPool: { http: { http2KeepAlive: { interval: Duration.seconds(30), timeout: Duration.seconds(5) } } },
  });
  return app.synthYaml();
}

test('the API server keeps the fields', async () => {
  const api = ApiServer.connect();
  const yaml = `${manifests()}---\n${others()}`;
  try {
    expect(await accepted(api, yaml)).toEqual([]);
  } finally {
    await api.remove(parse(yaml));
  }
});

test('istioctl reports nothing about them', async () => {
  expect(await validate(manifests())).toEqual([]);
});

describe('at a gateway', () => {
  let world: World;

  beforeAll(async () => { world = await startWorld(manifests()); });
  afterAll(() => world?.close());

  test('Envoy accepts everything', async () => {
    expect(await world.rejected()).toEqual([]);
  });

  test('the cookie of the Service has its attributes, those without a value alone', async () => {
    const { response } = await world.send({ rest: '/v2/models/iris/infer', host: HOST });
    const [cookie] = [response.headers['set-cookie'] ?? []].flat();
    const [, ...attributes] = cookie.split('; ');
    expect(attributes).toEqual(expect.arrayContaining(['Max-Age=3600', 'Path=/', 'HttpOnly', 'Domain=example.com', 'Secure', 'SameSite=None', 'Partitioned']));
    expect(attributes).toHaveLength(7);
  });

  test('the prefix that was matched is replaced, and the rest of the path stays', async () => {
    const { response } = await world.send({ rest: '/old/iris/infer?a=b', host: HOST });
    expect([response.status, response.headers.location]).toEqual([REDIRECTED, `http://${HOST}/v2/models/iris/infer?a=b`]);
  });

  test('HTTP/2 connections are checked', async () => {
    const cluster = await world.cluster(80, `outbound|9500||${SERVICE}`);
    expect(JSON.stringify(cluster)).toMatch(/"connection_keepalive":\{"interval":"30s","timeout":"5s"/);
  });
});
