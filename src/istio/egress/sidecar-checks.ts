import { IConstruct } from 'constructs';
import { portName, ServiceEntryProtocol } from './service-entry-props';
import { SidecarEgressListener, SidecarIngressListener, SidecarPort, SidecarProps, SidecarServerTls } from './sidecar-props';
import { IstioRelease } from '../../mesh/release';
import { checkPort, isIpAddress } from '../../plan/checks/checks';
import { invalid, show } from '../../plan/checks/errors';
import { checkList, checkTexts } from '../../plan/checks/type-checks';
import { isIstioLabel, isWildcardDomain } from '../common/names';
import { checkWorkloadSelector } from '../common/selector-checks';
import { checkTrafficPolicy, PolicyContext } from '../destination-rule/traffic-policy-checks';
import { checkServerTls } from '../gateway/server-tls-checks';

const HTTP: readonly string[] = [
  ServiceEntryProtocol.HTTP, ServiceEntryProtocol.HTTP2, ServiceEntryProtocol.HTTP_PROXY, ServiceEntryProtocol.GRPC, ServiceEntryProtocol.GRPC_WEB,
];
const TLS: readonly string[] = [ServiceEntryProtocol.HTTPS, ServiceEntryProtocol.TLS];
const MODES = ['REGISTRY_ONLY', 'ALLOW_ANY'];
const CAPTURE_MODES = ['DEFAULT', 'IPTABLES', 'NONE'];
const TLS_MODES = ['SIMPLE', 'MUTUAL', 'OPTIONAL_MUTUAL'];
const UNIX = 'unix://';
const LOOPBACKS = ['127.0.0.1', '0.0.0.0', '[::1]', '[::]'];

/**
 * Checks the properties of a Sidecar.
 *
 * @internal
 */
export function checkSidecar(context: PolicyContext, props: SidecarProps): void {
  const { at, release } = context;
  const { workloadSelector, egress = [], ingress = [], outboundTrafficPolicy, inboundConnectionPool } = props;
  if (workloadSelector !== undefined) checkWorkloadSelector(at, workloadSelector);
  checkList(at, 'egress', egress, 'listeners');
  checkList(at, 'ingress', ingress, 'listeners');
  if (egress.length === 0 && ingress.length === 0 && outboundTrafficPolicy === undefined && inboundConnectionPool === undefined) {
    throw invalid(at, 'a Sidecar without settings', 'set egress, ingress, outboundTrafficPolicy or inboundConnectionPool');
  }
  if (outboundTrafficPolicy !== undefined && !MODES.includes(outboundTrafficPolicy)) {
    throw invalid(at, `outboundTrafficPolicy ${show(outboundTrafficPolicy)}`, `expected one of ${MODES.join(', ')}`);
  }
  checkIngress(context, ingress);
  checkEgress(context, egress);
  if (inboundConnectionPool !== undefined) {
    release.require(at, 'inboundConnectionPool', '1.20');
    checkTrafficPolicy(context, 'inbound', { connectionPool: inboundConnectionPool });
  }
}

function checkListener(at: IConstruct, where: string, listener: { readonly port?: SidecarPort; readonly captureMode?: string }): void {
  const { port, captureMode } = listener;
  if (captureMode !== undefined && !CAPTURE_MODES.includes(captureMode)) {
    throw invalid(at, `${where}.captureMode ${show(captureMode)}`, `expected one of ${CAPTURE_MODES.join(', ')}`);
  }
  if (port === undefined) return;
  if (port.protocol !== undefined && !Object.values(ServiceEntryProtocol).includes(port.protocol)) {
    throw invalid(at, `${where}.port.protocol ${show(port.protocol)}`, `expected one of ${Object.values(ServiceEntryProtocol).join(', ')}`);
  }
  if (!isIstioLabel(portName(port))) {
    throw invalid(at, `${where}.port.name ${show(port.name)}`, 'expected at most 63 letters, digits and hyphens, with no hyphen at the ends');
  }
}

function checkIngress(context: PolicyContext, ingress: readonly SidecarIngressListener[]): void {
  const { at } = context;
  const ports = new Set<number>();
  ingress.forEach((listener, i) => {
    const where = `ingress[${i}]`;
    if (typeof listener?.port !== 'object' || listener.port === null) throw invalid(at, `${where} without a port`, 'set port to a port of the pods');
    const { port, bind, defaultEndpoint, tls, connectionPool } = listener;
    checkPort(at, `${where}.port.number`, port.number);
    checkListener(at, where, listener);
    if (ports.has(port.number)) throw invalid(at, `${where} with port ${port.number}, which another listener uses`, 'use one listener for each port');
    ports.add(port.number);
    if (bind !== undefined && !isIpAddress(bind)) throw invalid(at, `${where}.bind ${show(bind)}`, 'expected an IP address');
    if (defaultEndpoint !== undefined) checkDefaultEndpoint(at, where, defaultEndpoint);
    if (tls !== undefined) checkTls(context, where, port, tls);
    if (connectionPool !== undefined) {
      checkTrafficPolicy(context, where, { connectionPool });
      if (connectionPool.http !== undefined && port.protocol !== undefined && !HTTP.includes(port.protocol)) {
        throw invalid(at, `${where}.connectionPool.http with protocol ${port.protocol}`, 'Istio applies only connectionPool.tcp to this protocol. Leave http out');
      }
    }
  });
}

