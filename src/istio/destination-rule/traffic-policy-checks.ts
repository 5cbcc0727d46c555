import { IConstruct } from 'constructs';
import { checkClientTls } from './client-tls-checks';
import { checkLoadBalancer } from './load-balancer-checks';
import { ConnectionPool, H2UpgradePolicy, Http2KeepAlive, OutlierDetection, PortTrafficPolicy, TrafficPolicy } from './traffic-policy';
import { IstioRelease } from '../../mesh/release';
import { checkDuration, checkInt32, checkInteger, checkIsDuration, checkPercent, checkPort, checkUint32, isIpAddress } from '../../plan/checks/checks';
import { invalid, show } from '../../plan/checks/errors';
import { checkList, checkObject } from '../../plan/checks/type-checks';
import { checkDurationOrZero } from '../common/duration-checks';
import { isDomain } from '../common/names';

const MAX_PORT_SETTINGS = 4096;

/**
 * The object of a policy, for the checks of the policy.
 *
 * @internal
 */
export interface PolicyContext {
  /** The construct for error messages. */
  readonly at: IConstruct;
  /** Istio's release. */
  readonly release: IstioRelease;
  /** Namespace of the rule; undefined when it is not specified. */
  readonly namespace: string | undefined;
}

/**
 * Checks the traffic policy of a host or a subset.
 *
 * @internal
 */
export function checkTrafficPolicy(context: PolicyContext, where: string, policy: TrafficPolicy): void {
  const { at, release } = context;
  const { portLevelSettings = [], tunnel, proxyProtocol, retryBudget } = policy;
  checkObject(at, where, undefined, policy, 'an object');
  checkList(at, `${where}.portLevelSettings`, portLevelSettings, 'settings with a port');
  checkObjects(at, where, { tunnel, retryBudget });
  const special = portLevelSettings.length > 0 || tunnel !== undefined || proxyProtocol !== undefined || retryBudget !== undefined;
  if (!special && !hasCommon(policy)) throw invalid(at, `${where} without settings`, 'set at least one field, or leave it out');
  checkCommon(context, where, policy);
  if (portLevelSettings.length > MAX_PORT_SETTINGS) {
    throw invalid(at, `${where}.portLevelSettings with ${portLevelSettings.length} entries`, `expected at most ${MAX_PORT_SETTINGS}`);
  }
  const ports = new Set<number>();
  portLevelSettings.forEach((settings, i) => {
    const here = `${where}.portLevelSettings[${i}]`;
    checkObject(at, here, undefined, settings, 'an object with a port');
    checkPort(at, `${here}.port`, settings.port);
    if (ports.has(settings.port)) {
      throw invalid(at, `${here} for port ${settings.port}, which already has settings`, 'Istio applies only the first ones. Put all settings of a port into one entry');
    }
    ports.add(settings.port);
    if (!hasCommon(settings)) throw invalid(at, `${here} without settings for port ${settings.port}`, 'set at least one more field');
    checkCommon(context, here, settings);
  });
  if (tunnel !== undefined) {
    if (proxyProtocol !== undefined) throw invalid(at, `${where} has tunnel and proxyProtocol`, 'set one of the two');
    release.require(at, `${where}.tunnel`, '1.14');
    if (!isDomain(tunnel.targetHost) && !isIpAddress(tunnel.targetHost)) {
      throw invalid(at, `${where}.tunnel.targetHost ${show(tunnel.targetHost)}`, 'expected a DNS name without a wildcard, or an IP address');
    }
    checkPort(at, `${where}.tunnel.targetPort`, tunnel.targetPort);
  }
  if (proxyProtocol !== undefined) release.require(at, `${where}.proxyProtocol`, '1.21');
  if (retryBudget !== undefined) {
    release.require(at, `${where}.retryBudget`, '1.27');
    if (retryBudget.percent !== undefined) checkPercent(at, `${where}.retryBudget.percent`, retryBudget.percent);
    checkUint32(at, `${where}.retryBudget.minRetryConcurrency`, retryBudget.minRetryConcurrency);
  }
}

/** Fields that can be set both for one port and for all. */
type CommonPolicy = Omit<PortTrafficPolicy, 'port'>;

function hasCommon({ loadBalancer, connectionPool, outlierDetection, tls }: CommonPolicy): boolean {
  return loadBalancer !== undefined || connectionPool !== undefined || outlierDetection !== undefined || tls !== undefined;
}

function checkCommon({ at, release, namespace }: PolicyContext, where: string, policy: CommonPolicy): void {
  const { loadBalancer, connectionPool, outlierDetection, tls } = policy;
  checkObjects(at, where, { loadBalancer, connectionPool, outlierDetection, tls });
  if (loadBalancer !== undefined) checkLoadBalancer(at, release, `${where}.loadBalancer`, loadBalancer);
  if (connectionPool !== undefined) checkConnectionPool(at, release, `${where}.connectionPool`, connectionPool);
  if (outlierDetection !== undefined) checkOutlierDetection(at, release, `${where}.outlierDetection`, outlierDetection);
  if (tls !== undefined) checkClientTls(at, release, namespace, `${where}.tls`, tls);
}

