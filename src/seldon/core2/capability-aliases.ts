import { Capability } from './capability';
import { isNearMiss } from '../../plan/checks/near-miss';

/** Names of what Seldon's own servers can do, as others call them. */
const OTHER_NAMES: { readonly [name: string]: string } = {
  scikitlearn: Capability.SKLEARN,
  sklearnserver: Capability.SKLEARN,
  xgb: Capability.XGBOOST,
  lgbm: Capability.LIGHTGBM,
  hf: Capability.HUGGINGFACE,
  transformers: Capability.HUGGINGFACE,
  torch: Capability.PYTORCH,
  torchscript: Capability.PYTORCH,
  libtorch: Capability.PYTORCH,
  tf: Capability.TENSORFLOW,
  savedmodel: Capability.TENSORFLOW,
  tensorflowsavedmodel: Capability.TENSORFLOW,
  trt: Capability.TENSORRT,
  onnxruntime: Capability.ONNX,
  spark: Capability.SPARK_MLIB,
  sparkmllib: Capability.SPARK_MLIB,
  tritonserver: Capability.TRITON,
};

const KNOWN: readonly string[] = [...new Set([...Capability.ofMlserver(), ...Capability.ofTriton()])];

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
export function findMeantCapability(requirement: string): string | undefined {
  if (KNOWN.includes(requirement)) return undefined;
  return BY_PLAIN_NAME.get(plain(requirement)) ?? misspelt(requirement);
}

function misspelt(requirement: string): string | undefined {
  return LETTERS.test(requirement) ? KNOWN.find((name) => name.length >= SHORTEST && isNearMiss(requirement, name)) : undefined;
}
