import { join } from 'path';
import { Chart } from 'cdk8s';
import { Canary, FastApp, Gateway, GatewayServer, ListedModel, ListedVersion, Mesh, Model, ModelRoute, ModelsFile, RolloutSteps } from 'cdk8s-seldon-istio';

const app = new FastApp();
Mesh.configure(app, { syncWaves: true });

const platform = new Chart(app, 'platform', { namespace: 'istio-system' });
const gateway = new Gateway(platform, 'models', { servers: [GatewayServer.http()] });

const models = new Chart(app, 'models', { namespace: 'seldon-mesh' });
const routes = new Chart(app, 'routes', { namespace: 'seldon-mesh' });

function createModel({ name, requirements, memory, replicas }: ListedModel, { version, uri }: ListedVersion): Model {
  return new Model(models, `${name}-${version}`, { storageUri: uri, requirements, memory, replicas });
}

const canaries: Canary[] = [];
for (const model of ModelsFile.read(join(__dirname, 'models.yaml'))) {
  const { name, stable, next } = model;
  const backend = createModel(model, stable);
  if (next === undefined) new ModelRoute(routes, name, { gateways: [gateway], backend });
  else canaries.push(new Canary(routes, name, { gateways: [gateway], stable: backend, canary: createModel(model, next), weight: next.weight }));
}

app.synth();

// A folder for each step of a new version, for teams that shift its requests by a change of the path that their GitOps tool applies.
for (const rollout of canaries) new RolloutSteps({ rollout, shares: [5, 25, 100] }).synth();
