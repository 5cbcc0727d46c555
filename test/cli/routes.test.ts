import { folderWith, run } from '../support/cli';
import { POLICY, ROUTES } from '../support/traffic';

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
  expect(run(folderWith({ 'dist/a.yaml': hidden }), ['routes']).out).toMatch(/\/v2\/models\/iris\/old\* +no example request found\n/);
});

test('hosts in the mesh have rows', () => {
  const mesh = ROUTES.replace('hosts: [models.example.com]\n  gateways: [istio-system/gateway]', 'hosts: [iris]');
  expect(run(folderWith({ 'dist/a.yaml': mesh }), ['routes']).out).toMatch(/^mesh:8080 +iris\.models\.svc\.cluster\.local +\/v2\/models\/iris\/\*, x-tester: yes +iris/m);
});

test('there can be no routes', () => {
  expect(run(folderWith({ 'dist/a.yaml': ROUTES.split('---')[0] }), ['routes']).out).toBe('There are no routes.\n');
});
