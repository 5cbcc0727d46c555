import { ProxyResponder } from '../answer';
import { RequestHeaders } from '../request-headers';

/** The gRPC statuses for statuses of HTTP, as gRPC defines them. */
const GRPC_STATUSES: ReadonlyMap<number, string> = new Map([
  [400, 'INTERNAL'], [401, 'UNAUTHENTICATED'], [403, 'PERMISSION_DENIED'], [404, 'UNIMPLEMENTED'],
  [429, 'UNAVAILABLE'], [502, 'UNAVAILABLE'], [503, 'UNAVAILABLE'], [504, 'UNAVAILABLE'],
]);

const GRPC = 'application/grpc';

/**
 * Whether Envoy takes a request for a gRPC call.
 *
 * @internal
 */
export function isGrpcCall(contentTypes: readonly string[]): boolean {
  return contentTypes.length === 1 && (contentTypes[0] === GRPC || contentTypes[0].startsWith(`${GRPC}+`));
}

/**
 * The answer of a proxy as the client of a request gets it: gRPC calls have status 200, and a status of gRPC.
 *
 * @param headers The headers that the proxy received.
 * @internal
 */
export function localReply(responder: ProxyResponder, headers: RequestHeaders): ProxyResponder {
  if (responder.status === undefined) return responder;
  const { grpcStatus, ...rest } = responder;
  if (!isGrpcCall(headers.valuesOf('content-type'))) return grpcStatus === undefined ? responder : rest;
  return { ...rest, status: 200, grpcStatus: grpcStatus ?? GRPC_STATUSES.get(responder.status) ?? 'UNKNOWN' };
}
