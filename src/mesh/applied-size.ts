/** In bytes. kubectl stores the applied object in one annotation, and Kubernetes accepts 262,144 bytes of annotations. */
const WARN_FROM = 200_000;

/** In bytes. etcd accepts requests of 1.5 MiB, and the API server adds its own fields. */
const REFUSE_FROM = 1_500_000;

/**
 * The size in bytes from which an object needs another form, or another way to apply it.
 *
 * @internal
 */
export const LARGE = WARN_FROM;

/** A finding about the size of an object. */
export interface SizeFinding {
  /** Whether there is no way to apply the object. */
  readonly rejected: boolean;
  /** The problem. */
  readonly problem: string;
  /** The remedy. */
  readonly remedy: string;
}

/**
 * The size in bytes of the annotation `kubectl.kubernetes.io/last-applied-configuration` for a manifest.
 *
 * @param manifest The object as it is written.
 * @internal
 */
export function appliedSize(manifest: { readonly metadata?: object }): number {
  const { metadata } = manifest;
  // kubectl writes empty annotations if there are none, and a newline at the end.
  return jsonSize({ ...manifest, metadata: { annotations: {}, ...metadata } }) + 1;
}

/**
 * The size in bytes of a value as JSON.
 *
 * @internal
 */
export function jsonSize(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

/**
 * Determines whether a manifest is too large to be applied.
 *
 * @param manifest The object as it is written.
 * @internal
 */
export function findLarge(manifest: { readonly kind: string; readonly metadata?: { readonly name?: string } }): SizeFinding | undefined {
  const size = appliedSize(manifest);
  if (size < WARN_FROM) return undefined;
  const what = `${manifest.kind} ${JSON.stringify(manifest.metadata?.name)} has ${Math.ceil(size / 1000)} kB`;
  return size < REFUSE_FROM
    ? { rejected: false, problem: `${what}, and kubectl apply fails above 262 kB`, remedy: 'use server-side apply (kubectl apply --server-side)' }
    : { rejected: true, problem: `${what}, and Kubernetes stores objects of up to 1,500 kB`, remedy: 'split it into several objects' };
}
