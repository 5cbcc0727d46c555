import { IConstruct } from 'constructs';
import { GraphEndpointType, GraphMethod, LoggerMode, SeldonProtocol, SeldonTransport } from './enums';
import { GraphNode } from './graph-node';
import { GraphEndpoint } from './graph-node-props';
import { GraphParameter } from './graph-parameter';
import { PredictorProps } from './predictor-props';
import { checkDnsLabel, checkObjectName, checkPort } from '../../plan/checks/checks';
import { invalid, show } from '../../plan/checks/errors';
import { checkNoPrivateKey } from '../../plan/checks/private-key';
import { checkMember } from '../../plan/checks/type-checks';

/** Levels of the CRD; the API server drops everything below. */
const MAX_LEVELS = 10;

/** The operator derives the label `seldon-app-svc-<node>` from a name, and the name of a label has a maximum of 63 characters. */
const MAX_NODE_NAME = 48;

/** The container of the orchestrator. */
const ENGINE = 'seldon-container-engine';

/**
 * Checks the graph of a predictor.
 *
 * @internal
 */
export function checkGraph(at: IConstruct, predictor: PredictorProps, protocol: SeldonProtocol): void {
  const names = new Set<string>();
  visit(predictor.graph, 0);

  function visit(node: GraphNode, level: number): void {
    const { name } = node;
    const what = `node ${show(name)} of predictor ${show(predictor.name)}`;
    checkName(at, what, name);
    if (level > MAX_LEVELS) {
      throw invalid(at, `${what} is ${level} levels below the root`, `the CRD has ${MAX_LEVELS} levels, and the API server drops everything below. Flatten the graph`);
    }
    if (names.has(name)) throw invalid(at, `two nodes ${show(name)} in predictor ${show(predictor.name)}`, 'give each its own name');
    names.add(name);
    checkNode(at, what, node);
    checkWorker(at, what, node, predictor, protocol);
    for (const child of node.children) visit(child, level + 1);
  }
}

function checkName(at: IConstruct, what: string, name: string): void {
  checkDnsLabel(at, 'name of node', name);
  if (name.length > MAX_NODE_NAME) {
    throw invalid(at, `${what} has ${name.length} characters in its name`,
      `expected at most ${MAX_NODE_NAME}. The operator derives a label from it that would be too long for Kubernetes`);
  }
  if (name === ENGINE) throw invalid(at, `${what} has the name of the orchestrator's container`, 'give the node another name');
}

function checkNode(at: IConstruct, what: string, { _props: props }: GraphNode): void {
  if (props.parameters !== undefined) checkParameters(at, what, props.parameters);
  for (const method of props.methods ?? []) checkMember(at, `method of ${what}`, method, GraphMethod);
  if (props.logger !== undefined) {
    if (!props.logger.mode) throw invalid(at, `logger of ${what} without a mode`, `set mode to one of ${Object.values(LoggerMode).join(', ')}`);
    checkMember(at, `logger mode of ${what}`, props.logger.mode, LoggerMode);
  }
  if (props.endpoint !== undefined) checkEndpoint(at, what, props.endpoint);
  if (props.serviceAccountName !== undefined) checkObjectName(at, `serviceAccountName of ${what}`, props.serviceAccountName);
  if (props.envSecretRefName !== undefined) checkObjectName(at, `envSecretRefName of ${what}`, props.envSecretRefName);
}

function checkParameters(at: IConstruct, what: string, parameters: readonly GraphParameter[]): void {
  const names = new Set<string>();
  for (const { name, value } of parameters) {
    if (names.has(name)) throw invalid(at, `parameter ${show(name)} of ${what} is given twice`, 'set each parameter once');
    names.add(name);
    checkNoPrivateKey(at, `parameter ${show(name)} of ${what}`, value);
  }
}

/**
 * Checks how a node or an explainer is reached.
 *
 * @internal
 */
export function checkEndpoint(at: IConstruct, what: string, { type, servicePort, httpPort, grpcPort }: GraphEndpoint): void {
  checkMember(at, `endpoint type of ${what}`, type, GraphEndpointType);
  for (const [field, port] of Object.entries({ servicePort, httpPort, grpcPort })) {
    if (port !== undefined) checkPort(at, `${field} of ${what}`, port);
  }
}

/** A node runs in a container of its name, or on a server that Seldon provides. */
function checkWorker(at: IConstruct, what: string, { name, _props: props }: GraphNode, predictor: PredictorProps, protocol: SeldonProtocol): void {
  if (props.builtIn !== undefined) return;
  const container = predictor.componentSpecs?.flatMap(({ spec }) => spec.containers).find((each) => each.name === name);
  const server = props.implementation;
  if (server === undefined) {
    if (container === undefined) throw invalid(at, `no container for ${what}`, 'add a container of that name to its componentSpecs, or use a prepackaged server');
    return;
  }
  if (server._needsModelUri && (props.modelUri ?? '').trim() === '') {
    throw invalid(at, `${what} runs ${server.name} without a modelUri`, 'set it to the location of the model');
  }
  if (server._speaks(protocol) === false) {
    throw invalid(at, `${what} runs ${server.name} with protocol ${show(protocol)}`, `it supports ${server.protocols!.join(', ')}`);
  }
  if (!server._known && server.protocols === undefined && !container?.image) {
    throw invalid(at, `${what} runs ${server.name}, which does not come with Seldon`,
      'give its container an image, or set the protocols for which the operator has an image, with PrepackagedServer.of(name, protocols)');
  }
}

/**
 * Checks that all nodes are called in the same way, which is the transport of the deployment.
 *
 * @internal
 */
export function checkTransports(at: IConstruct, predictors: readonly PredictorProps[], transport: SeldonTransport | undefined): void {
  const found = new Set<string>();
  const visit = ({ _props: { endpoint }, children }: GraphNode): void => {
    if (endpoint?.type !== undefined) found.add(endpoint.type);
    children.forEach(visit);
  };
  for (const { graph } of predictors) visit(graph);
  if (found.size > 1) {
    throw invalid(at, `endpoint types ${[...found].sort().join(' and ')} in one deployment`,
      'all its nodes are called in the same way. Leave the types out and set the transport of the deployment');
  }
  const [only] = found;
  if (only !== undefined && transport !== undefined && only.toLowerCase() !== transport) {
    throw invalid(at, `endpoint type ${only} with transport ${show(transport)}`, 'the transport of the deployment sets it. Leave the type out');
  }
}
