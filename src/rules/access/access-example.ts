/**
 * A Gateway in the namespace of Istio, for the pages of rules.
 *
 * @internal
 */
export const GATEWAY_EXAMPLE = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: gateway, namespace: istio-system }
spec:
  selector: { istio: ingressgateway }
  servers:
    - { port: { name: http, number: 80, protocol: HTTP }, hosts: ["*"] }
`;

/**
 * An AuthorizationPolicy at the pods of that Gateway, for the pages of rules.
 *
 * @param spec Its fields, as YAML that is indented by two spaces.
 * @internal
 */
export function policyExample(spec: string, { name = 'access', namespace = 'istio-system', labels = '{ istio: ingressgateway }' } = {}): string {
  return `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ${name}, namespace: ${namespace} }
spec:
${labels === '' ? '' : `  selector: { matchLabels: ${labels} }\n`}${spec}
`;
}

/**
 * A RequestAuthentication at the pods of that Gateway, for the pages of rules.
 *
 * @internal
 */
export function loginExample({ name = 'login', namespace = 'istio-system', labels = '{ istio: ingressgateway }', forwards = true } = {}): string {
  return `apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  selector: { matchLabels: ${labels} }
  jwtRules:
    - { issuer: "https://login.example.com", jwksUri: "https://login.example.com/keys", forwardOriginalToken: ${forwards} }
`;
}
