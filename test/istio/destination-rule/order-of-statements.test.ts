import { ApiObject, App, Chart, Duration, JsonPatch } from 'cdk8s';
import { BackendPolicy } from '../../../src/istio/destination-rule/backend-policy';
import { ClientTlsMode } from '../../../src/istio/destination-rule/client-tls';
import { DestinationRule, DestinationRuleProps } from '../../../src/istio/destination-rule/destination-rule';
import { TrafficPolicy } from '../../../src/istio/destination-rule/traffic-policy';
import { ModelStore } from '../../../src/istio/egress/model-store';
import { ModelStoreEgress } from '../../../src/istio/egress/model-store-egress';
import { Gateway } from '../../../src/istio/gateway/gateway';
import { GatewayServer } from '../../../src/istio/gateway/gateway-server';
import { ServiceBackend, ServiceBackendProps } from '../../../src/istio/service/service-backend';
import { Mesh } from '../../../src/mesh/mesh';
import { Warnings } from '../../../src/mesh/warnings';
import { GraphNode } from '../../../src/seldon/core1/graph-node';
import { PrepackagedServer } from '../../../src/seldon/core1/prepackaged-server';
import { SeldonDeployment } from '../../../src/seldon/core1/seldon-deployment';
import { ModelRoute } from '../../../src/traffic/model-route';
import { TrafficSplit } from '../../../src/traffic/traffic-split';
import { findingsOf, messageOf } from '../../support/errors';

// Statements that mean the same in any order are accepted in any order, and write the same bytes.

const HOST = 'iris.models.svc.cluster.local';
const STORE = 'store.example.com';

type Statement = (chart: Chart) => unknown;

const backend = (options: Partial<ServiceBackendProps> = {}) => ServiceBackend.of({ name: 'iris', namespace: 'models', port: 8080, ...options });
const subset = (name: string) => backend({ subset: name, subsetLabels: { version: name } });
const arms = [{ backend: subset('v2'), weight: 90 }, { backend: subset('v1'), weight: 10 }];
const limit = (maxConnections: number): TrafficPolicy => ({ connectionPool: { tcp: { maxConnections } } });
const onPort = (port: number, maxConnections: number): TrafficPolicy => ({ portLevelSettings: [{ port, ...limit(maxConnections) }] });
const outliers: TrafficPolicy = { outlierDetection: { consecutive5xxErrors: 3, interval: Duration.seconds(1) } };

const policy = (id: string, of: ServiceBackend, props: TrafficPolicy): Statement => (chart) =>
  new BackendPolicy(chart, id, { backend: of, ...props });
const ruleOf = (props: Partial<DestinationRuleProps> = {}, id = 'rule'): Statement => (chart) => new DestinationRule(chart, id, { host: HOST, ...props });

const split: Statement = (chart) => new TrafficSplit(chart, 'split', { hosts: [HOST], arms, endpoint: 'iris' });
const route: Statement = (chart) => new ModelRoute(chart, 'route', {
  gateways: [Gateway.fromGatewayName(chart, 'gateway-of-route', 'public')], hosts: ['iris.example.com'], backend: subset('v3'),
});
const gateway: Statement = (chart) => new Gateway(chart, 'public', { servers: [GatewayServer.http({ hosts: ['iris.example.com'] })] });
const rule = ruleOf({ subsets: [{ name: 'v9', labels: { version: 'v9' } }, { name: 'v1', labels: { version: 'v1' } }], trafficPolicy: onPort(90, 1) });
const hostPolicy = policy('host', backend(), outliers);
const egress: Statement = (chart) => new ModelStoreEgress(chart, 'egress', { stores: [ModelStore.host(STORE)], tlsOrigination: {} });
const storePolicy: Statement = (chart) => new BackendPolicy(chart, 'store', { backend: backend({ name: STORE, port: 80 }), ...outliers });
const storeRule = ruleOf({ host: STORE, trafficPolicy: onPort(8080, 3) }, 'store-rule');

