import { BackendTarget } from './backend';
import { GrpcCalls } from './endpoint';
import { StringMatch } from './string-match';

/** Header by which Seldon Core 2 and callers of this library's endpoints name a model. */
const MODEL_HEADER = 'seldon-model';

/**
 * Models, Pipelines and Experiments of Seldon Core 2 share one Service: what it understands is not for one endpoint alone.
 * An Experiment is no member of Experiments, so it is known by the header alone.
 */
function sharesService({ core2, requestHeaders }: BackendTarget): boolean {
  return core2 !== undefined || (requestHeaders?.[MODEL_HEADER]?.endsWith('.experiment') ?? false);
}

/**
 * REST paths of an endpoint that says none: those of its backends, else its own in the Open Inference Protocol. The path of
 * a model closes with a slash or the end, so that it is not the beginning of another model's.
 *
 * @internal
 */
export function defaultPaths(name: string, backends: readonly BackendTarget[]): StringMatch[] {
  const own = backends.find((backend) => !sharesService(backend) && (backend.endpoint ?? backend.paths) !== undefined);
  return own?.endpoint?.paths ?? own?.paths ?? [StringMatch.exact(`/v2/models/${name}`), StringMatch.prefix(`/v2/models/${name}/`)];
}

/**
 * gRPC calls of an endpoint that says none.
 *
 * @internal
 */
export function defaultCalls(name: string, backends: readonly BackendTarget[]): GrpcCalls {
  const own = backends.find((backend) => !sharesService(backend) && (backend.endpoint ?? backend.grpcHeaders) !== undefined);
  if (own?.endpoint !== undefined) return own.endpoint.grpc;
  return own === undefined ? GrpcCalls.byHeader(MODEL_HEADER, name) : GrpcCalls.byHeaders(own.grpcHeaders!);
}
