import { Answers, ShortRequest } from '../../support/answers';
import { document, service, to, virtualService } from '../../support/routes';

const from = (url: string, namespace = 'clients', labels: { [name: string]: string } = { app: 'client' }): ShortRequest => ({ url, from: { namespace, labels } });
const IRIS = 'iris.models.svc.cluster.local';
const onMesh = (name: string, http: readonly string[], fields: Parameters<typeof virtualService>[2] = {}) => virtualService(name, http, { hosts: '[iris]', gateways: '[mesh]', ...fields });
const at = (path: string) => `match: [{uri: {prefix: ${path}}}],`;
const sidecar = (spec: string, name = 'default', namespace = 'clients') => document('Sidecar', name, namespace, spec);

test('without a VirtualService the Service answers, with the retries of Istio', () => {
  const answers = new Answers(service('iris'));

  expect(answers.to(from(`http://${IRIS}/a/../b?q`))).toBe('iris.models:80');
  expect(answers.case(from(`http://${IRIS}/a/../b?q`))).toMatchObject({ retries: { attempts: 2 }, outcomes: [{ delivered: { path: '/b?q', authority: IRIS } }] });
});

test('a VirtualService without gateways or with mesh has the host for itself, and 404 for the rest', () => {
  for (const gateways of ['[mesh]', '[]', '[mesh, istio-system/gateway]']) {
    const answers = new Answers(service('iris') + service('canary') + onMesh('routes', [to('canary', at('/v2'))], { gateways }));

    expect(answers.to(from(`http://${IRIS}/v2`))).toBe('canary.models:80');
    expect(answers.to(from(`http://${IRIS}/other`))).toBe('not-found 404');
  }
  expect(new Answers(service('iris') + service('canary') + onMesh('routes', [to('canary')], { gateways: '[istio-system/gateway]' })).to(from(`http://${IRIS}/`))).toBe('iris.models:80');
});

test.each([
  ['iris', 'models', true], ['iris', 'clients', false], ['iris.models', 'clients', true], ['iris.models.svc', 'clients', true], [IRIS, 'clients', true],
  [`${IRIS}.`, 'clients', true], ['IRIS.models', 'clients', true], ['iris.models.svc.cluster', 'clients', false],
])('host %s of a caller in %s is that of the Service: %s', (host, namespace, isService) => {
  const answers = new Answers(service('iris') + service('other', undefined, 'clients') + onMesh('routes', [to('iris', 'timeout: 7s,')]));

  expect(answers.case(from(`http://${host}/`, namespace)).timeout).toBe(isService ? '7s' : undefined);
});

test('of several VirtualServices for a host one is used as a whole: the oldest', () => {
  const both = (a?: string, b?: string) => new Answers(service('iris') + service('a') + service('b')
    + onMesh('a', [to('a', at('/a'))], { created: a }) + onMesh('b', [to('b', at('/b'))], { created: b }));

  expect(both('2026-01-02T00:00:00Z', '2026-01-01T00:00:00Z').to(from(`http://${IRIS}/a`))).toBe('not-found 404');
  expect(both().to(from(`http://${IRIS}/a`))).toBe(`if VirtualService models/a is the oldest of those for host ${IRIS}: a.models:80 | `
    + `if VirtualService models/b is the oldest of those for host ${IRIS}: not-found 404`);
});

test('a match may be for callers with certain labels or in a certain namespace', () => {
  const answers = new Answers(service('iris') + service('canary') + onMesh('routes', [
    to('canary', 'match: [{sourceLabels: {app: tester}}, {sourceNamespace: testers}],'), to('iris'),
  ]));

  expect(answers.to(from(`http://${IRIS}/`))).toBe('iris.models:80');
  expect(answers.to(from(`http://${IRIS}/`, 'clients', { app: 'tester', x: 'y' }))).toBe('canary.models:80');
  expect(answers.to(from(`http://${IRIS}/`, 'testers'))).toBe('canary.models:80');
});

test('a VirtualService without a rule for a caller leaves the host to others', () => {
  const answers = new Answers(service('iris') + service('canary') + onMesh('routes', [to('canary', 'match: [{sourceLabels: {app: tester}}],')]));

  expect(answers.to(from(`http://${IRIS}/`))).toBe('iris.models:80');
});

test('matches for gateways only do not apply', () => {
  const answers = new Answers(service('iris') + service('canary') + onMesh('routes', [to('canary', 'match: [{gateways: [istio-system/gateway]}],'), to('iris', 'timeout: 1s,')], {
    gateways: '[mesh, istio-system/gateway]',
  }));

  expect(answers.case(from(`http://${IRIS}/`)).timeout).toBe('1s');
});

test('the port picks the rules and the destination', () => {
  const answers = new Answers(service('iris', '[{port: 80, name: http}, {port: 9003, name: http-stats}]')
    + onMesh('routes', ['{match: [{port: 9003}], directResponse: {status: 418}}', '{route: [{destination: {host: iris}}]}']));

  expect(answers.to(from(`http://${IRIS}/`))).toBe('iris.models:80');
  expect(answers.to(from(`http://${IRIS}:9003/`))).toBe('response 418');
});