function permutations<T>(values: readonly T[]): T[][] {
  if (values.length < 2) return [[...values]];
  return values.flatMap((value, i) => permutations(values.filter((_, j) => j !== i)).map((rest) => [value, ...rest]));
}

function chartOf(statements: readonly Statement[]): Chart {
  const chart = new Chart(new App(), 'chart', { namespace: 'models' });
  statements.forEach((statement) => statement(chart));
  return chart;
}

/** The manifests in the order of their text: cdk8s writes objects in the order of construction. */
function manifestsOf(statements: readonly Statement[]): string[] {
  return App.of(chartOf(statements)).synthYaml().split('---\n').map((text) => `${text.trim()}\n`).sort();
}

const rulesOf = (statements: readonly Statement[]): string[] => manifestsOf(statements).filter((text) => text.includes('kind: DestinationRule'));

describe('any order of the statements writes the same manifests', () => {
  test.each<[string, number, Statement[]]>([
    ['a Gateway, routes, a DestinationRule and a policy', 1, [gateway, route, split, rule, hostPolicy]],
    ['policies of subsets that another statement defines', 1, [
      rule, split, policy('v9', backend({ subset: 'v9' }), limit(9)), policy('v1', backend({ subset: 'v1' }), limit(1)), hostPolicy,
    ]],
    ['policies of subsets that only routes define', 1, [split, route, policy('v1', backend({ subset: 'v1' }), limit(1)), policy('v3', backend({ subset: 'v3' }), limit(3))]],
    ['a rule without subsets, and policies of those of routes', 1, [ruleOf(), split, policy('v1', backend({ subset: 'v1' }), limit(1)), policy('v2', subset('v2'), outliers)]],
    ['policies of several ports', 1, [
      rule, policy('443', backend(), onPort(443, 4)), policy('80', backend(), onPort(80, 8)), policy('90', backend(), { portLevelSettings: [{ port: 90, ...outliers }] }),
      hostPolicy,
    ]],
    ['policies of several ports without a rule', 1, [policy('443', backend(), onPort(443, 4)), policy('80', backend(), onPort(80, 8)), hostPolicy]],
    ['a rule that only its own namespace sees', 1, [ruleOf({ exportTo: ['.'] }), split, hostPolicy]],
    ['two rules that no namespace sees both of', 2, [
      ruleOf({ exportTo: ['.'] }), ruleOf({ namespace: 'other', exportTo: ['.'] }, 'other'), split, hostPolicy, policy('v1', backend({ subset: 'v1' }), limit(1)),
    ]],
    ['two rules of which callers may get either', 2, [
      ruleOf({ exportTo: ['.'] }), ruleOf({ namespace: 'istio-system', exportTo: ['clients'] }, 'root'), split, policy('v1', backend({ subset: 'v1' }), limit(1)),
    ]],
    ['a model store and a policy', 1, [egress, storePolicy]],
    ['a model store, a policy and a rule', 1, [egress, storePolicy, storeRule]],
  ])('%s', (_what, count, statements) => {
    const expected = manifestsOf(statements);
    expect(expected.filter((text) => text.includes('kind: DestinationRule'))).toHaveLength(count);
    for (const order of permutations(statements)) expect(manifestsOf(order)).toEqual(expected);
  });

  test('in several charts, of which one owns the rule', () => {
    const statements: [string, Statement][] = [['owner', rule], ['one', split], ['two', route], ['two', policy('v2', backend({ subset: 'v2' }), limit(2))]];
    const filesOf = (order: readonly [string, Statement][]): string[] => {
      const app = new App();
      const charts = new Map(['two', 'owner', 'one'].map((id) => [id, new Chart(app, id, { namespace: 'models' })]));
      for (const [id, statement] of order) statement(charts.get(id)!);
      expect(Warnings.find(app)).toEqual([]);
      return app.synthYaml().split('---\n');
    };
    // Within a chart, cdk8s writes objects in the order of construction. Here each one has one object.
    const expected = filesOf(statements);
    for (const order of permutations(statements)) expect(filesOf(order)).toEqual(expected);
  });

  test('what they write', () => {
    expect(rulesOf([gateway, route, split, hostPolicy, policy('v9', backend({ subset: 'v9' }), limit(9)), policy('80', backend(), onPort(80, 8)), rule])).toMatchSnapshot();
    expect(rulesOf([storePolicy, egress, storeRule])).toMatchSnapshot();
  });

  test('TLS of a predictor may be set before and after the route', () => {
    const configure: Statement = (chart) => Mesh.configure(chart.node.root as App, { operatorIstio: false });
    const deployment = (chart: Chart) => new SeldonDeployment(chart, 'wine', {
      predictors: [{ name: 'main', ssl: { certSecretName: 'tls' }, graph: GraphNode.model({ name: 'wine', implementation: PrepackagedServer.SKLEARN_SERVER, modelUri: 'gs://x/y' }) }],
    });
    const predictorOf = (chart: Chart) => (chart.node.findChild('wine') as SeldonDeployment).predictor('main');
    const toPredictor: Statement = (chart) => new ModelRoute(chart, 'wine-route', { hosts: ['wine.example.com'], backend: predictorOf(chart) });
    const tls: Statement = (chart) => new BackendPolicy(chart, 'tls', { backend: predictorOf(chart), tls: { mode: ClientTlsMode.SIMPLE, insecureSkipVerify: true } });

    expect(manifestsOf([configure, deployment, toPredictor, tls])).toEqual(manifestsOf([configure, deployment, tls, toPredictor]));
    expect(findingsOf(chartOf([configure, deployment, toPredictor]))).toEqual([expect.stringContaining('accepts only TLS')]);
  });
});

