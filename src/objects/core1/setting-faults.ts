import { readDeployment } from './deployment';
import { show } from '../../plan/checks/errors';
import { nearest } from '../../plan/checks/near-miss';
import { Fault } from '../fault';
import { isObject, JsonObject, listOf, objectOf, stringOf } from '../json';

const VALUES = {
  protocol: ['seldon', 'tensorflow', 'kfserving', 'v2'],
  transport: ['rest', 'grpc'],
  serverType: ['rpc', 'kafka'],
} as const;

const KAFKA_VARIABLES = ['KAFKA_BROKER', 'KAFKA_INPUT_TOPIC', 'KAFKA_OUTPUT_TOPIC'];
const LOGGER_MODES = ['all', 'request', 'response'];

/**
 * Finds settings of a SeldonDeployment that the webhook of Seldon's operator rejects.
 *
 * @internal
 */
export function* settingFaults(manifest: JsonObject): Iterable<Fault> {
  const { predictors, spec } = readDeployment(manifest);
  for (const [field, known] of Object.entries(VALUES)) {
    const value = stringOf(spec[field]);
    if (value === undefined || (known as readonly string[]).includes(value)) continue;
    const near = nearest(value, known);
    yield {
      field: ['spec', field],
      problem: `${field} is ${show(value)}`,
      remedy: near === undefined ? `expected one of ${known.map(show).join(', ')}` : `did you mean ${show(near)}?`,
    };
  }
  for (const { name, field, nodes, json } of predictors) {
    if (spec.serverType === 'kafka') yield* kafkaFaults(name, field, json);
    for (const node of nodes) {
      if (!isObject(node.json.logger)) continue;
      const mode = stringOf(node.json.logger.mode);
      if (mode === undefined) {
        yield { field: [...node.field, 'logger'], problem: `the logger of node ${show(node.name)} has no mode`, remedy: `set mode to one of ${LOGGER_MODES.map(show).join(', ')}` };
      }
    }
  }
  yield* endpointFaults(manifest);
}

function* kafkaFaults(name: string, field: Fault['field'], json: JsonObject): Iterable<Fault> {
  const given = new Set(listOf(objectOf(json.svcOrchSpec).env).map((variable) => objectOf(variable).name));
  const missing = KAFKA_VARIABLES.filter((variable) => !given.has(variable));
  if (missing.length === 0) return;
  yield { field, problem: `serverType is "kafka" and predictor ${show(name)} has no ${missing.join(', ')}`, remedy: 'set them in svcOrchSpec.env of the predictor' };
}

/** All nodes are called in the same way. */
function* endpointFaults(manifest: JsonObject): Iterable<Fault> {
  const { predictors, spec } = readDeployment(manifest);
  const found = new Map<string, Fault['field']>();
  for (const { field, json } of predictors.flatMap(({ nodes }) => nodes)) {
    const type = stringOf(objectOf(json.endpoint).type);
    if (type !== undefined && !found.has(type)) found.set(type, [...field, 'endpoint', 'type']);
  }
  const [[first, field] = [], [second, other] = []] = found;
  const transport = stringOf(spec.transport);
  if (first === undefined || field === undefined) return;
  if (second !== undefined && other !== undefined) {
    yield {
      field: other,
      problem: `nodes have the endpoint types ${show(first)} and ${show(second)}, but all nodes are called in the same way`,
      remedy: 'remove the types, and set transport of the SeldonDeployment',
    };
  } else if (transport !== undefined && ['REST', 'GRPC'].includes(first) && first.toLowerCase() !== transport) {
    yield { field, problem: `a node has the endpoint type ${show(first)}, and transport is ${show(transport)}`, remedy: 'remove the type, which transport sets' };
  }
}
