import { Level } from '../../../src/rules/level';
import { core2RouteExample as route, modelExample as model, selects } from '../../../src/rules/routes/core2-route-example';
import { grpcWithoutModelHeader } from '../../../src/rules/routes/grpc-without-model-header';
import { lostMeshRoutes } from '../../../src/rules/routes/lost-mesh-routes';
import { meshWithoutCatchAll } from '../../../src/rules/routes/mesh-without-catch-all';
import { mirrorOfCore2Model } from '../../../src/rules/routes/mirror-of-core2-model';
import { prefixTakesNeighbour } from '../../../src/rules/routes/prefix-takes-neighbour';
import { stickyHeaderKept } from '../../../src/rules/routes/sticky-header-kept';
import { unknownModel } from '../../../src/rules/routes/unknown-model';
import { levelsOf, problemsOf } from '../../support/cluster';

const yaml = (...documents: string[]) => documents.join('---\n');
const rest = (match: string, to: string = selects('iris')) => route(`    - match: [${match}]\n${to}`);
const PATH = '{ uri: { prefix: /v2/models/iris/ } }';

describe('grpc-without-model-header', () => {
  const METHODS = '/inference.GRPCInferenceService/';

  test('names another model of the namespace', () => {
    expect(problemsOf(grpcWithoutModelHeader, yaml(model('iris'), model('wine'), rest(`{ uri: { prefix: ${METHODS} } }`)))).toEqual([{
      at: 'warning at VirtualService models/iris spec.http[0].match[0]',
      problem: 'all gRPC calls reach "iris", whichever model the client names in seldon-model, such as "wine"',
      remedy: 'add the header to the match, as in headers: { seldon-model: { exact: iris } }, or give the model its own host',
      related: [],
    }]);
  });

  test('is information if there is no other model', () => {
    expect(levelsOf(grpcWithoutModelHeader, yaml(model('iris'), rest(`{ uri: { prefix: ${METHODS} } }`)))).toEqual([Level.INFO]);
  });

  test.each([
    ['a match on the header', `{ uri: { prefix: ${METHODS} }, headers: { Seldon-Model: { exact: iris } } }`],
    ['a REST path', PATH],
    ['all paths', '{ uri: { prefix: / } }'],
  ])('is silent for %s', (_what, match) => {
    expect(levelsOf(grpcWithoutModelHeader, yaml(model('iris'), model('wine'), rest(match)))).toEqual([]);
  });

  test('is silent for the models of one split', () => {
    const split = `${selects('iris')}\n${selects('wine').replace('      route:\n', '')}`;
    expect(levelsOf(grpcWithoutModelHeader, yaml(model('iris'), model('wine'), rest(`{ uri: { prefix: ${METHODS} } }`, split)))).toEqual([Level.INFO]);
  });

  test.each([['iris.example.com', Level.INFO], ['"*.iris.example.com"', Level.INFO], ['iris-v2.example.com', Level.WARNING], ['"*"', Level.WARNING]])('host %s', (host, level) => {
    const text = yaml(model('iris'), model('wine'), rest(`{ uri: { prefix: ${METHODS} } }`).replace('[models.example.com]', `[${host}]`));
    expect(levelsOf(grpcWithoutModelHeader, text)).toEqual([level]);
  });

  test('is silent for a route that leaves the header to the client', () => {
    const any = '      route: [{ destination: { host: seldon-mesh, port: { number: 80 } } }]';
    expect(levelsOf(grpcWithoutModelHeader, yaml(model('iris'), model('wine'), rest(`{ uri: { prefix: ${METHODS} } }`, any)))).toEqual([]);
  });
});

