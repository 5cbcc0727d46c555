import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { IGateway, Model, ModelRoute } from 'cdk8s-seldon-istio';

export interface ModelEndpointProps {
  /** Where the model's files are. */
  readonly storageUri: string;

  /** Through which callers come. */
  readonly gateways: IGateway[];

  /**
   * Namespace of the model and of its route.
   *
   * @default - the chart's namespace
   */
  readonly namespace?: string;
}

/** What this team means by a model in production: scikit-learn, two replicas at least, answers within two seconds. */
export class ModelEndpoint extends Construct {
  public readonly model: Model;

  public constructor(scope: Construct, id: string, { storageUri, gateways, namespace }: ModelEndpointProps) {
    super(scope, id);
    this.model = new Model(this, 'model', { namespace, storageUri, requirements: ['sklearn'], minReplicas: 2 });
    // The objects are called <id>-model and <id>-route; callers ask for the id.
    new ModelRoute(this, 'route', {
      namespace,
      endpoint: id,
      gateways,
      backend: this.model,
      policy: { timeout: Duration.seconds(2) },
    });
  }
}
