import { InputError } from './input-error';
import { nearest } from '../../plan/checks/near-miss';

const METHOD = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*\/[A-Za-z_]\w*$/;

/** The methods of model servers, by service. */
const KNOWN: { readonly [service: string]: readonly string[] } = {
  'inference.GRPCInferenceService': [
    'ModelInfer', 'ModelStreamInfer', 'ModelMetadata', 'ModelReady', 'ServerLive', 'ServerMetadata', 'ServerReady', 'RepositoryIndex', 'RepositoryModelLoad', 'RepositoryModelUnload',
  ],
  'seldon.protos.Seldon': ['Predict', 'SendFeedback'],
  'tensorflow.serving.PredictionService': ['Classify', 'GetModelMetadata', 'MultiInference', 'Predict', 'Regress'],
};

const NAMES = Object.entries(KNOWN).flatMap(([service, methods]) => methods.map((method) => `${service}/${method}`));

/**
 * The path of a gRPC method.
 *
 * @param written The service and the method, as in `inference.GRPCInferenceService/ModelInfer`.
 * @throws InputError if it is not a method.
 * @internal
 */
export function grpcPath(written: string): string {
  const name = written.replace(/^\//, '');
  if (!METHOD.test(name)) throw new InputError(`gRPC method "${written}" is not valid`, remedyFor(name));
  return `/${name}`;
}

/**
 * The service of the path of a method of a model server; undefined for other paths.
 *
 * @internal
 */
export function serviceOfPath(path: string): string | undefined {
  return NAMES.includes(path.slice(1)) ? path.slice(1, path.lastIndexOf('/')) : undefined;
}

function remedyFor(name: string): string {
  const last = name.split(/[./]/).pop()!;
  const near = NAMES.find((known) => known.replace('/', '.') === name) ?? NAMES.find((known) => known.endsWith(`/${last}`)) ?? nearest(name, NAMES);
  return near === undefined ? 'write the full name of the service and the method, as in "inference.GRPCInferenceService/ModelInfer"' : `did you mean "${near}"?`;
}
