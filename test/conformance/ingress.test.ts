import { X509Certificate } from 'crypto';
import * as https from 'https';
import { AddressInfo } from 'net';
import * as tls from 'tls';
import { App, Chart, Duration } from 'cdk8s';
import { accepted } from './checks/accepted';
import { cleanFiles } from './checks/clean';
import { ApiServer } from './harness/apiserver';
import { Authority, authoritySecret, KeyKind, tlsSecret } from './harness/certificates';
import { KeyPair, Request } from './harness/clients';
import { Manifest, parse } from './harness/manifests';
import { startWorld, World } from './harness/world';
import { Gateway } from '../../src/istio/gateway/gateway';
import {
  CertificateIssuer, CertificateKeyAlgorithm, CertificateKeyRotation, CertificateUsage, GatewayCertificate,
} from '../../src/istio/gateway/gateway-certificate';
import { GatewayServer, ServerTlsMode, TlsServerOptions, TlsVersion } from '../../src/istio/gateway/gateway-server';
import { ArgoCdRemoval, MeshNamespace, PodSecurityLevel } from '../../src/istio/namespace/mesh-namespace';
import { ServiceBackend } from '../../src/istio/service/service-backend';
import { VirtualService } from '../../src/istio/virtual-service/virtual-service';
import { ModelRoute } from '../../src/traffic/model-route';

const PATH = '/v2/models/iris/infer';
const REDIRECTED = 301;
const NOT_FOUND = 404;
const UNAVAILABLE = 14;

const ours = new Authority('our authority');
const partners = new Authority('the authority of partners');
const strangers = new Authority('the authority of strangers');

/** The kinds of keys that a GatewayCertificate can ask for. */
const KEY_KINDS: KeyKind[] = ['rsa-2048', 'ecdsa-256', 'ecdsa-384', 'ecdsa-521', 'ed25519'];

const hostOf = (name: string) => `${name}.example.com`;

/** Servers by the first label of their host; each has its own certificate. */
const SERVERS: Record<string, TlsServerOptions> = {
  a: {},
  b: {},
  partner: { mode: ServerTlsMode.MUTUAL },
  separate: { mode: ServerTlsMode.MUTUAL, caCertCredentialName: 'partners-cacert' },
  mapped: { mode: ServerTlsMode.MUTUAL, caCertCredentialName: 'configmap://istio-system/partners' },
  optional: { mode: ServerTlsMode.OPTIONAL_MUTUAL },
  named: { mode: ServerTlsMode.MUTUAL, subjectAltNames: ['scoring.partner.example'] },
  modern: { minProtocolVersion: TlsVersion.V1_3 },
  old: { maxProtocolVersion: TlsVersion.V1_2, cipherSuites: ['ECDHE-ECDSA-AES256-GCM-SHA384'] },
  ...Object.fromEntries(KEY_KINDS.map((kind) => [kind, {}])),
};

/** Gateways with all kinds of TLS, and a model behind each host. */
function ingress(): string {
  const app = new App();
  const chart = new Chart(app, 'ingress', { namespace: 'models' });
  const names = Object.keys(SERVERS);
  const gateway = new Gateway(chart, 'models-gateway', {
    namespace: 'istio-system',
    servers: [
      GatewayServer.http({ httpsRedirect: true, hosts: ['*.example.com'] }),
      ...names.map((name) => GatewayServer.https({
        hosts: [`models/${hostOf(name)}`],
        ...SERVERS[name],
        // The first one comes from cert-manager, the others are there.
        ...name === 'a'
          ? { certificate: new GatewayCertificate(chart, 'a-cert', { hosts: [hostOf('a')], issuer: CertificateIssuer.clusterIssuer('ours') }) }
          : { credentialName: `${name}-cert` },
      })),
      GatewayServer.passthrough({ hosts: ['sealed.example.com'] }),
    ],
  });
  for (const name of names) {
    new ModelRoute(chart, `${name}-route`, {
      endpoint: 'iris',
      gateways: [gateway],
      hosts: [hostOf(name)],
      backend: ServiceBackend.of({ name, namespace: 'models', port: 8080, grpcPort: 9500 }),
    });
  }
  new VirtualService(chart, 'sealed', {
    hosts: ['sealed.example.com'],
    gateways: [gateway],
    tls: [{ match: [{ sniHosts: ['sealed.example.com'] }], route: [{ destination: { host: 'sealed.internal', port: 8443 } }] }],
  });
  const own = new Gateway(chart, 'own-gateway', { selector: { app: 'own-gateway' }, servers: [GatewayServer.http({ port: 31400 })] });
  new ModelRoute(chart, 'own', { endpoint: 'iris', gateways: [own], backend: ServiceBackend.of({ name: 'own', namespace: 'models', port: 8080, grpcPort: 9500 }) });
  return app.synthYaml();
}

