import { deployment, document, rules, service, to } from '../../support/routes';

const subset = (name: string, host = 'iris') => `{route: [{destination: {host: ${host}, port: {number: 80}, subset: ${name}}}]}`;
const withPort = (port: string, host = 'iris') => `{route: [{destination: {host: ${host}${port}}}]}`;
const reason = (rule: string, others: string) => rules([rule], others).case('http://h.test/').outcomes[0].responder;
const SUBSETS = document('DestinationRule', 'iris', 'models', '{host: iris, subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}]}');
const TWO_PORTS = '[{port: 80, name: http}, {port: 9003, name: stats}]';

test('a short name is that of a Service in the namespace of the VirtualService', () => {
  expect(rules([to('iris')], service('iris')).to('http://h.test/')).toBe('iris.models:80');
  expect(reason(to('iris.models'), service('iris'))).toMatchObject({ kind: 'unavailable', status: 503, reason: 'there is no Service or ServiceEntry for host iris.models' });
});

test('a Service that is not among those of its namespace does not exist; in a namespace without Services it may', () => {
  const others = service('other');

  expect(reason(to('iris'), others)).toEqual({ kind: 'unavailable', status: 503, reason: 'there is no Service or ServiceEntry for host iris.models.svc.cluster.local' });
  expect(rules([to('iris')]).to('http://h.test/')).toBe('iris.models:80');
  expect(rules([to('seldon-scheduler')], others).to('http://h.test/')).toBe('seldon-scheduler.models:80');
});

test('Services that the operator creates do not tell which others there are', () => {
  const credit = document('SeldonDeployment', 'credit', 'models', '{predictors: [{name: default, graph: {name: c, implementation: SKLEARN_SERVER, modelUri: "gs://m/x"}}]}')
    .replace('networking.istio.io/v1', 'machinelearning.seldon.io/v1');

  expect(reason(to('credit-default'), credit)).toMatchObject({ kind: 'unavailable', reason: 'Service models/credit-default has no port 80' });
  expect(rules([to('iris')], credit).to('http://h.test/')).toBe('iris.models:80');
  expect(reason(to('iris'), credit + service('other'))).toMatchObject({ kind: 'unavailable', reason: 'there is no Service or ServiceEntry for host iris.models.svc.cluster.local' });
});

test('without a port it is that of the Service, or that of the listener if there are several', () => {
  expect(rules([withPort('')], service('iris', '[{port: 8080, name: http}]')).to('http://h.test/')).toBe('iris.models:8080');
  expect(rules([withPort('')], service('iris', TWO_PORTS)).to('http://h.test/')).toBe('iris.models:80');
  expect(reason(withPort(''), service('iris', TWO_PORTS.replace('80,', '81,')))).toMatchObject({ status: 503, reason: 'Service models/iris has no port 80' });
});

test('a port that the Service does not have gets 503', () => {
  expect(reason(withPort(', port: {number: 81}'), service('iris'))).toMatchObject({ status: 503, reason: 'Service models/iris has no port 81' });
  expect(reason(withPort(', port: {number: 80}'), service('iris', '[{port: 80, protocol: UDP, name: udp}]'))).toMatchObject({ status: 503 });
});

test('a subset has the workloads with its labels', () => {
  const pods = deployment('one', '{app: iris, version: v1}') + deployment('two', '{app: iris, version: v2}') + deployment('three', '{app: other, version: v1}');

  expect(reason(subset('v1'), service('iris') + SUBSETS + pods)).toEqual({
    kind: 'service', host: 'iris.models.svc.cluster.local', port: 80, subset: { name: 'v1', labels: { version: 'v1' } }, workloads: ['Deployment models/one'],
  });
  expect(reason(to('iris'), service('iris') + pods)).toMatchObject({ workloads: ['Deployment models/one', 'Deployment models/two'] });
});

test('a subset that no DestinationRule defines, or without a workload, gets 503', () => {
  const pods = deployment('one', '{app: iris, version: v1}');

  expect(reason(subset('v3'), service('iris') + SUBSETS)).toMatchObject({
    status: 503, reason: 'no DestinationRule that the proxy sees defines subset "v3" of host iris.models.svc.cluster.local',
  });
  expect(reason(subset('v2'), service('iris') + SUBSETS + pods)).toMatchObject({
    status: 503, reason: 'no workload has the labels of subset "v2" of host iris.models.svc.cluster.local',
  });
  expect(reason(subset('v2'), service('iris') + SUBSETS)).toMatchObject({ kind: 'service', workloads: [] });
});

