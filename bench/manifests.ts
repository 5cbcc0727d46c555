import { Layout } from './layouts';
import type { main as Main } from '../src/cli/main';

// Users run the compiled package.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { main }: { main: typeof Main } = require('../lib/src/cli/main');

/** Reads and checks manifests as the command does for standard input, and expects no errors. */
export function check(text: string): void {
  run(text, 'error');
}

/** The same for a layout of objects, which may have findings. */
export function checkLayout(layout: Layout, count: number): void {
  run(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: layout(count) }), 'never');
}

function run(text: string, failOn: string): void {
  let problems = '';
  const code = main(['check', '-', '--fail-on', failOn], {
    cwd: '/', env: {}, isTerminal: false, readInput: () => text, write: () => undefined, writeError: (error) => { problems += error; },
  });
  if (code !== 0) throw new Error(`the manifests have findings, or were not read: ${problems}`);
}

/**
 * Manifests of many VirtualServices as YAML, with what belongs to them: the models that they route to, the Services and DestinationRules
 * of every fifth one, and the Gateway and the policies of each host.
 *
 * @param count Number of VirtualServices.
 * @param hosts Number of hosts that they share.
 */
export function manyRoutes(count: number, hosts: number): string {
  const documents = Array.from({ length: hosts }, (_, host) => [gateway(host), policy(host)]).flat();
  for (let i = 0; i < count; i++) documents.push(...i % 5 === 4 ? serviceRoute(i, i % hosts) : modelRoute(i, i % hosts));
  return documents.join('---\n');
}

const SELDON_MESH = 'seldon-mesh.seldon-mesh.svc.cluster.local';

function gateway(host: number): string {
  return `apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: gateway-${host}
  namespace: istio-system
spec:
  selector:
    istio: ingressgateway
  servers:
    - hosts:
        - "*/host-${host}.example.com"
      port:
        name: http
        number: 80
        protocol: HTTP
`;
}

function policy(host: number): string {
  return `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
  name: no-metrics-${host}
  namespace: istio-system
spec:
  selector:
    matchLabels:
      istio: ingressgateway
  action: DENY
  rules:
    - to:
        - operation:
            hosts:
              - host-${host}.example.com
              - host-${host}.example.com:*
            paths:
              - /metrics
`;
}

function model(name: string): string {
  return `apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata:
  name: ${name}
  namespace: seldon-mesh
spec:
  requirements:
    - sklearn
  storageUri: gs://models/${name}
`;
}

/** A split between two models, over REST and gRPC; every tenth one keeps a client at its arm. */
function modelRoute(i: number, host: number): string[] {
  const names = [`model-${i}-stable`, `model-${i}-canary`];
  const arm = (name: string, weight?: number) => `        - destination:
            host: ${SELDON_MESH}
            port:
              number: 80
          headers:
            request:
              remove:
                - x-seldon-route
                - seldon-internal-model
              set:
                seldon-model: ${name}
${weight === undefined ? '' : `          weight: ${weight}\n`}`;
  const testers = `    - match:
        - uri:
            prefix: /v2/models/model-${i}/
          headers:
            x-group:
              regex: (.*,)?testers(,.*)?
      route:
${arm(names[1])}`;
  const route = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: route-${i}
  namespace: seldon-mesh
spec:
  gateways:
    - istio-system/gateway-${host}
  hosts:
    - host-${host}.example.com
  http:
${i % 10 === 0 ? testers : ''}    - match:
        - uri:
            exact: /v2/models/model-${i}
        - uri:
            prefix: /v2/models/model-${i}/
      route:
${arm(names[0], 90)}${arm(names[1], 10)}    - match:
        - uri:
            prefix: /inference.GRPCInferenceService/
          headers:
            seldon-model:
              exact: model-${i}
      route:
${arm(names[0], 90)}${arm(names[1], 10)}`;
  return [...names.map(model), route];
}

/** A route to two subsets of a Service; every tenth one has a regular expression for its paths. */
function serviceRoute(i: number, host: number): string[] {
  const arm = (subset: string, weight: number) => `        - destination:
            host: iris-${i}.models.svc.cluster.local
            subset: ${subset}
            port:
              number: 8000
          weight: ${weight}
`;
  return [`apiVersion: v1
kind: Service
metadata:
  name: iris-${i}
  namespace: models
spec:
  selector:
    app: iris-${i}
  ports:
    - name: http
      port: 8000
`, `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: iris-${i}
  namespace: models
spec:
  host: iris-${i}.models.svc.cluster.local
  subsets:
    - name: stable
      labels:
        version: v1
    - name: canary
      labels:
        version: v2
`, `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: route-${i}
  namespace: models
spec:
  gateways:
    - istio-system/gateway-${host}
  hosts:
    - host-${host}.example.com
  http:
    - match:
        - uri:
            ${i % 10 === 9 ? `regex: /iris-${i}/(v1|v2)/.*` : `prefix: /iris-${i}/`}
      rewrite:
        uri: /
      route:
${arm('stable', 90)}${arm('canary', 10)}`];
}
