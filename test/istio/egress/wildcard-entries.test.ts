import { App, Chart } from 'cdk8s';
import { ServiceEntry, ServiceEntryProtocol, ServiceEntryResolution } from '../../../src/istio/egress/service-entry';
import { narrowedWildcards } from '../../../src/istio/egress/wildcard-entries';
import { Gateway } from '../../../src/istio/gateway/gateway';
import { ServiceBackend } from '../../../src/istio/service/service-backend';
import { Warnings } from '../../../src/mesh/warnings';
import { ModelRoute } from '../../../src/traffic/model-route';

const found = (wildcard: string, ...hosts: string[]) => narrowedWildcards([{ of: 'route', hosts: [wildcard] }], [{ of: 'entry', hosts }]);

describe('wildcards with hosts of a ServiceEntry below them', () => {
  test('are found for a name, a longer wildcard, and several labels', () => {
    expect(found('*.example.com', 'a.example.com')).toEqual([{ route: 'route', wildcard: '*.example.com', entry: 'entry', host: 'a.example.com' }]);
    expect(found('*.example.com', '*.a.example.com')).toHaveLength(1);
    expect(found('*.Example.com', 'B.a.example.com')).toHaveLength(1);
  });

  test('are none for other names, for hosts in full, and for an entry of the wildcard itself', () => {
    expect(found('*.example.com', 'example.com', 'a.example.org', '*.com', 'badexample.com')).toEqual([]);
    expect(found('a.example.com', 'a.example.com')).toEqual([]);
    expect(found('*.example.com', '*.example.com', 'a.example.com')).toEqual([]);
  });
});

function warnings(hosts: string[], gateway = false): string[] {
  const chart = new Chart(new App(), 'chart', { namespace: 'models' });
  new ServiceEntry(chart, 'store', {
    hosts: ['store.example.com'], ports: [{ number: 443, protocol: ServiceEntryProtocol.TLS }], resolution: ServiceEntryResolution.DNS,
  });
  const gateways = gateway ? [new Gateway(chart, 'gateway', {})] : [];
  new ModelRoute(chart, 'iris', { hosts, gateways, backend: ServiceBackend.of({ name: 'iris', namespace: 'models', port: 80 }) });
  return Warnings.find(chart).filter((text) => text.includes('store.example.com'));
}

test('a warning contains the entry and the endpoint', () => {
  expect(warnings(['*.example.com'])).toEqual([
    'host "store.example.com" is covered by host "*.example.com" of endpoint "iris" of chart/iris inside the mesh. Next to a ServiceEntry, Istio routes '
    + 'no other name that the wildcard covers, and callers of those bypass the endpoint. List the hosts of the endpoint in full (at chart/store)',
  ]);
});

test('no warning behind a gateway, or for hosts in full', () => {
  expect(warnings(['*.example.com'], true)).toEqual([]);
  expect(warnings(['a.example.com'])).toEqual([]);
});
