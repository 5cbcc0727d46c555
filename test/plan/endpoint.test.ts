import { GrpcCalls } from '../../src/plan/endpoint';
import { StringMatch } from '../../src/plan/string-match';

test('a header identifies calls, by one of several values', () => {
  expect(GrpcCalls.byHeader('seldon-model', 'iris', 'iris.pipeline').headerSets)
    .toEqual([{ 'seldon-model': 'iris' }, { 'seldon-model': 'iris.pipeline' }]);
});

test('several headers together identify calls', () => {
  expect(GrpcCalls.byHeaders({ seldon: 'iris', namespace: 'models' }, { 'seldon-model': 'iris' }).headerSets)
    .toEqual([{ seldon: 'iris', namespace: 'models' }, { 'seldon-model': 'iris' }]);
});

test('the sets given are copied', () => {
  const set = { seldon: 'iris' };
  const calls = GrpcCalls.byHeaders(set);
  set.seldon = 'other';

  expect(calls.headerSets).toEqual([{ seldon: 'iris' }]);
});

test('an endpoint for all calls of its host accepts calls with any headers', () => {
  expect(GrpcCalls.allOnHost().headerSets).toEqual([{}]);
});

test('no calls at all', () => {
  expect(GrpcCalls.none().headerSets).toEqual([]);
});

test('the methods are those of the Open Inference Protocol', () => {
  expect(GrpcCalls.allOnHost().methods).toEqual(StringMatch.prefix('/inference.GRPCInferenceService/'));
});

test('other methods, for the same headers', () => {
  const methods = StringMatch.prefix('/tensorflow.serving.PredictionService/');
  const calls = GrpcCalls.byHeader('seldon', 'iris').withMethods(methods);

  expect(calls.methods).toEqual(methods);
  expect(calls.headerSets).toEqual([{ seldon: 'iris' }]);
});

test('methods may be an expression', () => {
  expect(GrpcCalls.allOnHost().withMethods(StringMatch.regex('[/]a/b')).methods).toEqual(StringMatch.regex('[/]a/b'));
});

test('fails for a header without a value', () => {
  expect(() => GrpcCalls.byHeader('seldon-model')).toThrow(
    new Error('header "seldon-model" without a value. Give at least one (at GrpcCalls.byHeader)'));
});

test('fails for no set', () => {
  expect(() => GrpcCalls.byHeaders()).toThrow(
    new Error('no set of headers. Give at least one, or use allOnHost() (at GrpcCalls.byHeaders)'));
});

test('fails for an empty set', () => {
  expect(() => GrpcCalls.byHeaders({ seldon: 'iris' }, {})).toThrow(
    new Error('an empty set of headers. Name at least one header, or use allOnHost() (at GrpcCalls.byHeaders)'));
});

test.each(['Seldon-Model', 'seldon model', '', 'seldon:model'])('fails for header name %j', (name) => {
  const error = new Error(`header name "${name}". Expected a header name in lower case, as in HTTP/2 and Envoy (at GrpcCalls.byHeaders)`);

  expect(() => GrpcCalls.byHeader(name, 'iris')).toThrow(error);
  expect(() => GrpcCalls.byHeaders({ [name]: 'iris' })).toThrow(error);
});

test.each([StringMatch.prefix('inference.GRPCInferenceService/'), StringMatch.exact('')])('fails for methods without a slash: %s', (methods) => {
  expect(() => GrpcCalls.allOnHost().withMethods(methods)).toThrow(
    new Error(`methods ${methods}. The path of a gRPC method starts with a slash (at GrpcCalls.withMethods)`));
});
