import { Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { pathOf, show } from '../../plan/checks/errors';

/**
 * A key that identifies a namespace. Charts without a namespace may be applied to different ones, so each has its own key.
 *
 * @internal
 */
export function namespaceKey(at: IConstruct, namespace: string | undefined): string {
  return namespace ?? `chart ${Chart.of(at).node.path}`;
}

/** @internal */
export function namespaceName(at: IConstruct, namespace: string | undefined): string {
  return namespace === undefined ? `the namespace of chart ${pathOf(Chart.of(at))}` : `namespace ${show(namespace)}`;
}