/** A Service that ends TLS itself, outside of the cluster. */
const sealed = (port: number) => `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: sealed, namespace: models}
spec:
  hosts: [sealed.internal]
  location: MESH_EXTERNAL
  resolution: STATIC
  ports: [{number: 8443, name: tls, protocol: TLS}]
  endpoints: [{address: 127.0.0.1, ports: {tls: ${port}}}]
`;

let world: World;
let backend: https.Server;
const pairs = new Map<string, KeyPair>();

beforeAll(async () => {
  for (const name of [...Object.keys(SERVERS), 'sealed']) {
    pairs.set(name, ours.sign([hostOf(name)], name in SERVERS && /^(rsa|ecdsa|ed)/.test(name) ? name as KeyKind : undefined));
  }
  const { certificate, key } = pairs.get('sealed')!;
  backend = https.createServer({ cert: certificate, key }, (_request, response) => response.end('sealed'));
  await new Promise<void>((resolve) => { backend.listen(0, '127.0.0.1', resolve); });
  world = await startWorld(ingress(), {
    extra: sealed((backend.address() as AddressInfo).port),
    secrets: [
      ...Object.entries(SERVERS).map(([name, { mode, caCertCredentialName }]) => tlsSecret(
        `${name}-cert`, pairs.get(name)!, mode === undefined || caCertCredentialName !== undefined ? undefined : partners)),
      authoritySecret('partners-cacert', partners),
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'partners', namespace: 'istio-system' }, data: { 'ca.crt': partners.certificate } },
    ],
  });
});

afterAll(async () => {
  await world?.close();
  backend?.close();
});

const rest = (name: string, more: Partial<Request> = {}): Request => ({ rest: PATH, host: hostOf(name), port: 443, ...more } as Request);
const grpc = (name: string, more: Partial<Request> = {}): Request => ({
  grpc: 'ModelInfer', model: 'iris', host: hostOf(name), port: 443, headers: { 'seldon-model': 'iris' }, ...more,
} as Request);

/** What a TLS handshake ends in. */
interface Handshake {
  readonly refused?: string;
  readonly certificate?: X509Certificate;
  readonly protocol?: string | null;
  readonly cipher?: string;
}

/** Shakes hands, and asks for something: a server of TLS 1.3 refuses the caller's certificate only then. */
function shake(options: tls.ConnectionOptions): Promise<Handshake> {
  return new Promise((resolve) => {
    const socket = tls.connect({ host: '127.0.0.1', port: world.gatewayPort(443), ca: ours.certificate, ALPNProtocols: ['http/1.1'], ...options });
    const refuse = (error?: Error) => resolve({ refused: error?.message ?? 'closed' });
    socket.once('error', refuse);
    socket.once('close', () => refuse());
    socket.once('secureConnect', () => {
      const seen = { certificate: socket.getPeerX509Certificate(), protocol: socket.getProtocol(), cipher: socket.getCipher().standardName };
      socket.once('data', () => { resolve(seen); socket.destroy(); });
      socket.write(`GET /v2/models/iris HTTP/1.1\r\nhost: ${options.servername}\r\n\r\n`);
    });
  });
}

test('Envoy accepts the whole configuration', async () => {
  expect(await world.rejected()).toEqual([]);
});

describe('the redirect to https', () => {
  test.each(['GET', 'POST'])('answers %s for the same host, path and query', async (method) => {
    const exchange = await world.send({ rest: `${PATH}?trace=1`, method, host: 'a.example.com' });
    expect([exchange.response.status, exchange.response.headers.location]).toEqual([REDIRECTED, `https://a.example.com${PATH}?trace=1`]);
    expect(exchange.arrivals()).toEqual([]);
  });

  test('leads no gRPC call to a model', async () => {
    const exchange = await world.send({ ...grpc('a'), port: 80 });
    expect(exchange.response.grpcStatus).not.toBe(0);
    expect(exchange.arrivals()).toEqual([]);
  });

  test('is not for other hosts', async () => {
    expect((await world.send({ rest: PATH, host: 'a.example.org' })).response.status).toBe(NOT_FOUND);
  });
});

