import { AlgorithmSelector } from './algorithm-selector';
import { FastApp, Mesh } from 'cdk8s-seldon-istio';

const app = new FastApp();
Mesh.configure(app, { syncWaves: true });

// Version 2 gets 30 % of the requests.
new AlgorithmSelector(app, 'algorithm-selector', { weight: 30 });

app.synth();
