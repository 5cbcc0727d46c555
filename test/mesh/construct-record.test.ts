import { existsSync, mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { Model } from '../../src';
import { CONSTRUCT_RECORD } from '../../src/plan/construct-record';

const outdir = mkdtempSync(join(tmpdir(), 'record-'));
const file = join(outdir, CONSTRUCT_RECORD);

afterEach(() => rmSync(file, { force: true }));
afterAll(() => rmSync(outdir, { recursive: true }));

function fill(app: App): App {
  const chart = new Chart(app, 'chart', { namespace: 'models' });
  new Model(chart, 'iris', { storageUri: 'gs://a/b', requirements: ['sklearn'] });
  new ApiObject(chart, 'raw', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'iris' } });
  return app;
}

test('the paths of all objects are recorded for validations, by the construct that the user wrote', () => {
  fill(new App({ outdir, recordConstructMetadata: true })).synth();
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual([
    { apiVersion: 'mlops.seldon.io/v1alpha1', kind: 'Model', namespace: 'models', name: 'iris', path: 'chart/iris' },
    { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'models', name: 'iris', path: 'chart/raw' },
  ]);
});

test('nothing is recorded where there are no validations', () => {
  fill(new App({ outdir, recordConstructMetadata: false })).synth();
  expect(existsSync(file)).toBe(false);
});

test('nothing is recorded by tests', () => {
  const app = fill(Testing.app({ recordConstructMetadata: true }));
  expect(Testing.synth(app.node.children[0] as Chart)).toHaveLength(2);
});
