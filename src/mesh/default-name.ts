import { Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { ManifestProps } from './manifest-props';

/** Ids of constructs that represent their parent. */
const HIDDEN = ['Default', 'Resource'];

/**
 * The name of a construct's object: that in its metadata, else its id, or below a custom construct the ids from the chart down. It has
 * no hash, since clients and other objects refer to it.
 *
 * @internal
 */
export function nameOf(scope: IConstruct, { metadata }: Pick<ManifestProps, 'metadata'> = {}): string {
  if (metadata?.name !== undefined) return metadata.name;
  const { id, scope: parent } = scope.node;
  return parent !== undefined && Chart.isChart(parent) && id !== '' && !Chart.isChart(scope) ? id : defaultName(idsBelowChart(scope));
}

/**
 * The name made of the ids from a chart down to a construct.
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
