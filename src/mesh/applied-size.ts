/** What kubectl keeps of an object stands in one annotation, and Kubernetes accepts 262,144 bytes of annotations. */
const WARN_FROM = 200_000;

/** etcd accepts requests of 1.5 MiB, and the server adds fields of its own. */
const REFUSE_FROM = 1_500_000;

/**
 * The size at which an object needs another form or another way to be applied, in bytes.
 *
 * @internal
 */
export const LARGE = WARN_FROM;

/** A finding about the size of an object: what is wrong, and what to do about it. */
export interface SizeFinding {
  /** Whether no way to apply the object is left. */
  readonly refused: boolean;
  /** What is wrong. */
  readonly problem: string;
  /** What to do about it. */
  readonly remedy: string;
}

/**
 * The bytes that the annotation `kubectl.kubernetes.io/last-applied-configuration` holds for a manifest.
 *
 * @param manifest The object as it is written.
 * @internal
 */
export function appliedSize(manifest: { readonly metadata?: object }): number {
  const { metadata } = manifest;
  // kubectl writes an empty list of annotations where there are none, and ends with a line break.
  return jsonSize({ ...manifest, metadata: { annotations: {}, ...metadata } }) + 1;
}

/**
 * The bytes of a value as JSON.
 *
 * @internal
 */
export function jsonSize(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

/**
 * Finds out whether a manifest is too large to be applied.
 *
 * @param manifest The object as it is written.
 * @internal
 */
export function findLarge(manifest: { readonly kind: string; readonly metadata?: { readonly name?: string } }): SizeFinding | undefined {
  const size = appliedSize(manifest);
  if (size < WARN_FROM) return undefined;
  const what = `${manifest.kind} ${JSON.stringify(manifest.metadata?.name)} has ${Math.ceil(size / 1000)} kB`;
  return size < REFUSE_FROM
    ? { refused: false, problem: `${what}, and kubectl apply fails above 262 kB`, remedy: 'use server-side apply (kubectl apply --server-side)' }
    : { refused: true, problem: `${what}, and Kubernetes stores objects of up to 1,500 kB`, remedy: 'divide it' };
}