function checkTls({ at, release }: PolicyContext, where: string, port: SidecarPort, tls: SidecarServerTls): void {
  release.require(at, `${where}.tls`, '1.13');
  if (port.protocol === undefined || !TLS.includes(port.protocol)) {
    throw invalid(at, `${where}.tls with ${port.protocol === undefined ? 'no protocol' : `protocol ${port.protocol}`}`, 'expected HTTPS or TLS');
  }
  const mode: string = tls.mode ?? 'SIMPLE';
  if (!TLS_MODES.includes(mode)) throw invalid(at, `${where}.tls.mode ${show(mode)}`, `expected one of ${TLS_MODES.join(', ')}`);
  checkServerTls(at, where, { ...tls, mode });
}

function checkDefaultEndpoint(at: IConstruct, where: string, endpoint: string): void {
  const expected = 'expected 127.0.0.1, 0.0.0.0, [::1] or [::] with a port, or unix:// followed by the path of a socket';
  if (typeof endpoint !== 'string') throw invalid(at, `${where}.defaultEndpoint ${show(endpoint)}`, expected);
  if (endpoint.startsWith(UNIX)) {
    if (!/^([/@])(.*[^/])?$/.test(endpoint.slice(UNIX.length)) || endpoint === `${UNIX}/`) throw invalid(at, `${where}.defaultEndpoint ${show(endpoint)}`, expected);
    return;
  }
  const colon = endpoint.lastIndexOf(':');
  const port = endpoint.slice(colon + 1);
  if (!LOOPBACKS.includes(endpoint.slice(0, colon)) || !/^[1-9]\d{0,4}$/.test(port) || Number(port) > 65535) {
    throw invalid(at, `${where}.defaultEndpoint ${show(endpoint)}`, expected);
  }
}

function checkEgress(context: PolicyContext, egress: readonly SidecarEgressListener[]): void {
  const { at } = context;
  const ports = new Set<number>();
  const sockets = new Set<string>();
  egress.forEach((listener, i) => {
    const where = `egress[${i}]`;
    const { port, bind, captureMode, hosts } = listener;
    checkListener(at, where, listener);
    if (port === undefined && i < egress.length - 1) {
      throw invalid(at, `${where} without a port before another listener`, 'only the last listener may have no port, since it is for all other ports. Set its port, or move it to the end');
    }
    if (port?.number === 0) {
      if (bind === undefined || !/^unix:\/\/[/@].*[^/]$/.test(bind)) {
        throw invalid(at, `${where} with port 0 and bind ${show(bind)}`, 'expected unix:// followed by the absolute path of a socket');
      }
      if (captureMode === 'IPTABLES') throw invalid(at, `${where} with a socket and captureMode "IPTABLES"`, 'set DEFAULT or NONE');
      if (sockets.has(bind)) throw invalid(at, `${where} with bind ${show(bind)}, which another listener uses`, 'use one listener for each socket');
      sockets.add(bind);
    } else {
      if (port !== undefined) {
        checkPort(at, `${where}.port.number`, port.number);
        if (ports.has(port.number)) throw invalid(at, `${where} with port ${port.number}, which another listener uses`, 'use one listener for each port');
        ports.add(port.number);
      }
      if (bind !== undefined && !isIpAddress(bind)) {
        throw invalid(at, `${where}.bind ${show(bind)}`, 'expected an IP address, or port 0 and unix:// followed by the path of a socket');
      }
    }
    checkHosts(context, where, hosts);
  });
}

function checkHosts({ at, release }: PolicyContext, where: string, hosts: readonly string[]): void {
  checkTexts(at, `${where}.hosts`, hosts);
  if (hosts.length === 0) throw invalid(at, `${where} without a host`, 'list at least one, such as "./*"');
  for (const host of hosts) checkSidecarHost(at, release, `${where}.hosts`, host);
  const all = new Set(hosts);
  if (all.size !== hosts.length) {
    throw invalid(at, `${where}.hosts with ${show(hosts.find((host, i) => hosts.indexOf(host) !== i))} twice`, 'list each host once');
  }
  const included = hosts.filter((host) => !isExclusion(host));
  if (included.length === 0) {
    throw invalid(at, `${where}.hosts with exclusions only`, 'add the hosts from which they are excluded, such as "*/*"');
  }
  if (all.has('*/*') && included.length > 1) throw invalid(at, `${where}.hosts with "*/*" and others`, '"*/*" includes all hosts. List it alone');
  for (const host of hosts) {
    const wide = `${host.slice(0, host.indexOf('/'))}/*`;
    if (host !== wide && all.has(wide)) throw invalid(at, `${where}.hosts with ${show(host)} and ${show(wide)}`, 'the second covers the first. Leave one of them out');
  }
}

/**
 * Whether an entry of a Sidecar excludes hosts from the others: `~` followed by a namespace, or only `~` for all namespaces. `~/*` is not
 * an exclusion: it means no host.
 *
 * @internal
 */
export function isExclusion(host: string): boolean {
  return host.startsWith('~') && host !== '~/*';
}

/**
 * Checks a host entry of a Sidecar.
 *
 * @internal
 */
export function checkSidecarHost(at: IConstruct, release: IstioRelease, what: string, host: string): void {
  const slash = host.indexOf('/');
  const [namespace, name] = [host.slice(0, slash).replace(/^~(?=.)/, ''), host.slice(slash + 1)];
  const named = name === '*' || (isWildcardDomain(name) && name.includes('.') && (!name.startsWith('*') || name.startsWith('*.')));
  if (slash < 0 || !(['*', '.', '~'].includes(namespace) || isIstioLabel(namespace)) || !named) {
    throw invalid(at, `${what} ${show(host)}`,
      'expected a namespace, "." or "*", followed by a slash and "*" or a full DNS name, such as "models/iris.models.svc.cluster.local"');
  }
  if (isExclusion(host)) release.require(at, `${what} ${show(host)}`, '1.31');
}
