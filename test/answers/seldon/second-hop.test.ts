import { Step } from '../../../src/answers/answer';
import { showPath } from '../../../src/cluster/json';
import { Arriving, hopOf, object, OBSERVED, readableHop } from '../../support/second-hop';

// The second hop: what Seldon Core 2's own Envoy was seen to answer, row by row, and what follows from its scheduler's rules.

const INFER = '/inference.GRPCInferenceService/ModelInfer';
const model = (...names: string[]) => names.map((name) => ['seldon-model', name] as const);
const sticky = (name: string, ...routes: string[]) => [...model(name), ...routes.map((route) => ['x-seldon-route', route] as const)];
const GRPC = ['content-type', 'application/grpc'] as const;
const placedStep = ({ matched, text, place }: Step) => `${matched ? '+' : '-'} ${text}${place === undefined ? '' : ` at ${place.object} ${showPath(place.field)}`}`;
const NO_ROUTE = 'since Model seldon-mesh/iris1 has no route for requests with x-seldon-route';

test.each<[string, Arriving, string | string[]]>([
  ['a model by header and path', { path: '/v2/models/iris1/infer', headers: model('iris1') }, 'model iris1'],
  ['a model by header, whatever the path', { path: '/v2/models/iris/infer', headers: model('iris1') }, 'model iris1'],
  ['a model by path', { path: '/v2/models/iris1/infer' }, 'model iris1'],
  ['a model by path, without a slash after it', { path: '/v2/models/iris1' }, 'model iris1'],
  ['a query after the name, which belongs to it', { path: '/v2/models/iris1?x' }, '404 since there is no model with the name "iris1?x"'],
  ['a model by path with a query', { path: '/v2/models/iris1/infer?x=/' }, 'model iris1'],
  ['an experiment by path', { path: '/v2/models/split.experiment/infer' }, 'model iris1 by split 7/10, model iris2 by split 3/10'],
  ['a pipeline by path', { path: '/v2/pipelines/pipe/infer' }, 'pipeline pipe'],
  ['a pipeline by path, without a slash after it', { path: '/v2/pipelines/pipe' }, '404 since neither the header seldon-model nor the path names a model'],
  ['a pipeline by header', { headers: model('pipe.pipeline') }, 'pipeline pipe'],
  ['a pipeline as a model', { headers: model('pipe') }, '404 since there is no Model seldon-mesh/pipe'],
  ['an experiment as a model', { headers: model('split') }, '404 since there is no Model seldon-mesh/split'],
  ['a model with a suffix', { headers: model('iris1.model') }, '404 since there is no model with the name "iris1.model"'],
  ['a model that is unknown', { headers: model('iris9') }, '404 since there is no Model seldon-mesh/iris9'],
  ['an experiment that is unknown', { headers: model('other.experiment') }, '404 since there is no Experiment seldon-mesh/other'],
  ['a gRPC call by header', { path: INFER, headers: [...model('iris1'), GRPC] }, 'model iris1'],
  ['a gRPC call without a header', { path: INFER, headers: [GRPC] }, 'gRPC UNIMPLEMENTED since neither the header seldon-model nor the path names a model'],
  ['a gRPC call to a model that is unknown', { path: INFER, headers: [...model('iris9'), GRPC] }, 'gRPC UNIMPLEMENTED since there is no Model seldon-mesh/iris9'],
  ['a gRPC call without a content type', { path: INFER }, '404 since neither the header seldon-model nor the path names a model'],
  ['the root', { path: '/', headers: model('iris1') }, '404 since Seldon serves only paths that begin with /v2 or /inference.GRPCInferenceService'],
  ['another protocol', { path: '/v1/models/iris1:predict', headers: model('iris1') },
    '404 since Seldon serves only paths that begin with /v2 or /inference.GRPCInferenceService'],
  ['health with a header', { path: '/v2/health/ready', headers: model('iris1') }, 'model iris1'],
  ['health without a header', { path: '/v2/health/ready' }, '404 since neither the header seldon-model nor the path names a model'],
  ['an empty header', { path: '/v2/models/iris1/infer', headers: model('') }, 'model iris1'],
  ['two models in the header', { headers: model('iris1', 'iris2') }, [
    'Seldon\'s Envoy has its route for iris1 before iris2: model iris1', 'Seldon\'s Envoy has its route for iris2 before iris1: model iris2',
  ]],
  ['a model twice in the header', { headers: model('iris1', 'iris1') }, 'model iris1'],
  ['a model and one that is unknown', { headers: model('iris9', 'iris1') }, 'model iris1'],
  ['a plain model and an experiment, with a route', { headers: [...sticky('split.experiment', ':iris2_1:'), ...model('iris1')] }, [
    'version 1 is the current one of Model seldon-mesh/iris2: model iris2 by split', 'otherwise: 404 since x-seldon-route names no arm of Experiment seldon-mesh/split',
  ]],
  ['a header and another path', { path: '/v2/models/iris2/infer', headers: model('iris1') }, 'model iris1'],
  ['a model whose name is taken over', { headers: model('iris4') }, 'model iris4 by takeover 1/2, model iris2 by takeover 1/2'],
  ['an experiment', { headers: model('split.experiment') }, 'model iris1 by split 7/10, model iris2 by split 3/10'],
  ['an experiment with a mirror', { headers: model('shadow.experiment') }, 'model iris1 by shadow; mirror 3/10 model iris3 by shadow'],
  ['a route of a version', { headers: sticky('split.experiment', ':iris2_1:') }, [
    'version 1 is the current one of Model seldon-mesh/iris2: model iris2 by split', 'otherwise: 404 since x-seldon-route names no arm of Experiment seldon-mesh/split',
  ]],
  ['a route of version 0', { headers: sticky('split.experiment', ':iris2_0:') }, '404 since x-seldon-route names no arm of Experiment seldon-mesh/split'],
  ['a route of a model that left', { headers: sticky('split.experiment', ':iris3_1:') }, '404 since x-seldon-route names no arm of Experiment seldon-mesh/split'],
  ['a route with two versions', { headers: sticky('split.experiment', ':iris2_1:', ':iris2_3:') }, [
    'one of versions 1, 3 is the current one of Model seldon-mesh/iris2: model iris2 by split',
    'otherwise: 404 since x-seldon-route names no arm of Experiment seldon-mesh/split',
  ]],
  ['a route with two arms', { headers: sticky('split.experiment', ':iris2_1::iris1_2:') }, [
    'version 2 is the current one of Model seldon-mesh/iris1: model iris1 by split', 'version 1 is the current one of Model seldon-mesh/iris2: model iris2 by split',
    'otherwise: 404 since x-seldon-route names no arm of Experiment seldon-mesh/split',
  ]],
  ['a route of one candidate', { headers: sticky('shadow.experiment', ':iris1_1:') }, '404 since Experiment seldon-mesh/shadow has no route for requests with x-seldon-route'],
  ['a route of a plain model', { headers: sticky('iris1', ':iris1_1:') }, `404 ${NO_ROUTE}`],
  ['an empty route of a plain model', { headers: sticky('iris1', '') }, `404 ${NO_ROUTE}`],
  ['a route of a model that is taken over', { headers: sticky('iris4', ':iris4_1:') }, [
    'version 1 is the current one of Model seldon-mesh/iris4: model iris4 by takeover', 'otherwise: 404 since x-seldon-route names no arm of Experiment seldon-mesh/takeover',
  ]],
  ['a route without a model', { path: '/v2/models/iris1/infer', headers: [['x-seldon-route', ':iris1_1:']] },
    '404 since with x-seldon-route the path is not looked at, and there is no header seldon-model'],
  ['a route without a model in the path', { path: '/v2/health/ready', headers: [['x-seldon-route', ':iris1_1:']] },
    '404 since neither the header seldon-model nor the path names a model'],
  ['a route of an experiment with a mirror, which is not mirrored', { headers: sticky('watched.experiment', ':iris1_1:') }, [
    'version 1 is the current one of Model seldon-mesh/iris1: model iris1 by watched', 'otherwise: 404 since x-seldon-route names no arm of Experiment seldon-mesh/watched',
  ]],
])('%s', (_title, request, expected) => {
  expect(readableHop(hopOf(OBSERVED, request))).toEqual(expected);
});

