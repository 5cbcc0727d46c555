import { readFileSync } from 'fs';
import { join } from 'path';
import Ajv from 'ajv';
import { load } from 'js-yaml';
import { TESTS_SCHEMA, testsSchemaFile } from '../../src/cli/traffic-tests/schema';
import { folderWith, run } from '../support/cli';
import { CONNECTIONS, POLICY, ROUTES } from '../support/traffic';
import { parseXml } from '../support/xml';

const GOOD = `tests:
  - name: testers reach version 2
    request:
      path: /v2/models/iris/infer
      headers: ["x-tester: yes"]
    expect:
      servedBy: v2
      noMirrors: true
      path: /v2/models/iris/infer
  - name: others are split
    request:
      command: curl -H 'x-debug; ' -d '{}' http://models.example.com/v2/models/iris/infer
    expect:
      split: { v1: 75, v2: 25 }
      mirrorTo: { shadow: 20 }
      timeout: 5s
      host: models.example.com
      withoutHeaders: [x-arm-2]
  - name: the old address is redirected
    request: { url: http://models.example.com/old }
    expect: { redirectTo: http://models.example.com/v2/models/iris, status: 308 }
  - name: metrics are not public
    request: { path: /v2/models/iris/metrics }
    expect: { denied: true, deniedBy: no-metrics }
  - name: nothing else is served
    request: { path: / }
    expect: { unanswered: true }
`;

function folderOf(tests: string, more: { readonly [path: string]: string } = {}): string {
  return folderWith({ 'dist/routes.yaml': ROUTES + POLICY, 'dist/traffic-tests.yaml': tests, ...more });
}

/** A file with one test. */
function single(request: string, expect: string): string {
  return `tests:\n  - name: one\n    request: ${request}\n    expect: ${expect}\n`;
}

test('tests that pass', () => {
  expect(run(folderOf(GOOD), ['test'])).toEqual({ code: 0, out: '5 passed.\n', err: '' });
  expect(run(folderOf(GOOD), ['test', '--all']).out).toBe([
    'passed testers reach version 2', 'passed others are split', 'passed the old address is redirected', 'passed metrics are not public', 'passed nothing else is served', '5 passed.', '',
  ].join('\n'));
});

test('a test that fails shows expected, actual and the trace', () => {
  const { code, out } = run(folderOf(single('{ path: /v2/models/iris }', '{ servedBy: v1 }')), ['test', 'dist/']);
  expect(code).toBe(1);
  expect(out.split('\n').slice(0, 5)).toEqual([
    'failed one',
    '  dist/traffic-tests.yaml:2',
    '  GET http://models.example.com/v2/models/iris (HTTP/1.1)',
    '  expected: all requests are answered by v1',
    '  actual:   iris.models.svc.cluster.local:8080 subset v1 75 %, iris.models.svc.cluster.local:8080',
  ]);
  expect(out).toContain('dist/routes.yaml:23:11  VirtualService models/iris spec.http[1].match[0]');
  expect(out.split('\n').slice(-3)).toEqual(['', '0 passed, 1 failed.', '']);
});

test.each([
  ['{ split: { v1: 70, v2: 30 } }', 'expected: requests are split: v1 70 %, v2 30 %'],
  ['{ mirrorTo: { shadow: 10 } }', 'expected: requests are mirrored to shadow 10 %'],
  ['{ noMirrors: true }', 'expected: no request is mirrored'],
  ['{ denied: true }', 'expected: all requests are denied'],
  ['{ unanswered: true }', 'expected: no one answers'],
  ['{ status: 404 }', 'expected: a proxy answers all requests with status 404'],
  ['{ redirectTo: "http://a.test/" }', 'expected: all requests are redirected to http://a.test/'],
  ['{ path: /other }', 'actual:   iris.models.svc.cluster.local:8080 subset v1 receives /v2/models/iris'],
  ['{ host: other }', 'actual:   iris.models.svc.cluster.local:8080 subset v1 receives models.example.com'],
  ['{ headers: { x-arm: v1 } }', 'actual:   iris.models.svc.cluster.local:8080 subset v2 receives no header x-arm'],
  ['{ withoutHeaders: [x-arm] }', 'actual:   iris.models.svc.cluster.local:8080 subset v1 receives x-arm: v1'],
  ['{ timeout: 9s }', 'actual:   timeout 5s'],
])('expectation %s fails', (expectation, line) => {
  const { code, out } = run(folderOf(single('{ path: /v2/models/iris }', expectation)), ['test']);
  expect(code).toBe(1);
  expect(out.replace(/\n {4}(?=\S)/g, ' ')).toContain(line);
});

