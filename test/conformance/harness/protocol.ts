import * as path from 'path';
import { MethodDefinition, loadSync } from '@grpc/proto-loader';

/** The calls of the Open Inference Protocol that the tests make. */
export type Call = 'ServerLive' | 'ServerReady' | 'ModelReady' | 'ModelMetadata' | 'ModelInfer';

/** The full name of the protocol's gRPC service; no model is named in it. */
export const GRPC_SERVICE = 'inference.GRPCInferenceService';

const definitions = loadSync(path.join(__dirname, 'open-inference.proto'), { keepCase: true, longs: Number, defaults: true, oneofs: true });

/** How the messages of a call are written and read. */
export function methodOf(call: string): MethodDefinition<any, any> | undefined {
  return (definitions[GRPC_SERVICE] as Record<string, MethodDefinition<any, any>>)[call];
}

/** The body of a REST inference request. */
export const INFER_BODY = JSON.stringify({ inputs: [{ name: 'predict', shape: [1, 4], datatype: 'FP32', data: [[1, 2, 3, 4]] }] });

/** The message of a gRPC call about a model. */
export function messageFor(call: Call, model: string): object {
  switch (call) {
    case 'ModelInfer':
      return { model_name: model, inputs: [{ name: 'input', contents: { fp32_contents: [1, 2, 3, 4] }, datatype: 'FP32', shape: [1, 4] }] };
    case 'ModelReady':
    case 'ModelMetadata':
      return { name: model };
    case 'ServerLive':
    case 'ServerReady':
      return {};
  }
}
