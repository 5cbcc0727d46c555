import { RequestClass } from '../../proofs/change';

/** The gRPC service of the Open Inference Protocol. */
const GRPC = '/inference.GRPCInferenceService/';

/** The condition that names the model of a gRPC call. */
const MODEL = /^header seldon-model is "(.*)"$/;

/**
 * A class of requests as text, without its host: `/v2/models/iris/*` or `gRPC calls for iris`.
 *
 * @internal
 */
export function requestClassText({ path, conditions }: RequestClass): string {
  const isCall = path.value.startsWith(GRPC);
  const model = isCall ? conditions.map((condition) => MODEL.exec(condition)?.[1]).find((name) => name !== undefined) : undefined;
  const others = model === undefined ? conditions : conditions.filter((condition) => !MODEL.test(condition));
  const method = path.value.slice(GRPC.length);
  const subject = isCall ? `gRPC calls${method === '' ? '' : ` of ${method}${path.kind === 'prefix' ? '*' : ''}`}${model === undefined ? '' : ` for ${model}`}` : pathText(path);
  return others.length === 0 ? subject : `${subject} if ${others.join(' and ')}`;
}

function pathText({ kind, value }: RequestClass['path']): string {
  return kind === 'exact' ? value : `${value}*`;
}

/**
 * Where requests enter: `istio-system/gateway:80`.
 *
 * @internal
 */
export function entranceText({ gateway, port, tls }: Pick<RequestClass, 'gateway' | 'port' | 'tls'>): string {
  return `${gateway}:${port}${tls ? ' (TLS)' : ''}`;
}
