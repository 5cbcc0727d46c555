import { Construct } from 'constructs';
import { MeshHosts } from './mesh-hosts';
import { RoutedEndpoints } from './routed-endpoints';
import { checkVirtualService } from './virtual-service-checks';
import { toVirtualServiceSpec } from './virtual-service-json';
import { VirtualServiceProps } from './virtual-service-props';
import { KubernetesObject } from '../../mesh/kubernetes-object';
import { namespaceOf, writeManifest } from '../../mesh/manifest';
import { Mesh } from '../../mesh/mesh';
import { checkProps } from '../../plan/checks/props';

export * from './virtual-service-props';

/**
 * Says what happens to the requests for a host: for what no rollout of this library can say. It is written as given.
 *
 * Fields that are newer than this library's types can be patched in: `ApiObject.of(virtualService).addJsonPatch(…)`.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/
 */
export class VirtualService extends KubernetesObject {
  /**
   * What the check for captures looks at.
   *
   * @internal
   */
  public readonly _props: VirtualServiceProps;

  private readonly _hosts: string[];

  /**
   * Makes a VirtualService.
   *
   * @param scope The chart or construct that it belongs to.
   * @param id The construct id, and the object's name unless the metadata says another.
   * @param props What it says.
   * @throws an error when Istio would refuse a value, when no request can reach a rule for certain, when another object
   * holds a host inside the mesh, or when the stated release does not know a field.
   */
  constructor(scope: Construct, id: string, props: VirtualServiceProps) {
    super(scope, id);
    checkProps(this, 'VirtualServiceProps', props, VirtualService);
    checkVirtualService(this, props);
    this._hosts = [...props.hosts];
    const namespace = namespaceOf(this, props);
    this._props = { ...props, namespace };
    if (this.isForAllOfMesh(props)) {
      for (const host of props.hosts) MeshHosts.of(this).add(this, host, namespace);
    }
    if (props.gateways !== undefined && props.gateways.length > 0) RoutedEndpoints.of(this).addVirtualService(this);
    // Written at once: a gateway without a namespace is then an error here, and later changes to the props do nothing.
    const spec = toVirtualServiceSpec(this, namespace, props);
    writeManifest(this, { apiVersion: Mesh.of(this)._release.apiVersion(this, 'VirtualService'), kind: 'VirtualService', spec: () => spec }, props);
  }

  /** Hosts that callers ask for. */
  public get hosts(): string[] {
    return [...this._hosts];
  }

  private isForAllOfMesh({ gateways, mesh, exportTo }: VirtualServiceProps): boolean {
    const inside = mesh === true || gateways === undefined || gateways.length === 0;
    return inside && (exportTo === undefined || exportTo.includes('*'));
  }
}