test('workloads without replicas do not answer', () => {
  const stopped = deployment('one', '{app: iris}', 'replicas: 0,');

  expect(reason(to('iris'), service('iris') + stopped)).toMatchObject({ status: 503, reason: 'all workloads behind host iris.models.svc.cluster.local have 0 replicas' });
  expect(reason(to('iris'), service('iris') + stopped + deployment('two', '{app: iris}'))).toMatchObject({ workloads: ['Deployment models/two'] });
});

test('subsets are read where the gateway looks: in its namespace, then that of the Service, then the root namespace', () => {
  const own = (namespace: string, more = '') => document('DestinationRule', 'iris', namespace, `{host: iris.models.svc.cluster.local, ${more} subsets: [{name: ${namespace}, labels: {}}]}`);
  const found = (name: string, ...namespaces: string[]) => rules([subset(name)], service('iris') + namespaces.map((each) => own(each)).join('')).to('http://h.test/');

  expect(found('models', 'models')).toBe('iris.models:80/models');
  expect(found('third', 'third')).toBe('unavailable 503');
  // The gateway is in the root namespace, whose own rules come first only if they are not exported.
  expect(found('istio-system', 'models', 'istio-system')).toBe('unavailable 503');
  expect(rules([subset('istio-system')], service('iris') + own('models') + own('istio-system', "exportTo: ['.'],")).to('http://h.test/')).toBe('iris.models:80/istio-system');
  expect(rules([subset('models')], service('iris') + own('models', "exportTo: ['.'],")).to('http://h.test/')).toBe('unavailable 503');
});

test('a rule for the exact host is preferred to one with a wildcard', () => {
  const wild = document('DestinationRule', 'wild', 'models', "{host: '*.models.svc.cluster.local', subsets: [{name: wild, labels: {}}]}");

  expect(rules([subset('wild')], service('iris') + wild).to('http://h.test/')).toBe('iris.models:80/wild');
  expect(rules([subset('wild')], service('iris') + wild + SUBSETS).to('http://h.test/')).toBe('unavailable 503');
});

test('subsets with the same labels are one destination', () => {
  const twice = document('DestinationRule', 'iris', 'models', '{host: iris, subsets: [{name: a, labels: {v: v1}}, {name: b, labels: {v: v1}}]}');
  const split = '{route: [{destination: {host: iris, port: {number: 80}, subset: a}, weight: 1}, {destination: {host: iris, port: {number: 80}, subset: b}, weight: 1}]}';

  expect(rules([split], service('iris') + twice).to('http://h.test/')).toBe('iris.models:80/a');
});

test('a host outside the cluster needs a ServiceEntry with the port', () => {
  const entry = (hosts: string) => document('ServiceEntry', 'entry', 'models', `{hosts: [${hosts}], ports: [{number: 443, name: https, protocol: HTTPS}], resolution: DNS}`);
  const route = '{route: [{destination: {host: api.example.com, port: {number: 443}}}]}';

  expect(rules([route], entry('api.example.com')).to('http://h.test/')).toBe('external api.example.com:443');
  expect(rules([route.replace('443', '80')], entry('api.example.com')).to('http://h.test/')).toBe('unavailable 503');
  expect(rules([route]).to('http://h.test/')).toBe('unavailable 503');
  // The cluster of Envoy has the name of the wildcard.
  expect(rules([route], entry("'*.example.com'")).to('http://h.test/')).toBe('unavailable 503');
});

test('a ServiceEntry inside the mesh has workloads', () => {
  const entry = document('ServiceEntry', 'entry', 'models', `{hosts: [vm.example.com], location: MESH_INTERNAL, ports: [{number: 80, name: http, protocol: HTTP}],
    resolution: STATIC, workloadSelector: {labels: {app: vm}}}`);

  expect(reason('{route: [{destination: {host: vm.example.com, port: {number: 80}}}]}', entry + deployment('vm', '{app: vm}'))).toEqual({
    kind: 'service', host: 'vm.example.com', port: 80, workloads: ['Deployment models/vm'],
  });
});

test('a Service may stand for an external host', () => {
  const external = document('Service', 'iris', 'models', '{type: ExternalName, externalName: api.example.com, ports: [{port: 80, name: http}]}');

  expect(rules([to('iris')], external).to('http://h.test/')).toBe('external api.example.com:80');
});
