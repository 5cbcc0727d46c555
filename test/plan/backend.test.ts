import { ResourceType } from '../../src/plan/backend';

test('the resource types as an Experiment writes them', () => {
  expect(ResourceType).toEqual({ MODEL: 'model', PIPELINE: 'pipeline' });
});
