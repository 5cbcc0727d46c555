import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { IGateway, Model, ModelRoute } from 'cdk8s-seldon-istio';

export interface ModelEndpointProps {
  /** URI of the model's files. */
  readonly storageUri: string;

  /** Gateways that serve the model. */
  readonly gateways: IGateway[];

  /**
   * Namespace of the model and of its route.
   *
   * @default - the chart's namespace
   */
  readonly namespace?: string;
}

/** What a model in production is for this team: scikit-learn, at least two replicas, responses within two seconds. */
export class ModelEndpoint extends Construct {
  public readonly model: Model;

  public constructor(scope: Construct, id: string, { storageUri, gateways, namespace }: ModelEndpointProps) {
    super(scope, id);
    this.model = new Model(this, 'model', { namespace, storageUri, requirements: ['sklearn'], minReplicas: 2 });
    // The objects are named <id>-model and <id>-route; callers use the id.
    new ModelRoute(this, 'route', {
      namespace,
      endpoint: id,
      gateways,
      backend: this.model,
      policy: { timeout: Duration.seconds(2) },
    });
  }
}
