import { PipelineData } from './pipeline-data';
import { show } from '../../plan/checks/errors';

/** What the steps of a Pipeline read from each other. */
interface Graph {
  /** Data that each step reads or waits for, by its name, in order. */
  readonly steps: ReadonlyMap<string, readonly PipelineData[]>;
  /** What the Pipeline answers. */
  readonly output?: readonly PipelineData[];
  readonly allowCycles: boolean;
  readonly maxStepRevisits: number;
}

/** The answer of the whole Pipeline, as a step reads it. No step has this name. */
const ANSWER = '';

/**
 * Finds what is wrong with a Pipeline as a whole, once all its steps are there. Seldon never asks whether triggers are of known
 * steps, and stumbles over others when it looks for cycles.
 *
 * @internal
 */
export function graphProblems(graph: Graph): string[] {
  const { steps, output } = graph;
  if (steps.size === 0) return ['a Pipeline without steps: add at least one'];
  const problems: string[] = [];
  const known = [...steps.keys()].map(show).join(', ');
  const unknown = (reader: string, data: readonly PipelineData[]) => {
    for (const { _step } of data) {
      if (_step !== undefined && !steps.has(_step)) problems.push(`${reader} reads step ${show(_step)}, which the Pipeline does not have: expected one of ${known}`);
    }
  };
  for (const [name, data] of steps) {
    unknown(`step ${show(name)}`, data);
    if (output === undefined && data.some(isAnswer)) problems.push(`step ${show(name)} reads what the Pipeline answers, which is nothing: add an output`);
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
    ? `maxStepRevisits 0 and a cycle, ${path}: what comes round fails when it runs: say how often a request may come back to a step`
    : `a cycle, ${path}: break it, or allow it with allowCycles and maxStepRevisits`];
}

function sourcesOf(data: readonly PipelineData[]): string[] {
  return [...new Set(data.filter((each) => each._step !== undefined || isAnswer(each)).map(({ _step }) => _step ?? ANSWER))];
}

/** The first cycle, each node read by the one before it, looked for in linear time and without recursion. */
function findCycle(graph: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>();
  for (const start of graph.keys()) {
    const path: string[] = [];
    const onPath = new Set<string>();
    const pending = [{ node: start, depth: 0 }];
    while (pending.length > 0) {
      const { node, depth } = pending.pop()!;
      while (path.length > depth) {
        const left = path.pop()!;
        onPath.delete(left);
        done.add(left);
      }
      if (onPath.has(node)) return [...path.slice(path.indexOf(node)), node];
      if (done.has(node)) continue;
      path.push(node);
      onPath.add(node);
      for (const next of [...graph.get(node)!].reverse()) pending.push({ node: next, depth: depth + 1 });
    }
    for (const left of path) done.add(left);
  }
  return undefined;
}
