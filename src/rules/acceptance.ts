import { ConfiguredAcceptance, configuredAcceptances } from './configuration-object';
import { FoundProblem, placesOf } from './rule';
import { Cluster } from '../cluster/cluster';
import { ClusterObject } from '../cluster/cluster-object';
import { FieldPath, stringOf } from '../cluster/json';
import { ACCEPT_ANNOTATION } from '../plan/annotations';

/**
 * The annotation by which Istio's own analyzers accept findings: their codes, separated by commas, or `*`.
 *
 * @see https://istio.io/latest/docs/ops/diagnostic-tools/istioctl-analyze/
 */
const SUPPRESS_ANNOTATION = 'galley.istio.io/analyze-suppress';

/**
 * An annotation of an object that accepts the findings of a rule about it.
 *
 * @internal
 */
export interface AnnotatedAcceptance {
  /** Name of the rule. */
  readonly rule: string;
  /** Why the findings are accepted; empty if it is not specified. */
  readonly reason: string;
  /** The annotation. */
  readonly field: FieldPath;
}

/**
 * The annotations of an object that accept findings.
 *
 * @internal
 */
export function annotatedAcceptances({ annotations }: ClusterObject): AnnotatedAcceptance[] {
  return Object.keys(annotations).filter((key) => key.startsWith(ACCEPT_ANNOTATION)).map((key) => ({
    rule: key.slice(ACCEPT_ANNOTATION.length),
    reason: stringOf(annotations[key])?.trim() ?? '',
    field: ['metadata', 'annotations', key],
  }));
}

/**
 * The entries of the configuration that accept a problem.
 *
 * @internal
 */
export function configuredFor(cluster: Cluster, { rule, problem }: FoundProblem): ConfiguredAcceptance[] {
  const entries = cluster.derived(configuredAcceptances).get(rule.id) ?? [];
  return entries.length === 0 ? [] : entries.filter(({ isAbout }) => placesOf(problem).some(({ object }) => isAbout(object)));
}

/**
 * The reason why a problem is accepted: that of an annotation of one of its objects, or that of an entry of the configuration. Undefined if it
 * is not accepted.
 *
 * @internal
 */
export function acceptedBecause(cluster: Cluster, found: FoundProblem): string | undefined {
  const { rule, problem } = found;
  const objects = placesOf(problem).map(({ object }) => object);
  for (const { annotations } of objects) {
    const reason = stringOf(annotations[ACCEPT_ANNOTATION + rule.id])?.trim() ?? '';
    if (reason !== '') return reason;
  }
  const [configured] = configuredFor(cluster, found);
  if (configured !== undefined) return configured.reason;
  const codes = (rule.codes ?? []).filter((code) => code.startsWith('IST'));
  return objects.map((object) => suppressionOf(object, codes)).find((reason) => reason !== undefined);
}

/** Istio accepts neither spaces nor other case; who writes them means the same. */
function suppressionOf({ annotations }: ClusterObject, codes: readonly string[]): string | undefined {
  const value = stringOf(annotations[SUPPRESS_ANNOTATION]);
  if (value === undefined || codes.length === 0) return undefined;
  const suppressed = value.split(',').map((code) => code.trim().toUpperCase());
  return suppressed.includes('*') || codes.some((code) => suppressed.includes(code)) ? `${SUPPRESS_ANNOTATION}: ${value}` : undefined;
}
