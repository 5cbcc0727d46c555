import { eachObject, FieldFaults } from './field-faults';
import { goDuration } from './go-duration';
import { loadBalancerFaults } from './load-balancer-faults';
import { isDomain } from './names';
import { isIpAddress } from '../../plan/checks/checks';
import { show } from '../../plan/checks/errors';
import { FieldPath, isObject, JsonObject, listOf, numberOf, stringOf } from '../json';

const PARTS_OF_PORTS = ['outlierDetection', 'connectionPool', 'loadBalancer', 'tls'];
const PARTS = [...PARTS_OF_PORTS, 'portLevelSettings', 'tunnel', 'proxyProtocol', 'retryBudget'];

/**
 * What Istio rejects in the traffic policy of a DestinationRule or of one of its subsets.
 *
 * @internal
 */
export function trafficPolicyFaults(faults: FieldFaults, field: FieldPath, policy: unknown, namespace: string): void {
  if (!isObject(policy)) return;
  if (!PARTS.some((part) => isSet(policy[part]))) return faults.add(field, 'is empty', 'set one of its fields, or remove it');
  if (isObject(policy.tunnel) && isObject(policy.proxyProtocol)) return faults.add(field, 'has both tunnel and proxyProtocol', 'keep one of them');
  partFaults(faults, field, policy, namespace);
  tunnelFaults(faults, [...field, 'tunnel'], policy.tunnel);
  eachObject(policy.portLevelSettings, (settings, i) => {
    const at = [...field, 'portLevelSettings', i];
    if (!isObject(settings.port)) faults.add(at, 'has no port', 'set port: {number: ...}');
    if (!PARTS_OF_PORTS.some((part) => isObject(settings[part]))) faults.add(at, 'has no settings', `set one of ${PARTS_OF_PORTS.join(', ')}`);
    partFaults(faults, at, settings, namespace);
  });
}

function isSet(part: unknown): boolean {
  return isObject(part) || listOf(part).length > 0;
}

function partFaults(faults: FieldFaults, field: FieldPath, settings: JsonObject, namespace: string): void {
  outlierFaults(faults, [...field, 'outlierDetection'], settings.outlierDetection);
  connectionPoolFaults(faults, [...field, 'connectionPool'], settings.connectionPool);
  loadBalancerFaults(faults, [...field, 'loadBalancer'], settings.loadBalancer);
  clientTlsFaults(faults, [...field, 'tls'], settings.tls, namespace);
}

function tunnelFaults(faults: FieldFaults, field: FieldPath, tunnel: unknown): void {
  if (!isObject(tunnel)) return;
  const { protocol, targetHost, targetPort } = tunnel;
  if (stringOf(protocol) !== undefined && !['CONNECT', 'POST'].includes(String(protocol))) faults.add([...field, 'protocol'], `is ${show(protocol)}`, 'expected "CONNECT" or "POST"');
  if (typeof targetHost === 'string' && !isDomain(targetHost) && !isIpAddress(targetHost)) {
    faults.add([...field, 'targetHost'], `is ${show(targetHost)}`, 'expected a DNS name or an IP address');
  }
  faults.port([...field, 'targetPort'], targetPort);
}

function outlierFaults(faults: FieldFaults, field: FieldPath, outlier: unknown): void {
  if (!isObject(outlier)) return;
  for (const name of ['baseEjectionTime', 'interval']) faults.duration([...field, name], outlier[name]);
  for (const name of ['maxEjectionPercent', 'minHealthPercent']) faults.between([...field, name], outlier[name], 0, 100);
  if (outlier.splitExternalLocalOriginErrors !== true && (numberOf(outlier.consecutiveLocalOriginFailures) ?? 0) > 0) {
    faults.add([...field, 'consecutiveLocalOriginFailures'], 'is set, and splitExternalLocalOriginErrors is not true', 'set splitExternalLocalOriginErrors: true');
  }
}

const LIMITS = ['http1MaxPendingRequests', 'http2MaxRequests', 'maxRequestsPerConnection', 'maxRetries', 'maxConcurrentStreams'];

/**
 * What Istio rejects in the settings of connections.
 *
 * @internal
 */
