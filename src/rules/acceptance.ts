import { Finding, FindingPlace } from './finding';
import { Rule } from './rule';
import { Cluster } from '../cluster/cluster';
import { ClusterObject, nameIn } from '../cluster/cluster-object';
import { stringOf } from '../cluster/json';

/**
 * Annotations with this prefix accept the findings of a rule about an object; the name of the rule follows. The value is the reason.
 *
 * @internal
 */
export const ACCEPT_ANNOTATION = 'cdk8s-seldon-istio.io/accept-';

/**
 * The annotation by which Istio's own analyzers accept findings: their codes, separated by commas, or `*`.
 *
 * @see https://istio.io/latest/docs/ops/diagnostic-tools/istioctl-analyze/
 * @internal
 */
export const SUPPRESS_ANNOTATION = 'galley.istio.io/analyze-suppress';

/**
 * A finding that a configuration file accepts. Of objects, those are meant that have all of the given properties.
 *
 * @internal
 */
export interface Acceptance {
  /** Name of the rule. */
  readonly rule: string;
  /** Kind of the objects; any if undefined. */
  readonly kind?: string;
  /** Namespace of the objects; any if undefined. */
  readonly namespace?: string;
  /** Name of the objects; any if undefined. */
  readonly name?: string;
  /** Why it is accepted. */
  readonly reason: string;
}

/**
 * The acceptances of an object for a rule, by its name.
 *
 * @internal
 */
export function acceptedBy({ annotations }: ClusterObject): Map<string, string> {
  return new Map(Object.entries(annotations).flatMap(([key, reason]) => (
    key.startsWith(ACCEPT_ANNOTATION) ? [[key.slice(ACCEPT_ANNOTATION.length), stringOf(reason)?.trim() ?? ''] as const] : []
  )));
}

/**
 * Marks findings that an object or the configuration accepts.
 *
 * @param cluster The objects.
 * @param rules The rules, by their codes.
 * @param findings The findings.
 * @param configured Acceptances of the configuration.
 * @internal
 */
export function withAcceptances(
  cluster: Cluster, rules: readonly Rule[], findings: readonly Finding[], configured: readonly Acceptance[] = [],
): Finding[] {
  const codes = new Map(rules.map(({ id, codes: own = [] }) => [id, own]));
  return findings.map((finding) => {
    const accepted = reasonFor(cluster, finding, codes.get(finding.rule) ?? [], configured);
    return accepted === undefined ? finding : { ...finding, accepted };
  });
}

function reasonFor(cluster: Cluster, finding: Finding, codes: readonly string[], configured: readonly Acceptance[]): string | undefined {
  for (const place of [finding, ...finding.related]) {
    const found = configured.find((acceptance) => acceptance.rule === finding.rule && isMeant(acceptance, place));
    if (found !== undefined) return found.reason;
    const object = cluster.derived(objectsByPlace).get(placeKey(place));
    if (object === undefined) continue;
    const reason = acceptedBy(object).get(finding.rule) ?? '';
    if (reason !== '') return reason;
    const suppressed = (stringOf(object.annotations[SUPPRESS_ANNOTATION]) ?? '').split(',').map((code) => code.trim());
    if (codes.some((code) => suppressed.includes(code)) || (codes.length > 0 && suppressed.includes('*'))) return `${SUPPRESS_ANNOTATION}: ${suppressed.join(',')}`;
  }
  return undefined;
}

/**
 * Whether an acceptance is about an object.
 *
 * @internal
 */
export function isMeant({ kind, namespace, name }: Acceptance, place: FindingPlace): boolean {
  return (kind === undefined || kind === place.kind)
    && (namespace === undefined || namespace === place.namespace)
    && (name === undefined || name === place.name);
}

function objectsByPlace(cluster: Cluster): ReadonlyMap<string, ClusterObject> {
  return new Map(cluster.objects.map((object) => [`${object.kind} ${nameIn(object.namespace, object.name)}`, object]));
}

function placeKey({ kind, namespace, name }: FindingPlace): string {
  return `${kind} ${nameIn(namespace, name)}`;
}
