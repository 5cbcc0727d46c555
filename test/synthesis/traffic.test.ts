import '../../src/jest';
import { ApiObject, App, Chart } from 'cdk8s';
import { Gateway, Mesh, Model, ServiceBackend, Traffic, TrafficAnswer, TrafficSplit } from '../../src';
import { folderWith } from '../support/cli';
import { POLICY, ROUTES } from '../support/traffic';

const traffic = Traffic.fromManifests(ROUTES + POLICY);
const INFER = '/v2/models/iris/infer';

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  return 'no error';
}

/** The first lines of an error, without the trace. */
function problemOf(run: () => unknown): string {
  return messageOf(run).split('\n').filter((line) => !/^ +[+-] | {6}/.test(line)).join('\n');
}

describe('an answer of several backends', () => {
  const answer = traffic.request({ path: INFER, headers: ['x-debug: 1'] });

  test('has shares, mirrors and a timeout', () => {
    expect(answer.shares).toEqual([
      { name: 'iris.models.svc.cluster.local:8080 subset v1', percentage: 75 }, { name: 'iris.models.svc.cluster.local:8080 subset v2', percentage: 25 },
    ]);
    expect(answer.mirrors).toEqual([{ name: 'shadow.models.svc.cluster.local:8080', percentage: 20 }]);
    expect([answer.servedBy, answer.redirect, answer.status, answer.reason]).toEqual([undefined, undefined, undefined, undefined]);
    expect(answer.denied).toBe(false);
    expect([answer.timeout, answer.conditions]).toEqual(['5s', []]);
  });

  test('has what arrives there', () => {
    expect([answer.deliveredPath, answer.deliveredHost]).toEqual([INFER, 'models.example.com']);
    expect(answer.deliveredHeaders).toEqual(['x-arm: v1']);
  });

  test('has a trace and JSON', () => {
    expect(answer.trace).toContain('- rule: VirtualService models/iris: ');
    expect(answer.trace).toContain('text:18:11  VirtualService models/iris spec.http[0].match[0]');
    expect(answer.text).toMatch(/^GET http:\/\/models\.example\.com\/v2\/models\/iris\/infer \(HTTP\/1\.1\)\n/);
    expect(JSON.parse(answer.json)).toMatchObject({
      schemaVersion: 1, request: { method: 'GET', headers: ['x-debug: 1'] }, cases: [{ outcomes: [{ share: '3/4', percentage: 75, responder: { kind: 'service' } }, {}] }],
    });
  });

  test('is asserted', () => {
    answer.assertSplit({ v1: 75, v2: 25 });
    answer.assertSplit({ 'iris-v1': 75, 'Deployment models/iris-v2': 25 });
    answer.assertServedBy('iris');
    answer.assertServedBy('models/iris');
    answer.assertMirrorTo('shadow');
    answer.assertMirrorTo('shadow', 20);
  });

  test.each<[string, (answer: TrafficAnswer) => void, string]>([
    ['other shares', (each) => each.assertSplit({ v1: 50, v2: 50 }), 'expected: requests are split: v1 50 %, v2 50 %'],
    ['a name of both and one of them', (each) => each.assertSplit({ iris: 75, v2: 25 }), 'expected: requests are split: iris 75 %, v2 25 %'],
    ['one backend', (each) => each.assertServedBy('v1'), 'expected: all requests are answered by v1'],
    ['a denial', (each) => each.assertDenied(), 'expected: all requests are denied'],
    ['a redirect', (each) => each.assertRedirectTo('http://a.test/'), 'expected: all requests are redirected to http://a.test/'],
    ['no answer', (each) => each.assertUnanswered(), 'expected: no one answers'],
  ])('fails for %s, with expected and actual', (_, assert, expected) => {
    expect(problemOf(() => assert(answer))).toBe([
      'GET http://models.example.com/v2/models/iris/infer (HTTP/1.1)',
      `  ${expected}`,
      '  actual:   iris.models.svc.cluster.local:8080 subset v1 75 %, iris.models.svc.cluster.local:8080 subset v2 25 %',
    ].join('\n'));
  });

  test('fails for shares that no answer can have', () => {
    const sum = (text: string) => `the shares of the split add up to ${text} %. State all shares, which are 100 % together`;
    expect(messageOf(() => answer.assertSplit({ v1: 75 }))).toBe(sum('75'));
    expect(messageOf(() => answer.assertSplit({ v1: 75, v2: 24 }))).toBe(sum('99'));
    expect(messageOf(() => answer.assertSplit({ v1: 75.1, v2: 25.1 }))).toBe(sum('100.2'));
    expect(problemOf(() => answer.assertSplit({ v1: 33.3, v2: 66.6 }))).toContain('expected: requests are split: v1 33.3 %, v2 66.6 %');
  });

  test('fails for another mirror', () => {
    expect(problemOf(() => answer.assertMirrorTo('shadow', 30))).toContain('expected: requests are mirrored to shadow 30 %\n  actual:   mirrored: shadow.models.svc.cluster.local:8080 20 %');
    expect(problemOf(() => answer.assertMirrorTo('iris'))).toContain('expected: requests are mirrored to iris\n');
    expect(problemOf(() => answer.assertNoMirrors())).toContain('expected: no request is mirrored\n');
  });

  test('fails with the trace', () => {
    expect(messageOf(() => answer.assertDenied())).toContain(answer.trace);
  });

  test('fails for a backend that does not exist', () => {
    expect(messageOf(() => answer.assertServedBy('irris'))).toBe('there is no model, pipeline, predictor or Service "irris". Did you mean "iris"?');
    expect(messageOf(() => answer.assertSplit({ v1: 75, v3: 25 }))).toBe(
      'there is no model, pipeline, predictor or Service "v3". The known ones are iris, iris-v1, iris-v2, shadow, v1, v2',
    );
  });
});

