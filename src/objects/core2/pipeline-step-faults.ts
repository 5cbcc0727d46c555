import { readPipeline } from './pipeline';
import { show } from '../../plan/checks/errors';
import { Fault } from '../fault';
import { JsonObject } from '../json';

/**
 * Finds steps because of which Seldon's scheduler rejects a Pipeline.
 *
 * @internal
 */
export function* pipelineStepFaults(manifest: JsonObject): Iterable<Fault> {
  const { name: pipeline, steps, spec } = readPipeline(manifest);
  if (!Array.isArray(spec.steps) || spec.steps.length === 0) {
    yield { field: Array.isArray(spec.steps) ? ['spec', 'steps'] : ['spec'], problem: 'the Pipeline has no steps', remedy: 'add at least one' };
  }
  const names = new Set<string>();
  for (const { name, field } of steps) {
    if (names.has(name)) {
      yield {
        field,
        problem: `step ${show(name)} appears twice, but a Model can be only one step of a Pipeline`,
        remedy: 'remove one of them, or add a second Model with the same files',
      };
    }
    names.add(name);
    if (name === pipeline) {
      yield {
        field,
        problem: `step ${show(name)} has the name of the Pipeline, so references to data could mean either of them`,
        remedy: 'rename one of them',
      };
    }
  }
}
