import { Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { ManifestProps } from './manifest-props';

/** Ids of constructs that stand for what they are in. */
const HIDDEN = ['Default', 'Resource'];

/**
 * The name of a construct's object: that of its metadata, else its id, or below a construct of the user's own, the ids from the
 * chart down. It has no hash, since clients and other objects address it.
 *
 * @internal
 */
export function nameOf(scope: IConstruct, { metadata }: Pick<ManifestProps, 'metadata'> = {}): string {
  return metadata?.name ?? defaultName(idsBelowChart(scope));
}

/**
 * The name that the ids from a chart down to a construct make.
 *
 * @internal
 */
export function defaultName(ids: readonly string[]): string {
  const visible = ids.filter((id) => !HIDDEN.includes(id));
  return visible.length === 0 ? ids[ids.length - 1] : visible.join('-');
}

function idsBelowChart(scope: IConstruct): string[] {
  const ids: string[] = [];
  for (let each: IConstruct | undefined = scope; each !== undefined && !Chart.isChart(each); each = each.node.scope) ids.unshift(each.node.id);
  // An app has an empty id.
  return ids.filter((id) => id !== '');
}
