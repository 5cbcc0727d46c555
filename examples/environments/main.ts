import { join } from 'path';
import { addModels, Environment } from './models';
import { FastApp } from 'cdk8s-seldon-istio';

const ENVIRONMENTS: { readonly [name: string]: Environment } = {
  development: { host: 'models.dev.example.com', istioVersion: '1.30', canaryWeight: 100 },
  production: { host: 'models.example.com', istioVersion: '1.28', canaryWeight: 10 },
};

// One app for each cluster, with separate checks and a separate folder below dist/.
for (const [name, environment] of Object.entries(ENVIRONMENTS)) {
  const app = new FastApp({ outdir: join(process.env.CDK8S_OUTDIR ?? 'dist', name) });
  addModels(app, environment);
  app.synth();
}
