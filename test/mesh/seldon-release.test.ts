import { ApiObject, App, Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { NEWER_SELDON_FIELDS } from '../../scripts/import/newer-fields';
import { Gateway } from '../../src/istio/gateway/gateway';
import { Mesh, MeshOptions } from '../../src/mesh/mesh';
import { findNewerFields } from '../../src/mesh/seldon-release';
import { GraphNode } from '../../src/seldon/core1/graph-node';
import { SeldonDeployment } from '../../src/seldon/core1/seldon-deployment';
import { Model } from '../../src/seldon/core2/model';
import { SeldonComponent } from '../../src/seldon/core2-runtime/seldon-component';
import { SeldonConfig } from '../../src/seldon/core2-runtime/seldon-config';
import { Server } from '../../src/seldon/core2-runtime/server';
import { ServerConfig } from '../../src/seldon/core2-runtime/server-config';
import { predictor } from '../support/core1';
import { messageOf } from '../support/errors';

const REMEDY = 'With an older release kubectl apply rejects it, or drops it without strict validation. Leave it out, or set the release of the cluster';

function chartOf(options: MeshOptions): Chart {
  const app = new App();
  Mesh.configure(app, options);
  return new Chart(app, 'chart', { namespace: 'models' });
}

function model(chart: Chart): Model {
  return new Model(chart, 'iris', { storageUri: 'gs://models/iris', llm: { modelRef: 'other' } });
}

/** An object with a value at a path. */
function withPath([first, ...rest]: readonly string[]): unknown {
  if (first === undefined) return 'x';
  return first.endsWith('[]') ? { [first.slice(0, -2)]: [{}, withPath(rest)] } : { [first]: withPath(rest) };
}

describe('a configured release of Seldon', () => {
  test('rejects a newer field at once', () => {
    expect(messageOf(() => model(chartOf({ seldonVersion: '2.8.3' })))).toEqual(
      `spec.llm of Model with seldonVersion "2.8.3". Seldon has it only since 2.9. ${REMEDY} (at chart/iris)`);
  });

  test.each([undefined, '2.9', 'v2.9.1', '2.10', '1.17'])('%s has it, or is of the other generation', (seldonVersion) => {
    expect(messageOf(() => model(chartOf({ seldonVersion })))).toEqual('no error');
  });

  test('is exact even if the release of a field is not', () => {
    const server = (seldonVersion: string) => messageOf(() => new Server(chartOf({ seldonVersion }), 'server', {
      serverConfig: ServerConfig.mlserver(), deploymentStrategy: { type: 'Recreate' },
    }));
    expect(server('2.6')).toEqual(`spec.deploymentStrategy of Server with seldonVersion "2.6". Only releases later than 2.6 have it. ${REMEDY} (at chart/server)`);
    expect(server('2.7')).toEqual('no error');
  });

  test('rejects fields of list items', () => {
    const labels = { team: 'a' };
    expect(messageOf(() => new SeldonConfig(chartOf({ seldonVersion: '2.6' }), 'config', {
      components: [{ name: SeldonComponent.SCHEDULER, labels, podSpec: { containers: [{ name: 'scheduler', image: 'a:1' }] } }],
    }))).toContain('spec.components[].labels of SeldonConfig with seldonVersion "2.6". Only releases later than 2.6 have it');
  });

  test('rejects newer fields of other objects and of patches, before anything is written', () => {
    const chart = chartOf({ seldonVersion: '2.8' });
    new ApiObject(chart, 'raw', { apiVersion: 'mlops.seldon.io/v1alpha1', kind: 'Pipeline', spec: { steps: [{ name: 'iris' }], output: { steps: ['iris'] }, allowCycles: true, maxStepRevisits: 0 } } as ConstructorParameters<typeof ApiObject>[2]);
    const problem = (path: string) => `  [chart/raw] ${path} of Pipeline with seldonVersion "2.8". Seldon has it only since 2.10. ${REMEDY} (at chart/raw)`;
    expect(messageOf(() => App.of(chart).synthYaml())).toEqual(
      `Validation failed with the following errors:\n${problem('spec.allowCycles')}\n${problem('spec.maxStepRevisits')}`);
  });

  test('leaves other kinds alone', () => {
    const chart = chartOf({ seldonVersion: '2.6' });
    new ApiObject(chart, 'raw', { apiVersion: 'example.com/v1', kind: 'Model', spec: { llm: {} } } as ConstructorParameters<typeof ApiObject>[2]);
    new Gateway(chart, 'gateway', { namespace: 'istio-system' });
    expect(messageOf(() => App.of(chart).synthYaml())).toEqual('no error');
  });
});

describe('a configured release of Seldon Core 1', () => {
  const hosts = ['a.test', 'b.test'];

  test.each<[MeshOptions, string]>([[{ seldonVersion: '1.17' }, 'seldonVersion'], [{ seldonVersion: '2.10', seldonCore1Version: '1.17' }, 'seldonCore1Version']])(
    '%j rejects several hosts of the operator\'s routes', (options, option) => {
      expect(messageOf(() => new SeldonDeployment(chartOf(options), 'iris', { predictors: [predictor()], istio: { hosts } }))).toEqual(
        `several hosts in istio with ${option} "1.17". Seldon has it only since 1.18. ${REMEDY} (at chart/iris)`);
    });

  test.each<MeshOptions>([{}, { seldonVersion: '1.18' }, { seldonVersion: '2.6' }])('%j does not', (options) => {
    expect(messageOf(() => new SeldonDeployment(chartOf(options), 'iris', { predictors: [predictor()], istio: { hosts } }))).toEqual('no error');
  });

  test('rejects resource claims', () => {
    const spec: k8s.PodSpec = { containers: [{ name: 'm', image: 'a:1', resources: { claims: [{ name: 'gpu' }] } }] };
    expect(messageOf(() => new SeldonDeployment(chartOf({ seldonVersion: '1.17.1' }), 'iris', {
      predictors: [{ name: 'main', graph: GraphNode.model({ name: 'm' }), componentSpecs: [{ spec }] }],
    }))).toContain('resources.claims of SeldonDeployment with seldonVersion "1.17.1". Seldon has it only since 1.18');
  });
});

test.each<[MeshOptions, string]>([
  [{ seldonVersion: 'latest' }, 'seldonVersion "latest". Expected a release such as "2.9" or "2.9.1"'],
  [{ seldonVersion: 2.9 as never }, 'seldonVersion 2.9. Expected a release such as "2.9" or "2.9.1"'],
  [{ seldonVersion: '2.5' }, 'seldonVersion "2.5". Expected 1.17 or later of Seldon Core 1, or 2.6 or later of Seldon Core 2'],
  [{ seldonVersion: '3.0' }, 'seldonVersion "3.0". Expected 1.17 or later of Seldon Core 1, or 2.6 or later of Seldon Core 2'],
  [{ seldonVersion: '1.16' }, 'seldonVersion "1.16". Expected 1.17 or later of Seldon Core 1, or 2.6 or later of Seldon Core 2'],
  [{ seldonCore1Version: '2.6' }, 'seldonCore1Version "2.6". Expected a release of Seldon Core 1, such as "1.18"'],
  [{ seldonVersion: '1.17', seldonCore1Version: '1.18' }, 'seldonVersion "1.17" and seldonCore1Version "1.18". Set the release of Seldon Core 1 once'],
])('fails for %j', (options, message) => {
  expect(messageOf(() => chartOf(options))).toEqual(`${message} (at the app)`);
});

test.each(NEWER_SELDON_FIELDS.filter(({ isNarrowed }) => !isNarrowed))('2.6 does not have $path of $kind, which the CRDs of 2.6.0 reject', ({ kind, path }) => {
  expect(findNewerFields(kind, withPath(path.split('.')), { major: 2, minor: 6 })).toHaveLength(1);
  expect(findNewerFields(kind, withPath(path.split('.')), { major: 2, minor: 10 })).toEqual([]);
});
