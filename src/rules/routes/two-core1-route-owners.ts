import { levelOf } from './overlap-level';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { Origin } from '../../cluster/origin';
import { operatorVirtualServices } from '../../cluster/routing/operator-virtual-services';
import { overlappingRules } from '../../cluster/routing/overlapping-rules';
import { virtualHostsWithOperator } from '../../cluster/routing/virtual-hosts';
import { groupBy } from '../../plan/groups';
import { Level } from '../level';
import { Problem, Rule } from '../rule';

const example = (annotations: string) => `apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata: { name: iris, namespace: models }
spec:
${annotations}  predictors:
    - { name: stable, replicas: 1, traffic: 90, graph: { name: iris, implementation: SKLEARN_SERVER, modelUri: gs://models/iris-1 } }
    - { name: canary, replicas: 1, traffic: 10, graph: { name: iris, implementation: SKLEARN_SERVER, modelUri: gs://models/iris-2 } }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: iris-routes, namespace: models }
spec:
  hosts: ["*"]
  gateways: [istio-system/seldon-gateway]
  http:
    - match: [{ uri: { prefix: /seldon/models/iris/ } }]
      rewrite: { uri: / }
      route:
        - { destination: { host: iris-stable.models.svc.cluster.local, port: { number: 8000 } }, weight: 50 }
        - { destination: { host: iris-canary.models.svc.cluster.local, port: { number: 8000 } }, weight: 50 }
`;

/** A VirtualService for requests that Seldon Core 1's operator routes as well. */
export const twoCore1RouteOwners: Rule = {
  id: 'two-core1-route-owners',
  level: Level.WARNING,
  title: 'Seldon Core 1\'s operator may route the same requests',
  page: {
    explanation: `
If the operator's setting for Istio is on, it writes a VirtualService for each SeldonDeployment. Another one for the same requests competes
with it, and the older of the two answers. Disable the operator's one by a host that no request has, or state who writes the routes: with
\`core1Routes: library\` in the configuration the rule is silent, and with \`core1Routes: operator\` the conflict is an error
(\`overlapping-endpoints\`). In an app, \`Mesh.configure\` has \`operatorIstio\` for that.`,
    wrong: example(''),
    right: example('  annotations: { seldon.io/istio-host: iris.operator.invalid }\n'),
  },
  check: (cluster: Cluster) => (
    cluster.settings.core1Routes === undefined && cluster.all(ClusterKind.SELDON_DEPLOYMENT).length > 0 ? problemsOf(cluster) : []
  ),
};

function problemsOf(cluster: Cluster): Problem[] {
  const ofOperator = new Set(cluster.derived(operatorVirtualServices));
  const found = new Map<string, Problem>();
  for (const { host, gateway, rules } of cluster.derived(virtualHostsWithOperator)) {
    if (new Set(rules.map(({ virtualService }) => ofOperator.has(virtualService))).size < 2) continue;
    for (const pair of overlappingRules(cluster, rules)) {
      const { first, second } = pair;
      if (ofOperator.has(first.virtualService) === ofOperator.has(second.virtualService)) continue;
      if (first.isCatchAll !== second.isCatchAll || levelOf(pair) === Level.INFO) continue;
      const [operators, other] = ofOperator.has(first.virtualService) ? [first, second] : [second, first];
      const problem = `${other.virtualService} and ${operators.virtualService} match the same requests on host "${host}" of gateway ${gateway}, `
        + 'and the older of the two answers';
      const at = { object: other.object, field: other.field, related: relatedTo(cluster, operators.virtualService) };
      found.set(`${other.virtualService} ${operators.virtualService}`, { ...at, problem, remedy: REMEDY });
    }
  }
  return [...found.values()];
}

const REMEDY = 'disable the operator\'s one by the annotation seldon.io/istio-host with a host that no request has, or set who writes the routes: '
  + 'core1Routes in seldon-istio.yaml, or operatorIstio of Mesh.configure';

/** The SeldonDeployment for which the operator writes a VirtualService. */
function relatedTo(cluster: Cluster, { origin, namespace }: ClusterObject): Problem['related'] {
  const deployment = (cluster.derived(deploymentsByOrigin).get(origin) ?? []).find((each) => each.namespace === namespace);
  return deployment === undefined ? [] : [{ object: deployment }];
}

function deploymentsByOrigin(cluster: Cluster): ReadonlyMap<Origin, readonly ClusterObject[]> {
  return groupBy(cluster.all(ClusterKind.SELDON_DEPLOYMENT), ({ origin }) => origin);
}
