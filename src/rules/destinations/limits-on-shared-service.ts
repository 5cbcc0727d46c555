import { Cluster } from '../../cluster/cluster';
import { DestinationRules, DestinationRuleView } from '../../cluster/destination-rules';
import { FieldPath, isObject, JsonObject, listOf, objectOf } from '../../cluster/json';
import { Services } from '../../cluster/services';
import { CORE2_SERVICE } from '../../plan/core2-service';
import { Level, Problem, Rule } from '../rule';

/** The fields of connection pools that limit how many requests or connections there are. */
const LIMITS: { readonly [protocol: string]: readonly string[] } = {
  tcp: ['maxConnections'],
  http: ['http1MaxPendingRequests', 'http2MaxRequests', 'maxRetries', 'maxConcurrentStreams'],
};

/**
 * Limits by which one model of Seldon Core 2 makes all others unavailable.
 *
 * @internal
 */
export const limitsOnSharedService: Rule = {
  id: 'limits-on-shared-service',
  level: Level.WARNING,
  title: 'Limits apply to the Service that all models of Seldon Core 2 share',
  page: {
    explanation: 'All models, pipelines and experiments of Seldon Core 2 in a namespace share the Service `seldon-mesh` and its pods. A DestinationRule cannot '
      + 'distinguish them, so with outlier detection the errors of one model eject the pods of all, and the requests of one model use up a connection pool of all. '
      + 'Set timeouts and retries in the routes of a model instead.',
    wrong: `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: seldon-mesh, namespace: models}
spec:
  host: seldon-mesh
  trafficPolicy:
    outlierDetection: {consecutive5xxErrors: 5, interval: 10s, baseEjectionTime: 30s}
`,
    right: `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: seldon-mesh, namespace: models}
spec:
  host: seldon-mesh
  trafficPolicy:
    connectionPool: {http: {h2UpgradePolicy: UPGRADE}}
`,
  },
  check: findLimits,
};

function findLimits(cluster: Cluster): Problem[] {
  const services = Services.of(cluster);
  return DestinationRules.of(cluster).all.filter(({ host }) => services.nameOf(host)?.name === CORE2_SERVICE).flatMap((rule) => {
    const { trafficPolicy, subsets } = rule.object.spec;
    return [
      ...limitsIn(rule, trafficPolicy, ['spec', 'trafficPolicy']),
      ...listOf(subsets).flatMap((subset, i) => limitsIn(rule, objectOf(subset).trafficPolicy, ['spec', 'subsets', i, 'trafficPolicy'])),
    ];
  });
}

function limitsIn(rule: DestinationRuleView, policy: unknown, field: FieldPath): Problem[] {
  const own = objectOf(policy);
  return [
    ...limit(rule, own, field),
    ...listOf(own.portLevelSettings).flatMap((settings, i) => limit(rule, objectOf(settings), [...field, 'portLevelSettings', i])),
  ];
}

function limit({ object, host }: DestinationRuleView, { outlierDetection, connectionPool }: JsonObject, field: FieldPath): Problem[] {
  const remedy = 'remove it, and set timeouts and retries in the routes of the models instead';
  const pool = objectOf(connectionPool);
  const limited = Object.entries(LIMITS).flatMap(([protocol, names]) => names.map((name) => [protocol, name]))
    .find(([protocol, name]) => objectOf(pool[protocol])[name] !== undefined);
  return [
    ...isObject(outlierDetection) ? [{
      object,
      field: [...field, 'outlierDetection'],
      problem: `${object} has outlierDetection for host ${host}, so the errors of one model eject the pods of all models of Seldon Core 2 in the namespace`,
      remedy,
    }] : [],
    ...limited === undefined ? [] : [{
      object,
      field: [...field, 'connectionPool', ...limited],
      problem: `${object} limits ${limited[1]} for host ${host}, so the requests of one model use up the limit of all models of Seldon Core 2 in the namespace`,
      remedy,
    }],
  ];
}
