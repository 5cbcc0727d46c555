import { findCycle } from './cycles';
import { readPipeline, WrittenReference } from './pipeline';
import { readReference } from './pipeline-reference';
import { show } from '../../plan/checks/errors';
import { Fault } from '../fault';
import { JsonObject, numberOf } from '../json';

/** The node of the Pipeline's output. No step has this name. */
const OUTPUT = '';

/**
 * Finds steps that wait for themselves.
 *
 * @internal
 */
export function* pipelineCycleFaults(manifest: JsonObject): Iterable<Fault> {
  const { name: pipeline, steps, output, spec } = readPipeline(manifest);
  const revisits = numberOf(spec.maxStepRevisits) ?? 0;
  if (spec.allowCycles === true && revisits > 0) return;
  const known = new Set(steps.map(({ name }) => name));
  const sources = (references: readonly WrittenReference[]) => references.flatMap(({ text }) => {
    const read = readReference(text, pipeline);
    if (read === undefined) return [];
    if (read.step === undefined) return read.side === 'outputs' ? [OUTPUT] : [];
    return known.has(read.step) ? [read.step] : [];
  });
  // A repeated step is a fault of its own, and the last one counts here.
  const graph = new Map(steps.map(({ name, inputs, triggers }) => [name, sources([...inputs, ...triggers])]));
  graph.set(OUTPUT, sources(output ?? []));
  const cycle = findCycle(graph);
  if (cycle === undefined) return;
  const first = cycle.find((name) => name !== OUTPUT)!;
  const field = steps.find(({ name }) => name === first)!.field;
  const path = cycle.length === 2 ? `step ${show(first)} reads its own data`
    : `steps wait for each other (${cycle.map((name) => (name === OUTPUT ? 'the output' : show(name))).join(', which reads ')})`;
  if (spec.allowCycles === true) {
    yield { field, problem: `${path}, and maxStepRevisits is 0, so requests that return to a step fail`, remedy: 'set how often a request may return', level: 'warning' };
  } else if (cycle.includes(OUTPUT)) {
    // The scheduler does not follow the output of the Pipeline.
    yield { field, problem: `${path}, so the Pipeline may never respond`, remedy: 'read data of a step instead of the output', level: 'warning' };
  } else {
    yield { field, problem: path, remedy: 'break the cycle, or allow it with allowCycles and maxStepRevisits' };
  }
}
