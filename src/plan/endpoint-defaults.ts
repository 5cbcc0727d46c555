import { BackendTarget } from './backend';
import { MODEL_HEADER } from './core2-service';
import { GrpcCalls } from './endpoint';
import { InferenceProtocol, modelPaths } from './inference-protocol';
import { StringMatch } from './string-match';

/** Models, Pipelines and Experiments of Seldon Core 2 share one Service: what it understands is not for one endpoint alone. */
function sharesService({ seldon }: BackendTarget): boolean {
  return seldon !== undefined && seldon.core1 === undefined;
}

/**
 * REST paths under a name in the Open Inference Protocol. The path of a model closes with a slash or the end, so that it is
 * not the beginning of another model's.
 *
 * @internal
 */
export function inferencePaths(name: string): StringMatch[] {
  return modelPaths(InferenceProtocol.OPEN_INFERENCE, name)!;
}

/**
 * gRPC calls that ask for a name.
 *
 * @internal
 */
export function inferenceCalls(name: string): GrpcCalls {
  return GrpcCalls.byHeader(MODEL_HEADER, name);
}

/**
 * The REST paths that backends have for themselves, or that their protocols have for an endpoint, each list once.
 *
 * @param name Name of the endpoint.
 * @internal
 */
export function ownPaths(backends: readonly BackendTarget[], name: string): StringMatch[][] {
  const found = backends.filter((backend) => !sharesService(backend)).map(({ endpoint, paths, inferenceProtocol }) =>
    endpoint?.paths ?? paths ?? (inferenceProtocol && modelPaths(inferenceProtocol, name)));
  const all = distinct(found, (paths) => paths.join('\n'));
  // One that takes no REST says nothing of where the others do.
  const some = all.filter((paths) => paths.length > 0);
  return some.length === 0 ? all : some;
}

/**
 * The gRPC calls that are of backends alone, each once.
 *
 * @internal
 */
export function ownCalls(backends: readonly BackendTarget[]): GrpcCalls[] {
  const found = backends.filter((backend) => backend.grpc !== undefined && !sharesService(backend))
    .map(({ endpoint, grpcHeaders }) => endpoint?.grpc ?? (grpcHeaders && GrpcCalls.byHeaders(grpcHeaders)));
  return distinct(found, ({ headerSets, methods }) => `${methods}\n${JSON.stringify(headerSets.map((set) => Object.entries(set).sort()))}`);
}

/**
 * The same calls, for the methods that the backends know where nobody said which.
 *
 * @internal
 */
export function withMethodsOf(backends: readonly BackendTarget[], calls: GrpcCalls): GrpcCalls {
  if (calls._hasOwnMethods) return calls;
  const known = backends.flatMap(({ grpc }) => (grpc === undefined ? [] : [grpc.methods ?? calls.methods]));
  const [methods, ...others] = distinct(known, String);
  return methods === undefined || others.length > 0 ? calls : calls.withMethods(methods);
}

function distinct<T>(values: readonly (T | undefined)[], textOf: (value: T) => string): T[] {
  const found = new Map<string, T>();
  for (const value of values) if (value !== undefined) found.set(textOf(value), value);
  return [...found.values()];
}
