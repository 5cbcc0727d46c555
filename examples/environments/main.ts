import { join } from 'path';
import { App } from 'cdk8s';
import { addModels, Environment } from './models';

const ENVIRONMENTS: { readonly [name: string]: Environment } = {
  development: { host: 'models.dev.example.com', istioVersion: '1.30', canaryWeight: 100 },
  production: { host: 'models.example.com', istioVersion: '1.28', canaryWeight: 10 },
};

// One app for each cluster, with separate checks and a separate folder below dist/.
for (const [name, environment] of Object.entries(ENVIRONMENTS)) {
  const app = new App({ outdir: join(process.env.CDK8S_OUTDIR ?? 'dist', name) });
  addModels(app, environment);
  app.synth();
}
