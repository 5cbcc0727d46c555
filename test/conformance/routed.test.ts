import { routed } from './checks/routed';
import { examples } from './harness/examples';
import { parse } from './harness/manifests';
import { startWorld, World } from './harness/world';
import { inCluster, tableOf } from './routes/tables';

describe.each(examples())('$name', ({ name, yaml, constructs }) => {
  const table = tableOf(name);
  if (table === undefined) {
    test('has a table of routes', () => {
      throw new Error(`write test/conformance/routes/${name}.ts: which requests does the example promise to answer, and who does?`);
    });
    return;
  }

  let world: World;
  beforeAll(async () => { world = await startWorld(inCluster(yaml, table), table.world); });
  afterAll(() => world?.close());

  test('Envoy accepts the whole configuration', async () => {
    expect(await world.rejected()).toEqual([]);
  });

  const cases = table.cases(parse(yaml));
  test.each(cases.map((route) => ({ title: route.title, route })))('$title', async ({ route }) => {
    expect((await routed(world, route, constructs)).join('\n')).toBe('');
  });
});
