import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Mesh } from './mesh';
import { constructsBelow } from './tree';

/**
 * The objects of certain kinds below a scope that belong to its mesh, whichever construct writes them, in order of construction.
 *
 * @param scope The scope of a mesh, or a scope below it.
 * @param apiGroup API group of the kinds, without a version: `core` for Services and Namespaces.
 * @param kinds Their names.
 * @internal
 */
export function objectsOf(scope: IConstruct, apiGroup: string, ...kinds: string[]): ApiObject[] {
  const mesh = Mesh.of(scope);
  return constructsBelow(scope).filter((construct): construct is ApiObject => ApiObject.isApiObject(construct)
    && construct.apiGroup === apiGroup && kinds.includes(construct.kind) && Mesh.of(construct) === mesh);
}
