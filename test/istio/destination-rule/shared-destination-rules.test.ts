import { App, Chart, Testing } from 'cdk8s';
import { BackendPolicy } from '../../../src/istio/destination-rule/backend-policy';
import { DestinationRule } from '../../../src/istio/destination-rule/destination-rule';
import { Gateway } from '../../../src/istio/gateway/gateway';
import { ServiceBackend } from '../../../src/istio/service/service-backend';
import { Warnings } from '../../../src/mesh/warnings';
import { ModelRoute } from '../../../src/traffic/model-route';

const HOST = 'iris.models.svc.cluster.local';

function chartsOf(app: App, ...ids: string[]): Chart[] {
  return ids.map((id) => new Chart(app, id, { namespace: 'models' }));
}

function route(chart: Chart, version: string): void {
  const gateways = [Gateway.fromGatewayName(chart, 'gateway', 'seldon-gateway', { namespace: 'istio-system' })];
  const backend = ServiceBackend.of({ name: 'iris', namespace: 'models', port: 80, subset: version, subsetLabels: { version } });
  new ModelRoute(chart, version, { gateways, hosts: [`${version}.example.com`], backend });
}

const warning = `the DestinationRule of host "${HOST}" is needed by charts one, two, and is part of the first one that is created. `
  + 'It would move when that chart is removed or another one is created before it, and a tool that applies each chart separately would delete it. '
  + `In the chart that owns the Service, add new DestinationRule(chart, "iris", { host: "${HOST}" })`;

describe('a DestinationRule that several charts need', () => {
  test.each([[['one', 'two']], [['two', 'one']]])('gets a warning when none of them owns it (%s)', (order) => {
    const app = Testing.app();
    const charts = chartsOf(app, ...order);
    for (const chart of charts) route(chart, `v-${chart.node.id}`);

    expect(Warnings.find(app)).toEqual([`${warning} (at ${order[0]}/destination-rule-${HOST})`]);
  });

  test('the warning is printed by synthesis', () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation();
    const app = Testing.app();
    for (const chart of chartsOf(app, 'one', 'two')) route(chart, `v-${chart.node.id}`);
    app.synthYaml();

    expect(warn.mock.calls).toEqual([[`warning: ${warning} (at one/destination-rule-${HOST})`]]);
    warn.mockRestore();
  });

  test('policies need it, too', () => {
    const app = Testing.app();
    const [one, two] = chartsOf(app, 'one', 'two');
    route(one, 'v1');
    new BackendPolicy(two, 'pool', { backend: ServiceBackend.of({ name: 'iris', namespace: 'models', port: 80 }), connectionPool: { tcp: { maxConnections: 9 } } });

    expect(Warnings.find(app)).toEqual([`${warning} (at one/destination-rule-${HOST})`]);
  });

  test('is fine when one of them owns it', () => {
    const app = Testing.app();
    const [owner, ...others] = chartsOf(app, 'owner', 'one', 'two');
    new DestinationRule(owner, 'iris', { host: HOST });
    for (const chart of others) route(chart, `v-${chart.node.id}`);

    expect(Warnings.find(app)).toEqual([]);
    expect(Testing.synth(owner)[0].spec.subsets).toHaveLength(2);
  });

  test('is fine when one chart needs it several times', () => {
    const app = Testing.app();
    const [one] = chartsOf(app, 'one');
    route(one, 'v1');
    const backend = ServiceBackend.of({ name: 'iris', namespace: 'models', port: 80 });
    new BackendPolicy(one, 'pool', { backend, connectionPool: { tcp: { maxConnections: 9 } } });

    expect(Warnings.find(app)).toEqual([]);
  });
});
