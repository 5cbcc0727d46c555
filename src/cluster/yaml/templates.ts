import { ClusterObject } from '../cluster-object';

const MARK = '{{';

/** The API groups whose specs have no braces of their own. Pods can have some, such as those in annotations of Vault. */
const WITHOUT_BRACES = /^(?:[a-z]+\.istio|mlops\.seldon)\.io\//;

/**
 * Whether an object, or a text that is not valid YAML, is a template, such as that of a Helm chart.
 *
 * @internal
 */
export function isTemplate(found: ClusterObject | string): boolean {
  if (typeof found === 'string') return found.includes(MARK);
  const { name, namespace, labels, type, spec } = found;
  const parts: unknown[] = [name, namespace, labels, WITHOUT_BRACES.test(type) ? spec : undefined];
  return JSON.stringify(parts).includes(MARK);
}
