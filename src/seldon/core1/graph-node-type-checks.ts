import type { GraphNodeOptions } from './graph-node-props';
import type { GraphParameter } from './graph-parameter';
import { invalid, show } from '../../plan/checks/errors';
import { checkPart, checkProps } from '../../plan/checks/props';

const TYPES = ['INT', 'FLOAT', 'DOUBLE', 'STRING', 'BOOL'];

/**
 * Checks the props of a node of a graph. Messages name the node, since it has no path yet.
 *
 * @param at The factory that is called.
 * @param struct Name of its props.
 * @param props What was given.
 * @internal
 */
export function checkNode(at: string, struct: string, props: GraphNodeOptions): void {
  const { name, parameters = [] } = (props ?? {}) as Partial<GraphNodeOptions>;
  if (typeof name !== 'string') return checkProps(at, struct, props);
  checkPart(at, `node ${show(name)}`, struct, props);
  parameters.forEach((parameter, i) => checkParameter(at, `parameters[${i}] of node ${show(name)}`, parameter));
}

/** A parameter that plain JavaScript passes as an object. */
function checkParameter(at: string, what: string, parameter: GraphParameter): void {
  const { name, type, value } = parameter;
  if (typeof name === 'string' && typeof value === 'string' && TYPES.includes(type)) return;
  throw invalid(at, `${what} ${show(parameter)}`, 'expected a GraphParameter, such as GraphParameter.int("n", 3)');
}
