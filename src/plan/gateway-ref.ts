/**
 * One server of a gateway for HTTP requests: a port and its hosts.
 */
export interface GatewayListener {
  /** Port number. */
  readonly port: number;

  /** Hosts as the Gateway lists them: `*`, `*.example.com`, `a.example.com`, each with an optional `namespace/` before it. */
  readonly hosts: string[];

  /**
   * Whether the server terminates TLS, so that SNI selects its hosts.
   *
   * @default false
   */
  readonly tls?: boolean;
}

/**
 * An Istio Gateway that routes can attach to: one of this app, or an existing one.
 */
export interface IGateway {
  /** The Gateway's `metadata.name`. */
  readonly gatewayName: string;

  /** The namespace of the Gateway; undefined if it is not specified. */
  readonly gatewayNamespace?: string;

  /** The Gateway's servers for HTTP requests; undefined if they are not known, as for an existing Gateway. */
  readonly gatewayListeners?: GatewayListener[];

  /** Labels of the pods that run the Gateway; undefined if they are not known. */
  readonly gatewaySelector?: { [label: string]: string };

  /** The namespace of these pods; undefined if it is not specified. */
  readonly gatewayPodNamespace?: string;
}
