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

export type * from './virtual-service-props';

/**
 * An Istio `VirtualService`: routing rules for the requests to hosts, for what the rollouts of this library do not support. The rules are
 * written as specified.
 *
 * Fields that are newer than this library's types can be added with a patch: `ApiObject.of(virtualService).addJsonPatch(…)`.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/
 */
export class VirtualService extends KubernetesObject {
  private readonly _hosts: string[];

  /**
   * Creates a VirtualService.
   *
   * @param scope The chart or construct that it belongs to.
   * @param id Id of the construct, and name of the object unless the metadata set another one.
   * @param props Hosts, gateways and rules.
   * @throws an error when Istio would reject a value, when certainly no request can reach a rule, when another object has a host
   * inside the mesh, or when the specified release does not support a field.
   */
  constructor(scope: Construct, id: string, props: VirtualServiceProps) {
    super(scope, id);
    // The rules that a router writes have the types of the plan, which has been checked.
    if (this._isHandWritten) checkProps(this, 'VirtualServiceProps', props, VirtualService);
    checkVirtualService(this, props);
    this._hosts = [...props.hosts];
    const namespace = namespaceOf(this, props);
    if (this.isForWholeMesh(props)) {
      for (const host of props.hosts) MeshHosts.of(this).add(this, host, namespace);
    }
    if (this._isHandWritten && props.gateways !== undefined && props.gateways.length > 0) {
      RoutedEndpoints.of(this).addVirtualService(this, { ...props, namespace });
    }
    // Written at once, so that a gateway without a namespace is an error here, and later changes to the props have no effect.
    const spec = toVirtualServiceSpec(this, namespace, props);
    writeManifest(this, { apiVersion: Mesh.of(this)._release.apiVersion(this, 'VirtualService'), kind: 'VirtualService', spec: () => spec }, props);
  }

  /** Hosts of the requests. */
  public get hosts(): string[] {
    return [...this._hosts];
  }

  /** Whether the user wrote the rules, so that they are compared with other routes as they are. @internal */
  public get _isHandWritten(): boolean {
    return true;
  }

  private isForWholeMesh({ gateways, mesh, exportTo }: VirtualServiceProps): boolean {
    const inside = mesh === true || gateways === undefined || gateways.length === 0;
    return inside && (exportTo === undefined || exportTo.includes('*'));
  }
}
