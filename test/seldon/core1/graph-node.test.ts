import { GraphMethod, GraphNodeType, SeldonProtocol } from '../../../src/seldon/core1/enums';
import { GraphNode } from '../../../src/seldon/core1/graph-node';
import { GraphParameter } from '../../../src/seldon/core1/graph-parameter';
import { PrepackagedServer } from '../../../src/seldon/core1/prepackaged-server';

const leaf = GraphNode.model({ name: 'leaf' });

describe('nodes', () => {
  test.each([
    [leaf, GraphNodeType.MODEL],
    [GraphNode.router({ name: 'a', children: [leaf] }), GraphNodeType.ROUTER],
    [GraphNode.combiner({ name: 'a', children: [leaf] }), GraphNodeType.COMBINER],
    [GraphNode.transformer({ name: 'a' }), GraphNodeType.TRANSFORMER],
    [GraphNode.outputTransformer({ name: 'a' }), GraphNodeType.OUTPUT_TRANSFORMER],
    [GraphNode.custom({ name: 'a', methods: [GraphMethod.ROUTE] }), GraphNodeType.UNKNOWN_TYPE],
    [GraphNode.randomAbTest({ name: 'a', children: [leaf, leaf] }), undefined],
    [GraphNode.simpleModel({ name: 'a' }), undefined],
    [GraphNode.averageCombiner({ name: 'a', children: [leaf] }), undefined],
  ])('node %# states what it is', (node, type) => {
    expect(node.type).toBe(type);
  });

  test('return copies of their children', () => {
    const children = [leaf];
    const node = GraphNode.combiner({ name: 'a', children });
    children.push(leaf);
    node.children.push(leaf);
    expect(node.children).toEqual([leaf]);
    expect(leaf.children).toEqual([]);
  });

  test.each([
    [() => GraphNode.router({ name: 'r', children: [] }), 'node "r" without children. Add at least one child (at GraphNode.router)'],
    [() => GraphNode.combiner({ name: 'c', children: [] }), 'node "c" without children. Add at least one child (at GraphNode.combiner)'],
    [() => GraphNode.custom({ name: 'x', methods: [] }), 'node "x" without methods. Set the methods that the orchestrator may call (at GraphNode.custom)'],
    [() => GraphNode.randomAbTest({ name: 't', children: [leaf] }), 'random test "t" between 1 children. It needs exactly two (at GraphNode.randomAbTest)'],
    [() => GraphNode.randomAbTest({ name: 't', children: [leaf, leaf], ratioA: 1.5 }),
      'ratioA 1.5 of "t". Expected a share from 0 to 1 (at GraphNode.randomAbTest)'],
    [() => GraphNode.averageCombiner({ name: 't', children: [] }), 'node "t" without children. Add at least one child (at GraphNode.averageCombiner)'],
  ])('fails for node %#', (make, message) => {
    expect(make).toThrow(new Error(message));
  });
});

describe('parameters', () => {
  test.each([
    [GraphParameter.int('n', -3), 'INT', '-3'],
    [GraphParameter.float('n', 0.5), 'FLOAT', '0.5'],
    [GraphParameter.double('n', 1e-9), 'DOUBLE', '1e-9'],
    [GraphParameter.string('n', ''), 'STRING', ''],
    [GraphParameter.bool('n', false), 'BOOL', 'false'],
  ])('parameter %# is written as text', (parameter, type, value) => {
    expect({ ...parameter }).toEqual({ name: 'n', type, value });
  });

  test.each([
    [() => GraphParameter.int('n', 1.5), 'value 1.5 of "n". Expected a whole number (at GraphParameter.int)'],
    [() => GraphParameter.float('n', NaN), 'value NaN of "n". Expected a finite number (at GraphParameter.float)'],
    [() => GraphParameter.double('n', Infinity), 'value Infinity of "n". Expected a finite number (at GraphParameter.double)'],
    [() => GraphParameter.string('', 'x'), 'a parameter without a name. Set the name that the node reads (at GraphParameter)'],
  ])('fails for parameter %#', (make, message) => {
    expect(make).toThrow(new Error(message));
  });
});

describe('prepackaged servers', () => {
  test('are found by name', () => {
    expect(PrepackagedServer.of('TRITON_SERVER')).toBe(PrepackagedServer.TRITON_SERVER);
  });

  test('know their protocols', () => {
    const speaking = (protocol: SeldonProtocol) => [
      PrepackagedServer.SKLEARN_SERVER, PrepackagedServer.XGBOOST_SERVER, PrepackagedServer.MLFLOW_SERVER, PrepackagedServer.TENSORFLOW_SERVER,
      PrepackagedServer.TRITON_SERVER, PrepackagedServer.HUGGINGFACE_SERVER, PrepackagedServer.TEMPO_SERVER,
    ].filter((server) => server._speaks(protocol)).map(({ name }) => name.replace('_SERVER', ''));
    expect(speaking(SeldonProtocol.SELDON)).toEqual(['SKLEARN', 'XGBOOST', 'MLFLOW', 'TENSORFLOW']);
    expect(speaking(SeldonProtocol.TENSORFLOW)).toEqual(['TENSORFLOW']);
    expect(speaking(SeldonProtocol.V2)).toEqual(['SKLEARN', 'XGBOOST', 'MLFLOW', 'TRITON', 'HUGGINGFACE', 'TEMPO']);
    expect(speaking(SeldonProtocol.KFSERVING)).toEqual(speaking(SeldonProtocol.V2));
  });

  test('may be the cluster\'s own', () => {
    const own = PrepackagedServer.of('OWN_SERVER', [SeldonProtocol.KFSERVING]);
    expect([own.name, own.protocols]).toEqual(['OWN_SERVER', ['kfserving']]);
    expect([own._speaks(SeldonProtocol.V2), own._speaks(SeldonProtocol.SELDON)]).toEqual([true, false]);
    expect(PrepackagedServer.of('OTHER')._speaks(SeldonProtocol.V2)).toBeUndefined();
  });

  test.each([
    [() => PrepackagedServer.of(' '), 'an empty name. Set it to the key of the server in the operator\'s predictor_servers (at PrepackagedServer.of)'],
    [() => PrepackagedServer.of('SIMPLE_MODEL'),
      'name "SIMPLE_MODEL". That is not a server. Use GraphNode.randomAbTest, GraphNode.simpleModel or GraphNode.averageCombiner for what Seldon has built in, and a container for everything else (at PrepackagedServer.of)'],
    [() => PrepackagedServer.of('SKLEARN_SERVER', [SeldonProtocol.TENSORFLOW]),
      'protocols of SKLEARN_SERVER. Leave them out. It supports seldon, v2 (at PrepackagedServer.of)'],
  ])('fails for server %#', (make, message) => {
    expect(make).toThrow(new Error(message));
  });
});
