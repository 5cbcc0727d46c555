/**
 * A VirtualService for a model of Seldon Core 2, for the pages of rules.
 *
 * @param http The HTTP rules, as YAML that is indented by four spaces.
 * @internal
 */
export function core2RouteExample(http: string, { name = 'iris', gateways = '[istio-system/gateway]', hosts = '[models.example.com]' } = {}): string {
  return `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name}, namespace: models }
spec:
  hosts: ${hosts}
${gateways === '' ? '' : `  gateways: ${gateways}\n`}  http:
${http}
`;
}

/**
 * A Model of Seldon Core 2, for the pages of rules.
 *
 * @internal
 */
export function modelExample(name: string): string {
  return `apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: { name: ${name}, namespace: models }
spec: { storageUri: gs://models/${name}, requirements: [sklearn] }
`;
}

/**
 * A destination that selects a model, as a route of an HTTP rule.
 *
 * @internal
 */
export function selects(model: string): string {
  return `      route:
        - destination: { host: seldon-mesh, port: { number: 80 } }
          headers: { request: { set: { seldon-model: ${model} }, remove: [x-seldon-route, seldon-internal-model] } }`;
}

/**
 * A route that divides its requests between models, for the pages of rules.
 *
 * @param weights The weights, by model.
 * @internal
 */
export function splitExample(weights: { readonly [model: string]: number }): string {
  const arms = Object.entries(weights).map(([model, weight]) => `        - destination: { host: seldon-mesh, port: { number: 80 } }
          weight: ${weight}
          headers: { request: { set: { seldon-model: ${model} }, remove: [x-seldon-route, seldon-internal-model] } }`);
  return core2RouteExample(['    - match: [{ uri: { prefix: /v2/models/iris/ } }]', '      route:', ...arms].join('\n'));
}
