import { Answers } from '../support/answers';
import { document, GATEWAY, rules, to, virtualService } from '../support/routes';

test('the trace names each rule that was tried, with the nearest miss', () => {
  const answers = rules([
    to('tester', 'match: [{uri: {prefix: /v2}, headers: {x-tester: {exact: "yes"}}}],'),
    to('other', 'match: [{uri: {exact: /v1}}, {uri: {prefix: /v2}, queryParams: {q: {exact: "1"}}}, {method: {exact: POST}}, {withoutHeaders: {accept: {}}}],'),
    '{match: [{uri: {regex: "/v2/.*"}}], mirror: {host: shadow, port: {number: 80}}, mirrorPercentage: {value: 10}, '
    + 'fault: {delay: {percentage: {value: 5}, fixedDelay: 2s}}, route: [{destination: {host: a, port: {number: 80}}, weight: 1}, {destination: {host: b, port: {number: 80}}, weight: 3}]}',
  ]);

  expect(answers.trace({ url: 'http://h.test/v2/models', headers: ['accept: */*'] })).toEqual([
    'gateway + server "http" (HTTP, port 80) accepts the connection',
    'host + virtual host h.test',
    'rule - VirtualService models/routes: header x-tester is absent',
    'rule - VirtualService models/routes: path "/v2/models" is not "/v1"',
    'rule - VirtualService models/routes: query parameter q is absent',
    'rule - VirtualService models/routes: method "GET" is not "POST"',
    'rule - VirtualService models/routes: header accept is present',
    'rule + VirtualService models/routes: path regex "/v2/.*" matches',
    'rule + 5 % of the requests are delayed by 2s',
    'destination + 75 % of the requests go to b.models.svc.cluster.local:80, whose Service is not among the objects and is assumed to exist',
    'destination + 25 % of the requests go to a.models.svc.cluster.local:80, whose Service is not among the objects and is assumed to exist',
    'mirror + 10 % of the requests are mirrored to shadow.models.svc.cluster.local:80, whose Service is not among the objects and is assumed to exist',
  ]);
});

test('the value that withoutHeaders rejects is named, of several lines only those', () => {
  const answers = rules([to('a', 'match: [{withoutHeaders: {x-a: {prefix: "1"}}}],'), to('b')]);
  const missed = (...headers: readonly string[]) => answers.trace({ url: 'http://h.test/', headers })[2];
  expect(missed('x-a: 1')).toBe('rule - VirtualService models/routes: header x-a is "1", and withoutHeaders rejects it');
  expect(missed('x-a: 0', 'x-a: 11')).toBe('rule - VirtualService models/routes: header x-a is "11", and withoutHeaders rejects it');
});

test('shares have four decimals at most', () => {
  const answers = rules(['{route: [{destination: {host: a, port: {number: 80}}, weight: 1}, {destination: {host: b, port: {number: 80}}, weight: 2}]}']);
  expect(answers.trace('http://h.test/').filter((step) => step.startsWith('destination')).map((step) => step.split(' %')[0])).toEqual(['destination + 66.6667', 'destination + 33.3333']);
});

test('each step has its place', () => {
  const { trace } = new Answers(GATEWAY + virtualService('routes', [to('a', 'match: [{uri: {prefix: /a}}],'), to('b')])).resolver.resolve({
    entry: { kind: 'gateway', port: 80 }, http: '1.1', method: 'GET', authority: 'h.test', path: '/b', headers: [],
  }, { trace: true });

  expect(trace.map(({ place }) => (place === undefined ? undefined : `${place.object.toString()} ${place.field.join('.')}`))).toEqual([
    'Gateway istio-system/gateway spec.servers.0', undefined, 'VirtualService models/routes spec.http.0.match.0', 'VirtualService models/routes spec.http.1',
    'VirtualService models/routes spec.http.1.route.0',
  ]);
});

test('a request without an answer has its last step', () => {
  const answers = rules([to('a', 'match: [{uri: {prefix: /a}}],')]);

  expect(answers.trace('http://h.test/b')).toEqual([
    'gateway + server "http" (HTTP, port 80) accepts the connection',
    'host + virtual host h.test',
    'rule - VirtualService models/routes: path "/b" does not begin with "/a"',
    'rule - no rule of host h.test matches',
  ]);
  expect(answers.trace('http://other.test/')).toEqual(['gateway + server "http" (HTTP, port 80) accepts the connection', 'host - no virtual host for other.test']);
  expect(answers.trace('http://h.test:81/')).toEqual(['gateway - nothing listens on port 81: no Gateway has a server on port 81']);
});

test('on a host with many rules the trace shows those for the path, and the number of others', () => {
  const many = Array.from({ length: 200 }, (_, i) => to(`model-${i}`, `match: [{uri: {exact: /v2/models/model-${i}}}],`));
  const trace = rules([to('tester', 'match: [{uri: {prefix: /v2}, headers: {x-tester: {}}}],'), ...many]).trace('http://h.test/v2/models/model-150');

  expect(trace.slice(2, 5)).toEqual([
    'rule - VirtualService models/routes: header x-tester is absent',
    'rule - 150 other rules of the host do not match',
    'rule + VirtualService models/routes: path exact "/v2/models/model-150" matches',
  ]);
});

test('policies and delegates are steps', () => {
  const root = virtualService('root', ['{match: [{uri: {prefix: /a}}], delegate: {name: inner}}']);
  const inner = root.replace('name: root', 'name: inner').replace(/spec: .*/, `spec: {http: [${to('inner')}]}`);
  const policy = document('AuthorizationPolicy', 'closed', 'istio-system', '{action: DENY, rules: [{to: [{operation: {paths: [/closed]}}]}]}');
  const trace = new Answers(GATEWAY + root + inner + policy).trace('http://h.test/a');

  expect(trace[1]).toMatch(/^policy - /);
  expect(trace).toContain('rule + VirtualService models/inner, delegate of VirtualService models/root: path prefix "/a" matches');
});

test('without being asked for there is no trace', () => {
  expect(rules([to('iris')]).resolve('http://h.test/').trace).toEqual([]);
});
