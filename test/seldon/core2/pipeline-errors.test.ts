import { ApiObject, App, Chart, Duration } from 'cdk8s';
import { Model } from '../../../src/seldon/core2/model';
import { Pipeline, PipelineData, PipelineInput, PipelineJoin, PipelineOutput, PipelineProps, PipelineStepProps } from '../../../src/seldon/core2/pipeline';
import { findingsOf } from '../../support/errors';

const RULE = 'Expected lower-case letters, digits and hyphens, with no hyphen at the ends, since Seldon Core 2 accepts no dots, capitals or underscores';
const INT32 = 'Expected a whole number from 0 to 2147483647';
const WINDOW = 'Expected 0 to 2147483647 ms, in whole milliseconds';
const DATA = 'Expected data, such as step.output() or pipeline.input("x")';
const JOIN = 'Expected one of inner, outer, any';
const TENSOR = 'Expected a name without dots and spaces';

function chartOf(namespace?: string): Chart {
  return new Chart(new App(), 'chart', { namespace });
}

function pipeline(props?: PipelineProps, id = 'pipe', chart = chartOf('models')): Pipeline {
  return new Pipeline(chart, id, props);
}

describe('the pipeline', () => {
  test.each(['pipe.v1', 'Pipe', 'pipe_1', '-pipe', 'a'.repeat(254)])('fails with the name %s', (id) => {
    expect(() => pipeline({}, id)).toThrow(new Error(`name of Pipeline "${id}". ${RULE} (at chart/${id})`));
  });

  test.each<[string, unknown, string]>([
    ['null', null, 'props null. Expected an object with allowCycles, cleanTopicsOnDelete, input or maxStepRevisits'],
    ['a negative number of revisits', { maxStepRevisits: -1 }, `maxStepRevisits -1. ${INT32}`],
    ['revisits that Kubernetes refuses', { maxStepRevisits: 2147483648 }, `maxStepRevisits 2147483648. ${INT32}`],
    ['allowCycles as a string', { allowCycles: 'yes' }, 'allowCycles "yes". Expected true or false'],
    ['cleanTopicsOnDelete as a number', { cleanTopicsOnDelete: 1 }, 'cleanTopicsOnDelete 1. Expected true or false'],
  ])('fails with %s', (_what, props, message) => {
    expect(() => pipeline(props as PipelineProps)).toThrow(new Error(`${message} (at chart/pipe)`));
  });

  test('fails without steps', () => {
    expect(findingsOf(pipeline())).toEqual(['[chart/pipe] a Pipeline without steps. Add at least one']);
  });
});

