import { IConstruct } from 'constructs';
import { Mesh } from '../../mesh/mesh';
import { BackendTarget, SeldonIdentity } from '../../plan/backend';
import { asChecked } from '../../plan/bind';
import { invalid } from '../../plan/checks/errors';
import { CORE2_SERVICE, INTERNAL_MODEL_HEADER, MODEL_HEADER, ROUTE_HEADER, STATS_PORT } from '../../plan/core2-service';
import { StringMatch } from '../../plan/string-match';

/** The port of the Service of Seldon's Envoy for requests. */
const DATA_PORT = 80;

/** Seldon's Envoy serves paths below this one, and selects the model by the header. */
const PATHS = [StringMatch.prefix('/v2')];

/** If a client sends one of them, Seldon's Envoy ignores `seldon-model`, or answers 404. */
const NEVER_FROM_CLIENTS = [ROUTE_HEADER, INTERNAL_MODEL_HEADER];

/**
 * How to reach an object of Seldon Core 2. All share one Service per namespace and are identified by `seldon-model`.
 *
 * @internal
 */
export function core2Target(
  routedFrom: IConstruct,
  object: {
    readonly kind: string;
    readonly name: string;
    readonly namespace?: string;
    /** Value of `seldon-model` that selects the object. */
    readonly header: string;
    /** Its identity in Seldon. */
    readonly seldon: SeldonIdentity;
  },
): BackendTarget {
  const { kind, name, namespace, header, seldon } = object;
  if (namespace === undefined) {
    throw invalid(routedFrom, `${kind} ${name} has no namespace`, 'set the namespace of the chart or of the backend, since Seldon has one Service per namespace');
  }
  return asChecked({
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
  });
}
