import { Construct } from 'constructs';
import { HttpRoute } from './http-route';
import { TcpRoute, TlsRoute } from './tls-tcp-route';
import { checkVirtualService } from './virtual-service-checks';
import { toVirtualServiceSpec } from './virtual-service-json';
import { namespaceOf, writeManifest } from '../mesh/manifest';
import { ManifestProps } from '../mesh/manifest-props';
import { Mesh } from '../mesh/mesh';
import { IGateway } from '../plan/gateway-ref';

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
}

/**
 * Says what happens to the requests for a host: for what no rollout of this library can say. It is written as given.
 *
 * Fields that are newer than this library's types can be patched in: `ApiObject.of(virtualService).addJsonPatch(…)`.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/
 */
export class VirtualService extends Construct {
  private readonly _hosts: string[];

  /**
   * Makes a VirtualService.
   *
   * @param scope The chart or construct that it belongs to.
   * @param id The construct id, and the object's name unless the metadata says another.
   * @param props What it says.
   * @throws an error when Istio would refuse a value, when no request can reach a rule for certain, or when the stated
   * release does not know a field.
   */
  constructor(scope: Construct, id: string, props: VirtualServiceProps) {
    super(scope, id);
    checkVirtualService(this, props);
    this._hosts = [...props.hosts];
    // Written at once: a gateway without a namespace is then an error here, and later changes to the props do nothing.
    const spec = toVirtualServiceSpec(this, namespaceOf(this, props), props);
    writeManifest(this, { apiVersion: Mesh.of(this)._release.apiVersion(this, 'VirtualService'), kind: 'VirtualService', spec: () => spec }, props);
  }

  /** Hosts that callers ask for. */
  public get hosts(): string[] {
    return [...this._hosts];
  }
}
