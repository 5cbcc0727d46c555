import { GRPC_METHODS, ingressPrefix } from '../../cluster/core1-operator/names';
import { EndpointDefaults } from '../../plan/backend';
import { GrpcCalls } from '../../plan/endpoint';
import { PathRewrite } from '../../plan/policy';
import { StringMatch } from '../../plan/string-match';

const REWRITE = PathRewrite.matched('/');

/**
 * The paths and gRPC calls of Seldon Core 1 for a name, which is that of a SeldonDeployment or of an endpoint for several of them.
 *
 * @internal
 */
export function core1Endpoint(name: string, namespace: string): EndpointDefaults {
  return {
    paths: [StringMatch.prefix(ingressPrefix(name, namespace))],
    grpc: GrpcCalls.byHeaders({ seldon: name, namespace }).withMethods(StringMatch.regex(GRPC_METHODS)),
    rewrite: REWRITE,
  };
}