describe('a step', () => {
  test('fails with the name of the pipeline', () => {
    expect(() => pipeline().addStepNamed('pipe'))
      .toThrow(new Error('step "pipe" has the name of the Pipeline. Seldon could not distinguish them. Rename one of them (at chart/pipe)'));
  });

  test('fails when its model is a step already', () => {
    const made = pipeline();
    made.addStepNamed('model');

    expect(() => made.addStepNamed('model'))
      .toThrow(new Error('step "model" twice. A Model can be only one step of a Pipeline. For another step add a second Model with the same files (at chart/pipe)'));
  });

  test.each(['model.v1', 'Model', ''])('fails with the name %j', (name) => {
    expect(() => pipeline().addStepNamed(name)).toThrow(new Error(`name of a step "${name}". ${RULE} (at chart/pipe)`));
  });

  test('fails with a model of another namespace', () => {
    const chart = chartOf('models');
    const model = new Model(chart, 'model', { storageUri: 'gs://models/model', namespace: 'team' });

    expect(() => pipeline({}, 'pipe', chart).addStep(model))
      .toThrow(new Error('Model team/model as a step. The Model must be in the namespace of the Pipeline, "models" (at chart/pipe)'));
  });

  test.each([[undefined, 'undefined'], ['model', '"model"'], [null, 'null']])('fails with %j instead of a model', (model, shown) => {
    expect(() => pipeline().addStep(model as never)).toThrow(new Error(`a step of ${shown}. Expected a Model. For a name use addStepNamed (at chart/pipe)`));
  });

  test.each<[string, (pipe: Pipeline) => unknown, string]>([
    ['props that are none', () => 5, 'step "model" 5. Expected an object with batch, inputs, inputsJoin or joinWindow'],
    ['inputs outside a list', () => ({ inputs: 'first' }), 'inputs of step "model" "first". Expected a list in which each entry is data, such as step.output() or pipeline.input("x")'],
    ['an empty input', () => ({ inputs: [''] }), `inputs[0] of step "model" "". ${DATA}`],
    ['an empty trigger', () => ({ triggers: [undefined] }), `triggers[0] of step "model" undefined. ${DATA}`],
    ['an input as a string', () => ({ inputs: ['first.outputs'] }), `inputs[0] of step "model" "first.outputs". ${DATA}`],
    ['a trigger as a string', () => ({ triggers: ['first.output.x'] }), `triggers[0] of step "model" "first.output.x". ${DATA}`],
    ['a step instead of its data', (pipe) => ({ inputs: [pipe.step('first')] }), `inputs[0] of step "model" an object. ${DATA}`],
    ['an input named twice', (pipe) => ({ inputs: [pipe.input('x'), pipe.input('x')] }), 'pipe.inputs.x twice in inputs of step "model". List it once'],
    ['inputs of another pipeline', (pipe) => ({ inputs: [Pipeline.fromPipelineName(pipe, 'other', 'other').output()] }),
      'other.outputs of another Pipeline in inputs of step "model". Steps read only data of their own Pipeline. Add it to the `input` of the Pipeline'],
    ['triggers of another pipeline', (pipe) => ({ triggers: [Pipeline.fromPipelineName(pipe, 'other', 'other').step('a').input('x')] }),
      'other.step.a.inputs.x of another Pipeline in triggers of step "model". Steps read only data of their own Pipeline. Add it to the `input` of the Pipeline'],
    ['an unknown join', () => ({ inputsJoin: 'left' }), `inputsJoin of step "model" "left". ${JOIN}`],
    ['an unknown join of triggers', () => ({ triggersJoin: 'INNER' }), `triggersJoin of step "model" "INNER". ${JOIN}`],
    ['a window as a number', () => ({ joinWindow: 5 }), 'joinWindow of step "model" 5. Expected a Duration, such as Duration.seconds(5)'],
    ['a window of a part of a millisecond', () => ({ joinWindow: Duration.millis(0.5) }), `joinWindow of step "model" of 0.5 ms. ${WINDOW}`],
    ['a window that is too long', () => ({ joinWindow: Duration.days(30) }), `joinWindow of step "model" of 2592000000 ms. ${WINDOW}`],
    ['a batch of nothing', () => ({ batch: { size: 0 } }), 'size of batch of step "model" 0. Expected a whole number from 1 to 2147483647'],
    ['a batch of a part', () => ({ batch: { size: 1.5 } }), 'size of batch of step "model" 1.5. Expected a whole number from 1 to 2147483647'],
    ['a batch of no time', () => ({ batch: { window: Duration.millis(0) } }),
      'window of batch of step "model" of 0 ms. Expected 1 to 2147483647 ms, in whole milliseconds'],
    ['a batch that is a number', () => ({ batch: 20 }), 'batch of step "model" 20. Expected an object with rolling, size or window'],
    ['rolling as a string', () => ({ batch: { rolling: 'yes' } }), 'batch.rolling of step "model" "yes". Expected true or false'],
    ['a tensor map outside a list', (pipe) => ({ tensorMap: { from: pipe.input('x'), to: 'y' } }),
      'tensorMap of step "model" an object. Expected a list of objects with from and to'],
    ['a mapping of nothing', () => ({ tensorMap: [{ to: 'y' }] }), `tensorMap[0].from of step "model" undefined. ${DATA}`],
    ['a mapping to nothing', (pipe) => ({ tensorMap: [{ from: pipe.input('x'), to: '' }] }), `name for pipe.inputs.x in tensorMap of step "model" "". ${TENSOR}`],
    ['a mapping to a reference', (pipe) => ({ tensorMap: [{ from: pipe.input('x'), to: 'a.b' }] }),
      `name for pipe.inputs.x in tensorMap of step "model" "a.b". ${TENSOR}`],
    ['a mapping of all tensors', (pipe) => ({ tensorMap: [{ from: pipe.input(), to: 'y' }] }),
      'pipe.inputs in tensorMap of step "model". Use one tensor of it, such as pipe.inputs.y'],
    ['two names for a tensor', (pipe) => ({ tensorMap: [{ from: pipe.input('x'), to: 'a' }, { from: pipe.input('x'), to: 'b' }] }),
      'pipe.inputs.x twice in tensorMap of step "model". List it once'],
    ['two tensors of one name', (pipe) => ({ tensorMap: [{ from: pipe.input('x'), to: 'a' }, { from: pipe.input('y'), to: 'a' }] }),
      'pipe.inputs.x and pipe.inputs.y are both "a" in tensorMap of step "model". One of them would be lost. Give each a unique name'],
    ['two tensors of one name, of what comes together', (pipe) => ({
      inputs: [pipe.input(), pipe.step('a').output()],
      inputsJoin: PipelineJoin.ANY,
      tensorMap: [{ from: pipe.step('a').output('x'), to: 'a' }, { from: pipe.step('a').output('y'), to: 'a' }],
    }), 'pipe.step.a.outputs.x and pipe.step.a.outputs.y are both "a" in tensorMap of step "model". One of them would be lost. Give each a unique name'],
    ['a mapping of what is not read', (pipe) => ({ inputs: [pipe.input('x')], tensorMap: [{ from: pipe.input('y'), to: 'a' }] }),
      'pipe.inputs.y in tensorMap of step "model" is not read. Expected a tensor of pipe.inputs.x'],
    ['a mapping of what only triggers', (pipe) => ({ triggers: [pipe.step('a').output()], tensorMap: [{ from: pipe.step('a').output('y'), to: 'a' }] }),
      'pipe.step.a.outputs.y in tensorMap of step "model" is not read. Expected a tensor of pipe.inputs'],
  ])('fails with %s', (_what, props, message) => {
    const made = pipeline();

    expect(() => made.addStepNamed('model', props(made) as PipelineStepProps)).toThrow(new Error(`${message} (at chart/pipe)`));
  });

  test('fails when it reads a step that is not there', () => {
    const made = pipeline();
    made.addStepNamed('a');
    made.addStepNamed('b', { inputs: [made.step('c').output()] });

    expect(findingsOf(made)).toEqual(['[chart/pipe] step "b" reads step "c", which the Pipeline does not have. Expected one of "a", "b"']);
  });

  test('fails when it waits for a step that is not there', () => {
    const made = pipeline();
    made.addStepNamed('a', { triggers: [made.step('b').output('go')] });

    expect(findingsOf(made)).toEqual(['[chart/pipe] step "a" reads step "b", which the Pipeline does not have. Expected one of "a"']);
  });

  test('fails when it reads the output of a pipeline without one', () => {
    const made = pipeline();
    made.addStepNamed('a', { inputs: [made.output()] });

    expect(findingsOf(made)).toEqual(['[chart/pipe] step "a" reads the output of the Pipeline, which has none. Add an output']);
  });
});

