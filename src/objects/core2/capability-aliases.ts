import { MLSERVER_CAPABILITIES, TRITON_CAPABILITIES } from './capabilities';
import { isNearMiss } from '../../plan/checks/near-miss';

/** Common other names of the capabilities of Seldon's servers. */
const OTHER_NAMES: { readonly [name: string]: string } = {
  scikitlearn: 'sklearn',
  sklearnserver: 'sklearn',
  xgb: 'xgboost',
  lgbm: 'lightgbm',
  hf: 'huggingface',
  transformers: 'huggingface',
  torch: 'pytorch',
  torchscript: 'pytorch',
  libtorch: 'pytorch',
  tf: 'tensorflow',
  savedmodel: 'tensorflow',
  tensorflowsavedmodel: 'tensorflow',
  trt: 'tensorrt',
  onnxruntime: 'onnx',
  spark: 'spark-mlib',
  sparkmllib: 'spark-mlib',
  tritonserver: 'triton',
};

const KNOWN: readonly string[] = [...new Set([...MLSERVER_CAPABILITIES, ...TRITON_CAPABILITIES])];

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
