/** A program that writes splits as users do: `node app.js <variant> <number of splits> <output folder>`. */
import { ApiObject, App, Chart } from 'cdk8s';
import { writePlainSplits } from './plain-splits';
import type * as Library from '../../src';

/** What writes the manifests, and with which printer. */
export type Variant = 'library' | 'library with FastApp' | 'plain cdk8s' | 'plain cdk8s with FastApp';

function run(variant: Variant, count: number, outdir: string): void {
  const app = variant.endsWith('FastApp') ? new (library().FastApp)({ outdir }) : new App({ outdir });
  const chart = new Chart(app, 'splits', { namespace: 'seldon-mesh' });
  if (variant.startsWith('library')) {
    writeSplits(library(), chart, count);
  } else {
    writePlainSplits((id, object) => new ApiObject(chart, id, object), count);
  }
  app.synth();
}

/** The compiled package. Plain cdk8s does not load it. */
function library(): typeof Library {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('cdk8s-seldon-istio') as typeof Library;
}

function writeSplits({ Gateway, Model, TrafficSplit }: typeof Library, chart: Chart, count: number): void {
  const gateway = Gateway.fromGatewayName(chart, 'gateway', 'seldon-gateway', { namespace: 'istio-system' });
  for (let i = 0; i < count; i++) {
    const [stable, canary] = ['stable', 'canary'].map((slot) => new Model(chart, `model-${i}-${slot}`, {
      storageUri: `gs://models/${i}/${slot}`,
      requirements: ['sklearn'],
    }));
    new TrafficSplit(chart, `split-${i}`, {
      gateways: [gateway],
      arms: [{ backend: stable, weight: 90 }, { backend: canary, weight: 10 }],
    });
  }
}

const [, , variant, count, outdir] = process.argv;
run(variant as Variant, Number(count), outdir);