test('the response names the arm, whose version the manifests do not tell', () => {
  const routes = (headers: Arriving['headers']) => hopOf(OBSERVED, { headers }).cases.flatMap(({ outcomes }) => outcomes.map(({ response }) => response?.added));
  expect(routes(model('split.experiment'))).toEqual(['iris1', 'iris2'].map((name) => [{ name: 'x-seldon-route', value: `:${name}_<version>:` }]));
  expect(routes(sticky('split.experiment', ':iris2_4:'))).toEqual([[{ name: 'x-seldon-route', value: ':iris2_4:' }], undefined]);
  expect(routes(model('pipe.pipeline'))).toEqual([[{ name: 'x-seldon-route', value: ':pipe.pipeline:' }]]);
});

test('an experiment of pipelines, with sessions that need no version', () => {
  const yaml = OBSERVED + object('Experiment', 'pipes', '{ resourceType: pipeline, default: pipe, candidates: [{ name: pipe, weight: 1 }, { name: pipe2, weight: 3 }] }');
  expect(readableHop(hopOf(yaml, { headers: model('pipes.experiment') }))).toBe('pipeline pipe2 by pipes 3/4, pipeline pipe by pipes 1/4');
  expect(readableHop(hopOf(yaml, { headers: model('pipe.pipeline') }))).toBe('pipeline pipe2 by pipes 3/4, pipeline pipe by pipes 1/4');
  expect(readableHop(hopOf(yaml, { headers: model('pipe2.pipeline') }))).toBe('pipeline pipe2');
  expect(readableHop(hopOf(yaml, { headers: sticky('pipes.experiment', ':pipe2.pipeline:') }))).toBe('pipeline pipe2 by pipes');
  expect(readableHop(hopOf(yaml, { headers: sticky('pipes.experiment', ':iris1_1:') }))).toBe('404 since x-seldon-route names no arm of Experiment seldon-mesh/pipes');
});

