import { folderWith, run } from '../support/cli';

const model = (name: string) => `apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: { name: ${name}, namespace: models }
spec: { storageUri: gs://models/iris, requirements: [sklearn] }
---
`;

const route = (name: string, host: string) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: iris, namespace: models }
spec:
  hosts: [${host}]
  gateways: [istio-system/gateway]
  http:
    - match: [{ uri: { prefix: /v2/models/iris/ } }]
      route:
        - destination: { host: seldon-mesh, port: { number: 80 } }
          headers: { request: { set: { seldon-model: ${name} }, remove: [x-seldon-route, seldon-internal-model] } }
`;

const rulesFound = (folder: string, ...args: readonly string[]) => {
  const { out } = run(folder, ['check', 'after', '--before', 'before', '--output', 'json', ...args]);
  const { findings } = JSON.parse(out) as { findings: { rule: string; file: string; state: string }[] };
  return findings.filter(({ rule }) => /-with-traffic$/.test(rule)).map(({ rule, file, state }) => `${state} ${rule} ${file}`);
};

test('a model that is replaced in one change', () => {
  const folder = folderWith({
    'before/iris.yaml': model('v2') + route('v2', 'a.example.com'),
    'after/iris.yaml': model('v3') + route('v3', 'a.example.com'),
  });

  expect(rulesFound(folder)).toEqual(['introduced new-with-traffic after/iris.yaml', 'introduced removed-with-traffic after/iris.yaml']);
  expect(run(folder, ['check', 'after', '--before', 'before', '--fail-on', 'warning']).code).toBe(1);
});

test('each environment is compared with its own earlier state', () => {
  const folder = folderWith({
    'before/dev/iris.yaml': model('v2') + model('v3') + route('v3', 'dev.example.com'),
    'before/prod/iris.yaml': model('v2') + route('v2', 'prod.example.com'),
    'after/dev/iris.yaml': model('v2') + model('v3') + route('v3', 'dev.example.com'),
    'after/prod/iris.yaml': model('v2') + model('v3') + route('v3', 'prod.example.com'),
  });

  expect(rulesFound(folder)).toEqual(['introduced new-with-traffic after/prod/iris.yaml']);
});

test('the health checks of the configuration count', () => {
  const folder = folderWith({
    'seldon-istio.yaml': 'healthChecks: flux\n',
    'before/iris.yaml': model('v2') + route('v2', 'a.example.com'),
    'after/iris.yaml': model('v3') + route('v3', 'a.example.com'),
  });

  expect(rulesFound(folder)).toEqual(['introduced removed-with-traffic after/iris.yaml']);
});
