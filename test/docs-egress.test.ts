import { blocksOf, page, run as runIn } from './support/code-in-docs';
import { manifestsOf, testChart } from './support/manifests';

const egress = page('egress');
const blocks = blocksOf(egress);

/** The chart that an example makes. */
const run = (code: string) => runIn(code, testChart());

test('there is an example for each part', () => {
  expect(blocks.map((code) => /(new |StorageInitializer\.)(\w+)/.exec(code)![2]))
    .toEqual(['ModelStoreEgress', 'ModelStoreEgress', 'ModelStoreEgress', 'nativeSidecar']);
});

test('all stores are reached, and MinIO needs nothing', () => {
  expect(manifestsOf(run(blocks[0]), 'ServiceEntry').flatMap(({ spec }) => spec.hosts)).toEqual([
    's3.eu-west-1.amazonaws.com', 'models.s3.eu-west-1.amazonaws.com', 'storage.googleapis.com', 'www.googleapis.com', 'oauth2.googleapis.com',
    'models.blob.core.windows.net',
  ]);
});

test('the host that plain clients dial is one of the store', () => {
  const [, host] = /dials `http:\/\/([^`]*)`/.exec(egress)!;

  expect(manifestsOf(run(blocks[1]), 'DestinationRule').map(({ spec }) => spec.host)).toContain(host);
});

test('the scope has the namespaces that the text names', () => {
  expect(manifestsOf(run(blocks[2]), 'Sidecar').map(({ spec }) => spec.egress[0].hosts))
    .toEqual([['./*', 'istio-system/*', 'default/kubernetes.default.svc.cluster.local', 'kafka/*']]);
});

test('the predictor takes the annotation', () => {
  const [{ spec }] = manifestsOf(run(blocks[3]), 'SeldonDeployment');

  expect(spec.predictors[0].annotations).toEqual({ 'sidecar.istio.io/nativeSidecar': 'true' });
});
