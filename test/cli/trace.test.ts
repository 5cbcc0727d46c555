import { folderWith, run } from '../support/cli';
import { POLICY, ROUTES } from '../support/traffic';

const folder = folderWith({ 'dist/routes.yaml': ROUTES + POLICY });

test('prints the request, who answers, and the trace', () => {
  const { code, out, err } = run(folder, ['trace', 'dist/', '--', 'curl', '-sk', '-H', 'x-tester: yes', 'http://models.example.com/v2/models/iris/infer', '-m', '5']);
  expect([code, err]).toEqual([0, '']);
  expect(out).toBe(`GET http://models.example.com/v2/models/iris/infer (HTTP/1.1)
  to port 80
  user-agent: curl/8.5.0
  accept: */*
  x-tester: yes
Note: -m changes nothing here, and is ignored.

100 % iris.models.svc.cluster.local:8080 subset v2 (Deployment models/iris-v2)
      receives GET /v2/models/iris/infer with host models.example.com
retries 2, on connect-failure,refused-stream,unavailable,cancelled,retriable-status-codes

Trace
  + gateway: server "http" (HTTP, port 80) accepts the connection
      dist/routes.yaml:7:7  Gateway istio-system/gateway spec.servers[0]
  - policy: DENY: spec.rules[0] does not match, since path is "/v2/models/iris/infer", not
    "*/metrics"
      dist/routes.yaml:83:7  AuthorizationPolicy istio-system/no-metrics spec.rules[0]
  + host: virtual host models.example.com
  + rule: VirtualService models/iris: path prefix "/v2/models/iris/", header x-tester exact "yes"
    matches
      dist/routes.yaml:18:11  VirtualService models/iris spec.http[0].match[0]
  + destination: 100 % of the requests go to iris.models.svc.cluster.local:8080, subset v2
      dist/routes.yaml:21:11  VirtualService models/iris spec.http[0].route[0]
`);
});

test('prints an answer of a proxy with its reason and its place', () => {
  const { out } = run(folder, ['trace', '--url', 'http://models.example.com/v2/models/iris/metrics']);
  expect(out).toContain('\n100 % 403 denied: ');
  expect(out).toContain('AuthorizationPolicy istio-system/no-metrics');
});

test('reads a command line in one word, and one of grpcurl', () => {
  const line = 'curl -H \'x-tester: yes\' http://models.example.com/v2/models/iris/infer | jq .';
  expect(run(folder, ['trace', 'dist', '--', line]).out).toContain('Note: the command ends at "|", as in a shell.');
  expect(run(folder, ['trace', 'dist', '--', 'grpcurl', '-plaintext', 'models.example.com:80', 'inference.GRPCInferenceService/ModelInfer']).out).toContain('200 not-found with gRPC status UNIMPLEMENTED');
});

test('writes JSON', () => {
  const { code, out } = run(folder, ['trace', '-o', 'json', '--url', 'http://models.example.com/old', '-H', 'x-a: 1', '-H', 'x-a: 2', '--address', '203.0.113.7']);
  expect(code).toBe(0);
  const { request, cases, trace } = JSON.parse(out);
  expect(request).toEqual({
    entry: { kind: 'gateway', port: 80, sourceAddress: '203.0.113.7' }, http: '1.1', method: 'GET', authority: 'models.example.com', path: '/old', headers: ['x-a: 1', 'x-a: 2'],
  });
  expect(cases[0].outcomes[0]).toMatchObject({ share: '1/1', percentage: 100, responder: { kind: 'redirect', status: 308, location: 'http://models.example.com/v2/models/iris' } });
  expect(cases[0].rule).toEqual({
    apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', namespace: 'models', name: 'iris', field: 'spec.http[2].match[0]', file: 'dist/routes.yaml', line: 35, column: 11,
  });
  expect(trace.map(({ stage }: { stage: string }) => stage)).toContain('rule');
});

