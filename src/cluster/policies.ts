import { Cluster } from './cluster';
import { ClusterKind, ClusterObject } from './cluster-object';
import { FieldPath, isObject, JsonObject, listOf, objectOf, stringOf, stringsOf } from './json';
import { PodSelector } from '../plan/pod-selectors';

/**
 * An object to which a policy is attached.
 *
 * @internal
 */
export interface TargetRef {
  /** The field of the reference. */
  readonly field: FieldPath;
  /** API group; empty for the core group. */
  readonly group: string;
  /** Kind; empty if it has none. */
  readonly kind: string;
  /** Name; empty if it has none. */
  readonly name: string;
}

/**
 * The pods or objects to which a policy applies.
 *
 * @internal
 */
export interface PolicyTarget {
  /** Namespace of the policy. Pods are in the same namespace, or in any if it is the root namespace. */
  readonly namespace: string;
  /** Labels of the pods; of all pods if empty. */
  readonly labels: PodSelector;
  /** Objects; the labels do not matter if there are any. */
  readonly refs: readonly TargetRef[];
}

/**
 * A part of a rule: a source, an operation or a condition.
 *
 * @internal
 */
export interface PolicyPart {
  /** Its field. */
  readonly field: FieldPath;
  /** Its fields, lists of strings. */
  readonly json: JsonObject;
}

/**
 * A rule of an AuthorizationPolicy. A part list without entries matches anything.
 *
 * @internal
 */
export interface PolicyRule {
  /** Its field. */
  readonly field: FieldPath;
  /** Sources, of which one must match. */
  readonly from: readonly PolicyPart[];
  /** Operations, of which one must match. */
  readonly to: readonly PolicyPart[];
  /** Conditions, all of which must match. */
  readonly when: readonly (PolicyPart & { readonly key: string })[];
}

/**
 * What a policy does with requests that match one of its rules.
 *
 * @internal
 */
export type PolicyAction = 'ALLOW' | 'DENY' | 'AUDIT' | 'CUSTOM';

const ACTIONS: readonly string[] = ['ALLOW', 'DENY', 'AUDIT', 'CUSTOM'];

/**
 * An AuthorizationPolicy.
 *
 * @internal
 */
export interface AuthorizationPolicyView {
  /** The object. */
  readonly object: ClusterObject;
  /** The pods to which it applies. */
  readonly target: PolicyTarget;
  /** Its action. */
  readonly action: PolicyAction;
  /** Its rules. */
  readonly rules: readonly PolicyRule[];
  /** Whether Envoy only counts what it would do. */
  readonly isDryRun: boolean;
}

/**
 * The annotation of an AuthorizationPolicy that is only tried out.
 *
 * @internal
 */
export const DRY_RUN = 'istio.io/dry-run';

/** Values that Go reads as true. */
const TRUE: readonly unknown[] = ['1', 't', 'T', 'true', 'TRUE', 'True'];

/**
 * The AuthorizationPolicies of a cluster. One with an unknown action is left out.
 *
 * @internal
 */
export function authorizationPolicies(cluster: Cluster): readonly AuthorizationPolicyView[] {
  return cluster.all(ClusterKind.AUTHORIZATION_POLICY).flatMap((object) => {
    const { spec, annotations } = object;
    const action = spec.action ?? 'ALLOW';
    if (!isAction(action)) return [];
    const rules = listOf(spec.rules).flatMap((rule, i) => (isObject(rule) ? [ruleOf(rule, ['spec', 'rules', i])] : []));
    return [{ object, target: targetOf(object), action, rules, isDryRun: TRUE.includes(annotations[DRY_RUN]) }];
  });
}

/**
 * The AuthorizationPolicies that Envoy enforces.
 *
 * @internal
 */
export function enforcedPolicies(cluster: Cluster): readonly AuthorizationPolicyView[] {
  return cluster.derived(authorizationPolicies).filter(({ isDryRun }) => !isDryRun);
}

function isAction(value: unknown): value is PolicyAction {
  return typeof value === 'string' && ACTIONS.includes(value);
}

function ruleOf(rule: JsonObject, field: FieldPath): PolicyRule {
  const parts = (list: 'from' | 'to', inner: string) => listOf(rule[list])
    .map((entry, i) => ({ field: [...field, list, i, inner], json: objectOf(objectOf(entry)[inner]) }));
  return {
    field,
    from: parts('from', 'source'),
    to: parts('to', 'operation'),
    when: listOf(rule.when).map((entry, i) => ({ field: [...field, 'when', i], json: objectOf(entry), key: stringOf(objectOf(entry).key) ?? '' })),
  };
}

