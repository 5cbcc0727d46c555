import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { isObject, JsonObject, listOf, objectOf, stringOf } from '../../cluster/json';
import { isDelegate } from '../../cluster/routing/delegates';
import { Level } from '../level';
import { Problem, Rule } from '../rule';

const example = (delegateSpec: string) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: models, namespace: models }
spec:
  hosts: [models.example.com]
  gateways: [istio-system/gateway]
  http:
    - match: [{ uri: { prefix: /v2/models/iris/ } }]
      delegate: { name: iris }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: iris, namespace: models }
spec:
${delegateSpec}  http:
    - route: [{ destination: { host: iris, port: { number: 8080 } } }]
`;

/** A delegate that Istio does not use. */
export const droppedDelegate: Rule = {
  id: 'dropped-delegate',
  level: Level.ERROR,
  title: 'A delegate that Istio does not use',
  page: {
    explanation: `
A rule can delegate to another VirtualService. That one must have no hosts, and must not delegate itself: a delegate of a delegate, also in
a cycle, is ignored. Requests of the rule then get 404.`,
    wrong: example('  hosts: [models.example.com]\n'),
    right: example(''),
  },
  check: (cluster: Cluster) => cluster.all(ClusterKind.VIRTUAL_SERVICE).flatMap((object) => listOf(object.spec.http).flatMap((rule, i) => (
    isObject(rule) && isObject(rule.delegate)
      ? problemsOf(cluster, object, rule).map((problem) => ({ ...problem, object, field: ['spec', 'http', i, 'delegate'] })) : []
  ))),
};

function problemsOf(cluster: Cluster, object: ClusterObject, rule: JsonObject): Pick<Problem, 'problem' | 'remedy' | 'level' | 'related'>[] {
  const { name, namespace } = objectOf(rule.delegate);
  const key = `${stringOf(namespace) ?? object.namespace}/${stringOf(name) ?? ''}`;
  if (isDelegate(object)) {
    return [{
      problem: `${object} has no hosts, so it is a delegate itself, and Istio ignores its delegate ${key}`,
      remedy: 'write the rules of both into one delegate',
    }];
  }
  const found = cluster.find(ClusterKind.VIRTUAL_SERVICE, stringOf(namespace) ?? object.namespace, stringOf(name) ?? '');
  if (found !== undefined && !isDelegate(found)) {
    return [{
      related: [{ object: found, field: ['spec', 'hosts'] }],
      problem: `Istio ignores the delegate ${key}, since it has hosts`,
      remedy: 'remove the hosts of the delegate, which has those of the VirtualService that refers to it',
    }];
  }
  return [];
}
