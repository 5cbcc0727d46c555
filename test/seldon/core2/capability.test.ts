import { Capability } from '../../../src/seldon/core2/capability';

test('what Seldon\'s own servers can do', () => {
  expect(Capability.ofMlserver()).toEqual([
    'mlserver', 'alibi-detect', 'alibi-explain', 'huggingface', 'lightgbm', 'mlflow', 'python', 'sklearn', 'spark-mlib', 'xgboost',
  ]);
  expect(Capability.ofTriton()).toEqual(['triton', 'dali', 'fil', 'onnx', 'openvino', 'python', 'pytorch', 'tensorflow', 'tensorrt']);
});

test('each of them has a name here', () => {
  const named = Object.values(Capability);
  expect([...new Set([...Capability.ofMlserver(), ...Capability.ofTriton()])].filter((each) => !named.includes(each))).toEqual([]);
  expect(named.length).toBe(18);
});

test('a list belongs to its caller', () => {
  Capability.ofTriton().push('more');

  expect(Capability.ofTriton()).not.toContain('more');
});
