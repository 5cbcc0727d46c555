import { ApiObject, App, Chart, Duration } from 'cdk8s';
import { BackendPolicy } from '../../../src/istio/destination-rule/backend-policy';
import { DestinationRule } from '../../../src/istio/destination-rule/destination-rule';
import { ServiceBackend } from '../../../src/istio/service/service-backend';
import { Warnings } from '../../../src/mesh/warnings';
import { TrafficSplit } from '../../../src/traffic/traffic-split';
import { findingsOf } from '../../support/errors';

// Statements that mean the same in any order are accepted in any order, and write the same bytes.

const HOST = 'iris.models.svc.cluster.local';
const subset = (name: string) => ServiceBackend.of({ name: 'iris', namespace: 'models', port: 8080, subset: name, subsetLabels: { version: name } });

type Statement = (chart: Chart) => unknown;

const STATEMENTS: { readonly [name: string]: Statement } = {
  split: (chart) => new TrafficSplit(chart, 'split', {
    hosts: [HOST], arms: [{ backend: subset('v2'), weight: 90 }, { backend: subset('v1'), weight: 10 }], endpoint: 'iris',
  }),
  rule: (chart) => new DestinationRule(chart, 'rule', {
    host: HOST, subsets: [{ name: 'v9', labels: { version: 'v9' } }], trafficPolicy: { connectionPool: { http: { http1MaxPendingRequests: 10 } } },
  }),
  hostPolicy: (chart) => new BackendPolicy(chart, 'host', {
    backend: ServiceBackend.of({ name: 'iris', namespace: 'models', port: 8080 }), outlierDetection: { consecutive5xxErrors: 3, interval: Duration.seconds(1) },
  }),
  subsetPolicy: (chart) => new BackendPolicy(chart, 'subset', {
    backend: ServiceBackend.of({ name: 'iris', namespace: 'models', port: 8080, subset: 'v9' }), connectionPool: { tcp: { maxConnections: 5 } },
  }),
};

function permutations<T>(values: readonly T[]): T[][] {
  if (values.length < 2) return [[...values]];
  return values.flatMap((value, i) => permutations(values.filter((_, j) => j !== i)).map((rest) => [value, ...rest]));
}

function appOf(names: readonly string[]): { readonly app: App; readonly chart: Chart } {
  const app = new App();
  const chart = new Chart(app, 'chart', { namespace: 'models' });
  names.forEach((name) => STATEMENTS[name](chart));
  return { app, chart };
}

/** The manifests by kind and name: cdk8s writes objects in the order of construction. */
function manifestsOf(names: readonly string[]): string[] {
  return appOf(names).app.synthYaml().split('---\n').sort();
}

const expected = manifestsOf(['rule', 'split', 'hostPolicy', 'subsetPolicy']);

test.each(permutations(Object.keys(STATEMENTS)).map((names): [string, string[]] => [names.join(', '), names]))('%s', (_names, names) => {
  expect(manifestsOf(names)).toEqual(expected);
});

test('without a rule of the app, two splits write the same in both orders', () => {
  const one: Statement = (chart) => new TrafficSplit(chart, 'one', { hosts: [HOST], arms: [{ backend: subset('v2'), weight: 1 }], endpoint: 'one' });
  const two: Statement = (chart) => new TrafficSplit(chart, 'two', { hosts: [HOST], arms: [{ backend: subset('v1'), weight: 1 }], endpoint: 'two' });
  const synth = (...statements: Statement[]): string[] => {
    const app = new App();
    const chart = new Chart(app, 'chart', { namespace: 'models' });
    statements.forEach((statement) => statement(chart));
    return app.synthYaml().split('---\n').filter((text) => text.includes('kind: DestinationRule'));
  };
  expect(synth(one, two)).toEqual(synth(two, one));
});

test('the policy leads to the rule that takes the place of another one', () => {
  const { chart } = appOf(['hostPolicy', 'rule']);
  const policy = chart.node.findChild('host') as BackendPolicy;
  expect(ApiObject.of(policy)).toBe(ApiObject.of(chart.node.findChild('rule')));
  expect(chart.node.children.map(({ node }) => node.id)).toEqual(['host', 'rule']);
  expect(Warnings.find(chart)).toEqual([]);
});

test('a rule that contradicts a policy is rejected in both orders', () => {
  const contradicting: Statement = (chart) => new DestinationRule(chart, 'rule', { host: HOST, trafficPolicy: { outlierDetection: { consecutive5xxErrors: 9 } } });
  for (const order of [[STATEMENTS.hostPolicy, contradicting], [contradicting, STATEMENTS.hostPolicy]]) {
    const chart = new Chart(new App(), 'chart', { namespace: 'models' });
    expect(() => order.forEach((statement) => statement(chart))).toThrow('to a different value');
  }
});

test('a rule in a namespace that callers do not see is rejected in both orders', () => {
  const misplaced: Statement = (chart) => new DestinationRule(chart, 'rule', { host: HOST, namespace: 'other' });
  for (const order of [[STATEMENTS.split, misplaced], [misplaced, STATEMENTS.split]]) {
    const chart = new Chart(new App(), 'chart', { namespace: 'models' });
    expect(() => {
      order.forEach((statement) => statement(chart));
      const [finding] = findingsOf(chart);
      if (finding !== undefined) throw new Error(finding);
    }).toThrow('allers in other namespaces would not see it');
  }
});