describe('prefix-takes-neighbour', () => {
  test('names the neighbour', () => {
    expect(problemsOf(prefixTakesNeighbour, yaml(model('iris'), model('iris-large'), rest('{ uri: { prefix: /v2/models/iris } }')))).toEqual([{
      at: 'warning at VirtualService models/iris spec.http[0].match[0]',
      problem: 'prefix "/v2/models/iris" also matches requests for Model "iris-large", which then reach "iris"',
      remedy: 'match exact "/v2/models/iris" and prefix "/v2/models/iris/" instead',
      related: [],
    }]);
  });

  test.each([
    ['no neighbour', [model('iris'), model('wine')], '{ uri: { prefix: /v2/models/iris } }', [Level.INFO]],
    ['a neighbour in another namespace', [model('iris-large').replace('namespace: models', 'namespace: other')], '{ uri: { prefix: /v2/models/iris } }', [Level.INFO]],
    ['a slash at the end', [model('iris-large')], PATH, []],
    ['an exact path', [model('iris-large')], '{ uri: { exact: /v2/models/iris } }', []],
    ['a wider prefix', [model('iris-large')], '{ uri: { prefix: /v2/models } }', []],
  ])('%s', (_what, models, match, levels) => {
    expect(levelsOf(prefixTakesNeighbour, yaml(...models, rest(match)))).toEqual(levels);
  });

  test.each([
    ['its own prefix', ['{ uri: { exact: /v2/models/iris2 } }', '{ uri: { prefix: /v2/models/iris2/ } }'], Level.INFO],
    ['a wider prefix', ['{ uri: { prefix: /v2/models/iris2 } }'], Level.INFO],
    ['only one path', ['{ uri: { exact: /v2/models/iris2 } }'], Level.WARNING],
    ['only some of its requests', ['{ uri: { prefix: /v2/models/iris2/ }, method: { exact: GET } }'], Level.WARNING],
    ['another prefix', ['{ uri: { prefix: /v2/models/iris20/ } }'], Level.WARNING],
  ])('a neighbour of which an earlier rule takes %s', (_what, matches, level) => {
    const earlier = `    - match: [${matches.join(', ')}]\n${selects('iris2')}\n`;
    const found = levelsOf(prefixTakesNeighbour, yaml(model('iris2'), rest('{ uri: { prefix: /v2/models/iris } }').replace('  http:\n', `  http:\n${earlier}`)));
    expect(found).toContain(level);
    expect(found.filter((each) => each === Level.WARNING)).toHaveLength(level === Level.WARNING ? 1 : 0);
  });

  test('a neighbour that the same rule leads to', () => {
    expect(levelsOf(prefixTakesNeighbour, yaml(model('iris1'), rest('{ uri: { prefix: /v2/models/iris } }', selects('iris1'))))).toEqual([Level.INFO]);
  });
});

describe('unknown-model', () => {
  test.each([
    ['iris2', 'seldon-model "iris2" selects Model models/iris2, which does not exist, so Seldon answers these requests with 404', 'did you mean "iris"?'],
    ['iris.pipeline', 'seldon-model "iris.pipeline" selects Pipeline models/iris, which does not exist, so Seldon answers these requests with 404',
      'did you mean "iris"?'],
    ['zzz.pipeline', 'seldon-model "zzz.pipeline" selects Pipeline models/zzz, which does not exist, so Seldon answers these requests with 404',
      'create the Pipeline, or add the file that holds it as context'],
    ['zzz.experiment', 'seldon-model "zzz.experiment" selects Experiment models/zzz, which does not exist, so Seldon answers these requests with 404',
      'create the Experiment, or add the file that holds it as context'],
  ])('%s', (name, problem, remedy) => {
    expect(problemsOf(unknownModel, yaml(model('iris'), rest(PATH, selects(name))))).toEqual([
      { at: 'error at VirtualService models/iris spec.http[0].route[0]', problem, remedy, related: [] },
    ]);
  });

  test.each([
    ['one that exists', yaml(model('iris'), rest(PATH))],
    ['no model of the namespace is known', rest(PATH)],
    ['the models of another namespace are known', yaml(model('wine').replace('namespace: models', 'namespace: other'), rest(PATH))],
    ['a value that Envoy computes', yaml(model('wine'), rest(PATH, selects('"%REQ(x-model)%"')))],
    ['another Service', yaml(model('wine'), rest(PATH, selects('iris').replace('seldon-mesh', 'other')))],
  ])('is silent for %s', (_what, text) => {
    expect(levelsOf(unknownModel, text)).toEqual([]);
  });

  test('finds the runtime by any form of its host', () => {
    for (const host of ['seldon-mesh', 'seldon-mesh.models.svc.cluster.local', 'SELDON-MESH.models.svc.cluster.local']) {
      expect(levelsOf(unknownModel, yaml(model('wine'), rest(PATH, selects('iris').replace('host: seldon-mesh', `host: ${host}`))))).toEqual([Level.ERROR]);
    }
  });
});

describe('mirror-of-core2-model', () => {
  const MIRROR = '\n      mirror: { host: seldon-mesh, port: { number: 80 } }';

  test('a mirror, and each of several', () => {
    const several = '\n      mirrors: [{ destination: { host: other } }, { destination: { host: seldon-mesh }, percentage: { value: 5 } }]';
    for (const [text, field] of [[MIRROR, 'mirror'], [several, 'mirrors[1].destination']]) {
      expect(problemsOf(mirrorOfCore2Model, rest(PATH, selects('iris') + text))).toEqual([{
        at: `error at VirtualService models/iris spec.http[0].${field}`,
        problem: 'the mirror sends each request to "iris" a second time, since the mirrored request carries the same header seldon-model',
        remedy: 'use the mirror of an Experiment of Seldon Core 2, which selects another Model',
        related: [],
      }]);
    }
  });

  test.each([
    ['another Service', selects('iris') + MIRROR.replace('seldon-mesh', 'shadow')],
    ['the runtime of another namespace', selects('iris') + MIRROR.replace('seldon-mesh', 'seldon-mesh.other.svc.cluster.local')],
    ['a route to another Service', `      route: [{ destination: { host: web } }]${MIRROR}`],
  ])('is silent for %s', (_what, to) => {
    expect(levelsOf(mirrorOfCore2Model, rest(PATH, to))).toEqual([]);
  });
});

