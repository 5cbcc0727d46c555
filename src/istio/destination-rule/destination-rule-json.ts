import { DestinationRuleProps, Subset } from './destination-rule-props';
import { HashCookie } from './hash-key';
import { ConsistentHash, LocalityLoadBalancing } from './load-balancer';
import { ClientTls, ConnectionPool, LoadBalancer, OutlierDetection, PortTrafficPolicy, TrafficPolicy } from './traffic-policy';
import {
  DestinationRuleSpec, DestinationRuleSpecSubsets, DestinationRuleSpecTrafficPolicy, DestinationRuleSpecTrafficPolicyConnectionPool,
  DestinationRuleSpecTrafficPolicyLoadBalancer, DestinationRuleSpecTrafficPolicyOutlierDetection, DestinationRuleSpecTrafficPolicyTls,
  toJson_DestinationRuleSpec,
} from '../../../imports/networking.istio.io';
import { fieldPaths, keepNewerFields } from '../../mesh/newer-fields';
import { formatDuration } from '../../plan/checks/checks';
import { writtenAttributes } from '../../plan/checks/cookie-attributes';

const NEWER_FIELDS = fieldPaths(...['', 'subsets[].'].flatMap((of) => ['', 'portLevelSettings[].'].flatMap((part) => [
  `${of}trafficPolicy.${part}loadBalancer.zoneAwareLbSetting`, `${of}trafficPolicy.${part}connectionPool.http.http2KeepAlive`,
])));

/**
 * Writes the spec of a DestinationRule.
 *
 * @param props Its properties, of which the subsets are ignored.
 * @param subsets All subsets.
 * @internal
 */
export function toDestinationRuleSpec(props: DestinationRuleProps, subsets: readonly Subset[]): unknown {
  const { host, trafficPolicy, exportTo, workloadSelector } = props;
  const spec = {
    host,
    subsets: subsets.length === 0 ? undefined : subsets.map(toSubset),
    trafficPolicy: trafficPolicy && toTrafficPolicy(trafficPolicy),
    exportTo,
    workloadSelector: workloadSelector && { matchLabels: workloadSelector },
  };
  return keepNewerFields(toJson_DestinationRuleSpec(spec as DestinationRuleSpec), spec, NEWER_FIELDS);
}

/** The generated types contain the whole policy twice, each with separate enums. */
function toSubset({ name, labels, trafficPolicy }: Subset): DestinationRuleSpecSubsets {
  return { name, labels, trafficPolicy: (trafficPolicy && toTrafficPolicy(trafficPolicy)) as DestinationRuleSpecSubsets['trafficPolicy'] };
}

/**
 * Writes the traffic policy of a host or a subset.
 *
 * @internal
 */
export function toTrafficPolicy(policy: TrafficPolicy): DestinationRuleSpecTrafficPolicy {
  const { portLevelSettings, tunnel, proxyProtocol, retryBudget } = policy;
  return {
    ...toCommon(policy),
    portLevelSettings: portLevelSettings?.map((settings) => ({ port: { number: settings.port }, ...toCommon(settings) })),
    tunnel,
    proxyProtocol: proxyProtocol && { version: proxyProtocol },
    retryBudget,
  } as DestinationRuleSpecTrafficPolicy;
}

function toCommon(policy: Omit<PortTrafficPolicy, 'port'>): Pick<DestinationRuleSpecTrafficPolicy, keyof typeof policy> {
  const { loadBalancer, connectionPool, outlierDetection, tls } = policy;
  return {
    loadBalancer: loadBalancer && toLoadBalancer(loadBalancer),
    connectionPool: connectionPool && toConnectionPool(connectionPool),
    outlierDetection: outlierDetection && toOutlierDetection(outlierDetection),
    tls: tls && toTls(tls),
  };
}

function toLoadBalancer({ simple, consistentHash, locality, zoneAware, warmup }: LoadBalancer): DestinationRuleSpecTrafficPolicyLoadBalancer {
  return {
    ...zoneAware && { zoneAwareLbSetting: { ...zoneAware } },
    simple: simple as string as DestinationRuleSpecTrafficPolicyLoadBalancer['simple'],
    consistentHash: consistentHash && toConsistentHash(consistentHash),
    localityLbSetting: locality && toLocality(locality),
    warmup: warmup && { ...warmup, duration: formatDuration(warmup.duration) },
  };
}