test('a header selects a rule', () => {
  const answer = traffic.command(`curl -H 'x-tester: yes' http://models.example.com${INFER}`);
  answer.assertServedBy('v2');
  answer.assertNoMirrors();
  expect(answer.servedBy).toBe('iris.models.svc.cluster.local:8080 subset v2');
});

test('a redirect', () => {
  const answer = traffic.request({ path: '/old' });
  answer.assertRedirectTo('http://models.example.com/v2/models/iris');
  expect([answer.redirect, answer.status, answer.deliveredHeaders]).toEqual(['http://models.example.com/v2/models/iris', 308, []]);
  expect(problemOf(() => answer.assertServedBy('iris'))).toContain('expected: all requests are answered by iris\n  actual:   redirect 308 to http://models.example.com/v2/models/iris (');
});

test('a denial', () => {
  const answer = traffic.request({ path: '/v2/models/iris/metrics' });
  answer.assertDenied();
  answer.assertDenied('no-metrics');
  answer.assertDenied('AuthorizationPolicy istio-system/no-metrics');
  expect([answer.denied, answer.status]).toEqual([true, 403]);
  expect(messageOf(() => answer.assertDenied('no-metric'))).toBe(
    'there is no AuthorizationPolicy and no RequestAuthentication "no-metric". Did you mean "no-metrics"?',
  );
  expect(problemOf(() => traffic.request({ path: INFER }).assertDenied('no-metrics'))).toContain('expected: all requests are denied by no-metrics\n');
});

test('no answer', () => {
  traffic.request({ path: '/v2/models/iris-large/infer' }).assertUnanswered();
  expect(traffic.request({ path: '/nothing' }).status).toBe(404);
});

describe('a gRPC call', () => {
  const call = { grpc: 'inference.GRPCInferenceService/ModelInfer' };

  test('has the status of gRPC with which a proxy answers', () => {
    const answer = traffic.request(call);
    answer.assertGrpcStatus('UNIMPLEMENTED');
    answer.assertUnanswered();
    expect(answer).toHaveGrpcStatus('UNIMPLEMENTED');
    expect(answer).not.toHaveGrpcStatus('UNAVAILABLE');
    expect([answer.status, answer.grpcStatus]).toEqual([200, 'UNIMPLEMENTED']);
    expect(traffic.request({ path: '/nothing' }).grpcStatus).toBeUndefined();
    expect(traffic.request({ path: INFER }).grpcStatus).toBeUndefined();
  });

  test('fails for another status', () => {
    expect(problemOf(() => traffic.request(call).assertGrpcStatus('UNAVAILABLE'))).toBe([
      'POST http://models.example.com/inference.GRPCInferenceService/ModelInfer (HTTP/2)',
      '  expected: a proxy answers all requests with gRPC status UNAVAILABLE',
      '  actual:   200 not-found with gRPC status UNIMPLEMENTED (no rule for host models.example.com matches)',
    ].join('\n'));
  });

  test('fails for other requests', () => {
    expect(problemOf(() => traffic.request({ path: '/nothing' }).assertGrpcStatus('UNIMPLEMENTED'))).toBe([
      'GET http://models.example.com/nothing (HTTP/1.1)',
      '  expected: a proxy answers all requests with gRPC status UNIMPLEMENTED',
      '  actual:   404 not-found (no rule for host models.example.com matches)',
      '  The request is not a gRPC call. Give it a gRPC method, or expect `status`.',
    ].join('\n'));
    expect(problemOf(() => traffic.request({ path: INFER }).assertGrpcStatus('OK'))).toMatch(/subset v2 25 %$/);
  });

  test('fails for a status that does not exist', () => {
    expect(messageOf(() => traffic.request(call).assertGrpcStatus('unimplemented'))).toBe('there is no gRPC status "unimplemented". Did you mean "UNIMPLEMENTED"?');
    expect(messageOf(() => traffic.request(call).assertGrpcStatus(12 as unknown as string))).toBe(
      'there is no gRPC status 12. The gRPC statuses are OK, CANCELLED, UNKNOWN, INVALID_ARGUMENT, DEADLINE_EXCEEDED, NOT_FOUND, ALREADY_EXISTS, PERMISSION_DENIED and 9 more',
    );
  });
});