export function connectionPoolFaults(faults: FieldFaults, field: FieldPath, pool: unknown): void {
  if (!isObject(pool)) return;
  const { http, tcp } = pool;
  if (!isObject(http) && !isObject(tcp)) return faults.add(field, 'is empty', 'set http or tcp, or remove it');
  if (isObject(http)) httpPoolFaults(faults, [...field, 'http'], http);
  if (isObject(tcp)) tcpPoolFaults(faults, [...field, 'tcp'], tcp);
}

function httpPoolFaults(faults: FieldFaults, field: FieldPath, http: JsonObject): void {
  for (const name of LIMITS) faults.notNegative([...field, name], http[name]);
  faults.duration([...field, 'idleTimeout'], http.idleTimeout);
  if (http.h2UpgradePolicy === 'UPGRADE' && http.useClientProtocol === true) {
    faults.add([...field, 'useClientProtocol'], 'is true, and h2UpgradePolicy is UPGRADE', 'remove one of the two');
  }
  const { http2KeepAlive } = http;
  if (!isObject(http2KeepAlive)) return;
  for (const name of ['interval', 'timeout']) {
    if (http2KeepAlive[name] === undefined || http2KeepAlive[name] === null) faults.add([...field, 'http2KeepAlive'], `has no ${name}`, `set ${name}`);
    else faults.duration([...field, 'http2KeepAlive', name], http2KeepAlive[name]);
  }
}

function tcpPoolFaults(faults: FieldFaults, field: FieldPath, tcp: JsonObject): void {
  const { tcpKeepalive, idleTimeout } = tcp;
  faults.notNegative([...field, 'maxConnections'], tcp.maxConnections);
  for (const name of ['connectTimeout', 'maxConnectionDuration']) faults.duration([...field, name], tcp[name]);
  // Zero closes no connection.
  if (goDuration(String(idleTimeout)) !== 0) faults.duration([...field, 'idleTimeout'], idleTimeout);
  if (isObject(tcpKeepalive)) for (const name of ['time', 'interval']) faults.duration([...field, 'tcpKeepalive', name], tcpKeepalive[name]);
}

const FILES = ['clientCertificate', 'privateKey', 'caCertificates', 'caCrl'];
const CONFIG_MAP = 'configmap://';

/** The TLS of connections to a Service. */
function clientTlsFaults(faults: FieldFaults, field: FieldPath, tls: unknown, namespace: string): void {
  if (!isObject(tls)) return;
  const { mode } = tls;
  const credential = stringOf(tls.credentialName);
  const has = (name: string) => stringOf(tls[name]) !== undefined;
  if (credential?.startsWith(CONFIG_MAP)) configMapFaults(faults, field, credential, namespace);
  if (tls.insecureSkipVerify === true && (mode === 'SIMPLE' || mode === 'MUTUAL')) {
    const verified = [...has('caCertificates') ? ['caCertificates'] : [], ...credential !== undefined && mode === 'SIMPLE' ? ['credentialName'] : [], ...listOf(tls.subjectAltNames).length > 0 ? ['subjectAltNames'] : []];
    if (verified.length > 0) faults.add([...field, verified[0]], 'is set, and insecureSkipVerify is true', 'remove one of the two');
  }
  if (mode !== 'SIMPLE' && mode !== 'MUTUAL') return;
  if (credential !== undefined) {
    const file = FILES.find(has);
    if (file !== undefined) faults.add([...field, file], 'is set, and so is credentialName', 'keep one of them');
  } else if (mode === 'MUTUAL') {
    for (const name of ['clientCertificate', 'privateKey']) {
      if (!has(name)) faults.add(field, `has mode MUTUAL and no ${name}`, `set ${name}, or credentialName`);
    }
  }
}

function configMapFaults(faults: FieldFaults, field: FieldPath, credential: string, namespace: string): void {
  const [name, ...before] = credential.slice(CONFIG_MAP.length).split('/').reverse();
  if (name !== '' && before.length <= 1 && (before.length === 0 || before[0] === namespace)) return;
  faults.add([...field, 'credentialName'], `is ${show(credential)}`, `expected "${CONFIG_MAP}<name>", for a ConfigMap of the namespace of the object`);
}
