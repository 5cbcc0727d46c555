import { ModelRoute, ModelRouteProps } from '../../src/traffic/model-route';
import { failure, services } from '../support/routed-backends';

function failureOf(id: string, props: Partial<ModelRouteProps>): string {
  return failure(services(), ({ chart, gateways, v1 }) => new ModelRoute(chart, id, { gateways, backend: v1, ...props }));
}

describe('fails at the construct of the user', () => {
  const NAME = 'Expected at most 253 lower-case letters, digits, hyphens and dots, starting and ending with a letter or digit';

  test('for an id that is no name of an object', () => {
    expect(failureOf('Iris', {})).toEqual(`name "Iris". ${NAME} (at test/Iris)`);
  });

  test('for an invalid name', () => {
    expect(failureOf('iris', { metadata: { name: 'iris_1' } })).toEqual(`name "iris_1". ${NAME} (at test/iris)`);
  });

  test('for a label and an annotation that Kubernetes refuses, behind a gateway and inside the mesh', () => {
    for (const gateways of [undefined, []]) {
      const own = gateways === undefined ? {} : { gateways };
      expect(failureOf('iris', { ...own, metadata: { labels: { team: 'a b' } } })).toEqual('value "a b" of label team of metadata. '
        + 'Expected letters, digits, "-", "_" and ".", starting and ending with a letter or digit (at test/iris)');
      expect(failureOf('iris', { ...own, metadata: { annotations: { note: 5 as never } } })).toEqual(
        'metadata.annotations.note 5. Expected a string (at test/iris)');
    }
  });
});

test('inside the mesh no object has the name', () => {
  const { chart, v1 } = services();

  expect(new ModelRoute(chart, 'IrisRoute', { endpoint: 'iris', gateways: [], backend: v1 }).plan.name).toEqual('IrisRoute');
});
