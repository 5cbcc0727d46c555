import { App, Chart } from 'cdk8s';
import { Warnings } from '../../../src/mesh/warnings';
import { findCapability } from '../../../src/objects/core2/capability-aliases';
import { ServerCapability } from '../../../src/seldon/core2/capability';
import { Model } from '../../../src/seldon/core2/model';
import { Server } from '../../../src/seldon/core2-runtime/server';
import { ServerInventory } from '../../../src/seldon/core2-runtime/server-inventory';

test.each([
  ['scikit-learn', 'sklearn'], ['Sklearn', 'sklearn'], ['SciKit_Learn', 'sklearn'], ['torch', 'pytorch'], ['spark-mllib', 'spark-mlib'], ['alibi_detect', 'alibi-detect'],
  ['skleran', 'sklearn'], ['xgbost', 'xgboost'], ['tensroflow', 'tensorflow'], ['sklearn2', undefined], ['pytorch-2', undefined], ['onyx', undefined],
  ['xgboost', undefined], ['feature-store', undefined], ['gpu', undefined],
])('%s is probably %s', (name, meant) => {
  expect(findCapability(name)).toBe(meant);
});

function warnings(requirements: string[], known: (chart: Chart) => void = () => undefined): string[] {
  const chart = new Chart(new App(), 'chart', { namespace: 'models' });
  known(chart);
  new Model(chart, 'iris', { storageUri: 'gs://models/iris', requirements });
  return Warnings.find(chart);
}

describe('requirements of a Model', () => {
  test('that are names of other tools', () => {
    expect(warnings(['scikit-learn', 'gpu', 'Alibi-Detect'])).toEqual([['scikit-learn', 'sklearn'], ['Alibi-Detect', 'alibi-detect']].map(([name, meant]) =>
      `requirement "${name}" of Model "iris", which no Server of Seldon's chart has. Did you mean "${meant}"? If a Server of the cluster has this capability, `
      + 'refer to it by Server.fromServerName with its capabilities (at chart/iris)'));
  });

  test('that are those of Seldon\'s chart', () => {
    expect(warnings([...ServerCapability.ofMlserver(), ...ServerCapability.ofTriton()])).toEqual([]);
  });

  test('that a Server of the app has', () => {
    expect(warnings(['scikit-learn'], (chart) => Server.fromServerName(chart, 'own', 'own', { capabilities: ['scikit-learn'] }))).toEqual([]);
  });

  test('that no Server has, where all Servers are known: that is an error', () => {
    expect(warnings(['scikit-learn'], (chart) => ServerInventory.declareComplete(chart))).toEqual([]);
  });
});
