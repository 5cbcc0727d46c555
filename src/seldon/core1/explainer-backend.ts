import { IConstruct } from 'constructs';
import { EXPLAINER_PORT } from '../../cluster/core1-operator/defaults';
import { explainerPrefix, explainerService } from '../../cluster/core1-operator/names';
import { Mesh } from '../../mesh/mesh';
import { BackendTarget, BackendUse, IBackend } from '../../plan/backend';
import { invalid } from '../../plan/checks/errors';
import { GrpcCalls } from '../../plan/endpoint';
import { PathRewrite } from '../../plan/policy';
import { StringMatch } from '../../plan/string-match';

const REWRITE = PathRewrite.matched('/');

/**
 * The explainer of a predictor of Seldon Core 1, which has its own Service and supports REST only.
 *
 * @internal
 */
export class ExplainerBackend implements IBackend {
  constructor(
    private readonly deployment: string, private readonly namespace: string | undefined,
    private readonly predictor: string, private readonly port = EXPLAINER_PORT,
  ) {}

  /** Describes how to reach it. */
  public target(scope: IConstruct): BackendTarget {
    const { deployment, namespace, predictor } = this;
    if (namespace === undefined) {
      throw invalid(scope, `SeldonDeployment ${deployment} has no namespace`, 'set the namespace of the chart or of the deployment, which is part of the path of its explainers');
    }
    return {
      description: `explainer of predictor ${predictor} of SeldonDeployment ${namespace}/${deployment}`,
      host: Mesh.of(scope).serviceHost(explainerService(deployment, predictor), namespace),
      namespace,
      port: this.port,
      ports: [this.port],
      endpoint: {
        paths: [StringMatch.prefix(explainerPrefix(deployment, namespace, predictor))],
        grpc: GrpcCalls.none(),
        rewrite: REWRITE,
      },
    };
  }

  /** Binds it to a route, which changes nothing. */
  public bind(scope: IConstruct, _use: BackendUse): BackendTarget {
    return this.target(scope);
  }
}
