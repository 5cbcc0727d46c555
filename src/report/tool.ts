/**
 * The name of the command, as reports show it.
 *
 * @internal
 */
export const TOOL = 'seldon-istio';

/**
 * The home of the project.
 *
 * @internal
 */
export const HOMEPAGE = 'https://github.com/cdk8s-seldon-istio/cdk8s-seldon-istio';

/**
 * The address of the page of a rule.
 *
 * @internal
 */
export function pageOf(rule: string): string {
  return `${HOMEPAGE}/blob/main/docs/rules.md#${encodeURIComponent(rule)}`;
}
