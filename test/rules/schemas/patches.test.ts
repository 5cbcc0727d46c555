import { ApiObject, Chart, JsonPatch, Testing } from 'cdk8s';
import { Rules } from '../../../src';
import { Model } from '../../../src/seldon/core2/model';

const foundAfter = (...patches: readonly JsonPatch[]) => {
  const chart = new Chart(Testing.app(), 'chart');
  const model = new Model(chart, 'iris', { requirements: ['sklearn'], storageUri: 'gs://a' });
  ApiObject.of(model).addJsonPatch(...patches);
  return Rules.find(chart).map(({ level, message }) => `${level}: ${message}`);
};

test('a patch may add a field that is not known', () => {
  expect(foundAfter(JsonPatch.add('/spec/newer', 1))).toEqual([]);
});

test('a patch that probably misspells one is a warning', () => {
  expect(foundAfter(JsonPatch.add('/spec/memry', '1Gi'))).toEqual([
    'warning: Model default/iris has spec.memry, and its kind has no such field. Did you mean memory?',
  ]);
});

test('so is one at the wrong place', () => {
  expect(foundAfter(JsonPatch.add('/memory', '1Gi'))).toEqual([
    'warning: Model default/iris has memory, and its kind has no such field. It belongs to spec',
  ]);
});

test('a value that the kind does not allow is an error', () => {
  expect(foundAfter(JsonPatch.replace('/spec/requirements', 'sklearn'))).toEqual([
    'error: spec.requirements is "sklearn", so the API server rejects Model default/iris. Expected a list',
  ]);
});
