import { isOnServer, readDeployment, WrittenNode, WrittenPredictor } from './deployment';
import { PREPACKAGED_SERVERS, SERVER_WITHOUT_URI } from './implementations';
import { show } from '../../plan/checks/errors';
import { nearest } from '../../plan/checks/near-miss';
import { Fault } from '../fault';
import { JsonObject, listOf, stringOf } from '../json';

/** The other name of a protocol. */
const SAME: { readonly [protocol: string]: string } = { kfserving: 'v2' };

/**
 * Finds nodes of graphs that no container and no server implements.
 *
 * @internal
 */
export function* nodeFaults(manifest: JsonObject): Iterable<Fault> {
  const { predictors, spec } = readDeployment(manifest);
  const protocol = stringOf(spec.protocol) ?? 'seldon';
  for (const predictor of predictors) {
    const images = new Map(predictor.containers.map(({ name, image }) => [name, image]));
    for (const node of predictor.nodes) {
      const what = `node ${show(node.name)} of predictor ${show(predictor.name)}`;
      if (node.implementation === undefined) yield* containerFaults(what, node, images);
      else if (isOnServer(node)) yield* serverFaults(what, node, node.implementation, protocol, images.get(node.name));
    }
  }
}

function* containerFaults(what: string, { name, field, json }: WrittenNode, images: ReadonlyMap<string, unknown>): Iterable<Fault> {
  if (!images.has(name)) {
    const near = nearest(name, images.keys());
    yield {
      field,
      problem: `${what} has no container`,
      remedy: near === undefined ? `add a container named ${show(name)} to the componentSpecs, or set the implementation to a prepackaged server`
        : `the container of a node has its name. Did you mean container ${show(near)}?`,
    };
  }
  if (json.type === 'UNKNOWN_TYPE' && listOf(json.methods).length === 0) {
    yield { field: [...field, 'type'], problem: `${what} has type UNKNOWN_TYPE and no methods`, remedy: 'set a type such as MODEL, or list its methods' };
  }
}

function* serverFaults(what: string, { field, json }: WrittenNode, server: string, protocol: string, image: string | undefined): Iterable<Fault> {
  if (server !== SERVER_WITHOUT_URI && stringOf(json.modelUri) === undefined) {
    yield { field, problem: `${what} runs ${server} without a modelUri`, remedy: 'set it to the location of the model' };
  }
  if (image !== undefined) return;
  const protocols = PREPACKAGED_SERVERS.get(server);
  if (protocols === undefined) {
    const near = nearest(server, PREPACKAGED_SERVERS.keys());
    const place = [...field, 'implementation'];
    // The operator's settings may have more servers. A name that is nearly that of another one is a mistake.
    yield near === undefined ? {
      field: place,
      problem: `${what} runs ${server}, which does not come with Seldon, so the webhook of its operator rejects it unless the operator's settings have it`,
      remedy: 'add it to predictor_servers of these settings, or give its container an image',
      level: 'warning',
    } : { field: place, problem: `${what} runs ${server}, which does not come with Seldon`, remedy: `did you mean ${near}?` };
  } else if (!protocols.includes(SAME[protocol] ?? protocol)) {
    yield {
      field: [...field, 'implementation'],
      problem: `${what} runs ${server} with protocol ${show(protocol)}, but the operator has an image of it only for ${protocols.map(show).join(' and ')}`,
      remedy: `set protocol of the SeldonDeployment to ${show(protocols[0])}`,
    };
  }
}

/**
 * Finds predictors whose orchestrator runs nowhere.
 *
 * @internal
 */
export function* orchestratorFaults(manifest: JsonObject): Iterable<Fault> {
  const { predictors, spec } = readDeployment(manifest);
  const isSeparate = isTrue((spec.annotations as JsonObject | undefined)?.['seldon.io/engine-separate-pod']);
  for (const predictor of predictors) {
    if (predictor.nodes.length > 1 && 'seldon.io/no-engine' in predictor.annotations) {
      yield {
        field: [...predictor.field, 'annotations', 'seldon.io/no-engine'],
        problem: `predictor ${show(predictor.name)} has a graph of ${predictor.nodes.length} nodes and the annotation seldon.io/no-engine, which the webhook of Seldon's operator rejects, whatever the value`,
        remedy: 'remove the annotation. Only a graph with a single node can run without an orchestrator',
      };
    } else if (!isSeparate && !isTrue(predictor.annotations['seldon.io/no-engine']) && !hasPod(predictor)) {
      yield {
        field: [...predictor.field, 'componentSpecs'],
        problem: `no node of predictor ${show(predictor.name)} is in its first componentSpec, in whose pods the orchestrator runs`,
        remedy: 'move a container of the graph there, or set seldon.io/engine-separate-pod to "true" in spec.annotations',
      };
    }
  }
}

function isTrue(value: unknown): boolean {
  return typeof value === 'string' && value.toLowerCase() === 'true';
}

/** Nodes without a container are a fault of their own. */
function hasPod({ nodes, containers }: WrittenPredictor): boolean {
  const names = new Set(nodes.map(({ name }) => name));
  const placed = containers.filter(({ name }) => names.has(name));
  return placed.length === 0 || nodes.some(isOnServer) || placed.some(({ component }) => component === 0);
}
