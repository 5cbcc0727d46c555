import { IGateway } from '../../plan/gateway-ref';

/** Conditions that matches of HTTP, TLS and TCP rules have in common. */
export interface CommonMatch {
  /**
   * Port to which the client connects, 1 to 65535.
   *
   * @default - any port
   */
  readonly port?: number;

  /**
   * Labels of the calling pod, for callers inside the mesh.
   *
   * @default - any pod
   */
  readonly sourceLabels?: { [label: string]: string };

  /**
   * Namespace of the calling pod, for callers inside the mesh.
   *
   * @default - any namespace
   */
  readonly sourceNamespace?: string;

  /**
   * Gateways to which the match applies. They must be among those of the VirtualService.
   *
   * @default - all gateways of the VirtualService
   */
  readonly gateways?: IGateway[];

  /**
   * Whether the match applies to callers inside the mesh in addition to `gateways`.
   *
   * @default - only when `gateways` is left out
   */
  readonly mesh?: boolean;
}