describe('TLS by name', () => {
  test.each(['a', 'b'])('%s shows its own certificate, and its model answers over REST and gRPC', async (name) => {
    const { certificate, refused } = await shake({ servername: hostOf(name) });
    expect(refused).toBeUndefined();
    expect(certificate!.fingerprint256).toEqual(new X509Certificate(pairs.get(name)!.certificate).fingerprint256);
    for (const request of [rest(name), grpc(name)]) {
      const { answeredBy, response } = await world.send(request);
      expect([answeredBy?.at.service, response.status ?? 200, response.grpcStatus ?? 0]).toEqual([`${name}.models`, 200, 0]);
    }
  });

  test.each(['other.example.com', 'a.example.org', 'x.a.example.com'])('refuses the name %s', async (servername) => {
    expect((await shake({ servername })).refused).toBeDefined();
  });

  test('refuses callers who ask for no name', async () => {
    expect((await shake({ servername: '' })).refused).toBeDefined();
  });

  test('refuses gRPC for a name that it does not know', async () => {
    const { response, arrivals } = await world.send({ ...grpc('a'), host: 'other.example.com' });
    expect(response.grpcStatus).toBe(UNAVAILABLE);
    expect(arrivals()).toEqual([]);
  });

  test('callers who check it refuse another authority\'s certificate', async () => {
    expect((await shake({ servername: 'a.example.com', ca: strangers.certificate })).refused).toMatch(/unable to verify|unable to get/);
  });
});

describe('mutual TLS', () => {
  const partner = partners.sign(['scoring.partner.example']);
  const another = partners.sign(['another.partner.example']);
  const stranger = strangers.sign(['scoring.partner.example']);

  test.each(['partner', 'separate', 'mapped', 'named'])('%s accepts callers with a certificate of their authority, over REST and gRPC', async (name) => {
    for (const request of [rest(name, { clientCertificate: partner }), grpc(name, { clientCertificate: partner })]) {
      const { answeredBy, response } = await world.send(request);
      expect([answeredBy?.at.service, response.status ?? 200, response.grpcStatus ?? 0]).toEqual([`${name}.models`, 200, 0]);
    }
  });

  test.each([
    ...['partner', 'separate', 'mapped', 'named'].flatMap((name): [string, string, KeyPair | undefined][] => [
      [name, 'without a certificate', undefined], [name, 'with a certificate of another authority', stranger],
    ]),
    ['optional', 'with a certificate of another authority', stranger],
    ['named', 'with a certificate for another name', another],
  ])('%s refuses callers %s, over REST and gRPC', async (name, _how, clientCertificate) => {
    for (const request of [rest(name, { clientCertificate }), grpc(name, { clientCertificate })]) {
      const { response, arrivals } = await world.send(request);
      expect([response.status, response.grpcStatus]).toEqual('rest' in request ? [undefined, undefined] : [undefined, UNAVAILABLE]);
      expect(arrivals()).toEqual([]);
    }
  });

  test.each([['without a certificate', undefined], ['with one', partner]])('where it is optional, callers %s are taken', async (_how, clientCertificate) => {
    for (const request of [rest('optional', { clientCertificate }), grpc('optional', { clientCertificate })]) {
      expect((await world.send(request)).answeredBy?.at.service).toBe('optional.models');
    }
  });
});