describe('a reference', () => {
  test.each<[string, (pipe: Pipeline) => PipelineData, string]>([
    ['an empty tensor', (pipe) => pipe.step('a').output(''), `tensor of step "a" of Pipeline pipe "". ${TENSOR}`],
    ['a tensor with a dot', (pipe) => pipe.input('a.b'), `tensor of Pipeline pipe "a.b". ${TENSOR}`],
    ['a tensor with a space', (pipe) => pipe.output('a b'), `tensor of Pipeline pipe "a b". ${TENSOR}`],
    ['a tensor that is a number', (pipe) => pipe.step('a').input(5 as never), 'tensor of step "a" of Pipeline pipe 5. Expected a string'],
    ['an invalid step', (pipe) => pipe.step('a.outputs').output(), `name of a step "a.outputs". ${RULE}`],
    ['an empty step', (pipe) => pipe.step('').output(), `name of a step "". ${RULE}`],
  ])('fails with %s', (_what, data, message) => {
    const made = pipeline();

    expect(() => data(made)).toThrow(new Error(`${message} (at chart/pipe)`));
  });

  test('fails at the pipeline that this app does not define', () => {
    const other = Pipeline.fromPipelineName(chartOf(), 'other', 'pipe');

    expect(() => other.step('a').output('b.c')).toThrow(new Error(`tensor of step "a" of Pipeline pipe "b.c". ${TENSOR} (at chart/other)`));
  });
});

