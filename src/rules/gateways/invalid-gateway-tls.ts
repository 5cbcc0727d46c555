import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { PASSTHROUGH_MODES, PLAIN_HTTP } from '../../cluster/gateways';
import { isObject, JsonObject, listOf, objectOf, stringOf, stringsOf } from '../../cluster/json';
import { Level, Problem, Rule } from '../rule';

const CERTIFICATE_FIELDS = ['credentialName', 'serverCertificate', 'privateKey', 'caCertificates'];

/**
 * TLS settings of servers that Istio's webhook rejects, or that have no effect.
 *
 * @internal
 */
export const invalidGatewayTls: Rule = {
  id: 'invalid-gateway-tls',
  level: Level.ERROR,
  rejects: 'by meaning',
  title: 'TLS settings of a server do not fit its protocol or mode',
  codes: ['IST0106', 'IST0133'],
  page: {
    explanation: 'A server with protocol HTTPS or TLS needs `tls`; with mode SIMPLE, MUTUAL or OPTIONAL_MUTUAL it also needs a certificate, which is a '
      + '`credentialName`, or `serverCertificate` with `privateKey`. A server for plain HTTP can only have `httpsRedirect` there. Istio rejects other '
      + 'Gateways. Without a mode Istio passes TLS through, ignores the certificate and applies no HTTP routes.',
    wrong: `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [models.example.com]
    tls: {mode: SIMPLE}
`,
    right: `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [models.example.com]
    tls: {mode: SIMPLE, credentialName: models-certificate}
`,
  },
  check: (cluster: Cluster) => cluster.all(ClusterKind.GATEWAY).flatMap((object) => listOf(object.spec.servers).flatMap((server, i) => {
    const { port, tls } = objectOf(server);
    const protocol = (stringOf(objectOf(port).protocol) ?? '').toUpperCase();
    return protocol === '' ? [] : checkTls(object, i, protocol, isObject(tls) ? tls : undefined);
  })),
};

function checkTls(object: ClusterObject, i: number, protocol: string, tls: JsonObject | undefined): Problem[] {
  const server = `servers[${i}] (${protocol})`;
  const rejected = (problem: string, remedy: string): Problem[] => [{
    object, field: ['spec', 'servers', i, ...tls === undefined ? [] : ['tls']], problem: `${server} ${problem}, so Istio rejects ${object}`, remedy,
  }];
  const encrypted = protocol === 'HTTPS' || protocol === 'TLS';
  if (tls === undefined) return encrypted ? rejected('has no TLS settings', 'set tls with a mode, and with a certificate unless it passes TLS through') : [];
  const mode = stringOf(tls.mode);
  if (!encrypted) return checkPlain(protocol, mode, tls, rejected);
  if (mode === undefined || PASSTHROUGH_MODES.includes(mode)) {
    const ignored = CERTIFICATE_FIELDS.find((field) => stringOf(tls[field]) !== undefined);
    if (ignored === undefined) return [];
    return [{
      object,
      field: ['spec', 'servers', i, 'tls'],
      level: Level.WARNING,
      problem: `${server} of ${object} has ${mode === undefined ? 'no TLS mode, so it passes TLS through' : `mode ${mode}`} and ignores ${ignored}`,
      remedy: `set mode SIMPLE if the gateway is to terminate TLS, or remove ${ignored}`,
    }];
  }
  return mode === 'ISTIO_MUTUAL' ? checkIstioMutual(tls, rejected) : checkCertificate(mode, tls, rejected);
}

/** Builds the problem of a Gateway that Istio rejects. */
type Rejected = (problem: string, remedy: string) => Problem[];

function checkPlain(protocol: string, mode: string | undefined, tls: JsonObject, rejected: Rejected): Problem[] {
  if (!PLAIN_HTTP.includes(protocol)) return rejected('has TLS settings', 'set protocol TLS or HTTPS, or remove tls');
  const terminates = mode !== undefined && !PASSTHROUGH_MODES.includes(mode);
  if (!terminates && !['serverCertificate', 'privateKey', 'caCertificates'].some((field) => stringOf(tls[field]) !== undefined)) return [];
  return rejected('has settings to terminate TLS', 'set protocol HTTPS, or keep only httpsRedirect in tls');
}

function checkIstioMutual(tls: JsonObject, rejected: Rejected): Problem[] {
  const lists = ['tlsCertificates', 'credentialNames'].filter((name) => listOf(tls[name]).length > 0);
  const [field] = [...CERTIFICATE_FIELDS.filter((name) => stringOf(tls[name]) !== undefined), ...lists];
  return field === undefined ? [] : rejected(`has mode ISTIO_MUTUAL and ${field}`, `remove ${field}, since this mode uses the certificates of the mesh, or set mode MUTUAL`);
}

function checkCertificate(mode: string, tls: JsonObject, rejected: Rejected): Problem[] {
  if (!['SIMPLE', 'MUTUAL', 'OPTIONAL_MUTUAL'].includes(mode)) return [];
  const { credentialName, serverCertificate, privateKey, caCertificates } = tls;
  const files = listOf(tls.tlsCertificates).length > 0;
  const secrets = stringsOf(tls.credentialNames).length > 0;
  const sources = [
    ...stringOf(credentialName) === undefined ? [] : ['credentialName'],
    ...secrets ? ['credentialNames'] : [],
    ...stringOf(serverCertificate) === undefined || stringOf(privateKey) === undefined ? [] : ['serverCertificate with privateKey'],
    ...files ? ['tlsCertificates'] : [],
  ];
  if (sources.length > 1) return rejected(`has ${sources.length} sources of its certificate, ${sources.join(' and ')}`, 'keep one of them');
  if (stringOf(credentialName) !== undefined || secrets) return [];
  if (!files && stringOf(serverCertificate) === undefined) {
    return rejected(`has mode ${mode} and no certificate`, 'set credentialName to the Secret with the certificate, or set serverCertificate and privateKey');
  }
  if (!files && stringOf(privateKey) === undefined) return rejected('has a serverCertificate and no privateKey', 'set privateKey too, or set credentialName');
  if (mode === 'SIMPLE' || stringOf(caCertificates) !== undefined) return [];
  return rejected(`has mode ${mode} and no caCertificates`, 'set caCertificates, which verify the certificates of callers, or set credentialName');
}
