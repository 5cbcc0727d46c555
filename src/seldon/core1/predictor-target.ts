import { IConstruct } from 'constructs';
import { core1Endpoint } from './default-endpoint';
import { METRICS_PATH, PredictorPorts } from '../../cluster/core1-operator/defaults';
import { Mesh } from '../../mesh/mesh';
import { BackendTarget, SeldonIdentity } from '../../plan/backend';
import { invalid } from '../../plan/checks/errors';
import { StringMatch } from '../../plan/string-match';

/** Paths of the orchestrator, after the rewrite of the prefix. */
const ENGINE_PATHS = [
  StringMatch.prefix('/api/v0.1/'), StringMatch.prefix('/api/v1.0/'), StringMatch.prefix('/v1/models/'), StringMatch.prefix('/v2/'),
  StringMatch.exact('/ready'), StringMatch.exact('/live'),
];

/**
 * The owner of the operator's objects, as messages name it.
 *
 * @internal
 */
export const OPERATOR = 'Seldon\'s operator';

/**
 * The target of a predictor. Each predictor has its own Service.
 *
 * @internal
 */
export function core1Target(
  routedFrom: IConstruct,
  predictor: {
    readonly deployment: string;
    readonly namespace?: string;
    readonly name: string;
    readonly service: string;
    readonly ports: PredictorPorts;
    readonly engine: boolean;
    /** Protocol of the orchestrator; undefined when it is not specified. */
    readonly protocol?: string;
    /** Value of the label `version`; undefined where the Service has no subset. */
    readonly version?: string;
  },
): BackendTarget {
  const { deployment, namespace, name, service, ports, engine, version, protocol } = predictor;
  if (namespace === undefined) {
    throw invalid(routedFrom, `SeldonDeployment ${deployment} has no namespace`, 'set the namespace of the chart or of the deployment, which is part of its path and headers');
  }
  const endpoint = core1Endpoint(deployment, namespace);
  return {
    description: `predictor ${name} of SeldonDeployment ${namespace}/${deployment}`,
    host: Mesh.of(routedFrom).serviceHost(service, namespace),
    namespace,
    port: ports.http,
    grpc: { port: ports.grpc, methods: endpoint.grpc.methods },
    ports: [ports.http, ports.grpc].sort((a, b) => a - b),
    subset: version === undefined ? undefined : name,
    subsetLabels: version === undefined ? undefined : { version },
    paths: engine ? ENGINE_PATHS : undefined,
    protocol: protocol === 'kfserving' ? 'v2' : protocol,
    grpcHeaders: endpoint.grpc.headerSets[0],
    endpoint,
    hiddenPaths: [METRICS_PATH],
    seldon: SeldonIdentity.ofPredictor(deployment, name, engine),
    destinationRuleOwner: version === undefined ? OPERATOR : undefined,
  };
}
