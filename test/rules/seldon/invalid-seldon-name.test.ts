import { invalidSeldonName } from '../../../src/rules/seldon/invalid-seldon-name';
import { problemsOf } from '../../support/cluster';

test('finds Models, Pipelines and steps with dots', () => {
  expect(problemsOf(invalidSeldonName, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: {name: iris.v1, namespace: models}
spec: {storageUri: 'gs://m'}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Pipeline
metadata: {name: in.come, namespace: models}
spec:
  steps:
  - {name: a_b}
`)).toEqual([
    {
      at: 'error at Pipeline models/in.come metadata.name',
      problem: 'Seldon rejects the name "in.come"',
      remedy: 'expected lower-case letters, digits and hyphens, with no hyphen at the ends, since Seldon Core 2 accepts no dots, capitals or underscores',
      related: [],
    },
    {
      at: 'error at Pipeline models/in.come spec.steps[0].name',
      problem: 'no Model can have the name of step "a_b"',
      remedy: 'expected lower-case letters, digits and hyphens, with no hyphen at the ends, since Seldon Core 2 accepts no dots, capitals or underscores',
      related: [],
    },
    {
      at: 'error at Model models/iris.v1 metadata.name',
      problem: 'Seldon rejects the name "iris.v1"',
      remedy: 'expected lower-case letters, digits and hyphens, with no hyphen at the ends, since Seldon Core 2 accepts no dots, capitals or underscores',
      related: [],
    },
  ]);
});

test('finds candidates and mirrors that no Model or Pipeline can be', () => {
  expect(problemsOf(invalidSeldonName, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Experiment
metadata: {name: iris, namespace: models}
spec:
  candidates:
  - {name: a.b, weight: 1}
  mirror: {name: C, percent: 1}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Experiment
metadata: {name: other, namespace: models}
spec:
  resourceType: pipeline
  candidates:
  - {name: a.b, weight: 1}
`)).toEqual([
    {
      at: 'error at Experiment models/iris spec.candidates[0].name',
      problem: 'no Model can have the name "a.b"',
      remedy: 'expected lower-case letters, digits and hyphens, with no hyphen at the ends, since Seldon Core 2 accepts no dots, capitals or underscores',
      related: [],
    },
    {
      at: 'error at Experiment models/iris spec.mirror.name',
      problem: 'no Model can have the name "C"',
      remedy: 'expected lower-case letters, digits and hyphens, with no hyphen at the ends, since Seldon Core 2 accepts no dots, capitals or underscores',
      related: [],
    },
    {
      at: 'error at Experiment models/other spec.candidates[0].name',
      problem: 'no Pipeline can have the name "a.b"',
      remedy: 'expected lower-case letters, digits and hyphens, with no hyphen at the ends, since Seldon Core 2 accepts no dots, capitals or underscores',
      related: [],
    },
  ]);
});