test('a workload in the mesh sends the request', () => {
  const { out } = run(folder, ['trace', 'dist', '--from', 'web/frontend', '--from-label', 'app=web', '--', 'curl', 'http://iris.models:8080/v2']);
  expect(out).toContain('  from a workload in namespace web with service account frontend, to port 8080\n');
  expect(out).toContain('100 % iris.models.svc.cluster.local:8080');
});

test('a delay is data, and next to time limits in texts', () => {
  const delayed = folderWith({ 'dist/routes.yaml': ROUTES.replace('timeout: 5s', 'timeout: 5s\n      fault: { delay: { percentage: { value: 10 }, fixedDelay: 2s } }') });
  const url = ['--url', 'http://models.example.com/v2/models/iris'];
  expect(JSON.parse(run(delayed, ['trace', 'dist', '-o', 'json', ...url]).out).cases[0]).toMatchObject({ timeout: '5s', delay: { percentage: 10, duration: '2s' } });
  expect(JSON.parse(run(folder, ['trace', 'dist', '-o', 'json', ...url]).out).cases[0]).not.toHaveProperty('delay');
  const { out } = run(delayed, ['trace', 'dist', ...url]);
  expect(out).toContain('\ntimeout 5s\n');
  expect(out).toContain('\ndelay 2s for 10 %\n');
  expect(out).toContain('  + rule: 10 % of the requests are delayed by 2s\n');
  expect(run(delayed, ['routes', 'dist']).out).toContain('delay 2s for 10 %');
});

test('the version of HTTP and the server name are options', () => {
  const secure = folderWith({ 'dist/routes.yaml': ROUTES.replace('{ number: 80, name: http, protocol: HTTP }', '{ number: 443, name: https, protocol: HTTPS }\n      tls: { mode: SIMPLE, credentialName: c }') });
  const first = (...args: readonly string[]) => run(secure, ['trace', 'dist', ...args]).out.split('\n');
  const url = ['--url', 'https://models.example.com/old'];
  expect(first(...url)[0]).toBe('GET https://models.example.com/old (HTTP/2)');
  expect(first(...url, '--http', '1.1')[0]).toBe('GET https://models.example.com/old (HTTP/1.1)');
  expect(first(...url, '--server-name', 'other.example.com')).toEqual(expect.arrayContaining([
    '  server name other.example.com', '100 % closed connection: no server has the server name "other.example.com"',
  ]));
  expect(first('--http', '1.1', '--', 'curl', 'https://models.example.com/old')[0]).toBe('GET https://models.example.com/old (HTTP/1.1)');
  expect(run(secure, ['trace', 'dist', ...url, '--http', '3'])).toMatchObject({ code: 2, err: expect.stringContaining('--http') });
  expect(run(secure, ['trace', 'dist', '--url', 'http://models.example.com', '--server-name', 'a.test'])).toMatchObject({
    code: 2, err: 'seldon-istio: the request has a server name "a.test", but its scheme is http. Use https.\n',
  });
});

test('credentials are not printed', () => {
  const { out } = run(folder, ['trace', 'dist', '--', 'curl', '-u', 'me:secret', 'http://models.example.com/']);
  expect(out).toContain('authorization: Basic …\n');
  expect(out).not.toContain('bWU6');
});

