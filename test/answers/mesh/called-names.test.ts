import { Answers } from '../../support/answers';

const service = (namespace: string, name: string) => `
apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: ${namespace}}
spec: {selector: {app: ${name}}, ports: [{name: http, port: 80}]}
---`;
const route = (hosts: string, more = '') => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: routes, namespace: models}
spec: {hosts: ${hosts}, http: [{route: [{destination: {host: iris, port: {number: 80}}}]}]${more}}
---`;
const sidecar = (hosts: string) => `
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: {name: default, namespace: clients}
spec: {egress: [{hosts: ${hosts}}]}
---`;
const IRIS = service('models', 'iris');

const from = { namespace: 'clients' };
const to = (yaml: string, host: string, port = 80) => new Answers(yaml).to({ url: `http://${host}:${port}/`, authority: host, from });

const either = (name: string, there: string, otherwise: string, port = 80) => (
  `if there is a Service ${name} with port ${port}: ${there} | if there is no Service ${name} with port ${port}: ${otherwise}`
);

test.each(['iris.models', 'iris.models.svc', 'iris.models.svc.cluster.local', 'iris.models.svc.cluster.local.'])('%s is a Service among the objects', (host) => {
  expect(to(IRIS, host)).toBe('iris.models:80');
});

test.each(['other.models', 'other.models.svc', 'other.models.svc.cluster.local', 'other.models.svc.cluster.local.', 'iris.models.'])(
  '%s is unknown, since the Services of its namespace are among the objects', (host) => {
    expect(to(IRIS, host)).toBe(`external ${host}:80`);
  },
);

test.each(['x.test', 'example.com'])('%s is not read as the name of a Service in a namespace that no object mentions', (host) => {
  expect(to(IRIS, host)).toBe(`external ${host}:80`);
});

test.each([
  ['other.team.svc', 'team/other'], ['other.team.svc.cluster.local', 'team/other'], ['other.team.svc.cluster.local.', 'team/other'],
  ['other', 'clients/other'], ['other.clients', 'clients/other'],
])('%s may be a Service of other charts', (host, name) => {
  const [namespace, short] = name.split('/');
  expect(to(IRIS, host)).toBe(either(name, `${short}.${namespace}:80`, `external ${host}:80`));
});

test.each([
  ['an object', route('[iris]')],
  ['a Namespace', 'apiVersion: v1\nkind: Namespace\nmetadata: {name: models}\n---'],
  ['a destination', route('[h.test]').replace('namespace: models', 'namespace: edge').replace('host: iris', 'host: iris.models.svc.cluster.local')],
])('two labels may be the name of a Service in a namespace that %s has', (_what, yaml) => {
  expect(to(yaml, 'wine.models')).toBe(either('models/wine', 'wine.models:80', 'external wine.models:80'));
});

test('a destination of rules exists, as it does for gateways', () => {
  expect(to(route('[h.test]'), 'iris.models')).toBe('iris.models:80');
});

test('the rules for the full name of a missing Service do not apply to its short name', () => {
  expect(to(route('[wine]'), 'wine.models')).toBe(either('models/wine', 'iris.models:80', 'external wine.models:80'));
  expect(to(`${IRIS}${route('[wine.models.svc.cluster.local]')}`, 'wine.models')).toBe('external wine.models:80');
});

test('they apply to the full name on port 80 whether the Service exists or not', () => {
  expect(to(route('[wine]'), 'wine.models.svc.cluster.local')).toBe('iris.models:80');
});

test('and on its own ports if it exists', () => {
  expect(to(route('[wine]'), 'wine.models.svc.cluster.local', 8000))
    .toBe(either('models/wine', 'iris.models:80', 'external wine.models.svc.cluster.local:8000', 8000));
});

test('a sidecar knows only Services that its Sidecar imports', () => {
  expect(to(sidecar('["./*"]'), 'other.team.svc.cluster.local')).toBe('external other.team.svc.cluster.local:80');
  expect(to(sidecar('["team/*"]'), 'other.team.svc.cluster.local')).toBe(either('team/other', 'other.team:80', 'external other.team.svc.cluster.local:80'));
});