describe('gRPC calls', () => {
  const CALL = '{ grpc: inference.GRPCInferenceService/ModelInfer }';

  test.each(['{ grpcStatus: UNIMPLEMENTED }', '{ status: 200, unanswered: true }', '{ split: { UNIMPLEMENTED: 100 } }'])('expectation %s is met', (expectation) => {
    expect(run(folderOf(single(CALL, expectation)), ['test']).out).toBe('1 passed.\n');
  });

  test('the status of HTTP fails, with the field that was meant', () => {
    const { code, out } = run(folderOf(single(CALL, '{ status: 404 }')), ['test']);
    expect(code).toBe(1);
    expect(out.split('\n').slice(3, 7)).toEqual([
      '  expected: a proxy answers all requests with status 404',
      '  actual:   200 not-found with gRPC status UNIMPLEMENTED (no rule for host models.example.com',
      '    matches)',
      '  A gRPC call gets HTTP status 200 and a gRPC status. Expect `grpcStatus` UNIMPLEMENTED.',
    ]);
    expect(run(folderOf(single(CALL, '{ status: 404 }')), ['test', '-o', 'junit']).out).toContain('Expect `grpcStatus` UNIMPLEMENTED.');
    expect(JSON.parse(run(folderOf(single(CALL, '{ status: 404 }')), ['test', '-o', 'json']).out).tests[0].mismatches[0].remedy).toContain('`grpcStatus` UNIMPLEMENTED');
  });

  test('another status of gRPC fails, and so does a request that is no call', () => {
    expect(run(folderOf(single(CALL, '{ grpcStatus: NOT_FOUND }')), ['test']).out).toContain('expected: a proxy answers all requests with gRPC status NOT_FOUND\n');
    expect(run(folderOf(single('{ path: /none }', '{ grpcStatus: NOT_FOUND }')), ['test']).out).toContain('Give it a gRPC method, or expect `status`.\n');
  });

  test('a status is one of gRPC', () => {
    const { code, err } = run(folderOf(single(CALL, '{ grpcStatus: "12" }')), ['test']);
    expect(code).toBe(2);
    expect(err).toContain('tests[0].expect.grpcStatus is "12", but must be OK, CANCELLED, UNKNOWN, INVALID_ARGUMENT, ');
  });

  test('generated tests have the status of gRPC', () => {
    const fault = ROUTES.replace('redirect: { uri: /v2/models/iris, redirectCode: 308 }', 'directResponse: { status: 403 }')
      .replace('- uri: { exact: /old }', '- uri: { exact: /a.B/C }\n          headers: { content-type: { exact: application/grpc } }');
    const { out } = run(folderWith({ 'dist/a.yaml': fault }), ['test', '--generate']);
    expect(out).toContain('      grpcStatus: PERMISSION_DENIED\n');
    expect(run(folderWith({ 'dist/a.yaml': fault, 'dist/traffic-tests.yaml': out }), ['test']).code).toBe(0);
  });
});

describe('a delay', () => {
  const delayed = ROUTES.replace('timeout: 5s', 'fault: { delay: { fixedDelay: 2s, percentage: { value: 10 } } }');
  const judged = (expected: string, manifests = delayed) => {
    const { code, out } = run(folderWith({ 'dist/a.yaml': manifests, 'dist/traffic-tests.yaml': single('{ path: /v2/models/iris }', expected) }), ['test']);
    return [code, ...out.split('\n').filter((line) => /^ {2}(expected|actual):/.test(line)).map((line) => line.trim())];
  };

  test('is expected with any share, or with a share', () => {
    expect(judged('{ delay: { duration: 2s } }')).toEqual([0]);
    expect(judged('{ delay: { duration: 2000ms, percentage: 10 } }')).toEqual([0]);
  });

  test('fails if it is another one, or there is none', () => {
    expect(judged('{ delay: { duration: 3s } }')).toEqual([1, 'expected: the delay is 3s', 'actual:   delay 2s for 10 %']);
    expect(judged('{ delay: { duration: 2s, percentage: 20 } }')).toEqual([1, 'expected: the delay is 2s for 20 % of the requests', 'actual:   delay 2s for 10 %']);
    expect(judged('{ delay: { duration: 2s } }', ROUTES)).toEqual([1, 'expected: the delay is 2s', 'actual:   no delay']);
  });
});