test('answers for each cluster where files define one object differently', () => {
  const other = ROUTES.replace('weight: 75', 'weight: 50').replace('weight: 25', 'weight: 50');
  const both = folderWith({ 'dist/a/routes.yaml': ROUTES, 'dist/b/routes.yaml': other });
  const { out } = run(both, ['trace', '--url', 'http://models.example.com/v2/models/iris']);
  expect(out.split('\n').filter((line) => /^(#|\d+ % iris)/.test(line)).map((line) => line.replace(/ \(.*/, ''))).toEqual([
    '# dist/a/routes.yaml', '75 % iris.models.svc.cluster.local:8080 subset v1', '25 % iris.models.svc.cluster.local:8080 subset v2',
    '# dist/b/routes.yaml', '50 % iris.models.svc.cluster.local:8080 subset v1', '50 % iris.models.svc.cluster.local:8080 subset v2',
  ]);
  expect(JSON.parse(run(both, ['trace', '-o', 'json', '--url', 'http://models.example.com/v2/models/iris']).out)).toHaveLength(2);
});

test('manifests that cannot be read are reported, and the rest answers', () => {
  const broken = folderWith({ 'dist/a.yaml': ROUTES, 'dist/b.yaml': 'apiVersion: v1\nkind: [\n' });
  const { code, out, err } = run(broken, ['trace', '--url', 'http://models.example.com/old']);
  expect([code, out.includes('redirect 308')]).toEqual([2, true]);
  expect(err).toMatch(/^seldon-istio: dist\/b\.yaml:\d+:\d+ is left out, since it could not be read: .*\.\n$/);
});

test.each<[readonly string[], string]>([
  [['trace', 'dist'], ''],
  [['trace', 'dist', '--', 'wget', 'http://a.test'], 'seldon-istio: "wget" is not a command that can be traced. Give a command that begins with curl or grpcurl.\n'],
  [['trace', 'dist', '--', 'curl', '--hedaer', 'x', 'http://a.test'], 'seldon-istio: curl has no option --hedaer. Did you mean --header?\n'],
  [['trace', 'dist', '--url', 'http://a.test', '--', 'curl', 'http://a.test'], 'seldon-istio: there are both --url and a command line. Give one of them.\n'],
  [['trace', 'dist', '--url', 'a.test', '--from-label', 'app=web'], 'seldon-istio: there is --from-label without --from. Add the namespace of the workload with --from.\n'],
  [['trace', 'dist', '--url', 'a.test', '--from', 'web', '--from-label', 'web'], 'seldon-istio: --from-label is "web". Write the key and the value, as in app=web.\n'],
  [['trace', 'dist', '--url', 'a.test', '--claims', '[]'], 'seldon-istio: --claims is [], which is not a JSON object. Write it as in \'{"iss": "https://idp.example.com"}\'.\n'],
  [['trace', 'dist', '--url', 'a.test', '--gateway', 'istio-system/gateways'], 'seldon-istio: gateway "istio-system/gateways" does not exist. Did you mean "istio-system/gateway"?\n'],
])('%j', (args, message) => {
  const { code, err } = run(folder, args);
  // Without a request, the only host is asked for `/`.
  expect([code, err]).toEqual([message === '' ? 0 : 2, message]);
});

test('fails without manifests', () => {
  const { code, err } = run(folderWith(), ['trace', '--url', 'http://a.test']);
  expect(code).toBe(2);
  expect(err).toContain('there are no manifests. Give files or folders, as in `seldon-istio trace dist/ -- curl');
});

test('fails where several Gateways that are not among the manifests could be meant', () => {
  const route = (name: string) => `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: ${name}, namespace: a }\nspec:\n`
    + `  hosts: [a.test]\n  gateways: [b/${name}]\n  http: [{ route: [{ destination: { host: c } }] }]\n`;
  const { code, err } = run(folderWith({ 'dist/a.yaml': `${route('x')}---\n${route('y')}` }), ['trace', '--url', 'http://a.test/']);
  expect([code, err]).toEqual([2, 'seldon-istio: the request does not tell which of the Gateways b/x, b/y it enters, and none of them is among the objects. '
    + 'Set gateway to one of them, or add their manifests.\n']);
});

test.each(['x', '8080x', '-1'])('port %s is an error with its text', (port) => {
  const { code, err } = run(folderWith({ 'dist/routes.yaml': ROUTES }), ['trace', 'dist', '--url', 'http://models.example.com/', `--port=${port}`]);
  expect([code, err]).toEqual([2, expect.stringContaining(`--port is "${port}". Use a number from 1 to 65535`)]);
});
