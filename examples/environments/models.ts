import { App, Chart } from 'cdk8s';
import { Canary, Gateway, GatewayServer, Mesh, Model } from 'cdk8s-seldon-istio';

/** Properties that differ between environments; everything else is the same in all of them. */
export interface Environment {
  /** Host that callers use. */
  readonly host: string;
  /** Release of Istio in the cluster. */
  readonly istioVersion: string;
  /** Percentage of the requests to the new version. */
  readonly canaryWeight: number;
}

/** The models of one environment. */
export function addModels(app: App, { host, istioVersion, canaryWeight }: Environment): void {
  Mesh.configure(app, { istioVersion });
  const chart = new Chart(app, 'models', { namespace: 'models' });
  const gateway = new Gateway(chart, 'models-gateway', { namespace: 'istio-system', servers: [GatewayServer.http({ hosts: [host] })] });
  const [stable, canary] = ['iris-v1', 'iris-v2'].map((id) => new Model(chart, id, {
    storageUri: `gs://seldon-models/mlserver/${id}`,
    requirements: ['sklearn'],
  }));
  new Canary(chart, 'iris', { gateways: [gateway], stable, canary, weight: canaryWeight });
}
