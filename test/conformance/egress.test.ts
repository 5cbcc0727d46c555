import * as fs from 'fs';
import * as path from 'path';
import { App, Chart, Testing } from 'cdk8s';
import { ModelStore, ModelStoreEgress, SidecarScope } from '../../src';
import { accepted } from './checks/accepted';
import { cleanCluster, cleanFiles } from './checks/clean';
import { ApiServer } from './harness/apiserver';
import { Clients, Response } from './harness/clients';
import { newDirectory } from './harness/directories';
import { ACCESS_LOG, Envoy, portsFor, startEnvoy } from './harness/envoy';
import { Node } from './harness/gateways';
import { openDiscovery } from './harness/istiod';
import { Manifest, print, printJson } from './harness/manifests';
import { loopbackFilter } from './harness/standins';
import { startTlsStub, TlsStub } from './harness/tls-stubs';

// Proxies of a test have no agent next to them that would hand them certificates of authorities, so they take any certificate
// of the store here; and no iptables, so what has no port in a Sidecar is written once for each port. For the same reason
// wildcards with resolution NONE, which lead where the caller dialled, are judged by the tools and not by Envoy.

const STORE = 'models.store.localhost';
const OTHER = 'other.store.localhost';

let api: ApiServer;
let stub: TlsStub;
const ends: (() => unknown)[] = [];

beforeAll(async () => {
  api = ApiServer.connect();
  stub = await startTlsStub();
});

afterEach(async () => {
  for (const end of ends.reverse().splice(0)) await Promise.resolve().then(end);
  stub.arrivals.length = 0;
});

afterAll(async () => {
  await stub.close();
  api.close();
});

/** A store for the namespace of the models, another one for all, and a scope that leaves the second one out. */
function manifests(options: { readonly verify: boolean; readonly origination?: boolean }): Manifest[] {
  const app = new App();
  const models = new Chart(app, 'models', { namespace: 'models' });
  const tools = new Chart(app, 'tools', { namespace: 'tools' });
  const store = new ModelStoreEgress(models, 'store', {
    stores: [ModelStore.host(STORE, { port: stub.port })],
    exportTo: ['models', 'guests'],
    tlsOrigination: options.origination === false ? undefined : { insecureSkipVerify: !options.verify },
  });
  new ModelStoreEgress(tools, 'other', {
    stores: [ModelStore.host(OTHER, { port: stub.port })],
    exportTo: ['*'],
    tlsOrigination: options.origination === false ? undefined : { insecureSkipVerify: !options.verify },
  });
  new SidecarScope(models, 'scope', { egress: [store] });
  return [...Testing.synth(models), ...Testing.synth(tools)] as Manifest[];
}

const everything = (namespace: string): Manifest => ({
  apiVersion: 'networking.istio.io/v1', kind: 'Sidecar', metadata: { name: 'everything', namespace }, spec: { egress: [{ hosts: ['*/*'] }] },
});

/** A Sidecar whose listeners callers can dial, since no iptables lead to it. */
function dialled(object: Manifest): Manifest {
  if (object.kind !== 'Sidecar') return object;
  const [{ hosts }] = object.spec.egress;
  const listener = (number: number, protocol: string, bind: string) => ({
    port: { number, protocol, name: `p-${number}` }, bind, captureMode: 'NONE', hosts,
  });
  // On any other address Istio takes the address for the host, and does not look at the server name.
  return { ...object, spec: { ...object.spec, egress: [listener(80, 'HTTP', '127.0.0.2'), listener(stub.port, 'TLS', '0.0.0.0')] } };
}

/** What a client in the mesh gets from a host. */
type Get = (host: string, scheme: 'http' | 'https') => Promise<Response>;

/** A client with a proxy in a namespace. */
async function clientIn(namespace: string, objects: readonly Manifest[]): Promise<Get> {
  const node: Node = { name: `client-${namespace}`, type: 'sidecar', namespace, labels: { app: 'client' }, ports: [80, stub.port] };
  const ports = await portsFor(node);
  const plain = { apiVersion: 'security.istio.io/v1', kind: 'PeerAuthentication', metadata: { name: 'client', namespace }, spec: { mtls: { mode: 'DISABLE' } } };
  const discovery = await openDiscovery({
    istio: printJson([...objects.map(dialled), plain, loopbackFilter(node, ports)]),
    kubernetes: printJson([]),
    meshConfig: JSON.stringify({ ...ACCESS_LOG, enableAutoMtls: false }),
    namespaces: [namespace],
  });
  ends.push(() => discovery.close());
  const directory = newDirectory('egress');
  ends.push(() => fs.rmSync(directory, { recursive: true, force: true }));
  const envoy: Envoy = await startEnvoy(node, ports, discovery.port, path.join(directory, node.name));
  ends.push(() => envoy.stop());
  expect(await envoy.rejected()).toEqual([]);
  const clients = new Clients();
  ends.push(() => clients.close());
  let sent = 0;
  return (host, scheme) => {
    sent += 1;
    const port = scheme === 'https' ? stub.port : 80;
    const answer = clients.send({ rest: '/model', host, port, tls: scheme === 'https' }, envoy.port(port), `${namespace}-${sent}`);
    // A handshake without an answer does not end by itself.
    return Promise.race([answer, new Promise<Response>((resolve) => setTimeout(() => resolve({ details: 'hangs', headers: {} }), 5000).unref())]);
  };
}

