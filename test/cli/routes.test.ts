import { folderWith, run } from '../support/cli';
import { CONNECTIONS, POLICY, ROUTES } from '../support/traffic';

const folder = folderWith({ 'dist/routes.yaml': ROUTES + POLICY });

test('prints the table of routes', () => {
  const { code, out, err } = run(folder, ['routes']);
  expect([code, err]).toEqual([0, '']);
  // Columns are as wide as their widest cell.
  const cells = out.trimEnd().split('\n').map((line) => [line.slice(0, 23), line.slice(25, 43), line.slice(45, 77), line.slice(79, 135), line.slice(137, 178), line.slice(180)]
    .map((cell) => cell.trim()));
  expect(cells).toEqual([
    ['Entrance', 'Host', 'Match', 'Answered by', 'Mirrored to', 'Policy'],
    ['istio-system/gateway:80', 'models.example.com', '/v2/models/iris/*, x-tester: yes', 'iris.models.svc.cluster.local:8080 subset v2', '', ''],
    ['', '', '/v2/models/iris', '75 % iris.models.svc.cluster.local:8080 subset v1', '20 % shadow.models.svc.cluster.local:8080', 'timeout 5s'],
    ['', '', '/v2/models/iris/*', '25 % iris.models.svc.cluster.local:8080 subset v2', '', ''],
    ['', '', '/old', 'redirect 308 to http://models.example.com/v2/models/iris', '', ''],
  ]);
});

test.each([
  ['routes'], ['diagram'], ['test', '--generate'], ['trace', 'dist', '--', 'curl', 'http://a.test/'],
])('%s refuses a folder without manifests', (command, ...args) => {
  const paths = command === 'trace' ? [] : ['dist'];
  expect(run(folderWith({ 'dist/notes.txt': '' }), [command, ...paths, ...args])).toEqual({
    code: 2, out: '', err: 'seldon-istio: there are no manifests in dist. Synthesize first, or give another folder.\nUse `seldon-istio --help` to list commands and options.\n',
  });
});

test('manifests of other kinds have no routes', () => {
  expect(run(folderWith({ 'dist/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n' }), ['routes'])).toEqual({ code: 0, out: 'There are no routes.\n', err: '' });
});

test('prints Markdown', () => {
  const lines = run(folder, ['routes', 'dist', '-o', 'markdown']).out.split('\n');
  expect(lines[0]).toBe('| Entrance | Host | Match | Answered by | Mirrored to | Policy |');
  expect(lines[1]).toBe('| --- | --- | --- | --- | --- | --- |');
  expect(lines[2]).toBe('| istio-system/gateway:80 | models.example.com | /v2/models/iris/\\*, x-tester: yes | iris.models.svc.cluster.local:8080 subset v2 |  |  |');
  expect(lines).toHaveLength(6);
});

test('prints JSON, with an example request for each row', () => {
  const { routes } = JSON.parse(run(folder, ['routes', '-o', 'json']).out);
  expect(routes).toHaveLength(3);
  expect(routes[0]).toMatchObject({
    entrance: 'istio-system/gateway:80',
    gateway: 'istio-system/gateway',
    port: 80,
    tls: false,
    host: 'models.example.com',
    matches: ['/v2/models/iris/*, x-tester: yes'],
    rule: { name: 'iris', field: 'spec.http[0].match[0]', line: 18 },
    example: { host: 'models.example.com', path: '/v2/models/iris/infer', method: 'POST', headers: ['x-tester: yes'] },
    cases: [{ outcomes: [{ percentage: 100 }] }],
  });
});

test('who answers behind a policy is shown with the policy', () => {
  const all = POLICY.replace('rules:\n    - to: [{ operation: { paths: ["*/metrics"] } }]', 'rules: [{}]');
  const { out } = run(folderWith({ 'dist/a.yaml': ROUTES + all }), ['routes']);
  expect(out).toMatch(/x-tester: yes +iris\.models\.svc\.cluster\.local:8080 subset v2 +AuthorizationPolicy istio-system\/no-metrics\n/);
});

test('a match that no request reaches is listed', () => {
  const hidden = ROUTES.replace('- uri: { exact: /old }', '- uri: { prefix: /v2/models/iris/old }');
  expect(run(folderWith({ 'dist/a.yaml': hidden }), ['routes']).out).toMatch(/\/v2\/models\/iris\/old\* +no request reaches the rule, since VirtualService models\/iris spec\.http\[1\]\.match\[1\] gets all of them\n/);
});

