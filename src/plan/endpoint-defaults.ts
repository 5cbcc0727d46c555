import { BackendTarget } from './backend';
import { MODEL_HEADER } from './core2-service';
import { GrpcCalls } from './endpoint';
import { InferenceProtocol, modelPaths } from './inference-protocol';
import { StringMatch } from './string-match';

/** Models, Pipelines and Experiments of Seldon Core 2 share one Service, so its paths do not belong to one endpoint. */
function sharesService({ seldon }: BackendTarget): boolean {
  return seldon !== undefined && seldon.core1 === undefined;
}

/**
 * REST paths of a name in the Open Inference Protocol. A model's path ends there or continues with a slash, so that it does not match
 * a model whose name is longer.
 *
 * @internal
 */
export function inferencePaths(name: string): StringMatch[] {
  return modelPaths(InferenceProtocol.OPEN_INFERENCE, name)!;
}

/**
 * gRPC calls that name an endpoint.
 *
 * @internal
 */
export function inferenceCalls(name: string): GrpcCalls {
  return GrpcCalls.byHeader(MODEL_HEADER, name);
}

/**
 * The backends' own REST paths, or those of their protocols for an endpoint, each list once.
 *
 * @param name Name of the endpoint.
 * @internal
 */
export function ownPaths(backends: readonly BackendTarget[], name: string): StringMatch[][] {
  if (backends.every(sharesService)) return [];
  const found = backends.filter((backend) => !sharesService(backend)).map(({ endpoint, paths, inferenceProtocol }) =>
    endpoint?.paths ?? paths ?? (inferenceProtocol && modelPaths(inferenceProtocol, name)));
  const all = distinct(found, (paths) => paths.join('\n'));
  // A backend without REST has no say in the paths of the others.
  const some = all.filter((paths) => paths.length > 0);
  return some.length === 0 ? all : some;
}

/**
 * The backends' own gRPC calls, each once.
 *
 * @internal
 */
export function ownCalls(backends: readonly BackendTarget[]): GrpcCalls[] {
  if (backends.every(sharesService)) return [];
  const found = backends.filter((backend) => backend.grpc !== undefined && !sharesService(backend))
    .map(({ endpoint, grpcHeaders }) => endpoint?.grpc ?? (grpcHeaders && GrpcCalls.byHeaders(grpcHeaders)));
  return distinct(found, ({ headerSets, methods }) => `${methods}\n${JSON.stringify(headerSets.map((set) => Object.entries(set).sort()))}`);
}

/**
 * The same calls, with the backends' methods if the calls do not set any.
 *
 * @internal
 */
export function withMethodsOf(backends: readonly BackendTarget[], calls: GrpcCalls): GrpcCalls {
  if (calls._hasOwnMethods) return calls;
  let common: StringMatch | undefined;
  for (const { grpc } of backends) {
    if (grpc === undefined) continue;
    const methods = grpc.methods ?? calls.methods;
    if (common !== undefined && common !== methods && String(common) !== String(methods)) return calls;
    common = methods;
  }
  return common === undefined ? calls : calls.withMethods(common);
}

function distinct<T>(values: readonly (T | undefined)[], textOf: (value: T) => string): T[] {
  const found = new Map<string, T>();
  for (const value of values) if (value !== undefined) found.set(textOf(value), value);
  return [...found.values()];
}
