import { IConstruct } from 'constructs';

/**
 * The namespaces that an object is exported to.
 *
 * @internal
 */
export interface Visibility {
  /** The object. */
  readonly by: IConstruct;
  /** Its namespace; undefined when it is not specified. */
  readonly namespace: string | undefined;
  /** Its `exportTo`. */
  readonly exportTo: readonly string[] | undefined;
}

/**
 * Whether a namespace sees an object.
 *
 * @internal
 */
export function sees({ namespace: own, exportTo }: Visibility, namespace: string | undefined): boolean {
  if (exportTo === undefined || exportTo.length === 0) return true;
  return exportTo.some((entry) => entry === '*' || (entry === '.' ? own : entry) === namespace);
}

/**
 * Whether some namespace may see both objects.
 *
 * @internal
 */
export function overlap(a: Visibility, b: Visibility): boolean {
  const [forA, forB] = [namespacesOf(a), namespacesOf(b)];
  if (forA.includes('~') || forB.includes('~')) return false;
  if (forA.includes('*') || forB.includes('*')) return true;
  return forA.some((namespace) => forB.includes(namespace));
}

/**
 * Whether every namespace that sees the narrow object also sees the wide one.
 *
 * @internal
 */
export function covers(wide: Visibility, narrow: Visibility): boolean {
  const allowed = namespacesOf(wide);
  return allowed.includes('*') || namespacesOf(narrow).every((namespace) => allowed.includes(namespace));
}

function namespacesOf({ namespace, exportTo }: Visibility): (string | undefined)[] {
  if (exportTo === undefined || exportTo.length === 0) return ['*'];
  return exportTo.map((entry) => (entry === '.' ? namespace : entry));
}
