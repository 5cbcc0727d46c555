import { BackendTarget } from './backend';

/**
 * The ports of a backend's Service: those for REST and gRPC where it lists none.
 *
 * @internal
 */
export function targetPorts({ port, grpc, ports }: Pick<BackendTarget, 'port' | 'grpc' | 'ports'>): readonly number[] {
  return ports ?? [port, ...grpc === undefined ? [] : [grpc.port]];
}
