import { ServerCapability } from './capability';
import { isNearMiss } from '../../plan/checks/near-miss';

/** Names of what Seldon's own servers can do, as others call them. */
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

/** What a slip is looked for in: a name with other digits is another capability, such as a second version. */
const LETTERS = /^[A-Za-z]+$/;

/** In a shorter name, another letter makes another word. */
const SHORTEST = 5;

/** A name without what people write differently. */
const plain = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '');

const BY_PLAIN_NAME: ReadonlyMap<string, string> = new Map([...Object.entries(OTHER_NAMES), ...KNOWN.map((name) => [plain(name), name] as const)]);

/**
 * The capability of Seldon's own servers that a requirement probably means; undefined when it is one of them, or like none.
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