describe('what is not among the objects', () => {
  test('may exist if no model of the namespace is known', () => {
    expect(readableHop(hopOf('', { headers: model('iris') }))).toEqual(['Model seldon-mesh/iris exists: model iris', 'otherwise: 404 since no such route exists']);
    expect(readableHop(hopOf('', { headers: model('pipe.pipeline') }))).toEqual(['Pipeline seldon-mesh/pipe exists: pipeline pipe', 'otherwise: 404 since no such route exists']);
    expect(readableHop(hopOf('', { headers: model('split.experiment') })))
      .toEqual(['Experiment seldon-mesh/split exists: seldon-mesh.seldon-mesh.svc.cluster.local:80', 'otherwise: 404 since no such route exists']);
    expect(readableHop(hopOf('', { headers: model('No.Model') }))).toBe('404 since there is no model with the name "No.Model"');
  });

  const split = object('Experiment', 'split', '{ default: iris1, candidates: [{ name: iris1, weight: 70 }, { name: iris2, weight: 30 }] }');

  test('a candidate that may exist', () => {
    expect(readableHop(hopOf(split, { headers: model('split.experiment') }))).toEqual([
      'Model seldon-mesh/iris1 and Model seldon-mesh/iris2 exist: model iris1 by split 7/10, model iris2 by split 3/10', 'otherwise: 404 since no such route exists',
    ]);
  });

  test('a candidate that does not exist: the default keeps its requests', () => {
    const yaml = split + object('Model', 'iris1', '{ storageUri: "gs://models/iris" }');
    expect(readableHop(hopOf(yaml, { headers: model('split.experiment') }))).toBe('404 since Experiment seldon-mesh/split waits for Model seldon-mesh/iris2');
    expect(readableHop(hopOf(yaml, { headers: model('iris1') }))).toBe('model iris1');
  });
});

