import { componentDeployment, deploymentId, explainerService, explainerVirtualService, predictorService } from '../../../src/cluster/core1-operator/names';

test('long names are hashed, from 64 characters on', () => {
  expect(deploymentId('a'.repeat(63))).toEqual('a'.repeat(63));
  expect(deploymentId('a'.repeat(64))).toEqual('seldon-014842d480b571495a4a0363793f7367');
});

test('the whole name is hashed, not its parts', () => {
  expect(predictorService('a-rather-long-deployment-name-for-the-iris-classifier', 'the-first-predictor-of-two'))
    .toEqual('seldon-866287af5043c7d66ad4669df415b1dd');
  expect(componentDeployment('a-rather-long-deployment-name-for-the-iris-classifier', 'the-first-predictor-of-two', 0, 'classifier'))
    .toEqual('seldon-b5ca834c61116ca195f5eedc51f84eb0');
  expect(explainerService('iris', 'main')).toEqual('iris-main-explainer');
});

test.each([
  ['a'.repeat(58), `${'a'.repeat(58)}-http`],
  ['a'.repeat(60), `${'a'.repeat(60)}-ht`],
  ['a'.repeat(62), 'a'.repeat(62)],
  ['a'.repeat(63), 'a'.repeat(63)],
])('the VirtualService of explainer %s is cut', (service, name) => {
  expect(explainerVirtualService(service)).toEqual(name);
});