describe('versions and ciphers', () => {
  const only = (version: tls.SecureVersion): tls.ConnectionOptions => ({ minVersion: version, maxVersion: version, ciphers: 'DEFAULT@SECLEVEL=0' });

  test.each<[string, tls.SecureVersion, boolean]>([
    ['a', 'TLSv1.1', false], ['a', 'TLSv1.2', true], ['a', 'TLSv1.3', true],
    ['modern', 'TLSv1.2', false], ['modern', 'TLSv1.3', true],
    ['old', 'TLSv1.2', true], ['old', 'TLSv1.3', false],
  ])('%s and a caller who speaks %s alone: %s', async (name, version, taken) => {
    const { refused, protocol } = await shake({ servername: hostOf(name), ...only(version) });
    expect([refused === undefined, protocol]).toEqual([taken, taken ? version : undefined]);
  });

  test('the cipher is the one that the server names', async () => {
    const { cipher } = await shake({ servername: 'old.example.com' });
    expect(cipher).toBe('TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384');
    expect((await shake({ servername: 'old.example.com', maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256' })).refused).toBeDefined();
  });

  test.each(KEY_KINDS)('a key of kind %s works', async (kind) => {
    const { refused, certificate } = await shake({ servername: hostOf(kind) });
    expect([refused, certificate?.publicKey.asymmetricKeyType]).toEqual([undefined, ({ rsa: 'rsa', ecdsa: 'ec' } as Record<string, string>)[kind.split('-')[0]] ?? kind]);
  });

  // This is why a GatewayCertificate does not ask for one.
  test('a short RSA key does not work', async () => {
    const chart = new Chart(new App(), 'chart', { namespace: 'models' });
    new Gateway(chart, 'models-gateway', { servers: [GatewayServer.https({ hosts: ['a.example.com'], credentialName: 'a-cert' })] });
    const other = await startWorld(App.of(chart).synthYaml(), { secrets: [tlsSecret('a-cert', ours.sign(['a.example.com'], 'rsa-1024'))] });
    try {
      expect((await shake({ servername: 'a.example.com', port: other.gatewayPort(443) })).refused).toBeDefined();
    } finally {
      await other.close();
    }
  });
});

test('what passes through ends at the model server, with the model server\'s certificate', async () => {
  const { certificate } = await shake({ servername: 'sealed.example.com' });
  expect(certificate!.fingerprint256).toEqual(new X509Certificate(pairs.get('sealed')!.certificate).fingerprint256);
});

test('a separate gateway answers on its own port', async () => {
  for (const request of [{ ...rest('any'), port: 31400 }, { ...grpc('any'), port: 31400 }]) {
    expect((await world.send(request)).answeredBy?.at.service).toBe('own.models');
  }
});

describe('Kubernetes', () => {
  const api = ApiServer.connect();
  const seen: Manifest[] = [];
  const takes = async (yaml: string): Promise<string[]> => {
    seen.push(...parse(yaml));
    return accepted(api, yaml);
  };
  afterAll(async () => {
    await api.remove(seen);
    api.close();
  });

  const chart = (make: (into: Chart) => void): string => {
    const app = new App();
    make(new Chart(app, 'chart', { namespace: 'ingress-objects' }));
    return app.synthYaml();
  };

  test('accepts the gateways and routes, and Istio reports nothing about them', async () => {
    const yaml = ingress();
    expect(await takes(yaml)).toEqual([]);
    // The ServiceEntry of the sealed model is the test's own.
    expect((await cleanFiles(`${yaml}\n---\n${sealed(8443)}`))).toEqual([]);
  });

  test('accepts a certificate with every field', async () => {
    expect(await takes(chart((into) => {
      new GatewayCertificate(into, 'least', { hosts: ['a.example.com'], issuer: CertificateIssuer.issuer('corp') });
      new GatewayCertificate(into, 'most', {
        hosts: ['a.example.com', '*.b.example.com', '10.0.0.1', '2001:db8::1'],
        issuer: CertificateIssuer.external('pca', 'AWSPCAClusterIssuer', 'awspca.cert-manager.io'),
        secretName: 'most-tls',
        commonName: 'a.example.com',
        duration: Duration.days(30),
        renewBefore: Duration.minutes(5),
        keyAlgorithm: CertificateKeyAlgorithm.ECDSA,
        keySize: 384,
        keyRotation: CertificateKeyRotation.NEVER,
        usages: Object.values(CertificateUsage),
        revisionHistoryLimit: 1,
        secretLabels: { team: 'risk' },
        secretAnnotations: { 'example.com/owner': 'risk' },
      });
    }))).toEqual([]);
  });

  test('accepts namespaces of all modes, and keeps their labels', async () => {
    expect(await takes(chart((into) => {
      new MeshNamespace(into, 'mode-injection', {
        podSecurity: {
          enforce: PodSecurityLevel.PRIVILEGED,
          enforceVersion: 'latest',
          audit: PodSecurityLevel.BASELINE,
          auditVersion: 'v1.31',
          warn: PodSecurityLevel.RESTRICTED,
          warnVersion: 'v1.30',
        },
        argoCd: { application: 'models', managedBy: 'argocd', syncWave: -1, prune: ArgoCdRemoval.CONFIRM, deletion: ArgoCdRemoval.REFUSED },
      });
      new MeshNamespace(into, 'mode-revision', { revision: 'canary' });
      new MeshNamespace(into, 'mode-ambient', { ambient: true, waypoint: 'waypoint', waypointNamespace: 'infra' });
    }))).toEqual([]);
  });
});
