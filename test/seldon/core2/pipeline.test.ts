import { ApiObject, App, Chart, Duration, JsonPatch, Testing } from 'cdk8s';
import { Warnings } from '../../../src/mesh/warnings';
import { ResourceType, SeldonIdentity } from '../../../src/plan/backend';
import { StringMatch } from '../../../src/plan/string-match';
import { Model } from '../../../src/seldon/core2/model';
import { Pipeline, PipelineJoin, PipelineProps } from '../../../src/seldon/core2/pipeline';

function chartOf(namespace?: string): Chart {
  return new Chart(new App(), 'chart', { namespace });
}

function pipeline(props?: PipelineProps, id = 'pipe', chart = chartOf('models')): Pipeline {
  return new Pipeline(chart, id, props);
}

/** The spec as the app writes it, with all its checks. */
function specOf(made: Pipeline): Record<string, unknown> {
  const objects = Testing.synth(Chart.of(made)) as { kind: string; metadata: { name: string }; spec: Record<string, unknown> }[];
  return objects.find(({ kind, metadata }) => kind === 'Pipeline' && metadata.name === made.pipelineName)!.spec;
}

test('defaultChild', () => {
  expect(ApiObject.of(pipeline()).kind).toEqual('Pipeline');
});

test('minimal', () => {
  const chart = Testing.chart();
  new Pipeline(chart, 'income').addStep(new Model(chart, 'classifier', { storageUri: 'gs://models/income' }));
  expect(Testing.synth(chart)[0]).toMatchInlineSnapshot(`
{
  "apiVersion": "mlops.seldon.io/v1alpha1",
  "kind": "Pipeline",
  "metadata": {
    "name": "income",
  },
  "spec": {
    "steps": [
      {
        "name": "classifier",
      },
    ],
  },
}
`);
});

test('every field', () => {
  const chart = chartOf('models');
  const other = Pipeline.fromPipelineName(chart, 'other', 'other');
  const made = pipeline({
    input: {
      inputs: [other.output('OUTPUT0'), other.step('model').output(), other.step('model').input('x')],
      inputsJoin: PipelineJoin.OUTER,
      triggers: [other.input('go'), other.step('model').output('go')],
      triggersJoin: PipelineJoin.ANY,
      joinWindow: Duration.seconds(1),
      tensorMap: [{ from: other.output('OUTPUT0'), to: 'a' }, { from: other.step('model').output('OUTPUT1'), to: 'b' }],
    },
    allowCycles: true,
    maxStepRevisits: 3,
    cleanTopicsOnDelete: true,
  }, 'pipe', chart);
  const first = made.addStep(new Model(chart, 'first', { storageUri: 'gs://models/first' }), {
    inputs: [made.input('x'), made.step('second').output('y')],
    inputsJoin: PipelineJoin.ANY,
    triggers: [made.input(), made.step('second').input('go')],
    triggersJoin: PipelineJoin.INNER,
    joinWindow: Duration.millis(0),
    tensorMap: [{ from: made.input('x'), to: 'INPUT0' }, { from: made.step('second').output('y'), to: 'INPUT1' }],
    batch: { size: 20, window: Duration.seconds(2) },
  });
  const second = made.addStepNamed('second', { inputs: [first.output()], tensorMap: [{ from: first.output('OUTPUT0'), to: 'x' }] });
  made.addOutput({
    steps: [first.output('OUTPUT0'), second.output()],
    stepsJoin: PipelineJoin.OUTER,
    joinWindow: Duration.minutes(1),
    tensorMap: [{ from: first.output('OUTPUT0'), to: 'answer' }],
  });

  expect(specOf(made)).toEqual({
    input: {
      externalInputs: ['other.outputs.OUTPUT0', 'other.step.model.outputs', 'other.step.model.inputs.x'],
      joinType: 'outer',
      externalTriggers: ['other.inputs.go', 'other.step.model.outputs.go'],
      triggersJoinType: 'any',
      joinWindowMs: 1000,
      tensorMap: { 'other.outputs.OUTPUT0': 'a', 'other.step.model.outputs.OUTPUT1': 'b' },
    },
    steps: [
      {
        name: 'first',
        inputs: ['pipe.inputs.x', 'second.outputs.y'],
        inputsJoinType: 'any',
        triggers: ['pipe.inputs', 'second.inputs.go'],
        triggersJoinType: 'inner',
        joinWindowMs: 0,
        tensorMap: { 'pipe.inputs.x': 'INPUT0', 'second.outputs.y': 'INPUT1' },
        batch: { size: 20, windowMs: 2000 },
      },
      { name: 'second', inputs: ['first.outputs'], tensorMap: { 'first.outputs.OUTPUT0': 'x' } },
    ],
    output: {
      steps: ['first.outputs.OUTPUT0', 'second.outputs'],
      stepsJoin: 'outer',
      joinWindowMs: 60000,
      tensorMap: { 'first.outputs.OUTPUT0': 'answer' },
    },
    allowCycles: true,
    maxStepRevisits: 3,
    dataflow: { cleanTopicsOnDelete: true },
  });
});

