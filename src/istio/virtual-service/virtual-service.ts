import { Construct } from 'constructs';
import { HttpRoute } from './http-route';
import { MeshHosts } from './mesh-hosts';
import { RoutedEndpoints } from './routed-endpoints';
import { TcpRoute, TlsRoute } from './tls-tcp-route';
import { checkVirtualService } from './virtual-service-checks';
import { toVirtualServiceSpec } from './virtual-service-json';
import { namespaceOf, writeManifest } from '../../mesh/manifest';
import { ManifestProps } from '../../mesh/manifest-props';
import { Mesh } from '../../mesh/mesh';
import { checkProps } from '../../plan/checks/props';
import { IGateway } from '../../plan/gateway-ref';

/**
 * What a `VirtualService` says. It needs at least one rule.
 */
export interface VirtualServiceProps extends ManifestProps {
  /**
   * Hosts that callers ask for: DNS names, `*.` before one for all names below it, addresses, or `*` for all, which is
   * for gateways alone. They must not overlap. An empty list makes a VirtualService that others delegate to.
   */
  readonly hosts: string[];

  /**
   * Gateways that the rules are for.
   *
   * @default - none: the rules are for callers inside the mesh
   */
  readonly gateways?: IGateway[];

  /**
   * Whether the rules are for callers inside the mesh, beside `gateways`.
   *
   * @default - only when there are no gateways
   */
  readonly mesh?: boolean;

  /**
   * Rules for HTTP and gRPC requests, in order: the first that fits wins.
   *
   * @default - none
   */
  readonly http?: HttpRoute[];

  /**
   * Rules for TLS connections that pass through, in order: the first that fits wins.
   *
   * @default - none
   */
  readonly tls?: TlsRoute[];

  /**
   * Rules for TCP connections, in order: the first that fits wins.
   *
   * @default - none
   */
  readonly tcp?: TcpRoute[];

  /**
   * Namespaces that the rules are seen in: names, `.` for the own one, or `*` alone for all.
   *
   * @default - all, unless the mesh is set up otherwise
   */
  readonly exportTo?: string[];

  /**
   * Accepts that a host is taken away from endpoints on a wider host behind the same gateway: they answer 404 there.
   *
   * @default false
   */
  readonly takesHost?: boolean;
}

/**
 * Says what happens to the requests for a host: for what no rollout of this library can say. It is written as given.
 *
 * Fields that are newer than this library's types can be patched in: `ApiObject.of(virtualService).addJsonPatch(…)`.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/
 */
export class VirtualService extends Construct {
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
