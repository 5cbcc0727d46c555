import { eachObject, FieldFaults, isTls, UNIX } from './field-faults';
import { isDomain, isIstioLabel, isWildcardDomain } from './names';
import { serverTlsFaults } from './server-tls-faults';
import { connectionPoolFaults } from './traffic-policy-faults';
import { show } from '../../plan/checks/errors';
import { Fault } from '../fault';
import { FieldPath, isObject, JsonObject, listOf, numberOf, objectOf, stringOf, stringsOf } from '../json';

/**
 * What Istio rejects in a Sidecar.
 *
 * @internal
 */
export function sidecarFaults(spec: JsonObject): readonly Fault[] {
  const faults = new FieldFaults();
  const { workloadSelector, ingress, egress, outboundTrafficPolicy, inboundConnectionPool } = spec;
  faults.selector(['spec', 'workloadSelector', 'labels'], objectOf(workloadSelector).labels);
  if (listOf(ingress).length + listOf(egress).length === 0 && !isObject(outboundTrafficPolicy) && !isObject(inboundConnectionPool)) {
    faults.add(['spec'], 'is empty', 'set egress, ingress or outboundTrafficPolicy');
  }
  ingressFaults(faults, ingress);
  connectionPoolFaults(faults, ['spec', 'inboundConnectionPool'], inboundConnectionPool);
  egressFaults(faults, egress);
  if (isObject(outboundTrafficPolicy)) proxyFaults(faults, ['spec', 'outboundTrafficPolicy'], outboundTrafficPolicy);
  return faults.found;
}

function ingressFaults(faults: FieldFaults, ingress: unknown): void {
  const ports = new Set<number>();
  eachObject(ingress, (listener, i) => {
    const field = ['spec', 'ingress', i];
    const { port, bind, defaultEndpoint, tls, connectionPool } = listener;
    if (!isObject(port)) return faults.add(field, 'has no port', 'set its number and protocol');
    portFaults(faults, [...field, 'port'], port);
    faults.port([...field, 'port', 'number'], port.number);
    uniquePort(faults, [...field, 'port', 'number'], numberOf(port.number) ?? 0, ports);
    if (stringOf(bind) !== undefined) faults.address([...field, 'bind'], bind);
    endpointFaults(faults, [...field, 'defaultEndpoint'], stringOf(defaultEndpoint));
    if (isObject(tls)) ingressTlsFaults(faults, [...field, 'tls'], tls, port);
    connectionPoolFaults(faults, [...field, 'connectionPool'], connectionPool);
  });
}

function portFaults(faults: FieldFaults, field: FieldPath, { name, protocol, targetPort }: JsonObject): void {
  if (stringOf(name) !== undefined) faults.label([...field, 'name'], name);
  faults.protocol([...field, 'protocol'], protocol);
  if ((numberOf(targetPort) ?? 0) > 0) faults.add([...field, 'targetPort'], 'is set', 'remove it, since it has no effect in a Sidecar');
}

function uniquePort(faults: FieldFaults, field: FieldPath, port: number, ports: Set<number>): void {
  if (ports.has(port)) faults.add(field, `is ${port}, as that of a listener before it`, 'give each listener its own port');
  ports.add(port);
}

const ENDPOINT = /^(?:|127\.0\.0\.1|0\.0\.0\.0|\[::1?\]):([+-]?\d+)$/;

function endpointFaults(faults: FieldFaults, field: FieldPath, endpoint: string | undefined): void {
  if (endpoint === undefined) return;
  if (endpoint.startsWith(UNIX)) return faults.unixPath(field, endpoint.slice(UNIX.length));
  const [, port] = ENDPOINT.exec(endpoint) ?? [];
  if (port === undefined || Number(port) < 1 || Number(port) > 65_535) faults.add(field, `is ${show(endpoint)}`, `expected "127.0.0.1:<port>", "0.0.0.0:<port>" or "${UNIX}/path/to/socket"`);
}

const UNSUPPORTED = ['subjectAltNames', 'httpsRedirect', 'credentialName', 'credentialNames', 'tlsCertificates'];

