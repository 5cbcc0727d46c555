import { PodSelector } from '../../plan/pod-selectors';

/**
 * What routes are compiled for: a listener of a gateway, or of a sidecar.
 *
 * @internal
 */
export interface ProxyView {
  /** The Gateway as `namespace/name`, as matches refer to it; `mesh` for sidecars. */
  readonly gateway: string;
  /** The port that matches compare: that of the server, or that which a workload connects to. */
  readonly port: number;
  /** Labels of the pods of the proxy. */
  readonly labels: PodSelector;
  /** Their namespace. */
  readonly namespace: string;
  /** Whether the listener terminates TLS. */
  readonly tls: boolean;
}