test('defaults are shared by all requests', () => {
  const tests = 'defaults:\n  request: { host: models.example.com, headers: ["x-tester: yes"] }\ntests:\n'
    + '  - { name: one, request: { path: /v2/models/iris/infer, headers: ["x-b: 1"] }, expect: { servedBy: v2 } }\n'
    + '  - { name: two, request: { url: http://other.example.com/ }, expect: { unanswered: true } }\n';
  expect(run(folderOf(tests), ['test']).out).toBe('2 passed.\n');
});

test('manifests and context can be in other folders', () => {
  const [gateway, ...rest] = ROUTES.split('---\n');
  const folder = folderWith({
    'team/tests/traffic-tests.yaml': `manifests: [../dist]\ncontext: [../../platform]\n${single('{ path: /old }', '{ status: 308 }')}`,
    'team/dist/a.yaml': rest.join('---\n'),
    'platform/gateway.yaml': gateway,
  });
  expect(run(folder, ['test', 'team'])).toEqual({ code: 0, out: '1 passed.\n', err: '' });
});

test('a file of tests can have any name, and uses the manifests of the command', () => {
  const folder = folderWith({ 'dist/routes.yaml': ROUTES, 'my-tests.yml': single('{ path: /old }', '{ status: 308 }') });
  expect(run(folder, ['test', 'dist', 'my-tests.yml'])).toEqual({ code: 0, out: '1 passed.\n', err: '' });
});

test('writes JSON', () => {
  const { tests, totals } = JSON.parse(run(folderOf(single('{ path: /old }', '{ status: 307 }')), ['test', '-o', 'json']).out);
  expect(totals).toEqual({ passed: 0, failed: 1, errors: 0 });
  expect(tests[0]).toMatchObject({
    file: 'dist/traffic-tests.yaml', line: 2, name: 'one', outcome: 'failed', mismatches: [{ expected: 'a proxy answers all requests with status 307' }], cases: [{}],
  });
});

test('writes JUnit', () => {
  const { code, out } = run(folderOf(`${single('{ path: /old }', '{ status: 307 }')}${GOOD.replace('tests:\n', '')}  - { name: wrong, request: { path: x }, expect: { status: 1 } }\n`
    .replace('status: 1 }', 'status: 100 }')), ['test', '-o', 'junit', '--fail-under', '100']);
  expect(code).toBe(2);
  expect(() => parseXml(out)).not.toThrow();
  expect(out).toContain('<testsuites name="seldon-istio" tests="8" failures="2" errors="1" skipped="0">');
  expect(out).toContain('<testcase classname="dist/traffic-tests.yaml" name="others are split" file="dist/traffic-tests.yaml" line="13"/>');
  expect(out).toContain('<failure message="the coverage is 88.8 %, but must be at least 100 %" type="coverage">match dist/routes.yaml:23:11');
  expect(out).toContain('<error message="path &quot;x&quot; does not begin with &quot;/&quot;. Use &quot;/x&quot;" type="error">');
});