function ingressTlsFaults(faults: FieldFaults, field: FieldPath, tls: JsonObject, { protocol }: JsonObject): void {
  for (const name of UNSUPPORTED) {
    if (listOf(tls[name]).length > 0 || stringOf(tls[name]) !== undefined || tls[name] === true) faults.add([...field, name], 'is set', 'remove it, since a Sidecar does not support it');
  }
  if (tls.mode === 'ISTIO_MUTUAL' || tls.mode === 'AUTO_PASSTHROUGH') faults.add([...field, 'mode'], `is ${show(tls.mode)}`, 'set SIMPLE or MUTUAL');
  if (!isTls(protocol)) faults.add(field, 'is set, and the protocol of the port is not HTTPS or TLS', 'set the protocol, or remove tls');
  serverTlsFaults(faults, field, tls);
}

function egressFaults(faults: FieldFaults, egress: unknown): void {
  const ports = new Set<number>();
  const sockets = new Set<string>();
  const listeners = listOf(egress);
  eachObject(egress, (listener, i) => {
    const field = ['spec', 'egress', i];
    const { port, hosts } = listener;
    if (isObject(port)) egressPortFaults(faults, field, listener, port, { ports, sockets });
    else if (i < listeners.length - 1) faults.add(field, 'has no port, and others follow', 'move it to the end, or set its port');
    if (listOf(hosts).length === 0) faults.add(field, 'has no host', 'list hosts such as "./*"');
    stringsOf(hosts).forEach((host, j) => hostFaults(faults, [...field, 'hosts', j], host));
  });
}

/** What listeners have used so far. */
interface Used {
  readonly ports: Set<number>;
  readonly sockets: Set<string>;
}

function egressPortFaults(faults: FieldFaults, field: FieldPath, listener: JsonObject, port: JsonObject, { ports, sockets }: Used): void {
  const { bind: written, captureMode } = listener;
  const bind = stringOf(written) ?? '';
  const number = numberOf(port.number) ?? 0;
  portFaults(faults, [...field, 'port'], port);
  if (number !== 0) {
    faults.port([...field, 'port', 'number'], number);
    if (bind !== '') faults.address([...field, 'bind'], bind);
    return uniquePort(faults, [...field, 'port', 'number'], number, ports);
  }
  if (!bind.startsWith(UNIX)) faults.add([...field, 'port', 'number'], 'is 0, and the listener is not bound to a Unix socket', 'set the number of the port');
  else faults.unixPath([...field, 'bind'], bind.slice(UNIX.length));
  if (captureMode === 'IPTABLES') faults.add([...field, 'captureMode'], 'is IPTABLES, and the listener is bound to a Unix socket', 'set NONE, or remove it');
  if (sockets.has(bind)) faults.add([...field, 'bind'], 'is that of a listener before it', 'give each listener its own socket');
  sockets.add(bind);
}

/** A host as `namespace/name`. */
function hostFaults(faults: FieldFaults, field: FieldPath, host: string): void {
  const slash = host.indexOf('/');
  const [written, name] = slash < 0 ? ['', host] : [host.slice(0, slash), host.slice(slash + 1)];
  const namespace = written.replace(/^~/, '');
  const isNamespace = written !== '' && (['', '*', '.'].includes(namespace) || isIstioLabel(namespace));
  const isName = name === '*' || (name.includes('.') && isWildcardDomain(name) && (!name.startsWith('*') || name.startsWith('*.')));
  if (!isNamespace || !isName) faults.add(field, `is ${show(host)}`, 'expected "<namespace>/<name>", such as "./*", "models/*" or "*/store.example.com"');
}

function proxyFaults(faults: FieldFaults, field: FieldPath, { mode, egressProxy }: JsonObject): void {
  if (!isObject(egressProxy)) return;
  const at = [...field, 'egressProxy'];
  if (mode !== 'ALLOW_ANY') return faults.add(at, 'is set, and the mode is not ALLOW_ANY', 'set mode: ALLOW_ANY');
  if (!isDomain(stringOf(egressProxy.host) ?? '')) faults.add([...at, 'host'], `is ${show(egressProxy.host ?? null)}`, 'expected the DNS name of the proxy');
  if (!isObject(egressProxy.port)) return faults.add(at, 'has no port', 'set port: {number: ...}');
  faults.port([...at, 'port', 'number'], egressProxy.port.number);
  if (stringOf(egressProxy.subset) !== undefined) faults.label([...at, 'subset'], egressProxy.subset);
}