describe('a cycle', () => {
  test('fails through inputs', () => {
    const made = pipeline();
    made.addStepNamed('a', { inputs: [made.step('c').output()] });
    made.addStepNamed('b', { inputs: [made.step('a').output()] });
    made.addStepNamed('c', { inputs: [made.step('b').output('x')] });

    expect(findingsOf(made)).toEqual(
      ['[chart/pipe] a cycle, "a", which reads "c", which reads "b", which reads "a". Break it, or allow it with allowCycles and maxStepRevisits']);
  });

  test('fails through triggers, and behind steps that are not in it', () => {
    const made = pipeline();
    made.addStepNamed('start');
    made.addStepNamed('end', { inputs: [made.step('start').output(), made.step('a').output()] });
    made.addStepNamed('a', { inputs: [made.step('start').output()], triggers: [made.step('b').output()] });
    made.addStepNamed('b', { inputs: [made.step('a').input()] });

    expect(findingsOf(made)).toEqual(
      ['[chart/pipe] a cycle, "a", which reads "b", which reads "a". Break it, or allow it with allowCycles and maxStepRevisits']);
  });

  test('fails behind a way that ends', () => {
    const made = pipeline();
    made.addStepNamed('d', { inputs: [made.step('b').output(), made.step('c').output()] });
    made.addStepNamed('b', { inputs: [made.step('a').output()] });
    made.addStepNamed('c', { inputs: [made.step('a').output(), made.step('d').output()] });
    made.addStepNamed('a');

    expect(findingsOf(made)).toEqual(
      ['[chart/pipe] a cycle, "d", which reads "c", which reads "d". Break it, or allow it with allowCycles and maxStepRevisits']);
  });

  test('fails for a step that reads itself', () => {
    const made = pipeline();
    made.addStepNamed('a', { inputs: [made.input(), made.step('a').output()] });

    expect(findingsOf(made)).toEqual(['[chart/pipe] a cycle, "a", which reads "a". Break it, or allow it with allowCycles and maxStepRevisits']);
  });

  test('fails through what the pipeline answers', () => {
    const made = pipeline();
    made.addOutput({ steps: [made.addStepNamed('a', { triggers: [made.output()] }).output()] });

    expect(findingsOf(made)).toEqual(
      ['[chart/pipe] a cycle, "a", which reads the output, which reads "a". Break it, or allow it with allowCycles and maxStepRevisits']);
  });

  test.each([[undefined], [0]])('fails when allowed and maxStepRevisits is %p', (maxStepRevisits) => {
    const made = pipeline({ allowCycles: true, maxStepRevisits });
    made.addStepNamed('a', { inputs: [made.step('a').output()] });

    expect(findingsOf(made)).toEqual(['[chart/pipe] maxStepRevisits 0 and a cycle, "a", which reads \"a\". '
      + 'Requests that return to a step would fail. Set how often a request may return']);
  });
});

