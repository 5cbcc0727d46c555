import { App } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { findUnroutedComponents } from '../../../src/cluster/core1-operator/unrouted-components';
import { OperatorRouter } from '../../../src/routers/operator-router';
import { ComponentSpec } from '../../../src/seldon/core1/component-spec';
import { GraphNode } from '../../../src/seldon/core1/graph-node';
import { SeldonDeploymentProps } from '../../../src/seldon/core1/seldon-deployment-props';
import { deployment, predictor } from '../../support/core1';
import { messageOf } from '../../support/errors';

/** The pods of one node, with their own label. */
function pods(container: string, version?: string): ComponentSpec {
  const spec: k8s.PodSpec = { containers: [{ name: container, image: 'a:1' }] };
  return { spec, ...version === undefined ? {} : { metadata: { labels: { version } } } };
}

const TWO = GraphNode.randomAbTest({ name: 'split', children: [GraphNode.model({ name: 'a' }), GraphNode.model({ name: 'b' })] });

function errorOf(componentSpecs: ComponentSpec[], props: Partial<SeldonDeploymentProps> = {}): string {
  return messageOf(() => deployment({ predictors: [predictor('main', { graph: TWO, componentSpecs })], ...props }));
}

describe('a component\'s label version', () => {
  test('may have any value where the predictor\'s Service does not select the pods', () => {
    const made = deployment({ predictors: [predictor('main', { graph: TWO, componentSpecs: [pods('a'), pods('b', 'v2')] })] });
    expect(App.of(made).synthYaml()).toContain('version: v2');
    const [first, second] = OperatorRouter.preview(made).pods.map(({ labels }) => [labels['seldon-app'], labels.version]);
    expect([first, second]).toEqual([['iris-main', 'main'], [undefined, 'v2']]);
  });

  test('may have any value where the orchestrator has separate pods', () => {
    expect(errorOf([pods('a', 'v1'), pods('b', 'v2')], { executor: { separatePod: true } })).toEqual('no error');
  });

  test('may repeat that of the predictor', () => {
    expect(errorOf([pods('a', 'main'), pods('b')])).toEqual('no error');
  });

  test('fails to differ in the component with the orchestrator', () => {
    expect(errorOf([pods('a', 'v2'), pods('b')])).toEqual(
      'label version "v2" in the metadata of componentSpecs[0] of predictor "main". '
      + 'Routes select the pods by version "main". Set it in the labels of the predictor (at chart/iris)');
  });

  test('fails to differ in the pods of a node without an orchestrator', () => {
    const rest = { graph: GraphNode.model({ name: 'a' }), labels: { version: 'v1' }, noEngine: true };
    expect(messageOf(() => deployment({ predictors: [predictor('main', { ...rest, componentSpecs: [pods('helper', 'v9'), pods('a', 'v2')] })] }))).toEqual(
      'label version "v2" in the metadata of componentSpecs[1] of predictor "main". '
      + 'Routes select the pods by version "v1". Set it in the labels of the predictor (at chart/iris)');
  });
});

test('every component that a subset loses is found in a written deployment', () => {
  const component = (name: string, version: string) => ({ metadata: { labels: { version } }, spec: { containers: [{ name }] } });
  expect(findUnroutedComponents({
    predictors: [
      { name: 'one', graph: { name: 'x' }, componentSpecs: [component('x', 'one')] },
      { name: 'two', graph: { name: 'y' }, labels: { version: 'v2' }, componentSpecs: [component('y', 'two'), component('z', 'two')] },
    ],
  })).toEqual([{ predictor: 'two', component: 0, version: 'two', expected: 'v2' }]);
});
