import { readPipeline, WrittenReference } from './pipeline';
import { readReference } from './pipeline-reference';
import { show } from '../../plan/checks/errors';
import { NearNames } from '../../plan/near-names';
import { Fault } from '../fault';
import { JsonObject } from '../json';

const OUTPUT = 'the output';

/** Maximum number of names that a message lists. */
const LISTED = 5;

/**
 * Finds references to steps that a Pipeline does not have, and to an output that it does not have.
 *
 * @internal
 */
export function* unknownStepFaults(manifest: JsonObject): Iterable<Fault> {
  const { name: pipeline, steps, output } = readPipeline(manifest);
  const names = new Set(steps.map(({ name }) => name));
  const near = new NearNames(names);
  const check = function* (references: readonly WrittenReference[], reader: string, reads: string): Iterable<Fault> {
    for (const { text, field } of references) {
      const read = readReference(text, pipeline);
      if (read === undefined) continue;
      if (read.step !== undefined && !names.has(read.step)) {
        yield { field, problem: `${reader} ${reads} step ${show(read.step)}, which the Pipeline does not have`, remedy: remedyFor(read.step, names, near) };
      } else if (read.step === undefined && reader === OUTPUT) {
        yield { field, problem: `the output returns ${show(text)}, but a Pipeline returns only data of its steps`, remedy: 'name a step' };
      } else if (read.step === undefined && read.side === 'outputs' && output === undefined) {
        yield { field, problem: `${reader} ${reads} the output of the Pipeline, which has none`, remedy: 'add an output, or read data of a step' };
      }
    }
  };
  for (const { name, inputs, triggers } of steps) {
    yield* check(inputs, `step ${show(name)}`, 'reads');
    yield* check(triggers, `step ${show(name)}`, 'waits for');
  }
  yield* check(output ?? [], OUTPUT, 'returns');
}

/** Names the step that is most likely intended, or all that there are. */
export function remedyFor(name: string, known: Iterable<string>, names: NearNames = new NearNames(known)): string {
  const near = names.find(name);
  if (near !== undefined) return `did you mean ${show(near)}?`;
  const all = firstOf(known, LISTED + 1).map(show);
  if (all.length === 0) return 'add the step';
  return `expected ${all.length === 1 ? '' : 'one of '}${all.slice(0, LISTED).join(', ')}${all.length > LISTED ? ' or another step' : ''}`;
}

function firstOf(names: Iterable<string>, count: number): string[] {
  const found: string[] = [];
  for (const name of names) if (found.push(name) === count) break;
  return found;
}
