import { App, Chart } from 'cdk8s';
import { parse, print } from './harness/manifests';
import { startWorld, World } from './harness/world';
import { Gateway } from '../../src/istio/gateway/gateway';
import { VirtualService } from '../../src/istio/virtual-service/virtual-service';
import { AuthorizationAction, AuthorizationPolicy } from '../../src/security/authorization/authorization-policy';

// Some path templates crash Envoy as soon as it reads them, and istiod forwards them.

const LONGEST = `/${'a'.repeat(253)}/{*}`;

function policy(paths: string[]): string {
  const chart = new Chart(new App(), 'chart', { namespace: 'models' });
  const gateway = new Gateway(chart, 'gateway', { namespace: 'istio-system' });
  new VirtualService(chart, 'iris', { hosts: ['*'], gateways: [gateway], http: [{ route: [{ destination: { host: 'iris.models.svc.cluster.local', port: 80 } }] }] });
  new AuthorizationPolicy(chart, 'policy', {
    namespace: 'istio-system', selector: { istio: 'ingressgateway' }, action: AuthorizationAction.DENY, rules: [{ to: [{ paths, notPorts: [15021] }] }],
  });
  return App.of(chart).synthYaml();
}

/** What the constructor would refuse. */
function hostile(path: string): string {
  const objects = parse(policy(['/v2/{*}']));
  for (const { kind, spec } of objects) {
    if (kind === 'AuthorizationPolicy') spec.rules[0].to[0].operation.paths = [path];
  }
  return print(objects);
}

let world: World | undefined;

afterEach(async () => {
  await world?.close();
  world = undefined;
});

test('Envoy accepts what the constructor accepts, and denies what it specifies', async () => {
  world = await startWorld(policy(['/v2/{*}/infer', '/tail/{*}/', '/rest/{**}', '/any/{**}/end', LONGEST]));
  expect(await world.rejected()).toEqual([]);
  const paths = ['/v2/iris/infer', '/tail/x/', '/rest/x/y', '/any/x/y/end', `/${'a'.repeat(253)}/x`, '/v2/iris', '/v2/a/b/infer', '/tail/x', '/any/x'];
  const statuses = (await world.sendAll(paths.map((rest) => ({ rest, host: 'a.test' })))).map(({ response }) => response.status);
  expect(statuses).toEqual([...Array(5).fill(403), ...Array(4).fill(200)]);
});

test.each(['{*}', '{**}', '{*}/a', '{**}/x', '//{*}'])('%s ends Envoy', async (path) => {
  await expect(startWorld(hostile(path)).then((started) => { world = started; })).rejects.toThrow('envoy ended by itself');
});

test('a longer template breaks the whole port', async () => {
  world = await startWorld(hostile(LONGEST.replace('a', 'aa')));
  expect((await world.rejected()).join()).toContain('path_template');
});