/**
 * The pods or objects to which a policy of Istio applies.
 *
 * @internal
 */
export function targetOf({ namespace, spec }: ClusterObject): PolicyTarget {
  const labels = Object.entries(objectOf(objectOf(spec.selector).matchLabels)).filter((label): label is [string, string] => typeof label[1] === 'string');
  const listed = listOf(spec.targetRefs).map((ref, i) => refOf(ref, ['spec', 'targetRefs', i]));
  const refs = listed.length === 0 && isObject(spec.targetRef) ? [refOf(spec.targetRef, ['spec', 'targetRef'])] : listed;
  return { namespace, labels: Object.fromEntries(labels), refs };
}

function refOf(ref: unknown, field: FieldPath): TargetRef {
  const { group, kind, name } = objectOf(ref);
  return { field, group: stringOf(group) ?? '', kind: stringOf(kind) ?? '', name: stringOf(name) ?? '' };
}

/**
 * The strings in a list of a part.
 *
 * @internal
 */
export function valuesOf({ json }: PolicyPart, list: string): readonly string[] {
  return stringsOf(json[list]);
}

/**
 * A value in a list of a rule.
 *
 * @internal
 */
export interface ListedValue {
  /** The value. */
  readonly value: string;
  /** The name of the list. */
  readonly list: string;
  /** The field of the value. */
  readonly field: FieldPath;
}

/**
 * The values in lists of a part, with their fields.
 *
 * @internal
 */
export function listedValues({ json, field }: PolicyPart, lists: readonly string[]): ListedValue[] {
  return lists.flatMap((list) => listOf(json[list]).flatMap((value, i) => (typeof value === 'string' ? [{ value, list, field: [...field, list, i] }] : [])));
}

const HEADER_KEY = /^request\.headers\[([^\][]+)\]$/;

/**
 * The header of a condition, in lower case as Envoy compares it; undefined if it is on another attribute.
 *
 * @internal
 */
export function headerOf({ key }: { readonly key: string }): string | undefined {
  return HEADER_KEY.exec(key)?.[1].toLowerCase();
}

/**
 * Whether a list is one of values that must not match: `notPaths`, for example.
 *
 * @internal
 */
export function isNegative(list: string): boolean {
  return list.startsWith('not');
}

/**
 * A rule about the token of a caller.
 *
 * @internal
 */
export interface TokenRule {
  /** Its field. */
  readonly field: FieldPath;
  /** The issuer, if specified. */
  readonly issuer: string | undefined;
  /** Whether the token stays in the request. */
  readonly forwards: boolean;
  /** Headers that Istio sets to claims, in lower case. */
  readonly headers: readonly string[];
}

/**
 * A RequestAuthentication.
 *
 * @internal
 */
export interface RequestAuthenticationView {
  /** The object. */
  readonly object: ClusterObject;
  /** The pods to which it applies. */
  readonly target: PolicyTarget;
  /** Its rules about tokens. */
  readonly rules: readonly TokenRule[];
}

/**
 * The RequestAuthentications of a cluster.
 *
 * @internal
 */
export function requestAuthentications(cluster: Cluster): readonly RequestAuthenticationView[] {
  return cluster.all(ClusterKind.REQUEST_AUTHENTICATION).map((object) => ({
    object,
    target: targetOf(object),
    rules: listOf(object.spec.jwtRules).flatMap((rule, i) => (isObject(rule) ? [{
      field: ['spec', 'jwtRules', i],
      issuer: stringOf(rule.issuer),
      forwards: rule.forwardOriginalToken === true,
      headers: listOf(rule.outputClaimToHeaders).flatMap((entry) => stringOf(objectOf(entry).header)?.toLowerCase() ?? []),
    }] : [])),
  }));
}

/**
 * A PeerAuthentication.
 *
 * @internal
 */
export interface PeerAuthenticationView {
  /** The object. */
  readonly object: ClusterObject;
  /** The pods to which it applies. */
  readonly target: PolicyTarget;
  /** The mode of mutual TLS, if specified. */
  readonly mode: string | undefined;
  /** Whether some ports have their own mode. */
  readonly hasPorts: boolean;
}

/**
 * The PeerAuthentications of a cluster.
 *
 * @internal
 */
export function peerAuthentications(cluster: Cluster): readonly PeerAuthenticationView[] {
  return cluster.all(ClusterKind.PEER_AUTHENTICATION).map((object) => {
    const mode = stringOf(objectOf(object.spec.mtls).mode);
    return { object, target: targetOf(object), mode: mode === 'UNSET' ? undefined : mode, hasPorts: isObject(object.spec.portLevelMtls) };
  });
}
