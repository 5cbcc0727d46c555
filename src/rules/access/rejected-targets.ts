import { ClusterObject } from '../../cluster/cluster-object';
import { FieldPath, isObject, listOf, objectOf, stringOf } from '../../cluster/json';
import { targetOf } from '../../cluster/policies';
import { show } from '../../plan/checks/errors';

/**
 * Why istiod or the API server rejects a policy.
 *
 * @internal
 */
export interface Rejection {
  /** The field. */
  readonly field: FieldPath;
  /** What is wrong. */
  readonly problem: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** The kinds that policies can refer to, with their groups. */
const TARGETS: readonly (readonly [string, string])[] = [
  ['', 'Service'],
  ['networking.istio.io', 'ServiceEntry'],
  ['gateway.networking.k8s.io', 'Gateway'],
  ['gateway.networking.k8s.io', 'GatewayClass'],
];

/**
 * Why istiod rejects the selector or the references of a policy.
 *
 * @internal
 */
export function rejectedTargets(object: ClusterObject): Rejection[] {
  const { spec } = object;
  const { refs } = targetOf(object);
  const found: Rejection[] = [];
  const written = ['selector', 'targetRef', 'targetRefs'].filter((field) => (field === 'targetRefs' ? listOf(spec[field]).length > 0 : isObject(spec[field])));
  if (written.length > 1) found.push({ field: ['spec', written[1]], problem: `the policy has both ${written.join(' and ')}`, remedy: 'leave one of them out' });
  for (const [label, value] of Object.entries(objectOf(objectOf(spec.selector).matchLabels))) {
    if (!label.includes('*') && !(typeof value === 'string' && value.includes('*'))) continue;
    found.push({ field: ['spec', 'selector', 'matchLabels', label], problem: `the selector has a wildcard in ${show(`${label}=${String(value)}`)}`, remedy: 'write the label in full' });
  }
  return [...found, ...refs.flatMap((ref): Rejection[] => {
    const problems: Rejection[] = [];
    if (stringOf(objectOf(fieldOf(spec, ref.field)).namespace) !== undefined) {
      problems.push({ field: [...ref.field, 'namespace'], problem: 'the reference has a namespace', remedy: 'leave it out, and create the policy in the namespace of the object' });
    }
    if (ref.name === '') problems.push({ field: ref.field, problem: 'the reference has no name', remedy: 'set the name of the object' });
    const group = ref.group === 'core' ? '' : ref.group;
    if (ref.kind === '' || TARGETS.some(([allowed, kind]) => allowed === group && kind === ref.kind)) return problems;
    return [...problems, { field: ref.field, problem: `policies cannot refer to kind ${show(ref.kind)} of group ${show(group)}`, remedy: remedyFor(ref.kind, group) }];
  })];
}

function remedyFor(kind: string, group: string): string {
  if (kind === 'Gateway' && group === 'networking.istio.io') return 'select the pods of the gateway by their labels instead, as the selector of the Gateway does';
  if (kind === 'Gateway') return 'set group: gateway.networking.k8s.io, or select the pods of a Gateway of Istio by their labels';
  return 'refer to a Service, a ServiceEntry or a Gateway of the Gateway API, or select pods by their labels';
}

/** The value of a field below `spec`. */
function fieldOf(spec: unknown, field: FieldPath): unknown {
  return field.slice(1).reduce<unknown>((value, key) => (typeof key === 'number' ? listOf(value)[key] : objectOf(value)[key]), spec);
}