test('zero and false are written', () => {
  const made = pipeline({ allowCycles: false, maxStepRevisits: 0, cleanTopicsOnDelete: false });
  made.addStepNamed('model', { inputs: [] });

  expect(specOf(made)).toEqual({
    steps: [{ name: 'model', inputs: [] }], allowCycles: false, maxStepRevisits: 0, dataflow: { cleanTopicsOnDelete: false },
  });
});

test('a tensor map of what comes in, where a step names no inputs', () => {
  const made = pipeline();
  made.addStepNamed('model', { tensorMap: [{ from: made.input('x'), to: 'INPUT0' }] });

  expect(specOf(made).steps).toEqual([{ name: 'model', tensorMap: { 'pipe.inputs.x': 'INPUT0' } }]);
});

test('accepts namespace, name and labels, and names its own data by the name', () => {
  const made = pipeline({ namespace: 'other', metadata: { name: 'pipe-2', labels: { a: 'b' } } });
  made.addStepNamed('model', { inputs: [made.input('x')] });

  expect(ApiObject.of(made).toJson().metadata).toEqual({ name: 'pipe-2', namespace: 'other', labels: { a: 'b' } });
  expect([made.pipelineName, made.pipelineNamespace]).toEqual(['pipe-2', 'other']);
  expect(specOf(made).steps).toEqual([{ name: 'model', inputs: ['pipe-2.inputs.x'] }]);
});

test('keeps patches with fields that the types do not have', () => {
  const made = pipeline();
  made.addStepNamed('model');
  ApiObject.of(made).addJsonPatch(JsonPatch.add('/spec/steps/0/future', 1));

  expect(specOf(made)).toEqual({ steps: [{ name: 'model', future: 1 }] });
});

test('what was given can be changed later without changing the pipeline', () => {
  const made = pipeline();
  const inputs = [made.input('x')];
  const step = made.addStepNamed('model', { inputs });
  const steps = [step.output()];
  made.addOutput({ steps });
  inputs.pop();
  steps.pop();

  expect(specOf(made)).toEqual({ steps: [{ name: 'model', inputs: ['pipe.inputs.x'] }], output: { steps: ['model.outputs'] } });
});

test('data is formatted as in other pipelines', () => {
  const made = pipeline();
  const step = made.addStepNamed('model');

  expect([step.stepName, step.output('y'), step.input(), made.input('x'), made.output()].map(String))
    .toEqual(['model', 'pipe.step.model.outputs.y', 'pipe.step.model.inputs', 'pipe.inputs.x', 'pipe.outputs']);
});

test('one pipeline reads what another one of the app has', () => {
  const chart = chartOf('models');
  const made = pipeline({}, 'first', chart);
  made.addOutput({ steps: [made.addStepNamed('model').output()] });
  const reader = pipeline({ input: { inputs: [made.output(), made.step('model').output('y')], triggers: [made.input()] } }, 'second', chart);
  reader.addStepNamed('drift');

  expect(specOf(reader).input).toEqual({ externalInputs: ['first.outputs', 'first.step.model.outputs.y'], externalTriggers: ['first.inputs'] });
});

test('the same data may be read and waited for', () => {
  const made = pipeline();
  made.addStepNamed('model', { inputs: [made.input()], triggers: [made.input(), made.input('go')] });

  expect(specOf(made).steps).toEqual([{ name: 'model', inputs: ['pipe.inputs'], triggers: ['pipe.inputs', 'pipe.inputs.go'] }]);
});

test('a step may be read by several, and several ways may meet', () => {
  const made = pipeline();
  const a = made.addStepNamed('a');
  const b = made.addStepNamed('b', { inputs: [a.output()] });
  const c = made.addStepNamed('c', { inputs: [a.output()], triggers: [b.output()] });
  made.addOutput({ steps: [made.addStepNamed('d', { inputs: [b.output(), c.output()] }).output()] });

  expect(specOf(made).output).toEqual({ steps: ['d.outputs'] });
});

test('steps may stand before those that they read, and share them', () => {
  const made = pipeline();
  made.addOutput({ steps: [made.addStepNamed('d', { inputs: [made.step('b').output(), made.step('c').output()] }).output()] });
  made.addStepNamed('b', { inputs: [made.step('a').output()] });
  made.addStepNamed('c', { inputs: [made.step('a').output()] });
  made.addStepNamed('a');

  expect((specOf(made).steps as { name: string }[]).map(({ name }) => name)).toEqual(['d', 'b', 'c', 'a']);
});

