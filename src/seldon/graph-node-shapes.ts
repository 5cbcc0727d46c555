import { IConstruct } from 'constructs';
import type { GraphNode } from './graph-node';
import type { GraphNodeOptions, ModelNodeProps } from './graph-node-props';
import type { GraphParameter } from './graph-parameter';
import type { PrepackagedServer } from './prepackaged-server';
import { invalid, show } from '../plan/errors';
import { checkList, checkObject, checkProps, checkText, checkTextIfGiven } from '../plan/shapes';

const TYPES = ['INT', 'FLOAT', 'DOUBLE', 'STRING', 'BOOL'];

/** @internal */
export function checkGraphNode(at: IConstruct | string, what: string, value: GraphNode): void {
  if (typeof (value as Partial<GraphNode> | null | undefined)?._props !== 'object') {
    throw invalid(at, `${what} ${show(value)}`, 'expected a GraphNode, such as GraphNode.model(…)');
  }
}

/**
 * Checks the shape of what a node of a graph takes.
 *
 * @internal
 */
export function checkNodeShape(at: string, props: GraphNodeOptions & Partial<ModelNodeProps>): void {
  checkProps(at, props, 'a name');
  checkText(at, 'name of a node', props.name);
  const { name, children, parameters, implementation, endpoint, logger, modelUri, storageInitializerImage } = props;
  if (children !== undefined) {
    checkList(at, `children of node ${show(name)}`, children, 'nodes');
    for (let i = 0; i < children.length; i++) checkGraphNode(at, `children[${i}] of node ${show(name)}`, children[i]);
  }
  if (parameters !== undefined) {
    checkList(at, `parameters of node ${show(name)}`, parameters, 'GraphParameter');
    for (let i = 0; i < parameters.length; i++) checkParameter(at, name, i, parameters[i]);
  }
  if (implementation !== undefined && typeof (implementation as Partial<PrepackagedServer> | null)?._speaks !== 'function') {
    throw invalid(at, `implementation of node ${show(name)} ${show(implementation)}`, 'expected a PrepackagedServer, such as PrepackagedServer.SKLEARN_SERVER');
  }
  const what = `node ${show(name)}`;
  checkTextIfGiven(at, 'modelUri', what, modelUri);
  checkTextIfGiven(at, 'storageInitializerImage', what, storageInitializerImage);
  checkObject(at, 'endpoint', what, endpoint, 'an object with a type or ports');
  checkTextIfGiven(at, 'serviceHost', what, endpoint?.serviceHost);
  checkObject(at, 'logger', what, logger, 'an object with a mode');
  checkTextIfGiven(at, 'url of the logger', what, logger?.url);
}

function checkParameter(at: string, node: string, index: number, parameter: GraphParameter): void {
  const { name, type, value } = (parameter ?? {}) as Partial<GraphParameter>;
  if (typeof name !== 'string' || typeof value !== 'string' || !TYPES.includes(type!)) {
    throw invalid(at, `parameters[${index}] of node ${show(node)} ${show(parameter)}`, 'expected a GraphParameter, such as GraphParameter.int("n", 3)');
  }
}