describe('a delay', () => {
  const delayed = Traffic.fromManifests(ROUTES.replace('timeout: 5s', 'fault: { delay: { fixedDelay: 2s, percentage: { value: 10 } } }')).request({ path: INFER });

  test('is asserted with any share, or with a share', () => {
    delayed.assertDelayed('2s');
    delayed.assertDelayed('2000ms', 10);
    expect(delayed).toBeDelayed('2s', 10);
    expect(delayed).not.toBeDelayed('2s', 20);
    expect([delayed.delay, delayed.delayedPercentage]).toEqual(['2s', 10]);
    const none = traffic.request({ path: INFER });
    expect([none.delay, none.delayedPercentage]).toEqual([undefined, 0]);
    expect(none).not.toBeDelayed('2s');
  });

  test('fails for another one, after `not` for this one', () => {
    expect(problemOf(() => delayed.assertDelayed('1s'))).toBe([
      `GET http://models.example.com${INFER} (HTTP/1.1)`, '  expected: the delay is 1s', '  actual:   delay 2s for 10 %',
    ].join('\n'));
    expect(() => expect(delayed).not.toBeDelayed('2s')).toThrow('expected that this is so for no request, but it is for all requests');
  });
});

describe('of an app', () => {
  function app(hosts: readonly string[] = ['models.example.com']): { readonly app: App; readonly charts: readonly Chart[]; readonly models: readonly Model[] } {
    const root = new App();
    const platform = new Chart(root, 'platform', { namespace: 'istio-system' });
    const gateway = new Gateway(platform, 'gateway');
    const chart = new Chart(root, 'models', { namespace: 'seldon-mesh' });
    const models = ['iris1', 'iris2'].map((id) => new Model(chart, id, { storageUri: 'gs://seldon-models/mlserver/iris' }));
    new TrafficSplit(chart, 'iris', { gateways: [gateway], hosts: [...hosts], arms: models.map((backend) => ({ backend, weight: 50 })) });
    return { app: root, charts: [platform, chart], models };
  }

  test('models are backends, by construct and by name', () => {
    const { app: root, models } = app();
    const answer = Traffic.fromApp(root).request({ url: `http://models.example.com${INFER}` });
    answer.assertSplit({ 'iris1': 50, 'seldon-mesh/iris2': 50 });
    expect(problemOf(() => answer.assertServedBy(models[0]))).toContain('expected: all requests are answered by Model seldon-mesh/iris1\n');
    expect(answer.trace).toContain('models/iris  VirtualService seldon-mesh/iris spec.http[0].match[1]');
  });

  test('a chart is read with the other charts of its mesh', () => {
    const { charts } = app();
    Traffic.fromChart(charts[1]).request({ url: `http://models.example.com${INFER}` }).assertSplit({ iris1: 50, iris2: 50 });
  });

  test('raw objects count', () => {
    const { app: root, charts } = app();
    new ApiObject(charts[1], 'raw', {
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      metadata: { name: 'raw', namespace: 'seldon-mesh' },
      spec: {
        hosts: ['raw.example.com'],
        gateways: ['istio-system/gateway'],
        http: [{ directResponse: { status: 418 } }],
      },
    });
    expect(Traffic.fromApp(root).request({ url: 'http://raw.example.com/' }).status).toBe(418);
  });

  test('fails for two meshes', () => {
    const root = new App();
    for (const name of ['development', 'production']) {
      const chart = new Chart(root, name, { namespace: 'models' });
      Mesh.configure(chart, {});
      new Gateway(chart, 'gateway');
    }
    expect(messageOf(() => Traffic.fromApp(root))).toBe('the app has objects of 2 meshes. Use Traffic.fromChart with a chart of the mesh that you want to test');
  });

  test('other backends', () => {
    const root = new App();
    const chart = new Chart(root, 'models', { namespace: 'models' });
    const gateway = new Gateway(chart, 'gateway', { namespace: 'istio-system' });
    const backend = ServiceBackend.of({ name: 'algo', namespace: 'models', port: 8501, subset: 'v1', subsetLabels: { version: 'v1' } });
    new TrafficSplit(chart, 'algo', { gateways: [gateway], arms: [{ backend, weight: 100 }] });
    Traffic.fromApp(root).request({ path: '/v2/models/algo/infer' }).assertServedBy(backend);
    expect(Traffic.fromApp(root).table()).toContain('algo.models.svc.cluster.local:8501 subset v1');
    expect(Traffic.fromApp(root).diagram()).toContain('"algo.models.svc.cluster.local:8501 subset v1"');
    expect(() => Traffic.fromApp(root).diagram({ host: 'other.org' } as object)).toThrow('Did you mean hosts?');
  });
});

