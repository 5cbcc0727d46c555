const NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** Maximum length of a name in Kubernetes. */
const MAX_NAME = 253;

/**
 * Whether Seldon's scheduler accepts the name of a Model or a Pipeline. Kubernetes also accepts dots.
 *
 * @internal
 */
export function isCore2Name(name: unknown): boolean {
  return typeof name === 'string' && name.length <= MAX_NAME && NAME.test(name);
}

/**
 * What Seldon's scheduler accepts as the name of a Model or a Pipeline.
 *
 * @internal
 */
export const CORE2_NAME = 'expected lower-case letters, digits and hyphens, with no hyphen at the ends, since Seldon Core 2 accepts no dots, capitals or underscores';