describe('the manifests', () => {
  test('are accepted and clean', async () => {
    const yaml = print(manifests({ verify: true }));

    expect(await accepted(api, yaml)).toEqual([]);
    expect(await cleanFiles(yaml)).toEqual([]);
    expect(await cleanCluster(api, yaml)).toEqual([]);
  });

  test('are accepted and clean for every kind of store', async () => {
    const app = new App();
    const chart = new Chart(app, 'models', { namespace: 'models' });
    const named = new ModelStoreEgress(chart, 'named', {
      stores: [
        ModelStore.s3({ region: 'eu-west-1', bucket: 'models', dualStack: true, tokenService: true }),
        ModelStore.s3({ region: 'cn-north-1', bucket: 'models' }),
        ModelStore.gcs({ workloadIdentityFederation: true }),
        ModelStore.azureBlob({ account: 'models', dataLake: true, entraId: true }),
        ModelStore.minio({ host: 'minio.storage.svc' }),
      ],
      tlsOrigination: {},
    });
    const wild = new ModelStoreEgress(chart, 'wild', {
      stores: [ModelStore.huggingFace(), ModelStore.s3({ region: 'us-east-1' }), ModelStore.minio({ host: '10.9.8.7' })],
    });
    new ModelStoreEgress(chart, 'private', {
      stores: [
        ModelStore.host('artifacts.example.com', { addresses: ['10.1.0.0/16'], port: 8443 }),
        ModelStore.host('models.example.com', { addresses: ['10.2.0.1', '10.2.0.2'] }),
        ModelStore.host('10.9.8.6', { port: 8443 }),
      ],
    });
    new SidecarScope(chart, 'scope', { egress: [named, wild], namespaces: ['kafka'], hosts: ['*/api.example.com'] });
    const yaml = print(Testing.synth(chart) as Manifest[]);

    expect(await accepted(api, yaml)).toEqual([]);
    expect(await cleanFiles(yaml)).toEqual([]);
    expect(await cleanCluster(api, yaml)).toEqual([]);
  });
});

describe('TLS origination', () => {
  test('a client with HTTPS and one with HTTP reach the store', async () => {
    const get = await clientIn('models', manifests({ verify: false }));

    expect((await get(STORE, 'https')).status).toEqual(200);
    expect((await get(STORE, 'http')).status).toEqual(200);
    expect(stub.arrivals).toEqual([
      { serverName: STORE, host: STORE, path: '/model' },
      { serverName: STORE, host: STORE, path: '/model' },
    ]);
  });

  test('fails without it for the client with HTTP', async () => {
    const get = await clientIn('models', manifests({ verify: false, origination: false }));

    expect((await get(STORE, 'https')).status).toEqual(200);
    expect((await get(STORE, 'http')).status).toBeUndefined();
    expect(stub.arrivals.length).toEqual(1);
  });

  test('fails for the client with HTTPS when TLS is originated for the whole host', async () => {
    const wrong = manifests({ verify: false }).map((object) => {
      if (object.kind !== 'DestinationRule') return object;
      const [{ tls }] = object.spec.trafficPolicy.portLevelSettings;
      return { ...object, spec: { ...object.spec, trafficPolicy: { tls } } };
    });
    const get = await clientIn('models', wrong);

    expect((await get(STORE, 'http')).status).toEqual(200);
    expect((await get(STORE, 'https')).status).not.toEqual(200);
    expect(stub.arrivals.length).toEqual(1);
  });
});

describe('a SidecarScope', () => {
  test('keeps clients from hosts outside', async () => {
    const get = await clientIn('models', manifests({ verify: false }));

    expect((await get(OTHER, 'http')).status).toEqual(502);
    expect((await get(OTHER, 'https')).details).toMatch(/ECONNRESET|disconnected/);
    expect((await get('unknown.localhost', 'http')).status).toEqual(502);
    expect(stub.arrivals).toEqual([]);
  });

  test('clients in other namespaces reach them', async () => {
    const get = await clientIn('guests', [...manifests({ verify: false }), everything('guests')]);

    expect((await get(OTHER, 'http')).status).toEqual(200);
    expect((await get(OTHER, 'https')).status).toEqual(200);
    expect(stub.arrivals.map(({ serverName }) => serverName)).toEqual([OTHER, OTHER]);
  });

  test('clients reach everything but the hosts that are excluded', async () => {
    const get = await clientIn('guests', [...manifests({ verify: false }), {
      ...everything('guests'), spec: { egress: [{ hosts: ['*/*', `~/${OTHER}`] }], outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } },
    }]);

    expect((await get(OTHER, 'http')).status).toEqual(502);
    expect((await get(STORE, 'http')).status).toEqual(200);
    expect(stub.arrivals.map(({ serverName }) => serverName)).toEqual([STORE]);
  });

  test('a namespace that a store is not exported to does not reach it', async () => {
    const get = await clientIn('strangers', [...manifests({ verify: false }), {
      ...everything('strangers'), spec: { egress: [{ hosts: ['*/*'] }], outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } },
    }]);

    expect((await get(STORE, 'http')).status).toEqual(502);
    expect((await get(STORE, 'https')).status).toBeUndefined();
    expect(stub.arrivals).toEqual([]);
  });
});
