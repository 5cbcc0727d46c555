import { ApiObject, App, Chart, Duration } from 'cdk8s';
import { accepted, acceptedAsReleased } from './checks/accepted';
import { API_RELEASED, ApiServer } from './harness/apiserver';
import { parse, print } from './harness/manifests';
import { NEWER_FIELDS } from '../../scripts/import/newer-fields';
import { Warnings } from '../../src/mesh/warnings';
import { ResourceType } from '../../src/plan/backend';
import { Experiment } from '../../src/seldon/core2/experiment';
import { Model } from '../../src/seldon/core2/model';
import { Pipeline, PipelineJoin } from '../../src/seldon/core2/pipeline';

// What the examples do not contain: each field of the kinds that answer requests in Seldon Core 2.

const api = ApiServer.connect();
const released = ApiServer.connect(API_RELEASED);

afterAll(() => {
  api.close();
  released.close();
});

function pipelines(): App {
  const app = new App();
  const chart = new Chart(app, 'chart', { namespace: 'core2-pipelines' });
  const other = Pipeline.fromPipelineName(chart, 'other', 'other');
  const pipe = new Pipeline(chart, 'pipe', {
    metadata: { labels: { team: 'risk' }, annotations: { note: 'x' } },
    input: {
      inputs: [other.output('OUTPUT0'), other.step('model').input()],
      inputsJoin: PipelineJoin.OUTER,
      triggers: [other.input('go')],
      triggersJoin: PipelineJoin.ANY,
      joinWindow: Duration.seconds(1),
      tensorMap: [{ from: other.output('OUTPUT0'), to: 'x' }],
    },
    allowCycles: true,
    maxStepRevisits: 3,
    cleanTopicsOnDelete: false,
  });
  const first = pipe.addStepNamed('first', {
    inputs: [pipe.input('x'), pipe.step('second').output()],
    inputsJoin: PipelineJoin.ANY,
    triggers: [pipe.step('second').output('go')],
    triggersJoin: PipelineJoin.INNER,
    joinWindow: Duration.millis(1),
    tensorMap: [{ from: pipe.input('x'), to: 'INPUT0' }],
    batch: { size: 20, window: Duration.seconds(2), rolling: true },
  });
  pipe.addStepNamed('second', { inputs: [first.output()] });
  pipe.addOutput({
    steps: [first.output('OUTPUT0')], stepsJoin: PipelineJoin.OUTER, joinWindow: Duration.millis(0), tensorMap: [{ from: first.output('OUTPUT0'), to: 'y' }],
  });
  new Model(chart, 'chat', {
    storageUri: 'gs://models/chat',
    llm: { pipelineRef: 'pipe' },
    cleanTopicsOnDelete: true,
    preloaded: false,
    dedicated: false,
    schemaUri: 'gs://schemas/chat',
    logger: { percent: 5 },
  });
  new Model(chart, 'why', { storageUri: 'gs://models/why', explainer: { type: 'anchor_text', pipelineRef: 'pipe' } });
  return app;
}

const yaml = (app: App) => {
  const printed = jest.spyOn(console, 'warn').mockImplementation();
  const text = app.synthYaml();
  printed.mockRestore();
  return text;
};

test('a Pipeline with every field, and Models that ask it, are accepted and kept', async () => {
  const text = yaml(pipelines());
  expect(await accepted(api, text)).toEqual([]);
  expect(await acceptedAsReleased(released, text)).toEqual([]);
  await api.remove(parse(text));
});

test('every newer field of a Pipeline is written', () => {
  const [{ spec }] = parse(yaml(pipelines())).filter(({ kind }) => kind === 'Pipeline');
  const at = (value: any, [first, ...rest]: string[]): any[] => {
    if (value === undefined) return [];
    if (first === undefined) return [value];
    return first.endsWith('[]') ? value[first.slice(0, -2)].flatMap((each: any) => at(each, rest)) : at(value[first], rest);
  };
  const fields = NEWER_FIELDS.filter(({ kind }) => kind === 'Pipeline').map(({ path }) => path);
  expect(fields.filter((path) => at({ spec }, path.split('.')).length === 0)).toEqual([]);
  expect(fields.length).toBeGreaterThan(7);
});

test('warnings are in no manifest', () => {
  const app = pipelines();
  const text = yaml(app);
  expect(Warnings.find(app)).toHaveLength(5);
  expect(text).not.toMatch(/ignores/);
});

test('an Experiment of Pipelines is accepted', async () => {
  const app = new App();
  const chart = new Chart(app, 'chart', { namespace: 'core2-pipelines' });
  const experiment = new Experiment(chart, 'trial', { candidates: [{ name: 'a', weight: 1 }], mirror: { name: 'b', percent: 5 }, resourceType: ResourceType.PIPELINE });
  expect(await accepted(api, print([ApiObject.of(experiment).toJson()]))).toEqual([]);
  await api.remove([ApiObject.of(experiment).toJson()]);
});

describe('the API server objects to', () => {
  const pipeline = (spec: string) => `apiVersion: mlops.seldon.io/v1alpha1\nkind: Pipeline\nmetadata: {name: p, namespace: core2-pipelines}\nspec: ${spec}\n`;

  test.each([
    ['another join', '{steps: [{name: a, inputsJoinType: left}]}', /inputsJoinType/],
    ['an unknown field', '{steps: [{name: a, input: []}]}', /input/],
    ['no steps at all', '{}', /steps/],
  ])('%s', async (_what, spec, reason) => {
    expect(await accepted(api, pipeline(spec))).toEqual([expect.stringMatching(reason)]);
  });
});

describe('the API server accepts what Seldon refuses later, so that only the library reports it', () => {
  const pipeline = (spec: string) => `apiVersion: mlops.seldon.io/v1alpha1\nkind: Pipeline\nmetadata: {name: p, namespace: core2-pipelines}\nspec: ${spec}\n`;

  test.each([
    ['a cycle', '{steps: [{name: a, inputs: [b]}, {name: b, inputs: [a]}]}'],
    ['a trigger of an unknown step', '{steps: [{name: a, triggers: [b.outputs]}]}'],
    ['no step in the list', '{steps: []}'],
    ['a step with the name of the Pipeline', '{steps: [{name: p}]}'],
    ['a step twice', '{steps: [{name: a}, {name: a}]}'],
  ])('%s', async (_what, spec) => {
    expect(await accepted(api, pipeline(spec))).toEqual([]);
    await api.remove(parse(pipeline(spec)));
  });
});
