import { mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ApiObject, Chart, Include, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { Mesh } from '../../src/mesh/mesh';
import { objectsOf } from '../../src/mesh/objects';

const ISTIO = 'networking.istio.io';

const object = (scope: Construct, id: string, apiVersion: string, kind: string) =>
  new ApiObject(scope, id, { apiVersion, kind, metadata: { name: id } });
const gateway = (scope: Construct, id: string, apiVersion = `${ISTIO}/v1`) => object(scope, id, apiVersion, 'Gateway');

const names = (objects: ApiObject[]) => objects.map(({ name }) => name);

test('objects of a kind, in any version, in order of construction', () => {
  const app = Testing.app();
  const [a, b] = [new Chart(app, 'a'), new Chart(app, 'b')];
  gateway(b, 'second', `${ISTIO}/v1beta1`);
  gateway(new Construct(a, 'inner'), 'first');

  expect(names(objectsOf(app, ISTIO, 'Gateway'))).toEqual(['first', 'second']);
});

test('not those of another group with the same kind', () => {
  const chart = Testing.chart();
  gateway(chart, 'istio');
  gateway(chart, 'kubernetes', 'gateway.networking.k8s.io/v1');
  object(chart, 'core', 'v1', 'Service');
  object(chart, 'knative', 'serving.knative.dev/v1', 'Service');

  expect(names(objectsOf(chart, ISTIO, 'Gateway'))).toEqual(['istio']);
  expect(names(objectsOf(chart, 'core', 'Service'))).toEqual(['core']);
});

test('several kinds of a group', () => {
  const chart = Testing.chart();
  for (const kind of ['VirtualService', 'Gateway', 'DestinationRule']) object(chart, kind.toLowerCase(), `${ISTIO}/v1`, kind);

  expect(names(objectsOf(chart, ISTIO, 'DestinationRule', 'VirtualService'))).toEqual(['virtualservice', 'destinationrule']);
});

test('not those of another mesh below it, nor vice versa', () => {
  const app = Testing.app();
  const other = new Chart(app, 'other');
  Mesh.configure(other, { clusterDomain: 'other.local' });
  gateway(other, 'theirs');
  gateway(new Chart(app, 'own'), 'ours');

  expect(names(objectsOf(app, ISTIO, 'Gateway'))).toEqual(['ours']);
  expect(names(objectsOf(other, ISTIO, 'Gateway'))).toEqual(['theirs']);
});

test('also those of an included file', () => {
  const chart = Testing.chart();
  const url = join(mkdtempSync(join(tmpdir(), 'objects-')), 'gateway.yaml');
  writeFileSync(url, `apiVersion: ${ISTIO}/v1\nkind: Gateway\nmetadata:\n  name: included\n`);
  new Include(chart, 'file', { url });

  expect(names(objectsOf(chart, ISTIO, 'Gateway'))).toEqual(['included']);
});