test('finds Servers', () => {
  expect(problemsOf(invalidSeldonName, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Server
metadata: {name: mlserver.name, namespace: models}
spec: {serverConfig: mlserver}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Server
metadata: {name: 1-server, namespace: models}
spec: {serverConfig: mlserver}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Server
metadata: {name: sssssssssssssssssssssssssssssssssssssssssssssssssssss, namespace: models}
spec: {serverConfig: mlserver}
`)).toEqual([
    {
      at: 'error at Server models/1-server metadata.name',
      problem: 'the name of the Server, "1-server", cannot be that of its Services and pods',
      remedy: 'expected at most 52 lower-case letters, digits and hyphens, starting with a letter and not ending with a hyphen',
      related: [],
    },
    {
      at: 'error at Server models/mlserver.name metadata.name',
      problem: 'the name of the Server, "mlserver.name", cannot be that of its Services and pods',
      remedy: 'expected at most 52 lower-case letters, digits and hyphens, starting with a letter and not ending with a hyphen',
      related: [],
    },
    {
      at: 'error at Server models/sssssssssssssssssssssssssssssssssssssssssssssssssssss metadata.name',
      problem: 'the name of the Server, "sssssssssssssssssssssssssssssssssssssssssssssssssssss", cannot be that of its Services and pods',
      remedy: 'expected at most 52 lower-case letters, digits and hyphens, starting with a letter and not ending with a hyphen',
      related: [],
    },
  ]);
});

test('finds SeldonDeployments, predictors and nodes', () => {
  expect(problemsOf(invalidSeldonName, `
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: iris.v1
  namespace: models
  annotations: {}
spec:
  predictors:
  - name: main
    graph: {name: classifier, implementation: SKLEARN_SERVER, modelUri: 'gs://models/iris'}
---
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: iris
  namespace: models
  annotations: {}
spec:
  predictors:
  - name: Main
    annotations: {seldon.io/svc-name: a.b}
    graph:
      name: my_node
      children:
      - {name: nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn}
      - {name: seldon-container-engine}
`)).toEqual([
    {
      at: 'error at SeldonDeployment models/iris spec.predictors[0].annotations.seldon.io/svc-name',
      problem: 'Kubernetes rejects the name of the Service "a.b"',
      remedy: 'expected at most 63 lower-case letters, digits and hyphens, with no hyphen at the ends',
      related: [],
    },
    {
      at: 'error at SeldonDeployment models/iris spec.predictors[0].graph.children[0].name',
      problem: 'node "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn" has 49 characters in its name, and the operator derives a label from it that is too long for Kubernetes',
      remedy: 'expected at most 48',
      related: [],
    },
    {
      at: 'error at SeldonDeployment models/iris spec.predictors[0].graph.children[1].name',
      problem: 'node "seldon-container-engine" has the name of the orchestrator\'s container',
      remedy: 'give the node another name',
      related: [],
    },
    {
      at: 'error at SeldonDeployment models/iris spec.predictors[0].graph.name',
      problem: 'node "my_node" cannot be the name of a container',
      remedy: 'expected at most 63 lower-case letters, digits and hyphens, with no hyphen at the ends',
      related: [],
    },
    {
      at: 'error at SeldonDeployment models/iris spec.predictors[0].name',
      problem: 'Kubernetes rejects the names that the operator derives from predictor "Main"',
      remedy: 'expected at most 63 lower-case letters, digits and hyphens, with no hyphen at the ends',
      related: [],
    },
    {
      at: 'error at SeldonDeployment models/iris.v1 metadata.name',
      problem: 'the names of Services start with the name of the SeldonDeployment, "iris.v1", and Kubernetes rejects them',
      remedy: 'expected lower-case letters, digits and hyphens, starting with a letter and not ending with a hyphen',
      related: [],
    },
  ]);
});

test('is silent about valid names, and Experiments with dots', () => {
  expect(problemsOf(invalidSeldonName, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: {name: iris-v1, namespace: models}
spec: {storageUri: 'gs://m'}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Pipeline
metadata: {name: income, namespace: models}
spec:
  steps:
  - {name: a-b}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Experiment
metadata: {name: a.b, namespace: models}
spec:
  candidates:
  - {name: a, weight: 1}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Server
metadata: {name: ssssssssssssssssssssssssssssssssssssssssssssssssssss, namespace: models}
spec: {serverConfig: mlserver}
---
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: iris
  namespace: models
  annotations: {}
spec:
  predictors:
  - name: main
    annotations: {seldon.io/svc-name: ab}
    graph: {name: classifier, implementation: SKLEARN_SERVER, modelUri: 'gs://models/iris'}
---
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: iris.v1
  namespace: models
  annotations: {}
spec:
  predictors:
  - name: pppppppppppppppppppppppppppppppppppppppppppppppppppppppppppp
    graph: {name: classifier, implementation: SKLEARN_SERVER, modelUri: 'gs://models/iris'}
`)).toEqual([]);
});
