import { ignoredSeldonField } from '../../../src/rules/seldon/ignored-seldon-field';
import { problemsOf } from '../../support/cluster';

test('finds fields of Models', () => {
  expect(problemsOf(ignoredSeldonField, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: {name: iris, namespace: models}
spec:
  storageUri: gs://m
  preloaded: true
  dedicated: true
  schemaUri: gs://s
  logger: {percent: 10}
`)).toEqual([
    {
      at: 'info at Model models/iris spec.dedicated',
      problem: 'Seldon\'s operator does not read dedicated',
      remedy: 'remove it',
      related: [],
    },
    {
      at: 'info at Model models/iris spec.logger.percent',
      problem: 'Seldon\'s operator does not read logger.percent',
      remedy: 'Seldon logs all requests. Remove it',
      related: [],
    },
    {
      at: 'info at Model models/iris spec.preloaded',
      problem: 'Seldon\'s operator does not read preloaded',
      remedy: 'remove it',
      related: [],
    },
    {
      at: 'info at Model models/iris spec.schemaUri',
      problem: 'Seldon\'s operator does not read schemaUri',
      remedy: 'remove it',
      related: [],
    },
  ]);
});

test('finds fields of Pipelines and Servers', () => {
  expect(problemsOf(ignoredSeldonField, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Pipeline
metadata: {name: income, namespace: models}
spec:
  steps:
  - name: a
    batch: {size: 3, rolling: true}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Server
metadata: {name: mlserver, namespace: models}
spec:
  serverConfig: mlserver
  imageOverrides:
    agent: {}
  capabilities: [a]
  extraCapabilities: [b]
`)).toEqual([
    {
      at: 'warning at Server models/mlserver spec.extraCapabilities',
      problem: 'Seldon ignores extraCapabilities if capabilities is set',
      remedy: 'list all of them in capabilities',
      related: [],
    },
    {
      at: 'info at Pipeline models/income spec.steps[0].batch.rolling',
      problem: 'Seldon\'s operator does not read steps.batch.rolling',
      remedy: 'remove it',
      related: [],
    },
    {
      at: 'info at Server models/mlserver spec.imageOverrides',
      problem: 'Seldon\'s operator does not read imageOverrides',
      remedy: 'set the images in podSpec instead',
      related: [],
    },
  ]);
});

test('is silent about fields that Seldon reads, and false', () => {
  expect(problemsOf(ignoredSeldonField, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: {name: iris, namespace: models}
spec:
  storageUri: gs://m
  preloaded: false
  dedicated: null
  logger: {}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Pipeline
metadata: {name: income, namespace: models}
spec:
  steps:
  - name: a
    batch: {size: 3, rolling: false}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Server
metadata: {name: mlserver, namespace: models}
spec:
  serverConfig: mlserver
  extraCapabilities: [b]
  capabilities: []
`)).toEqual([]);
});
