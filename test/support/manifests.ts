import { App, Chart, Testing } from 'cdk8s';
import { MeshOptions, Mesh } from '../../src/mesh/mesh';

/** A chart in the namespace where Seldon's tutorial puts its models. */
export function testChart(mesh?: MeshOptions, namespace: string | undefined = 'seldon-mesh'): Chart {
  const app = Testing.app();
  if (mesh !== undefined) Mesh.configure(app, mesh);
  return new Chart(app, 'test', { namespace });
}

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly annotations?: { readonly [name: string]: string } };
  // The tests compare specs with literals, whose shape differs by kind.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly spec: any;
}

/** The objects of one kind that a chart writes. */
export function manifestsOf(chart: Chart, kind: string): Manifest[] {
  return (Testing.synth(chart) as Manifest[]).filter((manifest) => manifest.kind === kind);
}

/** The only object of a kind that a chart writes. */
export function manifestOf(chart: Chart, kind: string): Manifest {
  const found = manifestsOf(chart, kind);
  expect(found.length).toBe(1);
  return found[0];
}

/** Writes an app to nowhere, with all its validations. */
export function synth(app: App): void {
  app.synthYaml();
}
