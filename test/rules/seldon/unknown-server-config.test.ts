import { unknownServerConfig } from '../../../src/rules/seldon/unknown-server-config';
import { problemsOf } from '../../support/cluster';

test('finds a name that is nearly that of one of the chart', () => {
  expect(problemsOf(unknownServerConfig, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Server
metadata: {name: mlserver, namespace: models}
spec: {serverConfig: mlservr}
`)).toEqual([
    {
      at: 'warning at Server models/mlserver spec.serverConfig',
      problem: 'ServerConfig "mlservr" does not exist',
      remedy: 'did you mean "mlserver"?',
      related: [],
    },
  ]);
});

test('finds a name that none of the ServerConfigs has', () => {
  expect(problemsOf(unknownServerConfig, `
apiVersion: mlops.seldon.io/v1alpha1
kind: ServerConfig
metadata: {name: gpu, namespace: seldon-mesh}
spec:
  podSpec:
    containers: []
  volumeClaimTemplates: []
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Server
metadata: {name: mlserver, namespace: models}
spec: {serverConfig: elephant}
`)).toEqual([
    {
      at: 'warning at Server models/mlserver spec.serverConfig',
      problem: 'ServerConfig "elephant" does not exist',
      remedy: 'create the ServerConfig in the namespace of Seldon\'s operator, or add the file that holds it as context',
      related: [],
    },
  ]);
});

test('is silent about ServerConfigs of the chart and of the manifests, and if none is among these', () => {
  expect(problemsOf(unknownServerConfig, `
apiVersion: mlops.seldon.io/v1alpha1
kind: ServerConfig
metadata: {name: gpu, namespace: seldon-mesh}
spec:
  podSpec:
    containers: []
  volumeClaimTemplates: []
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Server
metadata: {name: a, namespace: models}
spec: {serverConfig: gpu}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Server
metadata: {name: b, namespace: models}
spec: {serverConfig: triton}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Server
metadata: {name: c, namespace: models}
spec: {}
`)).toEqual([]);
});
