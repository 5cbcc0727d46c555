import { cleanCluster, cleanFiles } from './checks/clean';
import { ApiServer } from './harness/apiserver';
import { examples } from './harness/examples';
import { Manifest, ofKind, parse, print } from './harness/manifests';
import { operatorMakes } from './harness/operator';
import { inCluster, tableOf } from './routes/tables';

// What the operator of Seldon Core 1 makes is judged like the manifests themselves, and a wrong preview of it is caught.

const api = ApiServer.connect();

afterAll(() => api.close());

const CORE1 = examples().filter(({ yaml }) => ofKind(parse(yaml), 'SeldonDeployment').length > 0);

test.each(CORE1)('istioctl reports nothing about the files of $name with those of the operator', async ({ name, yaml }) => {
  expect(await cleanFiles(inCluster(yaml, tableOf(name)))).toEqual([]);
});

describe('a wrong preview is caught', () => {
  const { yaml } = CORE1.find(({ name }) => name === 'core1-canary')!;

  /** The example in a cluster whose operator does something else. */
  async function findings(change: (object: any) => void): Promise<string[]> {
    const made: Manifest[] = operatorMakes(parse(yaml));
    made.forEach(change);
    return cleanCluster(api, `${yaml}\n---\n${print(made)}`);
  }

  test('fails when a subset selects no pods', async () => {
    expect(await findings((object) => {
      if (object.kind === 'Pod' && object.metadata.name.startsWith('iris-canary')) {
        object.metadata.labels.version = 'other';
      }
    })).toContainEqual(expect.stringMatching(/IST0173 .*iris-canary/));
  });

  test('fails when a Service does not have the port of a route', async () => {
    expect(await findings((object) => {
      if (object.kind === 'Service' && object.metadata.name === 'iris-canary') {
        object.spec.ports = object.spec.ports.filter(({ name }: { name: string }) => name !== 'grpc');
      }
    })).toContainEqual(expect.stringMatching(/IST0101 .*host:port not found: "iris-canary\.models-operator\.svc\.cluster\.local:5001"/));
  });
});