function toConsistentHash(hash: ConsistentHash): DestinationRuleSpecTrafficPolicyLoadBalancer['consistentHash'] {
  const { key: { _header, _cookie, _queryParameter }, ringHashMinimumSize, maglevTableSize } = hash;
  const sourceIp = _header === undefined && _cookie === undefined && _queryParameter === undefined;
  return {
    httpHeaderName: _header,
    httpCookie: _cookie && toCookie(_cookie),
    httpQueryParameterName: _queryParameter,
    useSourceIp: sourceIp ? true : undefined,
    ringHash: ringHashMinimumSize === undefined ? undefined : { minimumRingSize: ringHashMinimumSize },
    maglev: maglevTableSize === undefined ? undefined : { tableSize: maglevTableSize },
  };
}

function toCookie(cookie: HashCookie): NonNullable<DestinationRuleSpecTrafficPolicyLoadBalancer['consistentHash']>['httpCookie'] {
  const { name, path, ttl, attributes } = cookie;
  const written = writtenAttributes(cookie);
  return { name, path, ttl: ttl && formatDuration(ttl), attributes: written.length === 0 ? attributes : [...written, ...attributes ?? []] };
}

function toLocality(locality: LocalityLoadBalancing): DestinationRuleSpecTrafficPolicyLoadBalancer['localityLbSetting'] {
  const { enabled, distribute, failover, failoverPriority } = locality;
  return { enabled, distribute, failover, failoverPriority };
}

function toConnectionPool({ tcp, http }: ConnectionPool): DestinationRuleSpecTrafficPolicyConnectionPool {
  return {
    tcp: tcp && {
      maxConnections: tcp.maxConnections,
      connectTimeout: tcp.connectTimeout && formatDuration(tcp.connectTimeout),
      tcpKeepalive: tcp.tcpKeepalive && {
        probes: tcp.tcpKeepalive.probes,
        time: tcp.tcpKeepalive.time && formatDuration(tcp.tcpKeepalive.time),
        interval: tcp.tcpKeepalive.interval && formatDuration(tcp.tcpKeepalive.interval),
      },
      maxConnectionDuration: tcp.maxConnectionDuration && formatDuration(tcp.maxConnectionDuration),
      idleTimeout: tcp.idleTimeout && formatDuration(tcp.idleTimeout),
    },
    http: http && {
      http1MaxPendingRequests: http.http1MaxPendingRequests,
      http2MaxRequests: http.http2MaxRequests,
      maxRequestsPerConnection: http.maxRequestsPerConnection,
      maxRetries: http.maxRetries,
      idleTimeout: http.idleTimeout && formatDuration(http.idleTimeout),
      h2UpgradePolicy: http.h2UpgradePolicy as string as NonNullable<DestinationRuleSpecTrafficPolicyConnectionPool['http']>['h2UpgradePolicy'],
      useClientProtocol: http.useClientProtocol,
      maxConcurrentStreams: http.maxConcurrentStreams,
      ...http.http2KeepAlive && {
        http2KeepAlive: { interval: formatDuration(http.http2KeepAlive.interval), timeout: formatDuration(http.http2KeepAlive.timeout) },
      },
    },
  };
}

function toOutlierDetection(detection: OutlierDetection): DestinationRuleSpecTrafficPolicyOutlierDetection {
  return {
    consecutive5XxErrors: detection.consecutive5xxErrors,
    consecutiveGatewayErrors: detection.consecutiveGatewayErrors,
    consecutiveLocalOriginFailures: detection.consecutiveLocalOriginFailures,
    splitExternalLocalOriginErrors: detection.splitExternalLocalOriginErrors,
    interval: detection.interval && formatDuration(detection.interval),
    baseEjectionTime: detection.baseEjectionTime && formatDuration(detection.baseEjectionTime),
    maxEjectionPercent: detection.maxEjectionPercent,
    minHealthPercent: detection.minHealthPercent,
  };
}

function toTls(tls: ClientTls): DestinationRuleSpecTrafficPolicyTls {
  return { ...tls, mode: tls.mode as string as DestinationRuleSpecTrafficPolicyTls['mode'] };
}