/** Checks the parts of an object that are objects themselves. */
function checkObjects(at: IConstruct, where: string, parts: { readonly [name: string]: object | undefined }): void {
  for (const name of Object.keys(parts)) checkObject(at, `${where}.${name}`, undefined, parts[name], 'an object');
}

function checkConnectionPool(at: IConstruct, release: IstioRelease, where: string, { tcp, http }: ConnectionPool): void {
  if (tcp === undefined && http === undefined) throw invalid(at, `${where} without settings`, 'set tcp or http, or leave it out');
  checkObjects(at, where, { tcp, http });
  if (tcp !== undefined) {
    checkObjects(at, `${where}.tcp`, { tcpKeepalive: tcp.tcpKeepalive });
    checkInt32(at, `${where}.tcp.maxConnections`, tcp.maxConnections);
    checkDuration(at, `${where}.tcp.connectTimeout`, tcp.connectTimeout);
    checkDuration(at, `${where}.tcp.maxConnectionDuration`, tcp.maxConnectionDuration);
    checkUint32(at, `${where}.tcp.tcpKeepalive.probes`, tcp.tcpKeepalive?.probes);
    checkDuration(at, `${where}.tcp.tcpKeepalive.time`, tcp.tcpKeepalive?.time);
    checkDuration(at, `${where}.tcp.tcpKeepalive.interval`, tcp.tcpKeepalive?.interval);
    if (tcp.idleTimeout !== undefined) checkDurationOrZero(at, `${where}.tcp.idleTimeout`, tcp.idleTimeout);
    if (tcp.maxConnectionDuration !== undefined) release.require(at, `${where}.tcp.maxConnectionDuration`, '1.15');
    if (tcp.idleTimeout !== undefined) release.require(at, `${where}.tcp.idleTimeout`, '1.21');
  }
  if (http !== undefined) {
    checkInt32(at, `${where}.http.http1MaxPendingRequests`, http.http1MaxPendingRequests);
    checkInt32(at, `${where}.http.http2MaxRequests`, http.http2MaxRequests);
    checkInt32(at, `${where}.http.maxRequestsPerConnection`, http.maxRequestsPerConnection);
    checkInt32(at, `${where}.http.maxRetries`, http.maxRetries);
    checkInt32(at, `${where}.http.maxConcurrentStreams`, http.maxConcurrentStreams);
    checkDuration(at, `${where}.http.idleTimeout`, http.idleTimeout);
    if (http.h2UpgradePolicy === H2UpgradePolicy.UPGRADE && http.useClientProtocol === true) {
      throw invalid(at, `${where}.http has h2UpgradePolicy "UPGRADE" and useClientProtocol`, 'set one of the two');
    }
    if (http.maxConcurrentStreams !== undefined) release.require(at, `${where}.http.maxConcurrentStreams`, '1.21');
    if (http.http2KeepAlive !== undefined) checkKeepAlive(at, release, `${where}.http.http2KeepAlive`, http.http2KeepAlive);
  }
}

function checkKeepAlive(at: IConstruct, release: IstioRelease, where: string, keepAlive: Http2KeepAlive): void {
  release.require(at, where, '1.31');
  checkObject(at, where, undefined, keepAlive, 'an object with interval and timeout');
  for (const [name, value] of Object.entries({ interval: keepAlive.interval, timeout: keepAlive.timeout })) {
    checkIsDuration(at, `${where}.${name}`, value);
    checkDuration(at, `${where}.${name}`, value);
  }
}

function checkOutlierDetection(at: IConstruct, release: IstioRelease, where: string, detection: OutlierDetection): void {
  const { consecutiveLocalOriginFailures, splitExternalLocalOriginErrors, maxEjectionPercent, minHealthPercent } = detection;
  checkUint32(at, `${where}.consecutive5xxErrors`, detection.consecutive5xxErrors);
  checkUint32(at, `${where}.consecutiveGatewayErrors`, detection.consecutiveGatewayErrors);
  checkUint32(at, `${where}.consecutiveLocalOriginFailures`, consecutiveLocalOriginFailures);
  checkDuration(at, `${where}.interval`, detection.interval);
  checkDuration(at, `${where}.baseEjectionTime`, detection.baseEjectionTime);
  if (maxEjectionPercent !== undefined) checkInteger(at, `${where}.maxEjectionPercent`, maxEjectionPercent, 0, 100);
  if (minHealthPercent !== undefined) checkInteger(at, `${where}.minHealthPercent`, minHealthPercent, 0, 100);
  if (consecutiveLocalOriginFailures && splitExternalLocalOriginErrors !== true) {
    throw invalid(at, `${where}.consecutiveLocalOriginFailures ${consecutiveLocalOriginFailures} without splitExternalLocalOriginErrors`,
      'these failures are counted separately only with splitExternalLocalOriginErrors. Set it to true');
  }
  if (consecutiveLocalOriginFailures !== undefined) release.require(at, `${where}.consecutiveLocalOriginFailures`, '1.11');
  if (splitExternalLocalOriginErrors !== undefined) release.require(at, `${where}.splitExternalLocalOriginErrors`, '1.11');
}
