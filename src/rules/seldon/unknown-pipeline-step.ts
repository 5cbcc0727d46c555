import { problemsIn } from './each-object';
import { core2Example } from './examples';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { JsonObject } from '../../cluster/json';
import { readPipeline } from '../../objects/core2/pipeline';
import { readExternalReference } from '../../objects/core2/pipeline-reference';
import { remedyFor, unknownStepFaults } from '../../objects/core2/unknown-step-faults';
import { Fault } from '../../objects/fault';
import { show } from '../../plan/checks/errors';
import { groupBy } from '../../plan/groups';
import { NearNames } from '../../plan/near-names';
import { Level } from '../level';
import { Rule } from '../rule';

/** A Pipeline that reads data which does not exist. */
export const unknownPipelineStep: Rule = {
  id: 'unknown-pipeline-step',
  level: Level.ERROR,
  title: 'A Pipeline reads data that does not exist',
  page: {
    explanation: `
The inputs and triggers of a step, and the output, name steps of the same Pipeline. Seldon's scheduler rejects a Pipeline whose inputs or output
name a step that it does not have, in a status condition. It does not check triggers, and fails on them later.

The \`input\` of a Pipeline names other Pipelines of the namespace, and Seldon does not check that they exist. The rule reports a step or an
output that such a Pipeline does not have. A Pipeline that does not exist is a warning, and only if other Pipelines of the namespace are among
the manifests, since it may be in another file.`,
    wrong: core2Example('Pipeline', 'income', `  steps:
    - name: preprocess
    - name: classifier
      inputs: [preprocessor.outputs.OUTPUT0]
  output: { steps: [classifier] }`),
    right: core2Example('Pipeline', 'income', `  steps:
    - name: preprocess
    - name: classifier
      inputs: [preprocess.outputs.OUTPUT0]
  output: { steps: [classifier] }`),
  },
  check: (cluster: Cluster) => cluster.all(ClusterKind.PIPELINE).flatMap((object) => [
    ...problemsIn(object, unknownStepFaults),
    ...problemsIn(object, (manifest) => externalFaults(cluster, object, manifest)),
  ]),
};

function* externalFaults(cluster: Cluster, { namespace }: ClusterObject, manifest: JsonObject): Iterable<Fault> {
  const { name: pipeline, external } = readPipeline(manifest);
  for (const { text, field } of [...external?.inputs ?? [], ...external?.triggers ?? []]) {
    const read = readExternalReference(text);
    if (read === undefined || read.pipeline === pipeline) continue;
    const other = cluster.find(ClusterKind.PIPELINE, namespace, read.pipeline);
    if (other === undefined) {
      const known = cluster.derived(pipelinesByNamespace).get(namespace)!;
      if (!known.hasOther(pipeline)) continue;
      const near = known.find(read.pipeline, pipeline);
      yield {
        field,
        problem: `the input reads Pipeline ${namespace}/${read.pipeline}, which does not exist`,
        remedy: near === undefined ? 'create the Pipeline, or add the file that holds it as context' : `did you mean ${show(near)}?`,
        level: 'warning',
      };
      continue;
    }
    const { steps, output } = readPipeline(other.manifest);
    if (read.step !== undefined && !steps.some(({ name }) => name === read.step)) {
      yield { field, problem: `the input reads step ${show(read.step)} of ${other}, which does not have it`, remedy: remedyFor(read.step, steps.map(({ name }) => name)) };
    } else if (read.step === undefined && read.side === 'outputs' && output === undefined) {
      yield { field, problem: `the input reads the output of ${other}, which has none`, remedy: 'add an output to it, or read data of one of its steps' };
    }
  }
}

function pipelinesByNamespace(cluster: Cluster): ReadonlyMap<string, NearNames> {
  return NearNames.ofGroups(groupBy(cluster.all(ClusterKind.PIPELINE), ({ namespace }) => namespace));
}
