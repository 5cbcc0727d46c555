/**
 * Who calls: every field that is given must hold. A value may start or end with `*`; a lone `*` means that there is one at all.
 *
 * @see https://istio.io/latest/docs/reference/config/security/authorization-policy/#Source
 */
export interface AuthorizationSource {
  /**
   * Identities from certificates, as `<trust domain>/ns/<namespace>/sa/<service account>`. They need mutual TLS.
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
   * Namespaces of callers. They need mutual TLS.
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
   * Service accounts of callers, at most 16: a name in the policy's namespace, or `<namespace>/<name>`, without wildcards. They need
   * mutual TLS. Istio knows them since 1.25.
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
   * Trust domains of callers. Istio knows them since 1.30.
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
   * Addresses that the connection comes from: single ones or ranges such as `10.0.0.0/8`.
   *
   * @default - any
   */
  readonly ipBlocks?: string[];

  /**
   * Addresses of connections that do not match.
   *
   * @default - none
   */
  readonly notIpBlocks?: string[];

  /**
   * Addresses of the first caller, as `X-Forwarded-For` or the proxy protocol tell them.
   *
   * @default - any
   */
  readonly remoteIpBlocks?: string[];

  /**
   * Addresses of the first caller that do not match.
   *
   * @default - none
   */
  readonly notRemoteIpBlocks?: string[];
}

/**
 * What is asked for: every field that is given must hold. Texts may start or end with `*`.
 *
 * @see https://istio.io/latest/docs/reference/config/security/authorization-policy/#Operation
 */
export interface AuthorizationOperation {
  /**
   * Values of the header `Host`, which may include a port. To deny a host, list `h` and `h:*`. To allow one, list `h` and exact ports
   * such as `h:80`: Istio reads `h:*` as a prefix, which `h:.other.example.com:80` has as well.
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
   * HTTP methods, in capitals; gRPC calls are `POST`.
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
   * Paths, without query. gRPC calls have `/<service>/<method>`. `{*}` stands for one segment and `{**}`, at the end, for the rest;
   * Istio knows these since 1.22.
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
 * A further condition, by an attribute of the request.
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
   * Values that must not match; an attribute that is not there matches none.
   *
   * @default - none
   */
  readonly notValues?: string[];
}

/**
 * One case: a source, an operation and all conditions must hold. A rule for every request says `everything`.
 *
 * @see https://istio.io/latest/docs/reference/config/security/authorization-policy/#Rule
 */
export interface AuthorizationRule {
  /**
   * Who calls; one of these must hold.
   *
   * @default - anybody
   */
  readonly from?: AuthorizationSource[];

  /**
   * What is asked for; one of these must hold.
   *
   * @default - anything
   */
  readonly to?: AuthorizationOperation[];

  /**
   * Further conditions, of which all must hold.
   *
   * @default - none
   */
  readonly when?: AuthorizationCondition[];

  /**
   * Whether the rule is for every request, in place of the other fields.
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
 * Whether a rule looks at tokens.
 *
 * @internal
 */
export function looksAtTokens({ from = [], when = [] }: AuthorizationRule): boolean {
  return from.some(({ requestPrincipals, notRequestPrincipals }) => (requestPrincipals ?? notRequestPrincipals) !== undefined)
    || when.some(({ key }) => key.startsWith('request.auth.'));
}

/**
 * The issuers that rules ask for by their whole names.
 *
 * @internal
 */
export function requiredIssuers(rules: readonly AuthorizationRule[]): string[] {
  const values = rules.flatMap(({ when = [] }) => when).filter(({ key }) => key === 'request.auth.claims[iss]')
    .flatMap(({ values: some = [], notValues = [] }) => [...some, ...notValues]);
  return [...new Set(values)].filter((value) => !value.includes('*'));
}