describe('subsets that are added later', () => {
  const add = (name: string, trafficPolicy?: TrafficPolicy): Statement => (chart) =>
    (chart.node.findChild('rule') as DestinationRule).addSubset({ name, labels: { version: name }, trafficPolicy });
  const after = [ruleOf(), add('v2', outliers), add('v1', limit(1))];

  test.each<[string, Statement[]]>([
    ['before the routes', [...after, split]],
    ['after the routes', [ruleOf(), split, add('v2', outliers), add('v1', limit(1))]],
    ['with their policies afterwards', [split, ruleOf(), add('v2'), add('v1'), add('v1', limit(1)), add('v2', outliers)]],
  ])('%s: in the order in which they are added', (_when, statements) => {
    expect(rulesOf(statements)).toEqual(rulesOf([ruleOf({
      subsets: [
        { name: 'v2', labels: { version: 'v2' }, trafficPolicy: outliers }, { name: 'v1', labels: { version: 'v1' }, trafficPolicy: limit(1) },
      ],
    })]));
  });

  test('get the policies that were created for them', () => {
    const ofPolicy = policy('v5', backend({ subset: 'v5' }), limit(5));
    expect(rulesOf([ofPolicy, ruleOf(), add('v5', outliers)])).toEqual(rulesOf([ruleOf(), add('v5', outliers), ofPolicy]));
    expect(findingsOf(chartOf([ofPolicy, ruleOf()]))).toEqual([
      '[chart/v5] policy of Service models/iris subset v5, whose subset "v5" is not defined in this app. The policy and the labels of a subset '
      + 'are written together. Set subsetLabels of the backend, or create the DestinationRule of the host (at chart/v5)',
    ]);
  });
});

