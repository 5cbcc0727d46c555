import { CORE2_NAME, isCore2Name } from './core2-names';
import { readExperiment } from './experiment';
import { readPipeline } from './pipeline';
import { show } from '../../plan/checks/errors';
import { Fault } from '../fault';
import { JsonObject, objectOf, stringOf } from '../json';

/** Kubernetes adds a hash to the name of a Server's StatefulSet in a label of its pods. */
const MAX_SERVER = 52;
const SERVER = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;

/**
 * Finds names of Models, Pipelines, Experiments' candidates and Servers that Seldon or Kubernetes rejects after the apply.
 *
 * @internal
 */
export function* core2NameFaults(manifest: JsonObject): Iterable<Fault> {
  const name = stringOf(objectOf(manifest.metadata).name);
  const field = ['metadata', 'name'];
  switch (manifest.kind) {
    case 'Experiment':
      yield* candidateNameFaults(manifest);
      return;
    case 'Server':
      if (name === undefined || (name.length <= MAX_SERVER && SERVER.test(name))) return;
      yield {
        field,
        problem: `the name of the Server, ${show(name)}, cannot be that of its Services and pods`,
        remedy: `expected at most ${MAX_SERVER} lower-case letters, digits and hyphens, starting with a letter and not ending with a hyphen`,
      };
      return;
    default:
      if (name !== undefined && !isCore2Name(name)) yield { field, problem: `Seldon rejects the name ${show(name)}`, remedy: CORE2_NAME };
      if (manifest.kind === 'Pipeline') yield* stepNameFaults(manifest);
  }
}

function* stepNameFaults(manifest: JsonObject): Iterable<Fault> {
  for (const { name, field } of readPipeline(manifest).steps) {
    if (!isCore2Name(name)) yield { field: [...field, 'name'], problem: `no Model can have the name of step ${show(name)}`, remedy: CORE2_NAME };
  }
}

function* candidateNameFaults(manifest: JsonObject): Iterable<Fault> {
  const { candidates, mirror, kind } = readExperiment(manifest);
  for (const { name, field } of [...candidates, ...mirror === undefined ? [] : [mirror]]) {
    if (!isCore2Name(name)) yield { field: [...field, 'name'], problem: `no ${kind} can have the name ${show(name)}`, remedy: CORE2_NAME };
  }
}
