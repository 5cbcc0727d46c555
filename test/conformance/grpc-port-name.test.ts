import { Chart, Testing, Yaml } from 'cdk8s';
import { routedAll } from './checks/routed';
import { examples } from './harness/examples';
import { SELDON_MESH_PORTS, ServicePort } from './harness/services';
import { startWorld, WorldOptions } from './harness/world';
import { core2, core2Endpoint } from './routes/core2';
import { SeldonConfiguration, SeldonRuntime } from '../../src';

// Seldon names the port of its Service `data` unless the runtime sets `grpcServicePrefix: http2-`. The same manifests
// then go upstream as HTTP/1.1, where the status of a gRPC call is lost.

const SPLIT = examples().find(({ name }) => name === 'core2-traffic-split')!;

const [, INFER] = core2Endpoint({
  name: 'iris', host: 'models.example.com', arms: [{ to: core2('iris1'), share: 0.5 }, { to: core2('iris2'), share: 0.5 }],
});

async function findingsWith(ports: ServicePort[]): Promise<string> {
  return findingsIn(SPLIT.yaml, [{ name: 'seldon-mesh', namespace: 'seldon-mesh', ports }]);
}

/** The ports are those that Seldon's operator makes of a runtime. */
async function findingsBeside(config?: SeldonConfiguration): Promise<string> {
  const chart = new Chart(Testing.app(), 'runtime', { namespace: 'seldon-mesh' });
  new SeldonRuntime(chart, 'seldon', { config });
  return findingsIn(`${SPLIT.yaml}\n---\n${Yaml.stringify(...Testing.synth(chart))}`);
}

async function findingsIn(yaml: string, services?: WorldOptions['services']): Promise<string> {
  const world = await startWorld(yaml, { services });
  try {
    return (await routedAll(world, [INFER])).join('\n');
  } finally {
    await world.close();
  }
}

test('fails through the port name data: the answer comes, its gRPC status does not', async () => {
  const findings = await findingsWith([{ number: 80, name: 'data' }, { number: 9003, name: 'stats' }]);
  expect(findings).toMatch(/gRPC inference reaches iris\n.*\(1000 of 1000\)/);
  expect(findings).toMatch(/got gRPC status (?!0\b)\d+ .* from seldon-mesh\.seldon-mesh:80 with seldon-model: iris[12]/);
});

test('works with the defaults of SeldonRuntime', async () => {
  expect(await findingsBeside()).toBe('');
});

test('works with a SeldonRuntime with prefix grpc-', async () => {
  expect(await findingsBeside({ serviceConfig: { grpcServicePrefix: 'grpc-' } })).toBe('');
});

test.each(['', 'tcp-', 'http-'])('fails with a SeldonRuntime with prefix %j', async (grpcServicePrefix) => {
  jest.spyOn(console, 'warn').mockImplementation();
  expect(await findingsBeside({ serviceConfig: { grpcServicePrefix } })).toMatch(/got gRPC status (?!0\b)\d+ .* from seldon-mesh\.seldon-mesh:80/);
});

test('works through the port name http2-data', async () => {
  expect(await findingsWith(SELDON_MESH_PORTS)).toBe('');
});
