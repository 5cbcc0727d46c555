import { ApiObject, App, Chart, Duration, JsonPatch, Testing } from 'cdk8s';
import { Gateway, GatewayProps } from '../../../src/istio/gateway/gateway';
import {
  CertificateIssuer, CertificateKeyAlgorithm, CertificateKeyRotation, CertificateUsage, GatewayCertificate, GatewayCertificateProps,
} from '../../../src/istio/gateway/gateway-certificate';
import { GatewayServer, ServerTlsMode } from '../../../src/istio/gateway/gateway-server';
import { Mesh } from '../../../src/mesh/mesh';

const ISSUER = CertificateIssuer.clusterIssuer('letsencrypt');
const HOSTS = ['models.example.com'];

function chartOf(): Chart {
  return new Chart(new App(), 'chart', { namespace: 'models' });
}

function certificate(props: Partial<GatewayCertificateProps> = {}, chart = chartOf()): GatewayCertificate {
  return new GatewayCertificate(chart, 'models-cert', { hosts: HOSTS, issuer: ISSUER, ...props });
}

function specOf(props: Partial<GatewayCertificateProps>): Record<string, unknown> {
  return ApiObject.of(certificate(props)).toJson().spec;
}

test('defaultChild', () => {
  expect(ApiObject.of(certificate()).kind).toEqual('Certificate');
});

test('minimal', () => {
  const chart = Testing.chart();
  new GatewayCertificate(chart, 'models-cert', { hosts: HOSTS, issuer: ISSUER });
  expect(Testing.synth(chart)).toMatchInlineSnapshot(`
[
  {
    "apiVersion": "cert-manager.io/v1",
    "kind": "Certificate",
    "metadata": {
      "name": "models-cert",
      "namespace": "istio-system",
    },
    "spec": {
      "dnsNames": [
        "models.example.com",
      ],
      "issuerRef": {
        "kind": "ClusterIssuer",
        "name": "letsencrypt",
      },
      "secretName": "models-cert",
      "usages": [
        "digital signature",
        "key encipherment",
        "server auth",
      ],
    },
  },
]
`);
});

test('every field', () => {
  const made = certificate({
    namespace: 'edge',
    metadata: { name: 'front', labels: { a: 'b' }, annotations: { c: 'd' } },
    hosts: ['models.example.com', '*.models.example.com', '10.0.0.1', '2001:db8::1'],
    issuer: CertificateIssuer.external('pca', 'AWSPCAClusterIssuer', 'awspca.cert-manager.io'),
    secretName: 'front-tls',
    commonName: 'models.example.com',
    duration: Duration.days(30),
    renewBefore: Duration.days(10),
    keyAlgorithm: CertificateKeyAlgorithm.ECDSA,
    keySize: 256,
    keyRotation: CertificateKeyRotation.ALWAYS,
    usages: [CertificateUsage.SERVER_AUTH, CertificateUsage.CLIENT_AUTH],
    revisionHistoryLimit: 3,
    secretLabels: { e: 'f' },
    secretAnnotations: { 'g.example.com/h': 'i' },
  });
  expect(ApiObject.of(made).toJson()).toEqual({
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { name: 'front', namespace: 'edge', labels: { a: 'b' }, annotations: { c: 'd' } },
    spec: {
      secretName: 'front-tls',
      dnsNames: ['models.example.com', '*.models.example.com'],
      ipAddresses: ['10.0.0.1', '2001:db8::1'],
      commonName: 'models.example.com',
      duration: '720h',
      renewBefore: '240h',
      privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
      usages: ['server auth', 'client auth'],
      revisionHistoryLimit: 3,
      secretTemplate: { labels: { e: 'f' }, annotations: { 'g.example.com/h': 'i' } },
      issuerRef: { name: 'pca', kind: 'AWSPCAClusterIssuer', group: 'awspca.cert-manager.io' },
    },
  });
  expect([made.secretName, made.certificateNamespace, made.certificateHosts])
    .toEqual(['front-tls', 'edge', ['models.example.com', '*.models.example.com', '10.0.0.1', '2001:db8::1']]);
});

test('is in the namespace of the mesh\'s ingress, regardless of the namespace of the chart', () => {
  expect(certificate().certificateNamespace).toEqual('istio-system');
  const chart = chartOf();
  Mesh.configure(chart, { ingressNamespace: 'istio-ingress' });
  expect(ApiObject.of(certificate({}, chart)).toJson().metadata).toEqual({ name: 'models-cert', namespace: 'istio-ingress' });
});