test('a VirtualService is used where its namespace shows it', () => {
  const answers = new Answers(service('iris') + service('canary') + onMesh('routes', [to('canary')], { more: "exportTo: ['.']," }));

  expect(answers.to(from(`http://${IRIS}/`))).toBe('iris.models:80');
  expect(answers.to(from(`http://${IRIS}/`, 'models'))).toBe('canary.models:80');
});

test('a port that is not one of HTTP is forwarded without rules', () => {
  const answers = new Answers(service('iris', '[{port: 80, name: tcp}]') + service('canary') + onMesh('routes', [to('canary')]));

  expect(answers.to(from(`http://${IRIS}/`))).toBe('iris.models:80');
});

test('unknown hosts are external, unless the Sidecar blocks them', () => {
  const blocked = sidecar("{outboundTrafficPolicy: {mode: REGISTRY_ONLY}, egress: [{hosts: ['*/*']}]}");

  expect(new Answers(service('iris')).to(from('http://api.example.com/'))).toBe('external api.example.com:80');
  expect(new Answers(service('iris') + blocked).to(from('http://api.example.com/'))).toBe('unavailable 502');
  expect(new Answers(service('iris') + blocked).to(from('http://api.example.com:8080/'))).toBe('refused');
  expect(new Answers(service('iris') + blocked).to(from(`http://${IRIS}/`))).toBe('iris.models:80');
  expect(new Answers(service('iris') + blocked).to(from('http://api.example.com/', 'models'))).toBe('external api.example.com:80');
  const entry = document('ServiceEntry', 'entry', 'models', '{hosts: [api.example.com], ports: [{number: 80, name: http, protocol: HTTP}], resolution: DNS}');
  expect(new Answers(service('iris') + blocked + entry).to(from('http://api.example.com/'))).toBe('external api.example.com:80');
});

test('a Sidecar limits what its callers know', () => {
  const routes = service('iris') + service('canary') + onMesh('routes', [to('canary')]);
  const scoped = (hosts: string, more = '') => new Answers(routes + sidecar(`{${more} egress: [{hosts: ${hosts}}]}`)).to(from(`http://${IRIS}/`));

  expect(scoped("['*/*']")).toBe('canary.models:80');
  expect(scoped("['models/*']")).toBe('canary.models:80');
  expect(scoped(`[models/${IRIS}]`)).toBe('canary.models:80');
  // The request goes to the address of the Service, without rules.
  expect(scoped("['./*']")).toBe('iris.models:80');
  expect(scoped("['~/*']")).toBe('iris.models:80');
  expect(scoped("['other/*']")).toBe('iris.models:80');
  expect(scoped("['./*']", 'workloadSelector: {labels: {app: other}},')).toBe('canary.models:80');
  expect(scoped("['./*']", 'workloadSelector: {labels: {app: client}},')).toBe('iris.models:80');
});

test('the Sidecar of the root namespace applies where a namespace has none', () => {
  const routes = service('iris') + service('canary') + onMesh('routes', [to('canary')]) + sidecar("{egress: [{hosts: ['./*']}]}", 'default', 'istio-system');

  expect(new Answers(routes).to(from(`http://${IRIS}/`))).toBe('iris.models:80');
  expect(new Answers(routes).to(from(`http://${IRIS}/`, 'models'))).toBe('canary.models:80');
});

test('a host of a VirtualService without a Service is known on port 80', () => {
  const answers = new Answers(service('iris') + onMesh('routes', [to('iris')], { hosts: '[shop.example.com]' }));

  expect(answers.to(from('http://shop.example.com/'))).toBe('iris.models:80');
  expect(answers.to(from('http://shop.example.com:8080/'))).toBe('external shop.example.com:8080');
});

test('subsets are read where the caller looks first', () => {
  const own = document('DestinationRule', 'iris', 'clients', `{host: ${IRIS}, subsets: [{name: own, labels: {}}]}`);
  const routes = service('iris') + onMesh('routes', ['{route: [{destination: {host: iris, port: {number: 80}, subset: own}}]}']);

  expect(new Answers(routes + own).to(from(`http://${IRIS}/`))).toBe('iris.models:80/own');
  expect(new Answers(routes + own).to(from(`http://${IRIS}/`, 'others'))).toBe('unavailable 503');
});

test('a destination without a port has the port that the workload connects to, even if its Service has another one', () => {
  const routes = service('iris') + onMesh('routes', ['{route: [{destination: {host: canary}}]}']);

  expect(new Answers(routes + service('canary', '[{port: 80, name: http}, {port: 81, name: http-more}]')).to(from(`http://${IRIS}/`))).toBe('canary.models:80');
  expect(new Answers(routes + service('canary', '[{port: 8080, name: http}]')).to(from(`http://${IRIS}/`))).toBe('unavailable 503');
});
