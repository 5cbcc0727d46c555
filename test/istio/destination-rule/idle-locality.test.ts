import { Chart } from 'cdk8s';
import { BackendPolicy } from '../../../src/istio/destination-rule/backend-policy';
import { DestinationRule, DestinationRuleProps } from '../../../src/istio/destination-rule/destination-rule';
import { findIdleLocality, LocalitySpec } from '../../../src/istio/destination-rule/idle-locality';
import { ServiceBackend } from '../../../src/istio/service/service-backend';
import { Warnings } from '../../../src/mesh/warnings';
import { testChart } from '../../support/manifests';

const outlierDetection = { consecutive5xxErrors: 3 };
const failover = { localityLbSetting: { failover: [{ from: 'eu', to: 'us' }] } };

test.each<[string, LocalitySpec, string[]]>([
  ['nothing', {}, []],
  ['failover', { trafficPolicy: { loadBalancer: failover } }, ['locality of the host']],
  ['failover with detection', { trafficPolicy: { loadBalancer: failover, outlierDetection } }, []],
  ['locality alone', { trafficPolicy: { loadBalancer: { localityLbSetting: { enabled: true } } } }, ['locality of the host']],
  ['locality that is off', { trafficPolicy: { loadBalancer: { localityLbSetting: { enabled: false } } } }, []],
  ['shares', { trafficPolicy: { loadBalancer: { localityLbSetting: { distribute: [{}] } } } }, []],
  ['zones', { trafficPolicy: { loadBalancer: { zoneAwareLbSetting: { enabled: true } } } }, []],
  ['failover of zones', { trafficPolicy: { loadBalancer: { zoneAwareLbSetting: { failoverPriority: ['rack'] } } } }, ['zoneAware of the host']],
  ['a subset with the detection of its host', { trafficPolicy: { outlierDetection }, subsets: [{ name: 'v1', trafficPolicy: { loadBalancer: failover } }] }, []],
  ['a subset without', { subsets: [{ name: 'v1', trafficPolicy: { loadBalancer: failover } }] }, ['locality of subset "v1"']],
  ['a host whose subsets all detect', { trafficPolicy: { loadBalancer: failover }, subsets: [{ name: 'v1', trafficPolicy: { outlierDetection } }] }, []],
  ['a host of which one subset does not', {
    trafficPolicy: { loadBalancer: failover }, subsets: [{ name: 'v1', trafficPolicy: { outlierDetection } }, { name: 'v2' }],
  }, ['locality of the host']],
  ['a port, which inherits nothing', {
    trafficPolicy: { outlierDetection, portLevelSettings: [{ port: { number: 80 }, loadBalancer: failover }] },
  }, ['locality of port 80 of the host']],
])('%s', (_name, spec, idle) => {
  expect(findIdleLocality(spec).map(({ whose, field }) => `${field} of ${whose}`)).toEqual(idle);
});

const FAILOVER = { locality: { failover: [{ from: 'eu', to: 'us' }] } };
const WARNING = 'loadBalancer.locality of the host without outlierDetection. Istio ignores it without detection of failed '
  + 'pods. Add outlierDetection to the same policy, or set distribute (at test/rule)';

function rule(props: Partial<DestinationRuleProps>, chart: Chart = testChart()): DestinationRule {
  return new DestinationRule(chart, 'rule', { host: 'iris.models.svc.cluster.local', namespace: 'models', ...props });
}

describe('a DestinationRule', () => {
  test('gets a warning', () => {
    expect(Warnings.find(rule({ trafficPolicy: { loadBalancer: FAILOVER } }))).toEqual([WARNING]);
    expect(Warnings.find(rule({ trafficPolicy: { loadBalancer: { zoneAware: { failoverPriority: ['rack'] } } } }))).toEqual([
      'loadBalancer.zoneAware of the host without outlierDetection. Its failover has no effect without detection of failed pods. '
        + 'Add outlierDetection to the same policy (at test/rule)',
    ]);
  });

  test.each([true, false])('is looked at with what a BackendPolicy adds to it: %p', (adds) => {
    const chart = testChart();
    const made = rule({ trafficPolicy: { loadBalancer: FAILOVER } }, chart);
    if (adds) new BackendPolicy(chart, 'policy', { backend: ServiceBackend.of({ name: 'iris', namespace: 'models', port: 80 }), outlierDetection });
    expect(Warnings.find(made)).toEqual(adds ? [] : [WARNING]);
  });
});