describe('coverage', () => {
  test('lists what no test has reached', () => {
    const { code, out } = run(folderOf(single('{ path: /v2/models/iris }', '{ timeout: 5s }')), ['test', '--coverage']);
    expect(code).toBe(0);
    expect(out).toBe(`Not reached by any test
  rule dist/routes.yaml:17:7  VirtualService models/iris spec.http[0]
  match dist/routes.yaml:24:11  VirtualService models/iris spec.http[1].match[1]
  arm dist/routes.yaml:29:11  VirtualService models/iris spec.http[1].route[0]
  arm dist/routes.yaml:32:11  VirtualService models/iris spec.http[1].route[1]
  mirror dist/routes.yaml:26:7  VirtualService models/iris spec.http[1].mirror
  rule dist/routes.yaml:34:7  VirtualService models/iris spec.http[2]
  policy dist/routes.yaml:76:1  AuthorizationPolicy istio-system/no-metrics
Coverage: 22.2 % (rules 1 of 3, matches 1 of 2, arms 0 of 2, mirrors 0 of 1, policies 0 of 1).

1 passed.
`);
  });

  test('fails below a threshold', () => {
    const folder = folderOf(single('{ path: /v2/models/iris }', '{ timeout: 5s }'));
    expect(run(folder, ['test', '--fail-under', '22']).code).toBe(0);
    const { code, out } = run(folder, ['test', '--fail-under', '23']);
    expect([code, out.includes('The coverage is below 23 %. Add tests for what is listed above.\n')]).toEqual([1, true]);
  });

  test('is complete', () => {
    const more = `${GOOD}  - { name: exact, request: { path: /v2/models/iris }, expect: { split: { v1: 75, v2: 25 } } }\n`;
    expect(run(folderOf(more), ['test', '--fail-under', '100'])).toEqual({
      code: 0, out: 'Coverage: 100 % (rules 3 of 3, matches 2 of 2, arms 2 of 2, mirrors 1 of 1, policies 1 of 1).\n\n6 passed.\n', err: '',
    });
  });
});

describe('the coverage of policies and connections', () => {
  const policy = (action: string, rules: string) => `---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: methods, namespace: istio-system }
spec: { selector: { matchLabels: { istio: ingressgateway } }, action: ${action}, rules: [${rules}] }
`;
  const method = (name: string) => `{ to: [{ operation: { methods: [${name}] } }] }`;
  /** What a request to `/old` does not reach of policies. */
  function missed(policies: string): string[] {
    const folder = folderWith({ 'dist/routes.yaml': ROUTES + policies, 'dist/traffic-tests.yaml': single('{ path: /old }', '{ status: 308 }') });
    const { out } = run(folder, ['test', '--coverage', '-o', 'json']);
    const { coverage: { parts } } = JSON.parse(out) as { coverage: { parts: { kind: string; isReached: boolean; place: { field: string } }[] } };
    return parts.filter(({ kind, isReached }) => kind.startsWith('policy') && !isReached).map(({ kind, place }) => `${kind} ${place.field}`);
  }

  test.each<[title: string, policies: string, missed: readonly string[]]>([
    ['a rule that allows the request is reached, and others are not', policy('ALLOW', `${method('PUT')}, ${method('GET')}`), ['policy rule spec.rules[0]']],
    ['a denial because no rule allows the request reaches the policy only', policy('ALLOW', method('PUT')), ['policy rule spec.rules[0]']],
    ['a rule that denies the request is reached', policy('DENY', `${method('PUT')}, ${method('GET')}`), ['policy rule spec.rules[0]']],
    ['the only rule that denies is reached with its policy', policy('DENY', method('GET')), []],
    ['a policy that no request matches is not reached', policy('DENY', method('PUT')), ['policy ']],
    ['one that is only tried out is no part', policy('DENY', method('PUT')).replace('istio-system }', 'istio-system, annotations: { istio.io/dry-run: "true" } }'), []],
  ])('%s', (_title, policies, expected) => {
    expect(missed(policies)).toEqual(expected);
  });

  test('a policy that matches is reached however many others do not', () => {
    const others = Array.from({ length: 6 }, (_, i) => policy('ALLOW', '{ to: [{ operation: { paths: ["/other"] } }] }').replace('name: methods', `name: a${i}`));
    expect(missed(others.join('') + policy('ALLOW', method('GET'))).filter((part) => part === 'policy ')).toHaveLength(6);
  });

  test('rules for TLS and TCP of gateways are parts, and those of the mesh are not', () => {
    const connections = `---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: tcp, namespace: istio-system }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 9000, name: tcp, protocol: TCP }, hosts: ["*"] }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: tcp, namespace: models }
spec:
  hosts: ["*"]
  gateways: [istio-system/tcp]
  tcp:
    - match: [{ port: 9000 }]
      route:
        - { destination: { host: iris, port: { number: 8080 } }, weight: 90 }
        - { destination: { host: shadow, port: { number: 8080 } }, weight: 10 }
    - match: [{ port: 9001 }]
      route: [{ destination: { host: iris, port: { number: 8080 } } }]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: mesh, namespace: models }
spec: { hosts: [iris], tcp: [{ route: [{ destination: { host: iris, port: { number: 8080 } } }] }] }
`;
    const tests = single('{ host: h.test, port: 9000 }', '{ split: { "Service models/iris": 90, "Service models/shadow": 10 } }');
    const { out } = run(folderWith({ 'dist/tcp.yaml': ROUTES.split('---').slice(3).join('---') + connections, 'dist/traffic-tests.yaml': tests }), ['test', '--coverage']);
    expect(out).toBe(`Not reached by any test
  rule dist/tcp.yaml:47:7  VirtualService models/tcp spec.tcp[1]
Coverage: 75 % (rules 1 of 2, arms 2 of 2).

1 passed.
`);
  });
});