test('can have its namespace in the metadata', () => {
  expect(certificate({ metadata: { namespace: 'edge' } }).certificateNamespace).toEqual('edge');
});

test('an issuer of the own namespace', () => {
  expect(specOf({ issuer: CertificateIssuer.issuer('corp') }).issuerRef).toEqual({ name: 'corp', kind: 'Issuer' });
});

test('a certificate for an address alone has no names', () => {
  expect(specOf({ hosts: ['10.0.0.1'] })).toMatchObject({ ipAddresses: ['10.0.0.1'] });
  expect(specOf({ hosts: ['10.0.0.1'] })).not.toHaveProperty('dnsNames');
});

test.each([CertificateKeyAlgorithm.ECDSA, CertificateKeyAlgorithm.ED25519])('%s encrypts no keys', (keyAlgorithm) => {
  expect(specOf({ keyAlgorithm })).toMatchObject({ privateKey: { algorithm: keyAlgorithm }, usages: ['digital signature', 'server auth'] });
});

test.each([[Duration.minutes(90), '90m'], [Duration.seconds(3661), '3661s'], [Duration.millis(3600500), '3600500ms'], [Duration.days(90), '2160h']])(
  'a duration is written in whole units %#', (duration, written) => {
    expect(specOf({ duration }).duration).toEqual(written);
  });

test('keeps patches with fields that are not in the types', () => {
  const made = certificate();
  ApiObject.of(made).addJsonPatch(JsonPatch.add('/spec/future', { deep: 1 }));
  expect(ApiObject.of(made).toJson().spec.future).toEqual({ deep: 1 });
});