test('servers that redirect, TLS that is passed through and TCP have rows', () => {
  const { out } = run(folderWith({ 'dist/a.yaml': CONNECTIONS }), ['routes']);
  expect(out.split('\n').slice(1).map((line) => line.trim().split(/ {2,}/))).toEqual([
    ['istio-system/gateway:80', 'models.example.com', '*', 'redirect 301 to https://models.example.com/'],
    ['istio-system/gateway:8443 (TLS)', 'raw.example.com', 'TLS passthrough', 'iris.models.svc.cluster.local:8080'],
    ['istio-system/gateway:9000', '*', 'TCP', 'shadow.models.svc.cluster.local:8080'],
    ['TCP', 'no request reaches the rule'],
    [''],
  ]);
});

test('a server that redirects the routes of one namespace has rows for these', () => {
  const yaml = CONNECTIONS.replace('hosts: [models.example.com]', 'hosts: [models/*.example.com]');
  const { routes } = JSON.parse(run(folderWith({ 'dist/a.yaml': yaml + ROUTES.split('---')[1].replace(/^/, '---') }), ['routes', '-o', 'json']).out) as { routes: { port: number; host: string }[] };
  expect(routes.filter(({ port }) => port === 80).map(({ host }) => host)).toContain('models.example.com');
});

test('a request that typical ones do not suggest is searched for', () => {
  const yaml = ROUTES.replace('headers: { x-tester: { exact: "yes" } }', 'headers: { x-tester: { prefix: a } }\n          withoutHeaders: { x-tester: { exact: a } }');
  const { routes: [first] } = JSON.parse(run(folderWith({ 'dist/a.yaml': yaml }), ['routes', '-o', 'json']).out) as { routes: { matches: string[]; example: { headers: string[] }; cases: unknown[] }[] };
  expect(first.matches).toEqual(['/v2/models/iris/*, x-tester: a*, not x-tester: a']);
  expect(first.example.headers).toEqual([expect.stringMatching(/^x-tester: a./)]);
  expect(first.cases).toHaveLength(1);
});

test('the routes that Seldon\'s operator writes have rows, with the shadow as a mirror', () => {
  const deployment = `---
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata: { name: iris, namespace: models }
spec:
  predictors:
    - { name: default, traffic: 100, graph: { name: m, implementation: SKLEARN_SERVER, modelUri: "gs://m" } }
    - { name: next, shadow: true, traffic: 20, graph: { name: m, implementation: SKLEARN_SERVER, modelUri: "gs://m" } }
`;
  const gateway = ROUTES.split('---')[0].replace('name: gateway', 'name: seldon-gateway');
  const own = folderWith({ 'dist/a.yaml': gateway + deployment, 'seldon-istio.yaml': 'core1Routes: operator\n' });
  const { routes } = JSON.parse(run(own, ['routes', '-o', 'json']).out) as { routes: { cases?: { outcomes: { responder: { id: string } }[]; mirrors: { responder: { id: string } }[] }[] }[] };
  const named = routes.map(({ cases = [] }) => cases.map(({ outcomes, mirrors }) => [...outcomes, ...mirrors].map(({ responder }) => responder.id)));
  expect(named).toEqual(Array.from({ length: 2 }, () => [['Predictor models/iris/default', 'Predictor models/iris/next']]));
});

test('hosts in the mesh have rows', () => {
  const mesh = ROUTES.replace('hosts: [models.example.com]\n  gateways: [istio-system/gateway]', 'hosts: [iris]');
  expect(run(folderWith({ 'dist/a.yaml': mesh }), ['routes']).out).toMatch(/^mesh:8080 +iris\.models\.svc\.cluster\.local +\/v2\/models\/iris\/\*, x-tester: yes +iris/m);
});

test('there can be no routes', () => {
  expect(run(folderWith({ 'dist/a.yaml': ROUTES.split('---')[0] }), ['routes']).out).toBe('There are no routes.\n');
});

