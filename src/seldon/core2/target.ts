import { IConstruct } from 'constructs';
import { Mesh } from '../../mesh/mesh';
import { BackendTarget, SeldonIdentity } from '../../plan/backend';
import { invalid } from '../../plan/checks/errors';
import { CORE2_SERVICE, INTERNAL_MODEL_HEADER, MODEL_HEADER, ROUTE_HEADER, STATS_PORT } from '../../plan/core2-service';
import { StringMatch } from '../../plan/string-match';

/** The port of the Service of Seldon's Envoy for requests. */
const DATA_PORT = 80;

/** Seldon's Envoy answers paths below this one, and picks the model by the header. */
const PATHS = [StringMatch.prefix('/v2')];

/** Sent by clients, both make Seldon's Envoy pick something else than `seldon-model` says, or answer 404. */
const NEVER_FROM_CLIENTS = [ROUTE_HEADER, INTERNAL_MODEL_HEADER];

/**
 * How to reach an object of Seldon Core 2: all share one Service per namespace and are told apart by `seldon-model`.
 *
 * @internal
 */
export function core2Target(
  routedFrom: IConstruct,
  object: {
    readonly kind: string;
    readonly name: string;
    readonly namespace?: string;
    /** Value of `seldon-model` that picks the object. */
    readonly header: string;
    /** What it is to Seldon. */
    readonly seldon: SeldonIdentity;
  },
): BackendTarget {
  const { kind, name, namespace, header, seldon } = object;
  if (namespace === undefined) {
    throw invalid(routedFrom, `${kind} ${name} has no namespace`, 'say the namespace of the chart or of the backend: Seldon has one Service for each');
  }
  return {
    description: `${kind} ${namespace}/${name}`,
    host: Mesh.of(routedFrom).serviceHost(CORE2_SERVICE, namespace),
    namespace,
    port: DATA_PORT,
    grpc: { port: DATA_PORT },
    ports: [DATA_PORT, STATS_PORT],
    requestHeaders: { [MODEL_HEADER]: header },
    removeRequestHeaders: NEVER_FROM_CLIENTS,
    paths: PATHS,
    protocol: 'v2',
    grpcHeaders: { [MODEL_HEADER]: header },
    seldon,
  };
}
