import { Chart, Duration, Testing } from 'cdk8s';
import * as library from '../src';
import { blocksOf, page, run as runIn } from './support/code-in-docs';
import { manifestOf, manifestsOf, testChart } from './support/manifests';

const rollouts = page('rollouts');
const [owned, ...rest] = blocksOf(rollouts).reverse();
const blocks = rest.reverse();
const telemetry = page('telemetry');

/** The chart of an example. */
function run(code: string) {
  const chart = testChart();
  const gateway = new library.Gateway(chart, 'seldon-gateway', { namespace: 'istio-system' });
  const [iris1, iris2] = ['iris1', 'iris2'].map((id) => new library.Model(chart, id, { storageUri: `gs://models/${id}` }));
  return runIn(code, chart, { Duration, gateway, iris1, iris2 });
}

test('there is an example for each style', () => {
  expect(blocks.map((code) => /new (\w+)/.exec(code)![1])).toEqual(['Canary', 'BlueGreen', 'AbTest', 'ShadowDeployment']);
});

test.each(blocks.map((code) => [code]))('example %# works', (code) => {
  const chart = run(code);

  expect(manifestsOf(chart, 'VirtualService').length).toBeGreaterThan(0);
});

test('a DestinationRule gets the subsets of routes in other charts', () => {
  const owner = testChart();
  runIn(owned, owner, { owner });
  const other = new Chart(owner.node.root, 'other', { namespace: 'seldon-mesh' });
  const [blue, green] = ['blue', 'green'].map((subset) => (
    library.ServiceBackend.of({ name: 'iris', namespace: 'seldon-mesh', port: 80, subset, subsetLabels: { slot: subset } })));
  new library.BlueGreen(other, 'iris', { blue, green, active: library.BlueGreenSlot.BLUE });

  expect(manifestOf(owner, 'DestinationRule').spec.subsets).toHaveLength(2);
  expect(manifestsOf(other, 'DestinationRule')).toEqual([]);
});

test('the cookie is the one that the routes set', () => {
  const chart = run(blocks[0].replace('weight: 0', 'weight: 25, sticky: {}'));
  const [, cookie] = /sets a cookie, `([^`]*)`/.exec(rollouts)!;

  expect(JSON.stringify(Testing.synth(chart))).toContain(`"set-cookie":"${cookie}"`);
});

describe('core1.md', () => {
  const [operator, preview, own, explainer] = blocksOf(page('core1'));
  const explained = `const explained = new SeldonDeployment(chart, 'iris', { predictors: [{
    name: 'main',
    graph: GraphNode.model({ name: 'classifier', implementation: PrepackagedServer.SKLEARN_SERVER, modelUri: 'gs://models/iris' }),
    explainer: { type: ExplainerType.ANCHOR_TABULAR },
  }] });`;
  const sharesOf = (chart: Chart) => manifestsOf(chart, 'SeldonDeployment')[0].spec.predictors.map(({ traffic }: { traffic: number }) => traffic);

  test('leaves the shares to the operator, and shows what it makes of them', () => {
    const chart = run(`${operator}\n${preview}\nif (virtualServices.length + destinationRules.length !== 3) throw new Error('not the objects of two predictors');`);

    expect(sharesOf(chart)).toEqual([90, 10]);
    expect(manifestsOf(chart, 'VirtualService')).toEqual([]);
  });

  test('has the shares in a VirtualService, and the operator\'s disabled', () => {
    const chart = run(own);

    expect(sharesOf(chart)).toEqual([100, 0]);
    expect(manifestOf(chart, 'VirtualService').spec.http[1].route.map(({ weight }: { weight: number }) => weight)).toEqual([10, 90]);
    expect(manifestOf(chart, 'SeldonDeployment').metadata).toMatchObject({ annotations: { 'seldon.io/istio-host': 'iris.operator.invalid' } });
  });

  test('has a route to an explainer', () => {
    expect(manifestOf(run(explained + explainer), 'VirtualService').spec.http[0].match).toEqual([{ uri: { prefix: '/seldon/seldon-mesh/iris-explainer/main/' } }]);
  });
});

describe('telemetry.md', () => {
  const kinds = (code: string) => (Testing.synth(run(code)) as { kind: string }[]).map(({ kind }) => kind)
    .filter((kind) => !['Gateway', 'Model', 'VirtualService'].includes(kind));

  test('has examples that work', () => {
    expect(blocksOf(telemetry).map(kinds)).toEqual([
      ['ConfigMap', 'PrometheusRule'],
      ['PodMonitor', 'PodMonitor', 'PodMonitor', 'PodMonitor', 'ServiceMonitor', 'PodMonitor'],
      ['Telemetry'],
    ]);
  });

  test('names the series that are recorded, and the alerts', () => {
    const rules = (code: string): { record?: string; alert?: string }[] => manifestsOf(run(code), 'PrometheusRule')[0].spec.groups[0].rules;
    const [example] = blocksOf(telemetry);
    const written = rules(example.replace('baseline:', 'missingAfter: Duration.minutes(15), baseline:'));
    const names = new Set(written.map(({ record, alert }) => record ?? alert));
    expect(names.size).toEqual(8);
    for (const name of names) expect(telemetry).toContain(`| \`${name}\` |`);
  });
});
