import { ClusterKind } from '../cluster-object';

/**
 * A kind that the header `seldon-model` selects.
 *
 * @internal
 */
export interface SelectedKind {
  /** The suffix of the header's value. */
  readonly suffix: string;
  /** The kind. */
  readonly kind: ClusterKind;
  /** The kind as messages name it. */
  readonly label: string;
}

/**
 * The kinds that `seldon-model` selects. A value with none of the suffixes is the name of a Model.
 *
 * @internal
 */
export const SELECTED_KINDS: readonly SelectedKind[] = [
  { suffix: '.pipeline', kind: ClusterKind.PIPELINE, label: 'Pipeline' },
  { suffix: '.experiment', kind: ClusterKind.EXPERIMENT, label: 'Experiment' },
  { suffix: '', kind: ClusterKind.MODEL, label: 'Model' },
];

/**
 * The object that a value of `seldon-model` selects.
 *
 * @internal
 */
export function selectedBy(model: string): SelectedKind & { readonly name: string } {
  const selected = SELECTED_KINDS.find(({ suffix }) => model.endsWith(suffix))!;
  return { ...selected, name: model.slice(0, model.length - selected.suffix.length) };
}