test('a long chain is looked through', () => {
  const made = pipeline();
  let last = made.addStepNamed('s0');
  for (let i = 1; i < 20000; i++) last = made.addStepNamed(`s${i}`, { inputs: [last.output()] });
  made.addOutput({ steps: [last.output()] });

  expect((specOf(made).steps as unknown[]).length).toEqual(20000);
});

test('a cycle that ends', () => {
  const made = pipeline({ allowCycles: true, maxStepRevisits: 100 }, 'counting');
  const counter = made.addStepNamed('counter', { inputs: [made.input(), made.step('again').output()], inputsJoin: PipelineJoin.ANY });
  const window = { joinWindow: Duration.millis(1) };
  const done = made.addStepNamed('done', { inputs: [counter.output()], triggers: [counter.output('stop')], ...window });
  made.addStepNamed('again', { inputs: [counter.output('output')], triggers: [counter.output('continue')], ...window });
  made.addOutput({ steps: [done.output()] });

  expect(specOf(made)).toEqual({
    allowCycles: true,
    maxStepRevisits: 100,
    steps: [
      { name: 'counter', inputs: ['counting.inputs', 'again.outputs'], inputsJoinType: 'any' },
      { name: 'done', inputs: ['counter.outputs'], triggers: ['counter.outputs.stop'], joinWindowMs: 1 },
      { name: 'again', inputs: ['counter.outputs.output'], triggers: ['counter.outputs.continue'], joinWindowMs: 1 },
    ],
    output: { steps: ['done.outputs'] },
  });
});

test('rolling batches are written, with a warning', () => {
  const warned = jest.spyOn(console, 'warn').mockImplementation();
  const made = pipeline();
  made.addStepNamed('drift', { batch: { size: 20, rolling: true } });

  expect(specOf(made).steps).toEqual([{ name: 'drift', batch: { size: 20, rolling: true } }]);
  expect(Warnings.find(made)).toEqual(['rolling of the batch of step "drift". Seldon\'s operator ignores it. Leave it out (at chart/pipe)']);
  expect(warned).toHaveBeenCalledTimes(1);
  warned.mockRestore();
});

describe('as a backend', () => {
  test('is picked by its name and what it is', () => {
    const made = pipeline();
    expect(made.target(made)).toEqual({
      description: 'Pipeline models/pipe',
      host: 'seldon-mesh.models.svc.cluster.local',
      namespace: 'models',
      port: 80,
      grpc: { port: 80 },
      ports: [80, 9003],
      requestHeaders: { 'seldon-model': 'pipe.pipeline' },
      removeRequestHeaders: ['x-seldon-route', 'seldon-internal-model'],
      paths: [StringMatch.prefix('/v2')],
      protocol: 'v2',
      grpcHeaders: { 'seldon-model': 'pipe.pipeline' },
      seldon: SeldonIdentity.ofResource(ResourceType.PIPELINE, 'pipe'),
    });
  });

  test('fails without a namespace', () => {
    const made = pipeline({}, 'pipe', chartOf());
    expect(() => made.target(made)).toThrow(new Error('Pipeline pipe has no namespace. '
      + 'Set the namespace of the chart or of the backend, since Seldon has one Service per namespace (at chart/pipe)'));
  });
});

describe('a Pipeline that this app does not define', () => {
  test('is known by name, in the namespace of the chart', () => {
    const chart = chartOf('models');
    const found = Pipeline.fromPipelineName(chart, 'other', 'pipe');

    expect([found.pipelineName, found.pipelineNamespace, found.target(chart).requestHeaders])
      .toEqual(['pipe', 'models', { 'seldon-model': 'pipe.pipeline' }]);
    expect([found.input('x'), found.output(), found.step('a').input()].map(String)).toEqual(['pipe.inputs.x', 'pipe.outputs', 'pipe.step.a.inputs']);
    expect(Testing.synth(chart)).toEqual([]);
  });

  test('can be in another namespace', () => {
    expect(Pipeline.fromPipelineName(chartOf('models'), 'other', 'pipe', { namespace: 'team' }).pipelineNamespace).toEqual('team');
  });

  test('fails with a name that Seldon refuses', () => {
    expect(() => Pipeline.fromPipelineName(chartOf(), 'other', 'pipe.v1')).toThrow(new Error('name of Pipeline "pipe.v1". Expected '
      + 'lower-case letters, digits and hyphens, with no hyphen at the ends, since Seldon Core 2 accepts no dots, capitals or underscores (at chart/other)'));
  });
});