describe('fails with', () => {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  type Anything = any;
  const NAME = 'Expected at most 253 lower-case letters, digits, hyphens and dots, starting and ending with a letter or digit';

  test.each<[string, Anything, string]>([
    ['no hosts', { hosts: [] }, 'no hosts. List at least one'],
    ['hosts outside a list', { hosts: 'a.example.com' }, 'hosts "a.example.com". Expected a list of strings'],
    ['a host twice', { hosts: ['a.example.com', 'A.example.com'] }, 'host "A.example.com" twice. List each host once'],
    ['all hosts', { hosts: ['*'] }, 'host "*". Expected a DNS name such as "models.example.com" or "*.example.com", or an IP address'],
    ['a namespace before a host', { hosts: ['models/a.com'] },
      'host "models/a.com". Expected a DNS name such as "models.example.com" or "*.example.com", or an IP address'],
    ['an issuer by its name', { issuer: 'letsencrypt' }, 'issuer "letsencrypt". Expected a CertificateIssuer, such as CertificateIssuer.clusterIssuer("letsencrypt")'],
    ['no issuer', { issuer: undefined }, 'issuer undefined. Expected a CertificateIssuer, such as CertificateIssuer.clusterIssuer(…)'],
    ['an empty common name', { commonName: '' }, 'commonName "". Expected 1 to 64 characters'],
    ['a long common name', { commonName: 'a'.repeat(65) }, `commonName "${'a'.repeat(65)}". Expected 1 to 64 characters`],
    ['a short life', { duration: Duration.minutes(59) }, 'duration of 3540000 ms. Cert-manager requires at least 1 hour'],
    ['an invalid duration', { duration: '1h' }, 'duration "1h". Expected a Duration, such as Duration.seconds(5)'],
    ['a late renewal', { renewBefore: Duration.minutes(4) }, 'renewBefore of 240000 ms. Cert-manager requires at least 5 minutes'],
    ['a renewal before the beginning', { duration: Duration.hours(2), renewBefore: Duration.hours(2) },
      'renewBefore of 7200000 ms and a duration of 7200000 ms. The certificate would be renewed continuously. Set renewBefore to less than the duration'],
    ['a renewal before the usual beginning', { renewBefore: Duration.days(90) },
      'renewBefore of 7776000000 ms and a duration of 7776000000 ms. The certificate would be renewed continuously. Set renewBefore to less than the duration'],
    ['a key algorithm that gateways do not support', { keyAlgorithm: 'DSA' }, 'keyAlgorithm "DSA". Expected one of RSA, ECDSA, Ed25519'],
    ['a size for Ed25519', { keyAlgorithm: CertificateKeyAlgorithm.ED25519, keySize: 256 }, 'keySize 256 for Ed25519. Ed25519 keys have a fixed size. Leave keySize out'],
    ['an invalid rotation', { keyRotation: 'Sometimes' }, 'keyRotation "Sometimes". Expected one of Always, Never'],
    ['a short key', { keySize: 1024 }, 'keySize 1024. Expected a whole number from 2048 to 8192'],
    ['a key between the curves', { keyAlgorithm: CertificateKeyAlgorithm.ECDSA, keySize: 2048 }, 'keySize 2048 for ECDSA. Expected one of 256, 384, 521'],
    ['usages for callers alone', { usages: [CertificateUsage.CLIENT_AUTH] },
      'usages ["client auth"]. Callers reject a server certificate without "server auth". Add it'],
    ['an invalid usage', { usages: ['server'] },
      'usages[0] "server". Expected one of digital signature, key encipherment, key agreement, server auth, client auth'],
    ['no history', { revisionHistoryLimit: 0 }, 'revisionHistoryLimit 0. Expected a whole number from 1 to 2147483647'],
    ['an invalid secret', { secretName: 'Front' }, `secretName "Front". ${NAME}`],
    ['a wrong label of the secret', { secretLabels: { a: 'b c' } },
      'value "b c" of label a of secretLabels. Expected letters, digits, "-", "_" and ".", starting and ending with a letter or digit'],
    ['a wrong annotation of the secret', { secretAnnotations: { a: 1 } }, 'secretAnnotations.a 1. Expected a string'],
    ['two namespaces', { namespace: 'a', metadata: { namespace: 'b' } }, 'namespace "a" and metadata.namespace "b". Set only one of them, or both to the same namespace'],
  ])('%s', (_what, props, message) => {
    expect(() => certificate(props)).toThrow(new Error(`${message} (at chart/models-cert)`));
  });

  test('no props', () => {
    expect(() => new GatewayCertificate(chartOf(), 'models-cert', undefined as Anything))
      .toThrow(new Error('props undefined. Expected an object with hosts and issuer (at chart/models-cert)'));
  });

  test.each<[() => CertificateIssuer, string]>([
    [() => CertificateIssuer.clusterIssuer(''), `name "". ${NAME} (at CertificateIssuer.clusterIssuer)`],
    [() => CertificateIssuer.issuer('A'), `name "A". ${NAME} (at CertificateIssuer.issuer)`],
    [() => CertificateIssuer.external('a', '', 'b.c'), 'kind "". Expected a kind such as "AWSPCAClusterIssuer" (at CertificateIssuer.external)'],
    [() => CertificateIssuer.external('a', 'B', ''), `group "". ${NAME} (at CertificateIssuer.external)`],
  ])('an invalid issuer %#', (make, message) => {
    expect(make).toThrow(new Error(message));
  });

  test('a secret that another one writes', () => {
    const chart = chartOf();
    certificate({}, chart);
    expect(() => new GatewayCertificate(chart, 'other', { hosts: HOSTS, issuer: ISSUER, secretName: 'models-cert' })).toThrow(new Error(
      'secret "istio-system/models-cert" of two certificates. Chart/models-cert writes it too. Give one of them another secretName, or let the servers share one certificate (at chart/other)'));
    expect(new GatewayCertificate(chart, 'separate', { hosts: HOSTS, issuer: ISSUER, secretName: 'models-cert', namespace: 'edge' }).secretName).toEqual('models-cert');
  });
});

