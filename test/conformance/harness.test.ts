import { routed, routedAll } from './checks/routed';
import { fixture } from './harness/examples';
import { startWorld, World } from './harness/world';
import { core2, core2Endpoint } from './routes/core2';
import { tableOf } from './routes/tables';

// What the examples do not need yet, the harness can do all the same: mirrored requests, subsets, callers inside the mesh.

let world: World;

afterEach(() => world?.close());

describe('plain Services', () => {
  beforeEach(async () => { world = await startWorld(fixture('conformance/fixtures/service-shadow.yaml')); });

  const request = { rest: '/v2/models/iris/infer', host: 'models.example.com' };
  const iris = { service: 'iris.models', port: 8080 };
  const shadow = { service: 'iris-shadow.models', port: 8080 };
  const wine = (subset: string) => ({ service: 'wine.models', subset });

  test('the shadow gets its share of mirrored requests, and the primary every request once', async () => {
    expect(await routedAll(world, [{ title: 'shadow', request, expect: { to: iris, mirrored: [{ to: shadow, share: 0.3 }] } }])).toEqual([]);
  });

  test('fails for another share of mirrored requests, or when none is expected', async () => {
    expect(await routedAll(world, [{ title: 'shadow', request, expect: { to: iris, mirrored: [{ to: shadow, share: 0.5 }] } }]))
      .toEqual([expect.stringMatching(/mirrored requests to iris-shadow.models:8080: \d+ of 1000, expected 500 ± 79/)]);
    expect(await routedAll(world, [{ title: 'shadow', request, times: 100, expect: { to: iris } }]))
      .toEqual([expect.stringMatching(/an unexpected mirrored request reached iris-shadow.models:8080/)]);
  });

  test('a failure names the request, the rule, its manifest and the construct', async () => {
    const [finding] = await routed(world, { title: 'no route', request, expect: { status: 404 } }, new Map([['iris', 'app/models/iris']]));
    expect(finding).toContain('request: POST /v2/models/iris/infer at models.example.com:80');
    expect(finding).toContain('expected HTTP 404 from no model, got HTTP 200 from iris.models:8080');
    expect(finding).toContain('rule shadowed of VirtualService models/iris, made by app/models/iris, sent it to outbound|8080||iris.models');
  });

  test('subsets get their shares', async () => {
    const wines = { rest: '/v2/models/wine/infer', host: 'models.example.com' };
    expect(await routedAll(world, [{
      title: 'subsets', request: wines, expect: { shares: [{ to: wine('v1'), share: 0.9 }, { to: wine('v2'), share: 0.1 }] },
    }])).toEqual([]);
    expect(await routedAll(world, [{
      title: 'subsets', request: wines, expect: { shares: [{ to: wine('v1'), share: 0.7 }, { to: wine('v2'), share: 0.3 }] },
    }])).toHaveLength(2);
  });
});

describe('callers inside the mesh', () => {
  const host = 'seldon-mesh.seldon-mesh.svc.cluster.local';
  const arms = [{ to: core2('iris1'), share: 0.8 }, { to: core2('iris2'), share: 0.2 }];

  beforeEach(async () => { world = await startWorld(fixture('conformance/fixtures/core2-mesh.yaml')); });

  test('a sidecar sends the endpoint to its arms', async () => {
    // What is no part of the endpoint is not refused here: it stays as it was, which the next test shows.
    const routes = core2Endpoint({ name: 'iris', host, arms, fromMesh: true }).filter((route) => 'shares' in route.expect);
    expect(routes.length).toBeGreaterThan(5);
    expect(await routedAll(world, routes)).toEqual([]);
  });

  test('everything else on the host stays as it was', async () => {
    const to = { service: 'seldon-mesh.seldon-mesh' };
    const asked = { host, headers: { 'seldon-model': 'other' }, fromMesh: true };
    expect(await routedAll(world, [
      { title: 'another model', request: { rest: '/v2/models/other/infer', ...asked }, expect: { to: { ...to, port: 80 } } },
      { title: 'another model, gRPC', request: { grpc: 'ModelInfer', model: 'other', ...asked }, expect: { to: { ...to, port: 80 } } },
      { title: 'statistics', request: { rest: '/stats', ...asked, port: 9003 }, expect: { to: { ...to, port: 9003 } } },
    ])).toEqual([]);
  });
});

test('an unknown example has no table', () => {
  expect(tableOf('core2-single-model')).toBeDefined();
  expect(tableOf('no-such-example')).toBeUndefined();
});
