import { Answers, showResponder } from '../support/answers';

const OBJECTS = `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: gateway, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ['*']}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: ['*']
  gateways: [istio-system/gateway]
  http:
    - match: [{uri: {prefix: /closed}}]
      directResponse: {status: 410}
    - route: [{destination: {host: iris}}]
---
apiVersion: v1
kind: Service
metadata: {name: iris, namespace: models}
spec: {selector: {app: iris}, ports: [{name: http, port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: iris, namespace: models}
spec: {template: {metadata: {labels: {app: iris}}}}
---
`;
const filter = (namespace: string, spec: string, name = 'lua') => `
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: {name: ${name}, namespace: ${namespace}}
spec: {${spec}}
---`;
const extension = (kind: string, namespace: string, spec: string) => `
apiVersion: extensions.istio.io/v1alpha1
kind: ${kind}
metadata: {name: extension, namespace: ${namespace}}
spec: {${spec}}
---`;
const patch = (context?: string) => `configPatches: [{applyTo: HTTP_FILTER, ${context === undefined ? '' : `match: {context: ${context}},`} patch: {operation: INSERT_FIRST}}]`;
const at = (selector: string, context?: string) => `workloadSelector: {labels: {${selector}}}, ${patch(context)}`;

const OUTSIDE = 'http://h.test/';
const INSIDE = { url: 'http://iris.models/', from: { namespace: 'clients', labels: { app: 'client' } } };

const LUA = 'if EnvoyFilter istio-system/lua changes nothing: iris.models:80';

test.each<[title: string, filters: string, outside: string, inside: string]>([
  ['one without a selector in the root namespace is for all proxies', filter('istio-system', patch()), LUA, LUA],
  ['any context', filter('istio-system', patch('ANY')), LUA, LUA],
  ['an unknown context', filter('istio-system', patch('constructor')), LUA, LUA],
  ['a gateway, by its labels', filter('istio-system', at('istio: ingressgateway')), LUA, 'iris.models:80'],
  ['a gateway, by the context', filter('istio-system', patch('GATEWAY')), LUA, 'iris.models:80'],
  ['sidecars that send requests', filter('istio-system', patch('SIDECAR_OUTBOUND')), 'iris.models:80', LUA],
  ['waypoints', filter('istio-system', patch('WAYPOINT')), 'iris.models:80', 'iris.models:80'],
  ['one without patches', filter('istio-system', 'priority: 1'), 'iris.models:80', 'iris.models:80'],
  ['other pods', filter('istio-system', at('app: wine')), 'iris.models:80', 'iris.models:80'],
  ['another namespace', filter('wine', patch()), 'iris.models:80', 'iris.models:80'],
  ['pods that receive requests', filter('models', at('app: iris', 'SIDECAR_INBOUND')),
    'if EnvoyFilter models/lua changes nothing: iris.models:80', 'if EnvoyFilter models/lua changes nothing: iris.models:80'],
  ['pods that receive requests send none', filter('models', patch('SIDECAR_OUTBOUND')), 'iris.models:80', 'iris.models:80'],
  ['the namespace of the workload that sends', filter('clients', patch()), 'iris.models:80', 'if EnvoyFilter clients/lua changes nothing: iris.models:80'],
  ['a Wasm plugin', extension('WasmPlugin', 'istio-system', 'selector: {matchLabels: {istio: ingressgateway}}, url: "oci://r/w"'),
    'if WasmPlugin istio-system/extension changes nothing: iris.models:80', 'iris.models:80'],
  ['a Wasm plugin at servers', extension('WasmPlugin', 'istio-system', 'match: [{mode: SERVER}], selector: {matchLabels: {istio: ingressgateway}}'), 'iris.models:80', 'iris.models:80'],
  ['a Wasm plugin at clients', extension('WasmPlugin', 'models', 'match: [{mode: CLIENT}]'), 'iris.models:80', 'iris.models:80'],
  ['an extension that is attached to a gateway of the Gateway API',
    extension('TrafficExtension', 'istio-system', 'targetRefs: [{kind: Gateway, group: gateway.networking.k8s.io, name: gateway}]'), 'iris.models:80', 'iris.models:80'],
  ['an extension', extension('TrafficExtension', 'models', 'lua: {inlineCode: x}'),
    'if TrafficExtension models/extension changes nothing: iris.models:80', 'if TrafficExtension models/extension changes nothing: iris.models:80'],
  ['several', filter('istio-system', patch()) + filter('models', patch('SIDECAR_INBOUND'), 'other'),
    'if EnvoyFilter models/other and EnvoyFilter istio-system/lua change nothing: iris.models:80', 'if EnvoyFilter models/other and EnvoyFilter istio-system/lua change nothing: iris.models:80'],
])('filters of proxies are conditions: %s', (_title, filters, outside, inside) => {
  const answers = new Answers(OBJECTS + filters);
  expect([answers.to(OUTSIDE), answers.to(INSIDE)]).toEqual([outside, inside]);
});

