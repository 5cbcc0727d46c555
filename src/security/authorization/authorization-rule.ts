/**
 * The caller. All fields that are set must match. A value can start or end with `*`; `*` alone matches any value that is not empty.
 *
 * @see https://istio.io/latest/docs/reference/config/security/authorization-policy/#Source
 */
export interface AuthorizationSource {
  /**
   * Identities from certificates, as `<trust domain>/ns/<namespace>/sa/<service account>`. Requires mutual TLS.
   *
   * @default - any
   */
  readonly principals?: string[];

  /**
   * Identities from certificates that do not match.
   *
   * @default - none
   */
  readonly notPrincipals?: string[];

  /**
   * Identities from tokens, as `<issuer>/<subject>`.
   *
   * @default - any
   */
  readonly requestPrincipals?: string[];

  /**
   * Identities from tokens that do not match.
   *
   * @default - none
   */
  readonly notRequestPrincipals?: string[];

  /**
   * Namespaces of callers. Requires mutual TLS.
   *
   * @default - any
   */
  readonly namespaces?: string[];

  /**
   * Namespaces of callers that do not match.
   *
   * @default - none
   */
  readonly notNamespaces?: string[];

  /**
   * Service accounts of callers, at most 16: a name in the policy's namespace, or `<namespace>/<name>`, without wildcards. Requires mutual
   * TLS and Istio 1.25.
   *
   * @default - any
   */
  readonly serviceAccounts?: string[];

  /**
   * Service accounts of callers that do not match.
   *
   * @default - none
   */
  readonly notServiceAccounts?: string[];

  /**
   * Trust domains of callers. Requires Istio 1.30.
   *
   * @default - any
   */
  readonly trustDomains?: string[];

  /**
   * Trust domains of callers that do not match.
   *
   * @default - none
   */
  readonly notTrustDomains?: string[];

  /**
   * Source addresses of the connection: single ones, or CIDR ranges such as `10.0.0.0/8`.
   *
   * @default - any
   */
  readonly ipBlocks?: string[];

  /**
   * Source addresses of the connection that do not match.
   *
   * @default - none
   */
  readonly notIpBlocks?: string[];

  /**
   * Addresses of the original client, from `X-Forwarded-For` or the PROXY protocol.
   *
   * @default - any
   */
  readonly remoteIpBlocks?: string[];

  /**
   * Addresses of the original client that do not match.
   *
   * @default - none
   */
  readonly notRemoteIpBlocks?: string[];
}

/**
 * The request. All fields that are set must match. Strings can start or end with `*`.
 *
 * @see https://istio.io/latest/docs/reference/config/security/authorization-policy/#Operation
 */
export interface AuthorizationOperation {
  /**
   * Values of the header `Host`, which can include a port. To deny a host, list `h` and `h:*`. To allow one, list `h` and exact ports
   * such as `h:80`: Istio reads `h:*` as a prefix, which also matches `h:.other.example.com:80`.
   *
   * @default - any
   */
  readonly hosts?: string[];

  /**
   * Hosts that do not match. With ALLOW, list `h` and `h:*`; with DENY, `h` and exact ports such as `h:80`.
   *
   * @default - none
   */
  readonly notHosts?: string[];

  /**
   * Ports on the pod, 1 to 65535.
   *
   * @default - any
   */
  readonly ports?: number[];

  /**
   * Ports on the pod that do not match.
   *
   * @default - none
   */
  readonly notPorts?: number[];

  /**
   * HTTP methods, in upper case. gRPC calls are `POST`.
   *
   * @default - any
   */
  readonly methods?: string[];

  /**
   * HTTP methods that do not match.
   *
   * @default - none
   */
  readonly notMethods?: string[];

  /**
   * Paths, without the query. The path of a gRPC call is `/<service>/<method>`. The templates `{*}`, for one segment, and `{**}`, for the
   * rest of the path, require Istio 1.22.
   *
   * @default - any
   */
  readonly paths?: string[];

  /**
   * Paths that do not match.
   *
   * @default - none
   */
  readonly notPaths?: string[];
}

/**
 * An additional condition on an attribute of the request.
 *
 * @see https://istio.io/latest/docs/reference/config/security/conditions/
 */
export interface AuthorizationCondition {
  /** The attribute, such as `request.auth.claims[groups]` or `request.headers[x-team]`. */
  readonly key: string;

  /**
   * Values, of which one must match.
   *
   * @default - any
   */
  readonly values?: string[];

  /**
   * Values that must not match. A missing attribute matches none of them.
   *
   * @default - none
   */
  readonly notValues?: string[];
}

/**
 * One rule: a source, an operation and all conditions must match. A rule for all requests sets `everything`.
 *
 * @see https://istio.io/latest/docs/reference/config/security/authorization-policy/#Rule
 */
export interface AuthorizationRule {
  /**
   * Sources, of which one must match.
   *
   * @default - any caller
   */
  readonly from?: AuthorizationSource[];

  /**
   * Operations, of which one must match.
   *
   * @default - any request
   */
  readonly to?: AuthorizationOperation[];

  /**
   * Additional conditions, all of which must match.
   *
   * @default - none
   */
  readonly when?: AuthorizationCondition[];

  /**
   * Whether the rule matches all requests. Excludes the other fields. It is written as an empty rule, which without this field would be a
   * rule whose parts were forgotten.
   *
   * @default false
   */
  readonly everything?: boolean;
}

/**
 * A rule as Istio reads it.
 *
 * @internal
 */
export function ruleToJson({ from, to, when }: AuthorizationRule): { [field: string]: unknown } {
  return {
    from: from?.map((source) => ({ source: { ...source } })),
    to: to?.map((operation) => ({
      operation: { ...operation, ports: operation.ports?.map(String), notPorts: operation.notPorts?.map(String) },
    })),
    when: when?.map(({ key, values, notValues }) => ({ key, values, notValues })),
  };
}

/**
 * Whether a rule requires a token.
 *
 * @internal
 */
export function readsTokens({ from = [], when = [] }: AuthorizationRule): boolean {
  return from.some(({ requestPrincipals, notRequestPrincipals }) => (requestPrincipals ?? notRequestPrincipals) !== undefined)
    || when.some(({ key }) => key.startsWith('request.auth.'));
}

/**
 * The issuers that rules require by their full names.
 *
 * @internal
 */
export function requiredIssuers(rules: readonly AuthorizationRule[]): string[] {
  const values = rules.flatMap(({ when = [] }) => when).filter(({ key }) => key === 'request.auth.claims[iss]')
    .flatMap(({ values: some = [], notValues = [] }) => [...some, ...notValues]);
  return [...new Set(values)].filter((value) => !value.includes('*'));
}