describe('what comes in', () => {
  const existing = (chart: Chart) => Pipeline.fromPipelineName(chart, 'existing', 'other');

  test.each<[string, (chart: Chart) => unknown, string]>([
    ['an input that is a string', () => 'other.outputs', 'input "other.outputs". Expected an object with inputs'],
    ['no inputs set', () => ({}), 'input.inputs undefined. Expected a list in which each entry is data, such as step.output() or pipeline.input("x")'],
    ['no inputs', (chart) => ({ inputs: [], triggers: [existing(chart).output()] }),
      'an input without inputs. List data of other Pipelines, or leave it out'],
    ['an empty name', () => ({ inputs: [''] }), `input.inputs[0] "". ${DATA}`],
    ['a pipeline instead of its data', (chart) => ({ inputs: [existing(chart)] }), `input.inputs[0] chart/existing. ${DATA}`],
    ['a trigger as a string', (chart) => ({ inputs: [existing(chart).output()], triggers: ['other'] }), `input.triggers[0] "other". ${DATA}`],
    ['inputs of its own', (chart) => ({ inputs: [Pipeline.fromPipelineName(chart, 'self', 'pipe').output()] }),
      'pipe.outputs of the Pipeline itself in inputs of input. Its steps can read it anyway. List data of other Pipelines'],
    ['triggers of its own', (chart) => ({ inputs: [existing(chart).output()], triggers: [Pipeline.fromPipelineName(chart, 'self', 'pipe').step('a').output()] }),
      'pipe.step.a.outputs of the Pipeline itself in triggers of input. Its steps can read it anyway. List data of other Pipelines'],
    ['inputs of another namespace', (chart) => ({ inputs: [Pipeline.fromPipelineName(chart, 'far', 'other', { namespace: 'team' }).output()] }),
      'other.outputs of namespace "team" in inputs of input. A Pipeline reads only Pipelines of its namespace, "models"'],
    ['an unknown join', (chart) => ({ inputs: [existing(chart).output()], inputsJoin: 'all' }), `input.inputsJoin "all". ${JOIN}`],
    ['an unknown join of triggers', (chart) => ({ inputs: [existing(chart).output()], triggersJoin: '' }), `input.triggersJoin "". ${JOIN}`],
    ['a window that is too long', (chart) => ({ inputs: [existing(chart).output()], joinWindow: Duration.days(365) }),
      `joinWindow of input of 31536000000 ms. ${WINDOW}`],
    ['a mapping of what does not come in', (chart) => {
      const other = existing(chart);
      return { inputs: [other.output('x')], tensorMap: [{ from: other.output('y'), to: 'z' }] };
    }, 'other.outputs.y in tensorMap of input is not read. Expected a tensor of other.outputs.x'],
  ])('fails with %s', (_what, input, message) => {
    const chart = chartOf('models');

    expect(() => pipeline({ input: input(chart) as PipelineInput }, 'pipe', chart)).toThrow(new Error(`${message} (at chart/pipe)`));
  });

  test('fails when a pipeline of the app never has it, which is known by its name', () => {
    const chart = chartOf('models');
    const named = Pipeline.fromPipelineName(chart, 'reference', 'other');
    const far = Pipeline.fromPipelineName(chart, 'far', 'existing');
    const made = pipeline({ input: { inputs: [named.step('nope').output(), named.step('a').output(), far.step('nope').output()] } }, 'pipe', chart);
    made.addStepNamed('c');
    pipeline({}, 'other', chart).addStepNamed('a');

    expect(findingsOf(made)).toEqual([
      '[chart/pipe] the input reads other.step.nope.outputs, but Pipeline chart/other has no step "nope"',
    ]);
  });

  test('a pipeline of that name in another namespace is another one', () => {
    const app = new App();
    const [chart, team] = ['models', 'team'].map((namespace) => new Chart(app, namespace, { namespace }));
    const made = pipeline({ input: { inputs: [Pipeline.fromPipelineName(chart, 'reference', 'other').step('nope').output()] } }, 'pipe', chart);
    made.addStepNamed('c');
    pipeline({}, 'other', team).addStepNamed('a');

    expect(findingsOf(made)).toEqual([]);
  });

  test('fails when a pipeline of the app never has it', () => {
    const chart = chartOf('models');
    const other = pipeline({}, 'other', chart);
    other.addStepNamed('a');
    const made = pipeline({ input: { inputs: [other.output(), other.step('a').output()], triggers: [other.step('b').output('go')] } }, 'pipe', chart);
    made.addStepNamed('c');

    expect(findingsOf(made)).toEqual([
      '[chart/pipe] the input reads other.outputs, but Pipeline chart/other has no output',
      '[chart/pipe] the input reads other.step.b.outputs.go, but Pipeline chart/other has no step "b"',
    ]);
  });
});

