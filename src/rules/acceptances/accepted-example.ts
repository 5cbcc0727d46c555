/**
 * A route that one rule has a finding about, with annotations, for the pages of rules.
 *
 * @internal
 */
export function annotatedExample(annotation: string, extra: string = ''): string {
  return `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: iris
  namespace: models
  annotations: { ${annotation} }
spec:
  hosts: [models.example.com]
  gateways: [istio-system/gateway]
  http:
    - match: [{ uri: { prefix: /v2/models/iris/ } }]
      route:
        - destination: { host: seldon-mesh, port: { number: 80 } }
          headers: { request: { set: { seldon-model: iris }${extra} } }
`;
}