describe('of manifests', () => {
  test('in a folder, with context', () => {
    const [route, ...rest] = ROUTES.split('---\n').slice(1);
    const folder = folderWith({ 'own/route.yaml': route, 'other/rest.yaml': [ROUTES.split('---\n')[0], ...rest].join('---\n') });
    Traffic.fromManifests(`${folder}/own`, { context: [`${folder}/other`] }).request({ path: INFER, headers: ['x-tester: yes'] }).assertServedBy('iris-v2');
  });

  test.each([
    ['a folder that does not exist', () => Traffic.fromManifests('no/folder'), 'the folder "no/folder" does not exist. Give a folder or a file with manifests, or YAML'],
    ['an empty text', () => Traffic.fromManifests(''), 'an empty text instead of a folder or YAML. Give the folder or the YAML with the routes to test'],
    ['manifests that answer nothing', () => Traffic.fromManifests('apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: b }\n'),
      'manifests without a Gateway, a VirtualService, a Service or a model. Give the folder or the YAML with the routes to test'],
    ['YAML that cannot be read', () => Traffic.fromManifests('kind: [\n'), /^manifests could not be read: text:\d+:\d+: .*\. Correct them$/],
    ['an unknown option', () => Traffic.fromManifests(ROUTES, { contexts: [] } as object), 'unknown field "contexts". Did you mean context? (at Traffic.fromManifests)'],
    ['an unknown field', () => traffic.request({ header: [] } as object), 'unknown field "header". Did you mean headers? (at Traffic.request)'],
    ['an unknown gateway', () => traffic.request({ gateway: 'istio-system/gatway' }), 'gateway "istio-system/gatway" does not exist. Did you mean "istio-system/gateway"?'],
    ['claims without a RequestAuthentication', () => traffic.request({ claims: { iss: 'me' } }),
      'the request has claims, but there is no RequestAuthentication that reads tokens. Remove the claims, or add the RequestAuthentication to the manifests or their context'],
  ])('fails for %s', (_, run, message) => {
    const actual = messageOf(run);
    if (typeof message === 'string') expect(actual).toBe(message);
    else expect(actual).toMatch(message);
  });

  test('fails for a request without host where several could be meant', () => {
    const two = ROUTES.replace('hosts: [models.example.com]\n  gateways', 'hosts: [b.example.com, a.example.com]\n  gateways').replace('hosts: [models.example.com]', 'hosts: ["*"]');
    expect(messageOf(() => Traffic.fromManifests(two).request({}))).toBe('the request has no host, and gateways route several: a.example.com, b.example.com. Set `url` or `host`');
  });
});

test.each<[string, unknown, string]>([
  ['a string', 'http://models.example.com/old', 'the request is the string "http://models.example.com/old". Write { url: "http://models.example.com/old" } (at Traffic.request)'],
  ['a command line', 'curl http://models.example.com/old', 'the request is the string "curl http://models.example.com/old". Use `command` for command lines (at Traffic.request)'],
  ['headers by name', { path: '/old', headers: { 'x-a': 1, 'x-b': 'c' } },
    '`headers` is an object, but names of headers can be repeated. Write a list, as in headers: [\'x-a: 1\', \'x-b: c\'] (at Traffic.request)'],
])('a request as %s is an error', (_title, request, message) => {
  expect(() => traffic.request(request as object)).toThrow(new Error(message));
});
