const OBJECT_NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const MAX_OBJECT_NAME = 253;
const MAX_NAME = 63;

/**
 * Whether Kubernetes accepts a name for an object of most kinds.
 *
 * @internal
 */
export function isObjectName(value: string): boolean {
  return typeof value === 'string' && value.length <= MAX_OBJECT_NAME && OBJECT_NAME.test(value);
}

/**
 * Whether Kubernetes accepts a value of a label.
 *
 * @internal
 */
export function isLabelValue(value: string): boolean {
  return value === '' || (value.length <= MAX_NAME && NAME.test(value));
}

/**
 * Whether Kubernetes accepts the key of a label, or that of an annotation in lower case: a name, after an optional DNS name and a slash.
 *
 * @internal
 */
export function isMetadataKey(key: string): boolean {
  const slash = key.indexOf('/');
  const name = key.slice(slash + 1);
  return name.length <= MAX_NAME && NAME.test(name) && (slash < 0 || isObjectName(key.slice(0, slash)));
}
