import { PipelineData } from './pipeline-data';
import { findCycle } from '../../objects/core2/cycles';
import { inSentences, show } from '../../plan/checks/errors';

/** The dependencies of the steps of a Pipeline. */
interface Graph {
  /** Data that each step reads or waits for, by the name of the step. */
  readonly steps: ReadonlyMap<string, readonly PipelineData[]>;
  /** The output of the Pipeline. */
  readonly output?: readonly PipelineData[];
  readonly allowCycles: boolean;
  readonly maxStepRevisits: number;
}

/** The node of the Pipeline's output. No step has this name. */
const ANSWER = '';

/**
 * Finds problems of a Pipeline as a whole, once all its steps exist. Seldon does not check that the steps of triggers exist,
 * and fails on unknown ones when it looks for cycles.
 *
 * @internal
 */
export function graphProblems(graph: Graph): string[] {
  const { steps, output } = graph;
  if (steps.size === 0) return [inSentences('a Pipeline without steps', 'add at least one')];
  const problems: string[] = [];
  const known = [...steps.keys()].map(show).join(', ');
  const unknown = (reader: string, data: readonly PipelineData[]) => {
    for (const { _step } of data) {
      if (_step !== undefined && !steps.has(_step)) problems.push(inSentences(`${reader} reads step ${show(_step)}, which the Pipeline does not have`, `expected one of ${known}`));
    }
  };
  for (const [name, data] of steps) {
    unknown(`step ${show(name)}`, data);
    if (output === undefined && data.some(isAnswer)) problems.push(inSentences(`step ${show(name)} reads the output of the Pipeline, which has none`, 'add an output'));
  }
  unknown('the output', output ?? []);
  return problems.length > 0 ? problems : cycleProblems(graph);
}

function isAnswer({ _step, _side }: PipelineData): boolean {
  return _step === undefined && _side === 'outputs';
}

function cycleProblems({ steps, output, allowCycles, maxStepRevisits }: Graph): string[] {
  if (allowCycles && maxStepRevisits > 0) return [];
  const cycle = findCycle(new Map([...[...steps].map(([name, data]) => [name, sourcesOf(data)] as const), [ANSWER, sourcesOf(output ?? [])]]));
  if (cycle === undefined) return [];
  const path = cycle.map((name) => (name === ANSWER ? 'the output' : show(name))).join(', which reads ');
  return [allowCycles
    ? inSentences(`maxStepRevisits 0 and a cycle, ${path}`, 'requests that return to a step would fail. Set how often a request may return')
    : inSentences(`a cycle, ${path}`, 'break it, or allow it with allowCycles and maxStepRevisits')];
}

function sourcesOf(data: readonly PipelineData[]): string[] {
  return [...new Set(data.filter((each) => each._step !== undefined || isAnswer(each)).map(({ _step }) => _step ?? ANSWER))];
}
