import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { FieldPath, isObject, JsonObject, listOf, stringOf } from '../../cluster/json';
import { delegateOf, isDelegate, mergedRule } from '../../cluster/routing/delegates';
import { isVisibleIn } from '../../cluster/visibility';
import { groupBy } from '../../plan/groups';
import { NearNames } from '../../plan/near-names';
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
A rule can delegate to another VirtualService. That one must have no hosts, and must not delegate itself: Istio rejects a delegate with a delegate of its
own, also in a cycle, and ignores one that does not exist or that \`exportTo\` hides. A rule of the delegate whose match does not lie within that of
the rule that refers to it is dropped. Requests of these rules then get 404.`,
    wrong: example('  hosts: [models.example.com]\n'),
    right: example(''),
  },
  check: (cluster: Cluster) => [...droppedIn(cluster), ...unusedRules(cluster)],
};

/** A delegate, with the rule that refers to it. */
interface Reference {
  readonly object: ClusterObject;
  readonly field: FieldPath;
  readonly rule: JsonObject;
  readonly namespace: string;
  readonly name: string;
}

function referencesIn(cluster: Cluster): Reference[] {
  return cluster.all(ClusterKind.VIRTUAL_SERVICE).flatMap((object) => listOf(object.spec.http).flatMap((rule, i): Reference[] => {
    if (!isObject(rule) || !isObject(rule.delegate)) return [];
    const { name, namespace } = rule.delegate;
    return [{ object, field: ['spec', 'http', i, 'delegate'], rule, namespace: stringOf(namespace) || object.namespace, name: stringOf(name) ?? '' }];
  }));
}

function droppedIn(cluster: Cluster): Problem[] {
  const references = referencesIn(cluster);
  if (references.length === 0) return [];
  const delegates = cluster.all(ClusterKind.VIRTUAL_SERVICE).filter(isDelegate);
  const [byNamespace, byName] = [groupBy(delegates, ({ namespace }) => namespace), groupBy(delegates, ({ name }) => name)];
  const names = NearNames.ofGroups(byNamespace);
  return references.flatMap((reference) => {
    const found = cluster.find(ClusterKind.VIRTUAL_SERVICE, reference.namespace, reference.name);
    const problem = found === undefined
      ? missing(cluster, reference, names.get(reference.namespace), byName.get(reference.name)?.[0])
      : unused(reference, found);
    return problem === undefined ? [] : [{ object: reference.object, field: reference.field, ...problem }];
  });
}

type Dropped = Pick<Problem, 'problem' | 'remedy' | 'level' | 'related'>;

/** Another repository may define it, so this is no error. */
function missing(
  cluster: Cluster, { object, namespace, name }: Reference, others: NearNames | undefined, namesake: ClusterObject | undefined,
): Dropped | undefined {
  if (isDelegate(object)) return delegateOfDelegate(object, namespace, name);
  const near = others?.find(name);
  const meant = namesake ?? (near === undefined ? undefined : cluster.find(ClusterKind.VIRTUAL_SERVICE, namespace, near));
  if (meant === undefined && others === undefined) return undefined;
  return {
    level: Level.WARNING,
    problem: `the delegate ${namespace}/${name} is not among the VirtualServices of namespace ${namespace}`,
    remedy: `${meant === undefined ? 'create it' : `create it, or check whether ${meant.namespace}/${meant.name} is intended`}. Without it requests of the rule get 404`,
    related: meant === undefined ? [] : [{ object: meant }],
  };
}

function delegateOfDelegate(object: ClusterObject, namespace: string, name: string): Dropped {
  return {
    problem: `${object} has no hosts, so it is a delegate itself, and Istio rejects a delegate with a delegate of its own, ${namespace}/${name}`,
    remedy: 'write the rules of both into one delegate',
  };
}

function unused({ object, rule, namespace, name }: Reference, found: ClusterObject): Dropped | undefined {
  if (isDelegate(object)) return delegateOfDelegate(object, namespace, name);
  if (!isDelegate(found)) {
    return {
      related: [{ object: found, field: ['spec', 'hosts'] }],
      problem: `Istio ignores the delegate ${namespace}/${name}, since it has hosts`,
      remedy: 'remove the hosts of the delegate, which has those of the VirtualService that refers to it',
    };
  }
  if (!isVisibleIn(found, object.namespace)) {
    return {
      related: [{ object: found, field: ['spec', 'exportTo'] }],
      problem: `Istio ignores the delegate ${namespace}/${name}, since its exportTo does not include namespace ${object.namespace}, so requests of the rule get 404`,
      remedy: `add ${object.namespace} to the exportTo of the delegate`,
    };
  }
  const inner = listOf(found.spec.http).filter(isObject);
  if (inner.length === 0 || inner.some((each) => mergedRule(rule, each).length > 0)) return undefined;
  return {
    related: [{ object: found, field: ['spec', 'http'] }],
    problem: `no rule of the delegate ${namespace}/${name} lies within the match of the rule, so Istio drops all of them and requests of the rule get 404`,
    remedy: 'repeat the match of the rule in the delegate, with a longer path if needed, or remove the matches of the delegate',
  };
}

/** Rules of delegates that lie within no rule that refers to these, although others of the same delegate do. */
function unusedRules(cluster: Cluster): Problem[] {
  const roots = referencesIn(cluster).flatMap(({ object, rule }) => {
    const delegate = isDelegate(object) ? undefined : delegateOf(cluster, object, rule);
    return delegate === undefined ? [] : [{ object, rule, delegate }];
  });
  return [...groupBy(roots, ({ delegate }) => delegate)].flatMap(([delegate, references]) => {
    const rules = listOf(delegate.spec.http);
    const isUsed = (inner: unknown) => isObject(inner) && references.some(({ rule }) => mergedRule(rule, inner).length > 0);
    if (!rules.some(isUsed)) return [];
    return rules.flatMap((inner, j): Problem[] => (!isObject(inner) || isUsed(inner) ? [] : [{
      object: delegate,
      field: ['spec', 'http', j],
      level: Level.WARNING,
      problem: `Istio drops the rule, since a match of it does not lie within that of the rule of ${references[0].object} that delegates here`,
      remedy: 'repeat the match of that rule here, with a longer path if needed, or remove the rule',
      related: [{ object: references[0].object }],
    }]));
  });
}