describe('a Service with a waypoint', () => {
  const waypoint = OBJECTS.replace('kind: Service\nmetadata: {name: iris, namespace: models}', 'kind: Service\nmetadata: {name: iris, namespace: models, labels: {istio.io/use-waypoint: waypoint}}');

  test.each<[title: string, filter: string]>([
    ['its Gateway', extension('WasmPlugin', 'models', 'targetRefs: [{kind: Gateway, group: gateway.networking.k8s.io, name: waypoint}]')],
    ['the Service', extension('TrafficExtension', 'models', 'targetRefs: [{kind: Service, group: "", name: iris}]')],
    ['its context', filter('models', patch('WAYPOINT'))],
    ['all waypoints', extension('WasmPlugin', 'istio-system', 'targetRefs: [{kind: GatewayClass, group: gateway.networking.k8s.io, name: istio-waypoint}]')],
  ])('is reached without it by gateways and sidecars, so that filters for %s are no condition', (_title, filters) => {
    const answers = new Answers(waypoint + filters);
    expect([answers.to(OUTSIDE), answers.to(INSIDE)]).toEqual(['iris.models:80', 'iris.models:80']);
  });
});

test('filters at the pods of a mirror are no condition, since what they do there changes no answer', () => {
  const mirrored = OBJECTS.replace('- route: [{destination: {host: iris}}]', '- route: [{destination: {host: iris}}]\n      mirror: {host: wine}');
  const wine = OBJECTS.split('---\n').slice(2, 4).join('---\n').replace(/iris/g, 'wine');
  const answers = new Answers(`${mirrored}${wine}---\n${filter('models', at('app: wine', 'SIDECAR_INBOUND'))}`);
  expect(answers.to(OUTSIDE)).toBe('iris.models:80');
  expect(answers.case(OUTSIDE).mirrors.map(({ responder }) => showResponder(responder))).toEqual(['wine.models:80']);
});

test('the filters of pods that receive nothing are no condition', () => {
  const answers = new Answers(OBJECTS + filter('models', patch()));
  expect(answers.to('http://h.test/closed')).toBe('response 410');
});

test('the condition comes after those of the objects', () => {
  const older = OBJECTS.replace(/name: iris, namespace: models}\nspec:\n  hosts/, 'name: other, namespace: models}\nspec:\n  hosts').replace('410', '411');
  const answers = new Answers(`${OBJECTS}${older}${filter('istio-system', at('istio: ingressgateway'))}`);
  expect(answers.to('http://h.test/closed').split(' | ')).toEqual([
    'if VirtualService models/iris is the oldest of those that match, and EnvoyFilter istio-system/lua changes nothing: response 410',
    'if VirtualService models/other is the oldest of those that match, and EnvoyFilter istio-system/lua changes nothing: response 411',
  ]);
});

test('a gateway that is not among the objects has the filters of all proxies', () => {
  const [, ...others] = OBJECTS.split('---');
  const answers = new Answers(`${others.join('---')}${filter('istio-system', patch('GATEWAY'))}${filter('istio-system', at('istio: ingressgateway'), 'labels')}`);
  expect(answers.to({ url: OUTSIDE, gateway: 'istio-system/gateway' })).toBe(LUA);
});

test('the trace shows each filter where the request passes it', () => {
  const answers = new Answers(`${OBJECTS}${filter('istio-system', at('istio: ingressgateway'))}${filter('models', patch('SIDECAR_INBOUND'), 'pods')}`);
  expect(answers.trace(OUTSIDE)).toEqual([
    'gateway + server "http" (HTTP, port 80) accepts the connection',
    'filter + EnvoyFilter istio-system/lua may change requests here, which its manifest does not tell',
    'host + virtual host *',
    'rule - VirtualService models/iris: path "/" does not begin with "/closed"',
    'rule + VirtualService models/iris: any request matches',
    'destination + 100 % of the requests go to iris.models.svc.cluster.local:80',
    'filter + EnvoyFilter models/pods may change requests here, which its manifest does not tell',
  ]);
});
