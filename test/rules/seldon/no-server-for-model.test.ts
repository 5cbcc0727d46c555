import { noServerForModel } from '../../../src/rules/seldon/no-server-for-model';
import { problemsOf } from '../../support/cluster';

test('finds requirements that no known Server has', () => {
  expect(problemsOf(noServerForModel, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Server
metadata: {name: mlserver, namespace: models}
spec: {serverConfig: mlserver}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Server
metadata: {name: triton, namespace: models}
spec: {serverConfig: triton, replicas: 2}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: {name: iris, namespace: models}
spec:
  storageUri: gs://m
  requirements: [foobar, sklearn]
`)).toEqual([
    {
      at: 'warning at Model models/iris spec.requirements',
      problem: 'no known Server in namespace models has all of "foobar", "sklearn", which the Model requires',
      remedy: 'give a Server the capabilities, change the requirements, or add the file with the Server as context',
      related: [],
    },
  ]);
});

test('finds a Server of the chart that could load it', () => {
  expect(problemsOf(noServerForModel, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Server
metadata: {name: mlserver-gpu, namespace: models}
spec:
  serverConfig: mlserver
  extraCapabilities: [gpu]
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: {name: iris, namespace: models}
spec:
  storageUri: gs://m
  requirements: [onnx]
`)).toEqual([
    {
      at: 'info at Model models/iris spec.requirements',
      problem: 'no known Server in namespace models has "onnx", which the Model requires',
      remedy: 'if Server "triton" of Seldon\'s chart is in the namespace, add it as context',
      related: [],
    },
  ]);
});

test('finds requirements that are nearly a capability', () => {
  expect(problemsOf(noServerForModel, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: {name: iris, namespace: models}
spec:
  storageUri: gs://m
  requirements: [scikit-learn, xgbost]
`)).toEqual([
    {
      at: 'warning at Model models/iris spec.requirements[0]',
      problem: 'the Model requires "scikit-learn", which no Server of Seldon\'s chart has',
      remedy: 'did you mean "sklearn"?',
      related: [],
    },
    {
      at: 'warning at Model models/iris spec.requirements[1]',
      problem: 'the Model requires "xgbost", which no Server of Seldon\'s chart has',
      remedy: 'did you mean "xgboost"?',
      related: [],
    },
  ]);
});

test('finds a Server that does not exist, or has not the capability', () => {
  expect(problemsOf(noServerForModel, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Server
metadata: {name: mlserver, namespace: models}
spec: {serverConfig: mlserver}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: {name: a, namespace: models}
spec: {storageUri: 'gs://m', server: mlserer}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: {name: b, namespace: models}
spec: {storageUri: 'gs://m', server: mlserver, modelType: onnx}
`)).toEqual([
    {
      at: 'warning at Model models/a spec.server',
      problem: 'the Model is for Server models/mlserer, which does not exist',
      remedy: 'did you mean "mlserver"?',
      related: [],
    },
    {
      at: 'warning at Model models/b spec.server',
      problem: 'Server models/mlserver does not have "onnx", which the Model requires',
      remedy: 'add it to extraCapabilities of the Server, or change the requirements of the Model',
      related: ['Server models/mlserver'],
    },
  ]);
});

test('finds more replicas than the largest Server has', () => {
  expect(problemsOf(noServerForModel, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Server
metadata: {name: small, namespace: models}
spec: {serverConfig: mlserver}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Server
metadata: {name: large, namespace: models}
spec: {serverConfig: mlserver, replicas: 2}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: {name: a, namespace: models}
spec:
  storageUri: gs://m
  requirements: [sklearn]
  replicas: 3
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: {name: b, namespace: models}
spec:
  storageUri: gs://m
  requirements: [sklearn]
  server: small
  minReplicas: 2
`)).toEqual([
    {
      at: 'warning at Model models/a spec.replicas',
      problem: 'the Model has 3 replicas, each of which needs a replica of a Server, and Server models/large, the largest that can load it, has 2',
      remedy: 'reduce the replicas of the Model, or increase those of the Server',
      related: ['Server models/large'],
    },
    {
      at: 'warning at Model models/b spec.minReplicas',
      problem: 'the Model has 2 replicas, each of which needs a replica of a Server, and Server models/small, the largest that can load it, has 1',
      remedy: 'reduce the replicas of the Model, or increase those of the Server',
      related: ['Server models/small'],
    },
  ]);
});

test('finds capabilities of an own ServerConfig', () => {
  expect(problemsOf(noServerForModel, `
apiVersion: mlops.seldon.io/v1alpha1
kind: ServerConfig
metadata: {name: own, namespace: seldon-mesh}
spec:
  podSpec:
    containers:
    - name: agent
      env:
      - {name: SELDON_SERVER_CAPABILITIES, value: 'a, b'}
  volumeClaimTemplates: []
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Server
metadata: {name: own, namespace: models}
spec: {serverConfig: own}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: {name: right, namespace: models}
spec:
  storageUri: gs://m
  requirements: [a, b]
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: {name: wrong, namespace: models}
spec:
  storageUri: gs://m
  requirements: [c]
`)).toEqual([
    {
      at: 'warning at Model models/wrong spec.requirements',
      problem: 'no known Server in namespace models has "c", which the Model requires',
      remedy: 'give a Server the capabilities, change the requirements, or add the file with the Server as context',
      related: [],
    },
  ]);
});

test('is silent about Models that fit, unknown capabilities, and other namespaces', () => {
  expect(problemsOf(noServerForModel, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Server
metadata: {name: mlserver, namespace: models}
spec: {serverConfig: mlserver, minReplicas: 1, maxReplicas: 5}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: {name: a, namespace: models}
spec:
  storageUri: gs://m
  requirements: [sklearn]
  replicas: 4
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: {name: b, namespace: models}
spec:
  storageUri: gs://m
  explainer: {type: anchor_tabular}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Server
metadata: {name: own, namespace: own}
spec: {serverConfig: somewhere}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: {name: c, namespace: own}
spec:
  storageUri: gs://m
  requirements: [anything]
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: {name: d, namespace: other}
spec:
  storageUri: gs://m
  requirements: [anything]
  server: any
`)).toEqual([]);
});