describe('a rule that sends all models to Seldon Core 2', () => {
  const object = (kind: string, name: string, spec: string) => `---
apiVersion: mlops.seldon.io/v1alpha1
kind: ${kind}
metadata: { name: ${name}, namespace: seldon-mesh }
spec: ${spec}
`;
  const route = (match: string) => `${ROUTES.split('---')[0]}---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: all, namespace: seldon-mesh }
spec:
  hosts: [models.example.com]
  gateways: [istio-system/gateway]
  http: [{ ${match} route: [{ destination: { host: seldon-mesh, port: { number: 80 } } }] }]
`;
  const models = ['iris', 'wine'].map((name) => object('Model', name, '{ storageUri: gs://x }')).join('');
  const experiment = object('Experiment', 'both', '{ candidates: [{ name: iris, weight: 50 }, { name: wine, weight: 50 }] }');
  const pipeline = object('Pipeline', 'pipe', '{ steps: [{ name: iris }], output: { steps: [iris] } }');
  const matchesOf = (yaml: string) => (JSON.parse(run(folderWith({ 'dist/a.yaml': yaml }), ['routes', '-o', 'json']).out) as { routes: { matches: string[] }[] })
    .routes.map(({ matches }) => matches);

  test('has a row for each model, pipeline and experiment', () => {
    expect(matchesOf(route('') + models + experiment + pipeline)).toEqual([
      ['/v2/models/iris/*'], ['/v2/models/wine/*'], ['/v2/pipelines/pipe/*'], ['*, seldon-model: both.experiment'],
    ]);
  });

  test('has rows for REST and for gRPC', () => {
    expect(matchesOf(route('match: [{ uri: { prefix: /v2 } }, { uri: { prefix: /inference.GRPCInferenceService } }],') + models)).toEqual([
      ['/v2/models/iris/*', '/inference.GRPCInferenceService*, seldon-model: iris'],
      ['/v2/models/wine/*', '/inference.GRPCInferenceService*, seldon-model: wine'],
    ]);
  });

  test('has rows for paths that it rewrites', () => {
    expect(matchesOf(route('match: [{ uri: { prefix: /api/ } }], rewrite: { uri: /v2/models/ },') + models)).toEqual([['/api/iris/*'], ['/api/wine/*']]);
  });

  test('has one row if the path names a model that does not exist', () => {
    const yaml = route('match: [{ uri: { prefix: /v2/models/absent/ } }],') + models;
    expect(matchesOf(yaml)).toEqual([['/v2/models/absent/*']]);
    expect(run(folderWith({ 'dist/a.yaml': yaml }), ['routes']).out).toContain('404 not-found (there is no Model seldon-mesh/absent)');
  });

  test('has a test for each of them', () => {
    const { out } = run(folderWith({ 'dist/a.yaml': route('match: [{ uri: { prefix: /v2 } }],') + models }), ['test', 'dist', '--generate']);
    expect(out).toContain('  - name: models.example.com/v2/models/iris/*\n');
    expect(out).toContain('      servedBy: Model seldon-mesh/wine\n');
    expect(out).not.toContain('unanswered');
  });
});

describe('rules in the mesh for some callers', () => {
  const yaml = `${ROUTES.split('---').slice(2).join('---')}---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: mesh, namespace: models }
spec:
  hosts: [iris]
  http:
    - match: [{ sourceLabels: { app: web }, uri: { prefix: /v2 } }]
      route: [{ destination: { host: iris, subset: v2 } }]
    - match: [{ sourceNamespace: other }]
      directResponse: { status: 403 }
    - match: [{ uri: { prefix: /re/ } }]
      directResponse: { status: 418 }
    - route: [{ destination: { host: iris, subset: v1 } }]
    - match: [{ uri: { prefix: /never } }]
      directResponse: { status: 500 }
`;

  test('have rows, and so have the rules after one that is for all requests of a namespace', () => {
    const { routes } = JSON.parse(run(folderWith({ 'dist/a.yaml': yaml }), ['routes', '-o', 'json']).out) as {
      routes: { matches: string[]; example: object; answeredBy: unknown }[];
    };
    expect(routes.map(({ matches }) => matches)).toEqual([['/v2*, from pods app=web'], ['*, from namespace other'], ['/re/*'], ['*']]);
    expect(routes.map(({ example }) => example)).toMatchObject([
      { from: { namespace: 'models', labels: { app: 'web' } } }, { from: { namespace: 'other' } }, { from: { namespace: 'models' } }, { from: { namespace: 'models' } },
    ]);
  });
});

test('a match that the age of VirtualServices decides about has its cases', () => {
  const other = `---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: other, namespace: models }
spec:
  hosts: [models.example.com]
  gateways: [istio-system/gateway]
  http: [{ match: [{ uri: { exact: /old } }], directResponse: { status: 418 } }]
`;
  const { out } = run(folderWith({ 'dist/a.yaml': ROUTES + other }), ['routes']);
  expect(out).not.toContain('no example request found');
  expect(out).toMatch(/\/old +redirect 308 to http:\/\/models\.example\.com\/v2\/models\/iris/);
  expect(out).toContain('or direct response 418');
});

test('an authority with another port than that of the entrance has an example', () => {
  const withPort = ROUTES.replace('- uri: { exact: /old }', '- { uri: { exact: /old }, authority: { exact: "models.example.com:8080" } }');
  const { routes } = JSON.parse(run(folderWith({ 'dist/a.yaml': withPort }), ['routes', '-o', 'json']).out) as { routes: object[] };
  expect(routes[2]).toMatchObject({
    matches: ['/old, authority models.example.com:8080'], example: { host: 'models.example.com:8080', port: 80 }, cases: [{ outcomes: [{ percentage: 100 }] }],
  });
});
