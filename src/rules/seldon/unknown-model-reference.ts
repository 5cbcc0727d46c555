import { core2Example, examples, modelOf } from './examples';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { FieldPath, isObject, stringOf } from '../../cluster/json';
import { readExperiment } from '../../objects/core2/experiment';
import { readPipeline } from '../../objects/core2/pipeline';
import { show } from '../../plan/checks/errors';
import { groupBy } from '../../plan/groups';
import { NearNames } from '../../plan/near-names';
import { Level } from '../level';
import { Problem, Rule } from '../rule';

/** A reference of an object of Seldon Core 2 to a Model or a Pipeline. */
interface Reference {
  readonly field: FieldPath;
  readonly name: string;
  readonly kind: 'Model' | 'Pipeline';
  /** The referring part, as messages name it. */
  readonly what: string;
}

/** A Pipeline, an Experiment or a Model that refers to a Model or a Pipeline which does not exist. */
export const unknownModelReference: Rule = {
  id: 'unknown-model-reference',
  level: Level.WARNING,
  title: 'A step or a candidate that does not exist',
  page: {
    explanation: `
A step of a Pipeline is a Model of its namespace, and a candidate or the mirror of an Experiment a Model or a Pipeline. An explainer and an LLM
component refer to one as well. Seldon accepts an object whose Models do not exist yet, and waits: it becomes ready as soon as they are created.

So the finding is a warning, and only if other objects of the same kind and namespace are among the manifests. If the missing one is in another
file, add that file as context.`,
    wrong: examples(modelOf('preprocess'), modelOf('classifier-v2'), core2Example('Pipeline', 'income', `  steps:
    - name: preprocess
    - name: classifier
      inputs: [preprocess]
  output: { steps: [classifier] }`)),
    right: examples(modelOf('preprocess'), modelOf('classifier'), core2Example('Pipeline', 'income', `  steps:
    - name: preprocess
    - name: classifier
      inputs: [preprocess]
  output: { steps: [classifier] }`)),
  },
  check: (cluster: Cluster) => [
    ...cluster.all(ClusterKind.PIPELINE).flatMap((object) => problemsOf(cluster, object, stepsOf(object))),
    ...cluster.all(ClusterKind.EXPERIMENT).flatMap((object) => problemsOf(cluster, object, armsOf(object))),
    ...cluster.all(ClusterKind.MODEL).flatMap((object) => problemsOf(cluster, object, explainedBy(object))),
  ],
};

const KINDS = { Model: ClusterKind.MODEL, Pipeline: ClusterKind.PIPELINE } as const;

function stepsOf({ manifest }: ClusterObject): Reference[] {
  return readPipeline(manifest).steps.map(({ name, field }) => ({ field: [...field, 'name'], name, kind: 'Model', what: `step ${show(name)}` }));
}

function armsOf({ manifest }: ClusterObject): Reference[] {
  const { candidates, mirror, kind } = readExperiment(manifest);
  return [
    ...candidates.map(({ name, field }) => ({ field: [...field, 'name'], name, kind, what: `candidate ${show(name)}` })),
    ...mirror === undefined ? [] : [{ field: [...mirror.field, 'name'], name: mirror.name, kind, what: `mirror ${show(mirror.name)}` }],
  ];
}

function explainedBy({ spec }: ClusterObject): Reference[] {
  return ['explainer', 'llm'].flatMap((part) => [['modelRef', 'Model'] as const, ['pipelineRef', 'Pipeline'] as const].flatMap(([ref, kind]): Reference[] => {
    const holder = spec[part];
    const name = isObject(holder) ? stringOf(holder[ref]) : undefined;
    return name === undefined ? [] : [{ field: ['spec', part, ref], name, kind, what: `${ref} ${show(name)} of ${part}` }];
  }));
}

function problemsOf(cluster: Cluster, object: ClusterObject, references: readonly Reference[]): Problem[] {
  return references.flatMap(({ field, name, kind, what }) => {
    const { namespace } = object;
    const known = cluster.derived(namesByKind).get(`${kind} ${namespace}`);
    const own = object.kind === kind ? object.name : '';
    if (known?.hasOther(own) !== true || cluster.find(KINDS[kind], namespace, name) !== undefined) return [];
    const near = known.find(name, own);
    return [{
      object,
      field,
      problem: `${what} is ${kind} ${namespace}/${name}, which does not exist`,
      remedy: near === undefined ? `create the ${kind}, or add the file that holds it as context` : `did you mean ${show(near)}?`,
    }];
  });
}

function namesByKind(cluster: Cluster): ReadonlyMap<string, NearNames> {
  const objects = [ClusterKind.MODEL, ClusterKind.PIPELINE].flatMap((kind) => cluster.all(kind));
  return NearNames.ofGroups(groupBy(objects, ({ kind, namespace }) => `${kind} ${namespace}`));
}
