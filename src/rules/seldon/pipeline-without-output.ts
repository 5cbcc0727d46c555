import { core2Example, examples, modelOf } from './examples';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { FieldPath } from '../../cluster/json';
import { core2Routes } from '../../cluster/routing/core2-routes';
import { readExperiment } from '../../objects/core2/experiment';
import { readPipeline } from '../../objects/core2/pipeline';
import { Level } from '../level';
import { core2RouteExample, selects } from '../routes/core2-route-example';
import { Problem, Rule } from '../rule';

const ROUTE = core2RouteExample(`    - match: [{ uri: { exact: /v2/models/income/infer } }]\n${selects('income.pipeline')}`);

/** A route or an Experiment that sends requests to a Pipeline which never responds. */
export const pipelineWithoutOutput: Rule = {
  id: 'pipeline-without-output',
  level: Level.ERROR,
  title: 'Requests for a Pipeline that never responds',
  page: {
    explanation: `
A Pipeline without an \`output\` is valid: its steps write their results to Kafka, for other Pipelines. It never responds to requests, so no route
and no Experiment should send it any.`,
    wrong: examples(modelOf('classifier'), core2Example('Pipeline', 'income', '  steps: [{ name: classifier }]'), ROUTE),
    right: examples(modelOf('classifier'), core2Example('Pipeline', 'income', '  steps: [{ name: classifier }]\n  output: { steps: [classifier] }'), ROUTE),
  },
  check: (cluster: Cluster) => [...routed(cluster), ...candidates(cluster)],
};

const SUFFIX = '.pipeline';

function routed(cluster: Cluster): Problem[] {
  return cluster.derived(core2Routes).flatMap(({ object, field, namespace, model }) => (
    model?.endsWith(SUFFIX) === true ? problemsAt(cluster, object, field, namespace, model.slice(0, -SUFFIX.length)) : []
  ));
}

function candidates(cluster: Cluster): Problem[] {
  return cluster.all(ClusterKind.EXPERIMENT).flatMap((object) => {
    const { kind, candidates: arms } = readExperiment(object.manifest);
    return kind === 'Model' ? [] : arms.flatMap(({ name, field }) => problemsAt(cluster, object, field, object.namespace, name));
  });
}

function problemsAt(cluster: Cluster, object: ClusterObject, field: FieldPath, namespace: string, name: string): Problem[] {
  const pipeline = cluster.find(ClusterKind.PIPELINE, namespace, name);
  if (pipeline === undefined || readPipeline(pipeline.manifest).output !== undefined) return [];
  return [{
    object,
    field,
    problem: `${pipeline} gets requests and has no output, so it never responds`,
    remedy: 'add an output with the steps whose data it returns',
    related: [{ object: pipeline, field: ['spec'] }],
  }];
}
