import { ApiObject, App } from 'cdk8s';
import { Warnings } from '../../../src/mesh/warnings';
import { GraphNode } from '../../../src/seldon/core1/graph-node';
import { deployment, predictor } from '../../support/core1';
import { messageOf } from '../../support/errors';

const pods = (...names: string[]) => [{ spec: { containers: names.map((name) => ({ name, image: 'a:1' })) } }];
const [a, b] = ['a', 'b'].map((name) => GraphNode.model({ name }));

describe('nodes that the orchestrator does not implement', () => {
  test('are written without a type, and synthesis warns of them', () => {
    const graph = GraphNode.averageCombiner({ name: 'mean', children: [a, GraphNode.transformer({ name: 'b', children: [GraphNode.simpleModel({ name: 'trial' })] })] });
    const made = deployment({ predictors: [predictor('main', { graph, componentSpecs: pods('a', 'b') })] });
    expect(ApiObject.of(made).toJson().spec.predictors[0].graph).toEqual({
      name: 'mean',
      implementation: 'AVERAGE_COMBINER',
      children: [
        { name: 'a', type: 'MODEL' },
        { name: 'b', type: 'TRANSFORMER', children: [{ name: 'trial', implementation: 'SIMPLE_MODEL' }] },
      ],
    });
    expect(Warnings.find(App.of(made))).toEqual([
      'node "mean" of predictor "main" is AVERAGE_COMBINER, which the orchestrator in Go does not implement, so it answers with that of the first child. '
        + `Use GraphNode.combiner with a container that computes the mean (at ${made.node.path})`,
      'node "trial" of predictor "main" is SIMPLE_MODEL, which the orchestrator in Go does not implement, so it returns each request as its own answer. '
        + `Use GraphNode.model with a container or a prepackaged server (at ${made.node.path})`,
    ]);
  });

  test('are none of those that it implements', () => {
    const graph = GraphNode.randomAbTest({ name: 'split', children: [a, b] });
    const made = deployment({ predictors: [predictor('main', { graph, componentSpecs: pods('a', 'b') })] });
    expect(Warnings.find(made)).toEqual([]);
  });

  test('need a container for the orchestrator to join, as any other', () => {
    const graph = GraphNode.simpleModel({ name: 'trial' });
    expect(messageOf(() => deployment({ predictors: [predictor('main', { graph, componentSpecs: undefined })] })))
      .toContain('no node of the graph of predictor "main" in its first componentSpec');
    expect(messageOf(() => deployment({ predictors: [predictor('main', { graph, componentSpecs: undefined })], executor: { separatePod: true } })))
      .toBe('no error');
  });
});
