/**
 * One door of a gateway for HTTP requests: a port and the hosts it answers for.
 */
export interface GatewayListener {
  /** Port number. */
  readonly port: number;

  /** Hosts as the Gateway lists them: `*`, `*.example.com`, `a.example.com`, each with an optional `namespace/` before it. */
  readonly hosts: string[];

  /**
   * Whether the door ends TLS, so that it picks its hosts by SNI.
   *
   * @default false
   */
  readonly tls?: boolean;
}

/**
 * An Istio Gateway that routes can attach to: one of this app, or one that lives elsewhere.
 */
export interface IGateway {
  /** The Gateway's `metadata.name`. */
  readonly gatewayName: string;

  /** The namespace of the Gateway; undefined when nobody said it. */
  readonly gatewayNamespace?: string;

  /** The Gateway's doors for HTTP requests; undefined when they are not known, as for a Gateway that lives elsewhere. */
  readonly gatewayListeners?: GatewayListener[];

  /** Labels of the pods that run the Gateway; undefined when they are not known. */
  readonly gatewaySelector?: { [label: string]: string };

  /** The namespace of these pods; undefined when nobody said it. */
  readonly gatewayPodNamespace?: string;
}