describe('experiments that Seldon rejects', () => {
  test.each([
    ['without candidates', '{ candidates: [] }', 'the Experiment has neither a candidate nor a mirror', 'spec'],
    ['with a candidate twice', '{ candidates: [{ name: iris1, weight: 1 }, { name: iris1, weight: 2 }] }', 'Model "iris1" is a candidate twice', 'spec.candidates[1]'],
    ['with a default that is no candidate', '{ default: iris3, candidates: [{ name: iris1, weight: 1 }] }', 'the default, "iris3", is not a candidate', 'spec.default'],
  ])('%s', (_title, spec, why, field) => {
    const yaml = OBSERVED + object('Experiment', 'bad', spec);
    const hop = hopOf(yaml, { headers: model('bad.experiment') });
    expect(readableHop(hop)).toBe(`404 since Seldon rejects Experiment seldon-mesh/bad, since ${why}`);
    expect(hop.steps().map(placedStep)).toEqual([`- Seldon rejects Experiment seldon-mesh/bad, since ${why} at Experiment seldon-mesh/bad ${field}`]);
    expect(readableHop(hopOf(yaml, { headers: model('iris3') }))).toBe('model iris3');
  });

  test('the steps of the default tell that it keeps its requests', () => {
    const yaml = OBSERVED + object('Experiment', 'bad', '{ default: iris1, candidates: [{ name: iris1, weight: 1 }], mirror: { name: iris1, percent: 10 } }');
    expect(hopOf(yaml, { headers: model('iris1') }).steps().map(placedStep)).toEqual([
      '- Seldon rejects Experiment seldon-mesh/bad, since Model "iris1" is both a candidate and the mirror at Experiment seldon-mesh/bad spec.mirror',
      '+ seldon-model iris1 is Model seldon-mesh/iris1 at Model seldon-mesh/iris1 metadata.name',
    ]);
    expect(hopOf(yaml, { headers: model('iris2') }).steps().map(placedStep)).toEqual(['+ seldon-model iris2 is Model seldon-mesh/iris2 at Model seldon-mesh/iris2 metadata.name']);
  });

  test('all weights 0: its Envoy rejects the routes', () => {
    const yaml = OBSERVED + object('Experiment', 'none', '{ candidates: [{ name: iris1, weight: 0 }] }');
    expect(readableHop(hopOf(yaml, { headers: model('none.experiment') })))
      .toBe('unavailable since all weights of Experiment seldon-mesh/none are 0, so Seldon\'s Envoy rejects its routes');
  });

  test('of two with the same default the older one counts', () => {
    const rival = (day: string) => object('Experiment', 'rival', '{ default: iris4, candidates: [{ name: iris4, weight: 1 }, { name: iris3, weight: 3 }] }', day);
    const dated = (day: number) => `, creationTimestamp: "2026-01-0${day}T00:00:00Z"`;
    expect(readableHop(hopOf(OBSERVED + rival(''), { headers: model('iris4') }))).toEqual([
      'Experiment seldon-mesh/rival was created before other Experiments with the same default: model iris3 by rival 3/4, model iris4 by rival 1/4',
      'Experiment seldon-mesh/takeover was created before other Experiments with the same default: model iris4 by takeover 1/2, model iris2 by takeover 1/2',
      'otherwise: model iris4',
    ]);
    const aged = OBSERVED.replace('name: takeover, namespace: seldon-mesh', `name: takeover, namespace: seldon-mesh${dated(2)}`);
    expect(readableHop(hopOf(aged + rival(dated(1)), { headers: model('iris4') }))).toBe('model iris3 by rival 3/4, model iris4 by rival 1/4');
    expect(readableHop(hopOf(aged + rival(dated(3)), { headers: model('rival.experiment') }))).toBe(
      '404 since Seldon rejects Experiment seldon-mesh/rival, since Experiment seldon-mesh/takeover, which is older, has the same default');
  });
});

test('models of another namespace do not count', () => {
  const yaml = OBSERVED + object('Model', 'wine', '{ storageUri: "gs://models/wine" }').replace('seldon-mesh', 'others');
  expect(readableHop(hopOf(yaml, { headers: model('wine') }))).toBe('404 since there is no Model seldon-mesh/wine');
});

test('the step of a trace', () => {
  const texts = (headers: Arriving['headers']) => hopOf(OBSERVED, { headers }).steps().map(({ stage, text, matched, place }) => `${stage} ${matched}: ${text} ${String(place?.object)}`);
  expect(texts(model('iris1'))).toEqual(['seldon true: seldon-model iris1 is Model seldon-mesh/iris1 Model seldon-mesh/iris1']);
  expect(texts(model('iris4'))).toEqual(['seldon true: seldon-model iris4 is shared by Experiment seldon-mesh/takeover Experiment seldon-mesh/takeover']);
  expect(texts(model('x'))).toEqual(['seldon false: there is no Model seldon-mesh/x undefined']);
});
