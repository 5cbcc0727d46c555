import * as fc from 'fast-check';
import { list, mapOf, maybe, mostly, Ms, ms, oneOf, rarely, record, unique, usually } from './values';

/** What a step reads: of a step of the Pipeline or, without one, of the Pipeline itself. */
export interface DataSpec {
  readonly step?: string;
  readonly side: 'input' | 'output';
  readonly tensor?: string;
}

/** A step of a Pipeline. */
export interface StepSpec {
  readonly name: string;
  readonly inputs?: readonly DataSpec[];
  readonly triggers?: readonly DataSpec[];
  readonly inputsJoin?: string;
  readonly joinWindow?: Ms;
  readonly batch?: { readonly size?: number; readonly window?: Ms };
}

/** A Pipeline, whose Models the app need not have. */
export interface PipelineSpec {
  readonly kind: 'pipeline';
  readonly name: string;
  readonly chart: number;
  /** Not made by the app. */
  readonly existing?: boolean;
  readonly steps: readonly StepSpec[];
  readonly output?: readonly DataSpec[];
  /** What it reads of a Pipeline that is not made by the app. */
  readonly input?: readonly DataSpec[];
  readonly props: any;
}

const STEPS = ['first', 'second', 'third'] as const;

const tensor = maybe(mostly(oneOf('x', 'OUTPUT0'), ['', 'a.b'], 40));
const same = (one: DataSpec) => JSON.stringify(one);
const dataOf = (steps: readonly string[], odd: readonly string[]) => record<DataSpec>({
  step: mostly(oneOf<string>(...steps), odd, 20), side: mostly(fc.constant('output' as const), ['input' as const], 3), tensor,
});
const incoming = record<DataSpec>({ step: fc.constant(undefined), side: mostly(fc.constant('input' as const), ['output' as const], 30), tensor });

/** A step that mostly reads the ones before it. */
function step(position: number): fc.Arbitrary<StepSpec> {
  const before = STEPS.slice(0, position);
  const readable = before.length === 0 ? incoming : fc.oneof({ arbitrary: incoming, weight: 1 }, { arbitrary: dataOf(before, ['third', 'no-one']), weight: 3 });
  const some = usually(unique(readable, same, 1, 2), list(readable, 0, 2), 10);
  return record<StepSpec>({
    name: mostly(fc.constant(STEPS[position]), ['pipe', 'first', 'a.b'], 60),
    inputs: maybe(some),
    triggers: rarely(some, 4),
    inputsJoin: rarely(mostly(oneOf('inner', 'outer', 'any'), ['left'])),
    joinWindow: rarely(mostly(oneOf(ms(1), ms(1000), ms(0)), [ms(0.5), ms(2 ** 31)])),
    batch: rarely(record<{ size?: number; window?: Ms }>({ size: maybe(mostly(oneOf(20), [0, 1.5])), window: rarely(oneOf(ms(500))) })),
  });
}

/** A Pipeline of one to three steps. */
export const pipeline = (name: string): fc.Arbitrary<PipelineSpec> => record<PipelineSpec>({
  kind: fc.constant('pipeline' as const),
  name: mostly(fc.constant(name), ['pipe.v1', 'Pipe', '', 'first'], 60),
  chart: mostly(fc.constant(0), [1], 12),
  existing: rarely(fc.constant(true), 12),
  steps: mostly(fc.oneof(
    { arbitrary: fc.tuple(step(0)) as fc.Arbitrary<StepSpec[]>, weight: 1 },
    { arbitrary: fc.tuple(step(0), step(1)), weight: 1 },
    { arbitrary: fc.tuple(step(0), step(1), step(2)), weight: 1 },
  ), [[]]),
  output: maybe(usually(unique(dataOf(['first'], ['no-one']), same, 1, 2), list(incoming, 0, 1), 10)),
  input: rarely(usually(unique(record<DataSpec>({ step: maybe(oneOf('any')), side: oneOf('output', 'input'), tensor }), same, 1, 2), fc.constant<DataSpec[]>([]), 10)),
  props: record<object>({
    allowCycles: rarely(fc.boolean()),
    maxStepRevisits: rarely(mostly(oneOf(0, 3), [-1, 1.5, 2 ** 31])),
    cleanTopicsOnDelete: rarely(fc.boolean()),
    metadata: rarely(record<object>({ labels: mapOf(oneOf('team'), oneOf('risk')) })),
  }),
});
