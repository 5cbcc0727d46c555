import * as https from 'https';
import { App, Chart } from 'cdk8s';
import { Authority, authoritySecret, tlsSecret } from './harness/certificates';
import { startWorld } from './harness/world';
import { Gateway } from '../../src/istio/gateway/gateway';
import { GatewayServer, ServerTlsMode } from '../../src/istio/gateway/gateway-server';
import { ServiceBackend } from '../../src/istio/service/service-backend';
import { Warnings } from '../../src/mesh/warnings';
import { ModelRoute } from '../../src/traffic/model-route';

// Envoy selects the server by SNI and the route by the Host header, so a wider server without client certificates serves the
// routes of one that requires them, unless these belong to a Gateway of their own.

const SECURE = 'secure.example.com';
const authority = new Authority('the authority of servers');

function ingress(apart: boolean): App {
  const app = new App();
  const chart = new Chart(app, 'ingress', { namespace: 'models' });
  const strict = GatewayServer.https({ hosts: [SECURE], credentialName: 'secure-cert', mode: ServerTlsMode.MUTUAL, portName: 'https-secure' });
  const wide = GatewayServer.https({ hosts: ['*.example.com'], credentialName: 'wide-cert' });
  const gateway = new Gateway(chart, 'models-gateway', { namespace: 'istio-system', servers: apart ? [strict] : [strict, wide] });
  if (apart) new Gateway(chart, 'wide', { namespace: 'istio-system', servers: [wide] });
  new ModelRoute(chart, 'iris', { gateways: [gateway], hosts: [SECURE], backend: ServiceBackend.of({ name: 'iris', namespace: 'models', port: 8080 }) });
  return app;
}

/** The status of a request without a client certificate that names another host in TLS. */
async function statusOf(app: App): Promise<number | undefined> {
  const world = await startWorld(app.synthYaml(), {
    secrets: [
      tlsSecret('secure-cert', authority.sign([SECURE])), authoritySecret('secure-cert-cacert', authority),
      tlsSecret('wide-cert', authority.sign(['*.example.com'])),
    ],
  });
  try {
    return await new Promise((resolve, reject) => {
      https.get({
        host: '127.0.0.1',
        port: world.gatewayPort(443),
        path: '/v2/models/iris/infer',
        servername: 'other.example.com',
        headers: { host: SECURE },
        ca: authority.certificate,
      }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).on('error', reject);
    });
  } finally {
    await world.close();
  }
}

test('a wider server of the same Gateway answers without a certificate, which is warned of', async () => {
  jest.spyOn(console, 'warn').mockImplementation();
  const app = ingress(false);
  expect(Warnings.find(app)).toEqual([expect.stringContaining(`on host "${SECURE}" without a client certificate`)]);
  expect(await statusOf(app)).toBe(200);
});

test('a wider server of another Gateway, behind which the route is not, does not know it', async () => {
  const app = ingress(true);
  expect(Warnings.find(app)).toEqual([]);
  expect(await statusOf(app)).toBe(404);
});
