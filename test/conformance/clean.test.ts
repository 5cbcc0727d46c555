import { cleanCluster, cleanFiles, unusedAllowances } from './checks/clean';
import { ApiServer } from './harness/apiserver';
import { examples } from './harness/examples';
import { inCluster, tableOf } from './routes/tables';

const api = ApiServer.connect();

afterAll(() => api.close());

describe.each(examples())('$name', ({ name, yaml }) => {
  test('istioctl reports nothing about the files', async () => {
    expect(await cleanFiles(yaml)).toEqual([]);
  });

  test('istioctl reports nothing about a cluster that holds it', async () => {
    const table = tableOf(name);
    expect(await cleanCluster(api, inCluster(yaml, table), table?.world?.services)).toEqual([]);
  });
});

test('every allowance is needed', () => {
  expect(unusedAllowances()).toEqual([]);
});
