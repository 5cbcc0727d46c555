import { AlgorithmSelector } from '../algorithm-selector/algorithm-selector';
import { FastApp, Mesh } from 'cdk8s-seldon-istio';

const app = new FastApp();
Mesh.configure(app, { syncWaves: true });

// The next commit: version 2 gets all requests. Only weights have changed.
new AlgorithmSelector(app, 'algorithm-selector', { weight: 100 });

app.synth();
