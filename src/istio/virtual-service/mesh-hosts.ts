import { IConstruct } from 'constructs';
import { Mesh } from '../../mesh/mesh';
import { invalid, pathOf } from '../../plan/checks/errors';

/**
 * The hosts inside a mesh, each with its VirtualService. Istio applies only one VirtualService for a host inside the mesh, and silently
 * ignores a second one.
 *
 * @internal
 */
export class MeshHosts {
  public static of(construct: IConstruct): MeshHosts {
    return Mesh.of(construct)._part('mesh-hosts', () => new MeshHosts());
  }

  private readonly holders = new Map<string, IConstruct>();

  public add(holder: IConstruct, host: string, namespace: string | undefined): void {
    const full = Mesh.of(holder)._fullHost(host, namespace).toLowerCase();
    const other = this.holders.get(full);
    if (other !== undefined && other !== holder) {
      throw invalid(holder, `a second VirtualService for host "${full}" inside the mesh, which has ${pathOf(other)}`,
        'Istio applies one per host and ignores the others. Put the rules into one, or export them to different namespaces');
    }
    this.holders.set(full, holder);
  }
}
