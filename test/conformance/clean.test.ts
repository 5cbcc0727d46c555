import { cleanCluster, cleanFiles, unusedAllowances } from './checks/clean';
import { ApiServer } from './harness/apiserver';
import { examples } from './harness/examples';
import { tableOf } from './routes/tables';

const api = ApiServer.connect();

afterAll(() => api.close());

describe.each(examples())('$name', ({ name, yaml }) => {
  test('istioctl has nothing to say about the files', async () => {
    expect(await cleanFiles(yaml)).toEqual([]);
  });

  test('istioctl has nothing to say about a cluster that holds it', async () => {
    expect(await cleanCluster(api, yaml, tableOf(name)?.world?.services)).toEqual([]);
  });
});

test('every allowance is needed', () => {
  expect(unusedAllowances()).toEqual([]);
});