describe('one Model', () => {
  const server = (name: string, spec: object) => ({ apiVersion: 'mlops.seldon.io/v1alpha1', kind: 'Server', metadata: { name, namespace: 'models' }, spec });
  const found = (model: object, ...servers: object[]) => problemsOf(noServerForModel, [
    { apiVersion: 'mlops.seldon.io/v1alpha1', kind: 'Model', metadata: { name: 'iris', namespace: 'models' }, spec: { storageUri: 'gs://m', ...model } }, ...servers,
  ].map((each) => JSON.stringify(each)).join('\n---\n')).map(({ at, problem, remedy }) => `${at.replace(' at Model models/iris spec', '')}: ${problem}: ${remedy}`);
  const MLSERVER = server('mlserver', { serverConfig: 'mlserver' });
  const GIVE = 'give a Server the capabilities, change the requirements, or add the file with the Server as context';

  test.each<[string, object, object[], string[]]>([
    ['needs capabilities of several Servers', { requirements: ['sklearn', 'onnx'] }, [MLSERVER, server('triton', { serverConfig: 'triton' })],
      [`warning.requirements: no known Server in namespace models has all of "sklearn", "onnx", which the Model requires: ${GIVE}`]],
    ['needs what a type requires', { modelType: 'other' }, [MLSERVER], [`warning: no known Server in namespace models has "other", which the Model requires: ${GIVE}`]],
    ['is next to a Server whose capabilities are not known', { requirements: ['other'] }, [MLSERVER, server('own', { serverConfig: 'own' })], []],
    ['has spaces around a requirement', { requirements: [' sklearn '] }, [MLSERVER], []],
    ['requires a capability of a Server that looks misspelt', { requirements: ['scikit-learn'] }, [server('own', { capabilities: ['scikit-learn'] })], []],
    ['requires one that looks misspelt, with spaces', { requirements: [' scikit-learn'] }, [MLSERVER],
      ['warning.requirements[0]: the Model requires " scikit-learn", which no Server of Seldon\'s chart has: did you mean "sklearn"?']],
    ['is for a Server that is not near any', { server: 'other' }, [MLSERVER],
      ['warning.server: the Model is for Server models/other, which does not exist: create the Server, or add the file that holds it as context']],
    ['is for a Server whose capabilities are not known', { server: 'own', requirements: ['other'] }, [server('own', { serverConfig: 'own' })], []],
    ['is for a Server without two capabilities', { server: 'mlserver', requirements: ['a', 'sklearn', 'b'] }, [MLSERVER],
      ['warning.server: Server models/mlserver does not have "a" and "b", which the Model requires: '
        + 'add it to extraCapabilities of the Server, or change the requirements of the Model']],
    ['has as many replicas as a Server', { requirements: ['sklearn'], replicas: 2 }, [server('mlserver', { serverConfig: 'mlserver', replicas: 2 })], []],
    ['has more replicas than the first and largest', { requirements: ['sklearn'], replicas: 3 },
      [server('a', { serverConfig: 'mlserver', replicas: 2 }), server('b', { serverConfig: 'mlserver' }), server('c', { serverConfig: 'mlserver', replicas: 2 })],
      ['warning.replicas: the Model has 3 replicas, each of which needs a replica of a Server, and Server models/a, the largest that can load it, has 2: '
        + 'reduce the replicas of the Model, or increase those of the Server']],
  ])('%s', (_what, model, servers, expected) => {
    expect(found(model, ...servers)).toEqual(expected);
  });
});
