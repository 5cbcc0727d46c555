import { ServerCapability } from '../../../src/seldon/core2/capability';

test('what Seldon\'s own servers can do', () => {
  expect(ServerCapability.ofMlserver()).toEqual([
    'mlserver', 'alibi-detect', 'alibi-explain', 'huggingface', 'lightgbm', 'mlflow', 'python', 'sklearn', 'spark-mlib', 'xgboost',
  ]);
  expect(ServerCapability.ofTriton()).toEqual(['triton', 'dali', 'fil', 'onnx', 'openvino', 'python', 'pytorch', 'tensorflow', 'tensorrt']);
});

test('each of them has a name here', () => {
  const named = Object.values(ServerCapability);
  expect([...new Set([...ServerCapability.ofMlserver(), ...ServerCapability.ofTriton()])].filter((each) => !named.includes(each))).toEqual([]);
  expect(named.length).toBe(18);
});

test('a list belongs to its caller', () => {
  ServerCapability.ofTriton().push('more');

  expect(ServerCapability.ofTriton()).not.toContain('more');
});