describe('a server of a Gateway', () => {
  const edge = (hosts: string[] | undefined, props: Partial<GatewayCertificateProps> = {}, gateway: GatewayProps = {}) => {
    const chart = chartOf();
    const made = certificate(props, chart);
    return new Gateway(chart, 'edge', { servers: [GatewayServer.https({ hosts, certificate: made })], ...gateway });
  };

  test('accepts it instead of the name of a secret', () => {
    expect(ApiObject.of(edge(HOSTS)).toJson().spec.servers[0].tls).toEqual({ mode: 'SIMPLE', credentialName: 'models-cert' });
  });

  test('can request client certificates together with it', () => {
    const chart = chartOf();
    const server = GatewayServer.https({
      hosts: HOSTS, certificate: certificate({}, chart), mode: ServerTlsMode.MUTUAL, caCertCredentialName: 'partners-cacert',
    });
    expect(ApiObject.of(new Gateway(chart, 'edge', { servers: [server] })).toJson().spec.servers[0].tls)
      .toEqual({ mode: 'MUTUAL', credentialName: 'models-cert', caCertCredentialName: 'partners-cacert' });
  });

  test.each([
    ['by name, whatever its capitals and namespaces', ['Models.example.com'], ['models/models.example.com']],
    ['by a wildcard', ['*.example.com'], ['models.example.com', '*.example.com']],
    ['by address', ['10.0.0.1'], ['10.0.0.1']],
  ])('is covered %s', (_how, hosts, served) => {
    expect(edge(served, { hosts }).gatewayPodNamespace).toEqual('istio-system');
  });

  test('is in the namespace of ingress pods that more labels select', () => {
    expect(edge(HOSTS, {}, { selector: { istio: 'ingressgateway', app: 'istio-ingressgateway' } }).gatewayPodNamespace).toEqual('istio-system');
  });

  test('is in the namespace of the gateway\'s own pods if specified', () => {
    expect(edge(HOSTS, { namespace: 'edge' }, { selector: { app: 'edge' }, podNamespace: 'edge' }).gatewayPodNamespace).toEqual('edge');
  });

  test('may have pods in an unknown namespace, without a certificate of this app', () => {
    expect(new Gateway(chartOf(), 'edge', { selector: { app: 'edge' } }).gatewayPodNamespace).toBeUndefined();
  });

  const NOT_ALL = 'No certificate covers all hosts. List the hosts of the server';
  const REFUSED = 'Callers would reject it. Add the host to the certificate, or remove it from the server';
  test.each<[string, () => Gateway, string]>([
    ['another host', () => edge(['models.example.com', 'other.example.com']),
      `host "other.example.com" of server "https" is not covered by certificate "models-cert", which is for "models.example.com". ${REFUSED}`],
    ['all hosts', () => edge(undefined), `host "*" of server "https" is not covered by certificate "models-cert", which is for "models.example.com". ${NOT_ALL}`],
    ['a host two labels below a wildcard', () => edge(['a.b.example.com'], { hosts: ['*.example.com', '*.other.com'] }),
      `host "a.b.example.com" of server "https" is not covered by certificate "models-cert", which is for "*.example.com", "*.other.com". ${REFUSED}`],
    ['the domain of a wildcard', () => edge(['example.com'], { hosts: ['*.example.com'] }),
      `host "example.com" of server "https" is not covered by certificate "models-cert", which is for "*.example.com". ${REFUSED}`],
    ['a wider wildcard', () => edge(['*.com'], { hosts: ['*.example.com'] }),
      `host "*.com" of server "https" is not covered by certificate "models-cert", which is for "*.example.com". ${REFUSED}`],
    ['a certificate in another namespace', () => edge(HOSTS, { namespace: 'models' }),
      'certificate "models-cert" of server "https" is in namespace "models", and the gateway\'s pods are in "istio-system". Istio reads the secret in the '
      + 'namespace of the pods. Set the certificate\'s namespace to "istio-system", or set another podNamespace'],
    ['pods in another namespace', () => edge(HOSTS, {}, { podNamespace: 'istio-ingress' }),
      'certificate "models-cert" of server "https" is in namespace "istio-system", and the gateway\'s pods are in "istio-ingress". Istio reads the secret in the '
      + 'namespace of the pods. Set the certificate\'s namespace to "istio-ingress", or set another podNamespace'],
    ['pods in an unknown namespace', () => edge(HOSTS, {}, { selector: { app: 'edge' } }),
      'certificate "models-cert" of server "https", but the namespace of the gateway\'s pods is not known. Istio reads the secret in that namespace. Set podNamespace, '
      + 'since the selector is not that of the mesh\'s ingress'],
    ['an invalid namespace of pods', () => edge(HOSTS, {}, { podNamespace: 'A' }),
      'podNamespace "A". Expected at most 63 lower-case letters, digits and hyphens, with no hyphen at the ends'],
  ])('fails for %s', (_what, make, message) => {
    expect(make).toThrow(new Error(`${message} (at chart/edge)`));
  });

  test.each([
    ['a secret', { credentialName: 'other' }, 'certificate; credentialName'],
    ['files', { serverCertificate: '/a', privateKey: '/b' }, 'certificate; serverCertificate and privateKey'],
  ])('fails for %s together with it', (_what, source, sources) => {
    const chart = chartOf();
    const server = GatewayServer.https({ hosts: HOSTS, certificate: certificate({}, chart), ...source });
    expect(() => new Gateway(chart, 'edge', { servers: [server] }))
      .toThrow(new Error(`server "https" with 2 sources of its certificate (${sources}). Keep one of them (at chart/edge)`));
  });

  test('fails for the name of a secret instead of it', () => {
    const server = GatewayServer.https({ hosts: HOSTS, certificate: 'models-cert' as never });
    expect(() => new Gateway(chartOf(), 'edge', { servers: [server] })).toThrow(new Error(
      'certificate "models-cert" of server "https". Expected a GatewayCertificate. Use credentialName for the name of a secret (at chart/edge)'));
  });
});