test('what comes alone may have the name of what else could', () => {
  const made = pipeline();
  const [left, right] = ['left', 'right'].map((name) => made.addStepNamed(name));
  const tensorMap = [{ from: left.output('x'), to: 'z' }, { from: right.output('x'), to: 'z' }];
  made.addOutput({ steps: [left.output(), right.output()], stepsJoin: PipelineJoin.ANY, tensorMap });

  expect(ApiObject.of(made).toJson().spec.output.tensorMap).toEqual({ 'left.outputs.x': 'z', 'right.outputs.x': 'z' });
});

describe('what it answers', () => {
  test.each<[string, (pipe: Pipeline) => unknown, string]>([
    ['an invalid output', () => undefined, 'the output undefined. Expected an object with steps'],
    ['a step as a string', () => ({ steps: ['a'] }), `steps[0] of the output "a". ${DATA}`],
    ['nothing', () => ({ steps: [] }), 'an output without steps. List the data that the Pipeline returns'],
    ['what comes in', (pipe) => ({ steps: [pipe.input('x')] }),
      'pipe.inputs.x in steps of output is not data of a step. A Pipeline returns only data of its own steps. Use data of a step'],
    ['itself', (pipe) => ({ steps: [pipe.output()] }), 'pipe.outputs in steps of output is not data of a step. A Pipeline returns only data of its own steps. Use data of a step'],
    ['a step of another pipeline', (pipe) => ({ steps: [Pipeline.fromPipelineName(pipe, 'other', 'other').step('a').output()] }),
      'other.step.a.outputs in steps of output is not data of a step. A Pipeline returns only data of its own steps. Use data of a step'],
    ['a step named twice', (pipe) => ({ steps: [pipe.step('a').output(), pipe.step('a').output()] }), 'pipe.step.a.outputs twice in steps of output. List it once'],
    ['an unknown join', (pipe) => ({ steps: [pipe.step('a').output()], stepsJoin: 'none' }), `stepsJoin of the output "none". ${JOIN}`],
    ['a window of a part of a millisecond', (pipe) => ({ steps: [pipe.step('a').output()], joinWindow: Duration.millis(1.5) }), `joinWindow of output of 1.5 ms. ${WINDOW}`],
    ['two tensors of one name', (pipe) => ({
      steps: [pipe.step('a').output(), pipe.step('b').output()],
      stepsJoin: PipelineJoin.OUTER,
      tensorMap: [{ from: pipe.step('a').output('x'), to: 'z' }, { from: pipe.step('b').output('x'), to: 'z' }],
    }), 'pipe.step.a.outputs.x and pipe.step.b.outputs.x are both "z" in tensorMap of output. One of them would be lost. Give each a unique name'],
    ['a mapping of what it does not answer', (pipe) => ({ steps: [pipe.step('a').output('x')], tensorMap: [{ from: pipe.step('a').output('y'), to: 'z' }] }),
      'pipe.step.a.outputs.y in tensorMap of output is not read. Expected a tensor of pipe.step.a.outputs.x'],
  ])('fails with %s', (_what, output, message) => {
    const made = pipeline();

    expect(() => made.addOutput(output(made) as PipelineOutput)).toThrow(new Error(`${message} (at chart/pipe)`));
  });

  test('fails when it is already set', () => {
    const made = pipeline();
    made.addOutput({ steps: [made.addStepNamed('a').output()] });

    expect(() => made.addOutput({ steps: [made.step('a').input()] }))
      .toThrow(new Error('a second output. List all data in one output (at chart/pipe)'));
  });

  test('fails with a step that is not there', () => {
    const made = pipeline();
    made.addStepNamed('a');
    made.addOutput({ steps: [made.step('b').output()] });

    expect(findingsOf(made)).toEqual(['[chart/pipe] the output reads step "b", which the Pipeline does not have. Expected one of "a"']);
  });
});

test('a Pipeline of that name in another namespace is another Pipeline', () => {
  const chart = chartOf('models');
  const made = pipeline({}, 'pipe', chart);
  const far = Pipeline.fromPipelineName(chart, 'far', 'pipe', { namespace: 'team' });

  expect(() => made.addStepNamed('model', { inputs: [far.input()] })).toThrow(new Error(
    'pipe.inputs of another Pipeline in inputs of step "model". Steps read only data of their own Pipeline. Add it to the `input` of the Pipeline (at chart/pipe)'));
});