describe('generated tests', () => {
  test('pass, and reach all rules', () => {
    const folder = folderWith({ 'dist/routes.yaml': ROUTES });
    const { code, out } = run(folder, ['test', '--generate']);
    expect(code).toBe(0);
    expect(out).toContain('  - name: \'models.example.com/v2/models/iris/*, x-tester: yes\'\n');
    const again = folderWith({ 'dist/routes.yaml': ROUTES, 'dist/traffic-tests.yaml': out });
    expect(run(again, ['test', '--fail-under', '100'])).toMatchObject({ code: 0, err: '' });
  });

  test('expect what arrives, as far as all backends receive it', () => {
    const { out } = run(folderWith({ 'dist/a.yaml': ROUTES }), ['test', '--generate']);
    const { tests } = load(out) as { tests: { name: string; expect: object }[] };
    expect(tests.map(({ name, expect: expected }) => [name, expected])).toEqual([
      ['models.example.com/v2/models/iris/*, x-tester: yes', { servedBy: 'iris.models.svc.cluster.local:8080 subset v2', path: '/v2/models/iris/infer' }],
      ...['models.example.com/v2/models/iris', 'models.example.com/v2/models/iris/*'].map((name) => [name, {
        split: { 'iris.models.svc.cluster.local:8080 subset v1': 75, 'iris.models.svc.cluster.local:8080 subset v2': 25 },
        mirrorTo: { 'shadow.models.svc.cluster.local:8080': 20 },
        path: name.includes('*') ? '/v2/models/iris/infer' : '/v2/models/iris',
        timeout: '5s',
      }]),
      ['models.example.com/old', { redirectTo: 'http://models.example.com/v2/models/iris', status: 308 }],
    ]);
  });

  test('expect rewrites, headers and delays', () => {
    const changed = ROUTES.replace('      redirect: { uri: /v2/models/iris, redirectCode: 308 }', `      rewrite: { uri: /new, authority: other.example.com }
      fault: { delay: { fixedDelay: 2s, percentage: { value: 10 } } }
      headers: { request: { set: { x-old: "yes", x-address: "%DOWNSTREAM_REMOTE_ADDRESS%" }, add: { x-more: "1" }, remove: [user-agent] } }
      route: [{ destination: { host: iris, port: { number: 8080 } } }]`);
    const { out } = run(folderWith({ 'dist/a.yaml': changed }), ['test', '--generate']);
    const { tests } = load(out) as { tests: { expect: object }[] };
    expect(tests[tests.length - 1].expect).toEqual({
      servedBy: 'iris.models.svc.cluster.local:8080',
      path: '/new',
      host: 'other.example.com',
      headers: { 'x-old': 'yes', 'x-more': '1' },
      withoutHeaders: ['user-agent'],
      delay: { duration: '2s', percentage: 10 },
    });
    expect(run(folderWith({ 'dist/a.yaml': changed, 'dist/traffic-tests.yaml': out }), ['test', '--fail-under', '100'])).toMatchObject({ code: 0, err: '' });
  });

  test('are made for servers that redirect, and for connections', () => {
    const folder = folderWith({ 'dist/a.yaml': CONNECTIONS });
    const { out } = run(folder, ['test', '--generate']);
    expect((load(out) as { tests: { name: string; request: object; expect: object }[] }).tests).toEqual([
      { name: 'models.example.com*', request: { host: 'models.example.com', gateway: 'istio-system/gateway', path: '/' }, expect: { redirectTo: 'https://models.example.com/', status: 301 } },
      {
        name: 'raw.example.com TLS passthrough',
        request: { host: 'raw.example.com', gateway: 'istio-system/gateway', scheme: 'https', port: 8443, path: '/' },
        expect: { servedBy: 'iris.models.svc.cluster.local:8080' },
      },
      { name: 'TCP', request: { host: 'any.example', gateway: 'istio-system/gateway', scheme: 'http', port: 9000, path: '/' }, expect: { servedBy: 'shadow.models.svc.cluster.local:8080' } },
    ]);
    expect(out).toMatch(/\n# No request reaches the rule: dist\/a\.yaml:\d+:7 {2}VirtualService models\/raw spec\.tcp\[1\]\n$/);
    expect(run(folderWith({ 'dist/a.yaml': CONNECTIONS, 'dist/traffic-tests.yaml': out }), ['test'])).toMatchObject({ code: 0, err: '' });
  });

  test('list what no request was found for', () => {
    const hidden = ROUTES.replace('- uri: { exact: /old }', '- uri: { prefix: /v2/models/iris/old }');
    expect(run(folderWith({ 'dist/a.yaml': hidden }), ['test', '--generate']).out).toContain(
      '\n# No request reaches the rule, since VirtualService models/iris spec.http[1].match[1] gets all of them: '
        + 'dist/a.yaml:35:11  VirtualService models/iris spec.http[2].match[0]\n',
    );
  });

  test('describe denials', () => {
    const all = POLICY.replace('rules:\n    - to: [{ operation: { paths: ["*/metrics"] } }]', 'rules: [{}]');
    const { out } = run(folderWith({ 'dist/a.yaml': ROUTES + all }), ['test', '--generate']);
    expect(out).toContain('deniedBy: AuthorizationPolicy istio-system/no-metrics');
    expect(out).toContain('# A policy denies requests without credentials. Add a test with the claims or the certificate of a caller: dist/a.yaml:18:11');
  });
});

describe('files of istio-config-validator', () => {
  const file = (rest: string) => `testCases:
  - description: testers
    wantMatch: true
    request:
      authority: [models.example.com]
      method: [GET, POST]
      uri: [/v2/models/iris/infer, "/v2/models/iris/ready?x=1"]
      headers: { x-tester: "yes" }
${rest}`;
  const runWith = (text: string) => run(folderWith({ 'dist/routes.yaml': ROUTES, 'cases.yml': text }), ['test', 'dist', 'cases.yml', '--all']);

  test('run for each authority, method and URI', () => {
    expect(runWith(file('    route:\n      - destination: { subset: v2, host: iris, port: { number: 8080 } }\n'))).toEqual({
      code: 0,
      err: '',
      out: ['GET', 'POST'].map((method) => `passed testers: ${method} models.example.com/v2/models/iris/infer\n`).join('')
        + ['GET', 'POST'].map((method) => `passed testers: ${method} models.example.com/v2/models/iris/ready\n`).join('') + '4 passed.\n',
    });
  });

  test('fail where the rule has another route, or no rule matches', () => {
    expect(runWith(file('    route:\n      - destination: { subset: v1, host: iris, port: { number: 8080 } }\n')).out.replace(/\n {4}(?=\S)/g, ' ')).toContain(
      'actual:   route is [{"destination":{"host":"iris","port":{"number":8080},"subset":"v2"}}]',
    );
    expect(runWith(file('    route: []\n').replaceAll('/v2/models', '/v3')).code).toBe(0);
  });

  test('can state what a rule must not be', () => {
    const other = file('    route:\n      - destination: { host: other }\n').replace('wantMatch: true', 'wantMatch: false');
    expect(runWith(other).code).toBe(0);
    expect(runWith(other.replace('{ host: other }', '{ subset: v2, host: iris, port: { number: 8080 } }')).code).toBe(1);
  });

  test('can state a redirect', () => {
    const redirect = file('    redirect: { uri: /v2/models/iris, redirectCode: 308 }\n').replace(/uri: \[.*\]/, 'uri: [/old]');
    expect(runWith(redirect).code).toBe(0);
  });

  test.each([
    ['    rout: []\n', 'cases.yml:9:5: unknown field "rout". Did you mean "route"?'],
    ['  - { description: x, wantMatch: true, request: { authority: [], method: [GET], uri: [/] } }\n', 'cases.yml:9:40: request.authority is empty. List at least one'],
  ])('with a mistake: %j', (rest, message) => {
    expect(runWith(file(rest))).toMatchObject({ code: 2, err: `seldon-istio: ${message}.\n`.replace('?.', '?') });
  });
});

describe('mistakes', () => {
  test.each<[string, string, string]>([
    ['an unknown field', single('{ pth: /old }', '{ status: 308 }'), 'dist/traffic-tests.yaml:3:16: unknown field "tests[0].request.pth". Did you mean "path"?'],
    ['headers by name', single('{ path: /old, headers: { x-a: 1 } }', '{ status: 308 }'), 'dist/traffic-tests.yaml:3:28: tests[0].request.headers must be a list, such as ["x-tester: yes"].'],
    ['an unknown expectation', single('{ path: /old }', '{ servedby: iris }'), 'dist/traffic-tests.yaml:4:15: unknown field "tests[0].expect.servedby". Did you mean "servedBy"?'],
    ['no expectation', single('{ path: /old }', '{}'), 'dist/traffic-tests.yaml:4:5: tests[0].expect is empty. State what the answer must be.'],
    ['no name', 'tests:\n  - { request: {}, expect: { status: 404 } }\n', 'dist/traffic-tests.yaml:2:5: tests[0].name is required.'],
    ['no tests', 'tests: []\n', 'dist/traffic-tests.yaml:1:1: there are no tests. Add one, or remove the file.'],
    ['a share over 100', single('{ path: /old }', '{ split: { v1: 120 } }'), 'dist/traffic-tests.yaml:4:24: tests[0].expect.split.v1 is "120", but must be like "50".'],
    ['no boolean', single('{ path: /old }', '{ denied: yes }'), 'dist/traffic-tests.yaml:4:15: tests[0].expect.denied is "yes", but must be true or false.'],
    ['a list', '- a\n', 'dist/traffic-tests.yaml:1:1: the file must be an object with `tests` or `proofs`.'],
    ['no YAML', 'tests: [\n', 'dist/traffic-tests.yaml:2:1: deficient indentation.'],
  ])('%s is an error with its line', (_, text, message) => {
    const { code, out, err } = run(folderOf(text), ['test']);
    expect([code, out, err]).toEqual([2, '', `seldon-istio: ${message}\n`]);
  });

  test.each<[string, string, string, string]>([
    ['a model that does not exist', '{ path: /old }', '{ servedBy: irris }', 'there is no model, pipeline, predictor or Service "irris". Did you mean "iris"?'],
    ['a path without a slash', '{ path: old }', '{ status: 308 }', 'path "old" does not begin with "/". Use "/old".'],
    ['both a command and a path', '{ command: curl a.test, path: /old }', '{ status: 308 }', 'the request has both `command` and `path`. Give the whole request in one way.'],
    ['an invalid gRPC method', '{ grpc: ModelInfer }', '{ status: 308 }', 'gRPC method "ModelInfer" is not valid. Did you mean "inference.GRPCInferenceService/ModelInfer"?'],
    ['claims that are not an object', '{ path: /, claims: me }', '{ status: 308 }', 'the claims are not an object. Write the name and the value of each, as in `iss: https://idp.example.com`.'],
  ])('%s is an error of the test', (_, request, expectation, message) => {
    const { code, out } = run(folderOf(single(request, expectation)), ['test']);
    expect(code).toBe(2);
    expect(out.replace(/\n {4}(?=\S)/g, ' ')).toContain(`error one\n  dist/traffic-tests.yaml:2\n  ${message}\n`.replace(/ {2}GET.*\n/, ''));
    expect(out).toContain('0 passed, 1 with an error.\n');
  });

  test.each([[[]], [['dist']]])('tests in the working folder are run, since each synthesis empties the output folder: test %j', (paths) => {
    const folder = folderWith({ 'dist/routes.yaml': ROUTES + POLICY, 'traffic-tests.yaml': GOOD });
    expect(run(folder, ['test', ...paths]).out).toBe('5 passed.\n');
  });

  test('tests in the working folder are run with those of the output folder, and not with those of other paths', () => {
    const folder = folderOf(GOOD, { 'traffic-tests.yaml': GOOD });
    expect([run(folder, ['test']).out, run(folder, ['test', 'dist']).out]).toEqual(['10 passed.\n', '5 passed.\n']);
  });

  test('no tests, two clusters, a threshold that is not a number', () => {
    expect(run(folderWith({ 'dist/a.yaml': ROUTES }), ['test']).err).toBe(
      'seldon-istio: there are no traffic tests in dist. Write a file traffic-tests.yaml, or let `test --generate` write one.\n',
    );
    expect(run(folderOf(GOOD), ['test', '--fail-under', 'x']).err).toContain('--fail-under is "x", but must be a number from 0 to 100.');
    const two = run(folderOf(GOOD, { 'dist/b/routes.yaml': ROUTES.replace('5s', '6s') }), ['test']);
    expect([two.code, two.err]).toEqual([2, 'seldon-istio: dist/traffic-tests.yaml: the manifests are those of 2 clusters, since files define one object differently: '
      + 'dist/b/routes.yaml, dist/routes.yaml. Name the files or folders of one cluster in `manifests`.\n']);
  });
});

describe('the schema for editors', () => {
  const validate = new Ajv({ allErrors: true, strictTypes: false, allowUnionTypes: true }).compile(JSON.parse(testsSchemaFile()));

  test('is what is committed', () => {
    expect(readFileSync(join(__dirname, '../../docs/traffic-tests.schema.json'), 'utf8')).toBe(testsSchemaFile());
  });

  test('accepts tests and rejects mistakes', () => {
    expect(validate(load(GOOD))).toBe(true);
    expect(validate(load(single('{ pth: /old }', '{ status: 308 }')))).toBe(false);
    expect(validate(load(single('{ path: /old }', '{ denied: maybe }')))).toBe(false);
    expect(Object.keys(TESTS_SCHEMA.properties)).toEqual(['manifests', 'context', 'defaults', 'tests', 'proofs']);
  });
});

test.each([['5s', 0], ['5000ms', 0], ['0h0m5s', 0], ['6s', 1], ['soon', 1]])('the timeout %s is compared by its length', (timeout, code) => {
  expect(run(folderOf(single('{ path: /v2/models/iris }', `{ timeout: ${timeout} }`)), ['test']).code).toBe(code);
});

test('a split whose shares do not add up to 100 % is an error', () => {
  const { code, out } = run(folderOf(single('{ path: /v2/models/iris }', '{ split: { v1: 75, v2: 24 } }')), ['test']);
  expect(code).toBe(2);
  expect(out).toContain('the shares of the split add up to 99 %. State all shares, which are 100 % together.');
});

test('two tests with one name are an error', () => {
  const one = single('{ path: /old }', '{ status: 308 }');
  const { code, err } = run(folderOf(one + one.replace('tests:\n', '')), ['test']);
  expect(code).toBe(2);
  expect(err).toContain('dist/traffic-tests.yaml:5:5: tests[1] has the name of tests[0], "one". Give each test a name of its own');
});

test('a test that is an error covers nothing', () => {
  const covered = (expected: string) => run(folderOf(single('{ path: /old }', expected)), ['test', '--coverage']).out;
  expect(covered('{ status: 308 }')).not.toContain('spec.http[2]');
  expect(covered('{ servedBy: absent }')).toContain('spec.http[2]');
});
