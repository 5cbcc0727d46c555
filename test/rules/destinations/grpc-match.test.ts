import { JsonObject } from '../../../src/cluster/json';
import { grpcMatchOf } from '../../../src/rules/destinations/grpc-match';

test.each<[JsonObject, string | undefined]>([
  [{}, undefined],
  [{ uri: { prefix: '/' } }, undefined],
  [{ uri: { prefix: '/inference.GRPCInferenceService/' } }, 'prefix "/inference.GRPCInferenceService/"'],
  [{ uri: { exact: '/inference.GRPCInferenceService/ModelInfer' } }, 'exact "/inference.GRPCInferenceService/ModelInfer"'],
  [{ uri: { prefix: '/my.own.Service' } }, 'prefix "/my.own.Service"'],
  [{ uri: { prefix: '/seldon.protos' } }, 'prefix "/seldon.protos"'],
  [{ uri: { prefix: '/inference.GRPC' } }, 'prefix "/inference.GRPC"'],
  [{ uri: { prefix: '/v2/inference.GRPC' } }, undefined],
  [{ uri: { prefix: '/v2/my.own.Service' } }, undefined],
  [{ uri: { prefix: '/my.own.service' } }, undefined],
  [{ uri: { prefix: '/file.Json.gz' } }, undefined],
  [{ uri: { prefix: '/Service/' } }, undefined],
  [{ uri: { regex: '^/inference\\.GRPCInferenceService/.*' } }, 'regex "^/inference\\.GRPCInferenceService/.*"'],
  [{ uri: { regex: '/inference.GRPCInferenceService/.*' } }, undefined],
  [{ uri: { regex: '.*/inference\\.GRPCInferenceService/' } }, undefined],
  [{ headers: { 'Content-Type': { exact: 'application/grpc' } } }, 'content-type exact "application/grpc"'],
  [{ headers: { 'x-a': { exact: 'b' }, 'content-type': { prefix: 'application/grpc-web' } } }, 'content-type prefix "application/grpc-web"'],
  [{ headers: { 'content-type': { regex: 'application\\/grpc.*' } } }, 'content-type regex "application\\/grpc.*"'],
  [{ headers: { 'x-type': { exact: 'application/grpc' } } }, undefined],
  [{ headers: { 'content-type': { exact: 'text/application/grpc' } } }, undefined],
  [{ headers: { 'content-type': { exact: 'application/json' } } }, undefined],
])('%j is for gRPC calls: %s', (match, expected) => {
  expect(grpcMatchOf(match)).toBe(expected);
});