describe('the rule that takes the place of another one', () => {
  const changed = (chart: Chart): ApiObject => ApiObject.of(chart.node.findChild('host'));
  const change: Statement = (chart) => {
    changed(chart).addJsonPatch(JsonPatch.add('/spec/newerField', true));
    changed(chart).metadata.addLabel('team', 'iris');
    changed(chart).metadata.addAnnotation('example.com/owner', 'iris');
    (chart.node.findChild('host').node.defaultChild as DestinationRule).addSubset({ name: 'v7', labels: { version: 'v7' } });
  };

  test('policies lead to it', () => {
    const chart = chartOf([hostPolicy, rule]);
    expect(changed(chart)).toBe(ApiObject.of(chart.node.findChild('rule')));
    expect(chart.node.children.map(({ node }) => node.id)).toEqual(['host', 'rule']);
    expect(Warnings.find(chart)).toEqual([]);
  });

  test('has all changes of it', () => {
    expect(rulesOf([hostPolicy, change, ruleOf()])).toEqual(rulesOf([hostPolicy, ruleOf(), change]));
  });

  test('has the changes by references to the removed one', () => {
    const chart = chartOf([hostPolicy]);
    const object = changed(chart);
    const removed = chart.node.findChild('host').node.defaultChild as DestinationRule;
    ruleOf()(chart);
    object.addJsonPatch(JsonPatch.add('/spec/newerField', true));
    object.metadata.addLabel('team', 'iris');
    object.metadata.addAnnotation('example.com/owner', 'iris');
    removed.addSubset({ name: 'v7', labels: { version: 'v7' } });

    expect(removed.subsets.map(({ name }) => name)).toEqual(['v7']);
    expect(App.of(chart).synthYaml()).toEqual(App.of(chartOf([hostPolicy, ruleOf(), change])).synthYaml());
  });

  test('has all changes of two that were removed', () => {
    const changeStore: Statement = (chart) => {
      const object = ApiObject.of(chart.node.findChild('store'));
      object.addJsonPatch(JsonPatch.add('/spec/newerField', true));
      object.metadata.addLabel('team', 'iris');
      const dependent = new ApiObject(chart, 'dependent', { apiVersion: 'v1', kind: 'ConfigMap' });
      dependent.addDependency(object);
    };
    const expected = rulesOf([egress, storePolicy, storeRule, changeStore]);
    for (const statements of [[storePolicy, changeStore, egress, storeRule], [storePolicy, egress, changeStore, storeRule]]) {
      expect(rulesOf(statements)).toEqual(expected);
      const chart = chartOf(statements);
      expect(chart.node.findChild('dependent').node.dependencies).toEqual([ApiObject.of(chart.node.findChild('store-rule'))]);
    }
  });

  test('dependencies on the removed one, and of it, are kept', () => {
    const depend: Statement = (chart) => {
      const [first, last] = ['a', 'b'].map((name) => new ApiObject(chart, name, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } }));
      first.addDependency(changed(chart));
      changed(chart).addDependency(last);
    };
    const kinds = App.of(chartOf([hostPolicy, depend, ruleOf()])).synthYaml().split('---\n').map((text) => /(?<=\n {2}name: ).*/.exec(text)![0]);
    expect(kinds).toEqual(['b', 'rule', 'a']);
  });
});

describe('rejected in any order', () => {
  const problemsOf = (statements: readonly Statement[]): string => messageOf(() => App.of(chartOf(statements)).synthYaml());

  test.each<[string, Statement[], string]>([
    ['a second rule of the app', [ruleOf({}, 'a'), ruleOf({}, 'b'), split, hostPolicy], `a second DestinationRule for host "${HOST}"`],
    ['a rule that contradicts a policy', [hostPolicy, ruleOf({ trafficPolicy: { outlierDetection: { consecutive5xxErrors: 9 } } }), split], 'to a different value'],
    ['a subset with other labels', [split, ruleOf({ subsets: [{ name: 'v1', labels: { version: 'one' } }] }), hostPolicy], 'use the same labels or another name'],
    ['a subset with another policy', [
      rule, policy('one', backend({ subset: 'v9' }), limit(1)), policy('two', backend({ subset: 'v9' }), limit(2)), split,
    ], 'to a different value'],
    ['a rule in a namespace that callers do not see', [split, ruleOf({ namespace: 'other' }), hostPolicy], 'callers in other namespaces would not see it'],
    ['a policy of a subset that nothing defines', [split, rule, policy('v8', backend({ subset: 'v8' }), limit(8))], 'subset "v8" is not defined in this app'],
    ['a rule that not all who see a store see', [egress, storePolicy, ruleOf({ host: STORE, namespace: 'other' })], 'some namespaces that see the store would not see the rule'],
  ])('%s', (_what, statements, problem) => {
    for (const order of permutations(statements)) expect(problemsOf(order).toLowerCase()).toContain(problem.toLowerCase());
  });
});
