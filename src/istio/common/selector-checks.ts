import { IConstruct } from 'constructs';
import { invalid, show } from '../../plan/checks/errors';
import { checkLabels } from '../../plan/checks/labels';

const MAX_LABELS = 256;

/**
 * Checks labels that select pods for a ServiceEntry or a Sidecar.
 *
 * @internal
 */
export function checkWorkloadSelector(at: IConstruct, labels: { readonly [label: string]: string }): void {
  const count = Object.keys(labels).length;
  if (count < 1 || count > MAX_LABELS) {
    throw invalid(at, `workloadSelector with ${count} labels`, `expected 1 to ${MAX_LABELS}, since no label would select all pods of the namespace`);
  }
  checkNoWildcards(at, labels);
  checkLabels(at, 'workloadSelector', labels);
}

/**
 * Checks that the labels and values of a selector are complete: Istio reads no wildcards there.
 *
 * @internal
 */
export function checkNoWildcards(at: IConstruct, labels: { readonly [label: string]: string }): void {
  for (const [label, value] of Object.entries(labels)) {
    if (label === '' || label.includes('*') || typeof value !== 'string' || value.includes('*')) {
      throw invalid(at, `workloadSelector with label ${show(label)} and value ${show(value)}`, 'expected a label and a value, without wildcards');
    }
  }
}