describe('sticky-header-kept', () => {
  const keeps = (to: string, remove = '') => `      route: [{ destination: { host: seldon-mesh }, headers: { request: { set: { seldon-model: ${to} }${remove} } } }]`;

  test('is reported once for a VirtualService', () => {
    expect(problemsOf(stickyHeaderKept, route(`    - match: [${PATH}]\n${keeps('iris')}\n    - match: [${PATH}]\n${keeps('wine')}`))).toEqual([{
      at: 'warning at VirtualService models/iris spec.http[0].route[0]',
      problem: 'requests for "iris" keep x-seldon-route and seldon-internal-model of the client, and Seldon answers an x-seldon-route of an earlier response with 404',
      remedy: 'remove the headers, as in headers: { request: { remove: [x-seldon-route, seldon-internal-model] } }',
      related: [],
    }]);
  });

  test.each([
    ['headers that the destination removes', keeps('iris', ', remove: [X-Seldon-Route]')],
    ['headers that the rule removes', `${keeps('iris')}\n      headers: { request: { remove: [x-seldon-route] } }`],
    ['an experiment, whose sessions may be sticky', keeps('iris.experiment')],
    ['a route without a model', '      route: [{ destination: { host: seldon-mesh } }]'],
  ])('is silent for %s', (_what, to) => {
    expect(levelsOf(stickyHeaderKept, rest(PATH, to))).toEqual([]);
  });
});

describe('inside the mesh', () => {
  const onMesh = (name: string, http: string, extra = '') => route(http, { name, gateways: '', hosts: '[seldon-mesh]' }) + extra;
  const RULE = `    - match: [${PATH}]\n${selects('iris')}`;
  const rest80 = '    - match: [{ port: 80 }]\n      route: [{ destination: { host: seldon-mesh, port: { number: 80 } } }]';
  const rest9003 = rest80.replaceAll('80', '9003');

  test('mesh-without-catch-all names a model that gets 404', () => {
    expect(problemsOf(meshWithoutCatchAll, yaml(model('iris'), model('wine'), onMesh('iris', RULE)))).toEqual([{
      at: 'error at VirtualService models/iris spec.hosts[0]',
      problem: 'inside the mesh, requests to seldon-mesh.models.svc.cluster.local on ports 80 and 9003 that match no rule get 404, such as those for Model "wine"',
      remedy: 'add a last rule for each port of the Service, as in match: [{ port: 80 }], with the Service as destination',
      related: [],
    }]);
  });

  test.each([
    ['no other model is known', onMesh('iris', RULE), [Level.WARNING]],
    ['the port of metrics is missing', yaml(model('wine'), onMesh('iris', `${RULE}\n${rest80}`)), [Level.WARNING]],
    ['both ports', yaml(model('wine'), onMesh('iris', `${RULE}\n${rest80}\n${rest9003}`)), []],
    ['a rule without a match', yaml(model('wine'), onMesh('iris', `${RULE}\n    - route: [{ destination: { host: seldon-mesh } }]`)), []],
    ['a gateway', yaml(model('wine'), route(RULE, { hosts: '[seldon-mesh]' })), []],
    ['another host', yaml(model('wine'), route(RULE, { gateways: '', hosts: '[web]' })), []],
  ])('mesh-without-catch-all: %s', (_what, text, levels) => {
    expect(levelsOf(meshWithoutCatchAll, text)).toEqual(levels);
  });

  test('lost-mesh-routes names both objects', () => {
    expect(problemsOf(lostMeshRoutes, yaml(onMesh('a', RULE), onMesh('b', RULE)))).toEqual([{
      at: 'error at VirtualService models/b spec.hosts[0]',
      problem: 'sidecars use only one VirtualService for host "seldon-mesh.models.svc.cluster.local", so either VirtualService models/a or VirtualService models/b '
        + 'has no effect there',
      remedy: 'put the rules of both into one VirtualService, or give one of them another host',
      related: ['VirtualService models/a spec.hosts[0]'],
    }]);
  });

  test.each([
    ['a gateway', yaml(onMesh('a', RULE), route(RULE, { name: 'b', hosts: '[seldon-mesh]' })), []],
    ['a gateway and the mesh', yaml(onMesh('a', RULE), route(RULE, { name: 'b', hosts: '[seldon-mesh]', gateways: '[mesh, istio-system/gateway]' })), [Level.ERROR]],
    ['different namespaces that see them', yaml(onMesh('a', RULE, '  exportTo: [one]\n'), onMesh('b', RULE, '  exportTo: [two]\n')), []],
    ['a Service of the same name in another namespace', yaml(onMesh('a', RULE), onMesh('b', RULE).replace('namespace: models', 'namespace: other')), []],
  ])('lost-mesh-routes: %s', (_what, text, levels) => {
    expect(levelsOf(lostMeshRoutes, text)).toEqual(levels);
  });
});
