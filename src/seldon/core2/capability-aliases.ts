import { ServerCapability } from './capability';
import { isNearMiss } from '../../plan/checks/near-miss';

/** Common other names of the capabilities of Seldon's servers. */
const OTHER_NAMES: { readonly [name: string]: string } = {
  scikitlearn: ServerCapability.SKLEARN,
  sklearnserver: ServerCapability.SKLEARN,
  xgb: ServerCapability.XGBOOST,
  lgbm: ServerCapability.LIGHTGBM,
  hf: ServerCapability.HUGGINGFACE,
  transformers: ServerCapability.HUGGINGFACE,
  torch: ServerCapability.PYTORCH,
  torchscript: ServerCapability.PYTORCH,
  libtorch: ServerCapability.PYTORCH,
  tf: ServerCapability.TENSORFLOW,
  savedmodel: ServerCapability.TENSORFLOW,
  tensorflowsavedmodel: ServerCapability.TENSORFLOW,
  trt: ServerCapability.TENSORRT,
  onnxruntime: ServerCapability.ONNX,
  spark: ServerCapability.SPARK_MLIB,
  sparkmllib: ServerCapability.SPARK_MLIB,
  tritonserver: ServerCapability.TRITON,
};

const KNOWN: readonly string[] = [...new Set([...ServerCapability.ofMlserver(), ...ServerCapability.ofTriton()])];

/** Only names without digits are compared for typing errors, since another digit means another capability, such as a second version. */
const LETTERS = /^[A-Za-z]+$/;

/** Shorter names are not compared, since a different letter often makes a different word. */
const SHORTEST = 5;

/** A name without differences in case and punctuation. */
const plain = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '');

const BY_PLAIN_NAME: ReadonlyMap<string, string> = new Map([...Object.entries(OTHER_NAMES), ...KNOWN.map((name) => [plain(name), name] as const)]);

/**
 * The capability of Seldon's servers that a requirement most likely refers to; undefined if it is one of them, or similar to none.
 *
 * @internal
 */
export function findCapability(requirement: string): string | undefined {
  if (KNOWN.includes(requirement)) return undefined;
  return BY_PLAIN_NAME.get(plain(requirement)) ?? misspelt(requirement);
}

function misspelt(requirement: string): string | undefined {
  return LETTERS.test(requirement) ? KNOWN.find((name) => name.length >= SHORTEST && isNearMiss(requirement, name)) : undefined;
}
