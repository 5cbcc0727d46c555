import { Cluster } from '../cluster';
import { ClusterKind, ClusterObject } from '../cluster-object';
import { FieldPath, isObject, JsonObject, listOf, objectOf, stringOf } from '../json';
import { isVisibleIn } from '../visibility';

/**
 * An HTTP rule of a VirtualService, or of one that it delegates to.
 *
 * @internal
 */
export interface WrittenRule {
  /** The VirtualService that holds the rule: the delegate, if it is one. */
  readonly object: ClusterObject;
  /** The field of the rule in that object. */
  readonly field: FieldPath;
  /** The rule, merged with that of the root VirtualService if it is a delegate's. */
  readonly rule: JsonObject;
}

/**
 * Whether a VirtualService can only be used as a delegate, since it has no hosts. One whose hosts cannot be read is not.
 *
 * @internal
 */
export function isDelegate({ spec: { hosts } }: ClusterObject): boolean {
  return hosts === undefined || hosts === null || (Array.isArray(hosts) && hosts.length === 0);
}

/**
 * The VirtualService that a rule delegates to; undefined if the rule has no delegate, or if it is not among the objects or not visible.
 *
 * @internal
 */
export function delegateOf(cluster: Cluster, root: ClusterObject, rule: JsonObject): ClusterObject | undefined {
  const name = stringOf(objectOf(rule.delegate).name);
  if (name === undefined) return undefined;
  const found = cluster.find(ClusterKind.VIRTUAL_SERVICE, stringOf(objectOf(rule.delegate).namespace) ?? root.namespace, name);
  return found !== undefined && isDelegate(found) && isVisibleIn(found, root.namespace) ? found : undefined;
}

/**
 * The HTTP rules of a VirtualService in order, with those of its delegates where it refers to them. Istio ignores delegates of delegates.
 *
 * @internal
 */
export function httpRules(cluster: Cluster, virtualService: ClusterObject): WrittenRule[] {
  return listOf(virtualService.spec.http).flatMap((rule, i): WrittenRule[] => {
    if (!isObject(rule)) return [];
    if (!isObject(rule.delegate)) return [{ object: virtualService, field: ['spec', 'http', i], rule }];
    const delegate = delegateOf(cluster, virtualService, rule);
    return delegate === undefined ? [] : listOf(delegate.spec.http).flatMap((inner, j) => (
      isObject(inner) ? mergedRule(rule, inner).map((merged) => ({ object: delegate, field: ['spec', 'http', j], rule: merged })) : []
    ));
  });
}

/**
 * The rule of a delegate as Istio merges it with that of its root; none if one of its matches fits no match of the root.
 *
 * @internal
 */
export function mergedRule(root: JsonObject, inner: JsonObject): JsonObject[] {
  const { delegate: _delegate, match: _match, ...outer } = root;
  const rootMatches = listOf(root.match).filter(isObject);
  const innerMatches = listOf(inner.match).filter(isObject);
  if (rootMatches.length === 0) return [{ ...outer, ...inner }];
  if (innerMatches.length === 0) return [{ ...outer, ...inner, match: rootMatches }];
  const matches: JsonObject[] = [];
  for (const each of innerMatches) {
    const fitting = rootMatches.flatMap((match) => mergedMatch(match, each));
    if (fitting.length === 0) return [];
    matches.push(...fitting);
  }
  return [{ ...outer, ...inner, match: matches }];
}

const TEXT_FIELDS = ['uri', 'scheme', 'method', 'authority'];
const TEXT_MAP_FIELDS = ['headers', 'withoutHeaders', 'queryParams'];

function mergedMatch(root: JsonObject, inner: JsonObject): JsonObject[] {
  if ((root.ignoreUriCase === true) !== (inner.ignoreUriCase === true)) return [];
  if (typeof root.port === 'number' && typeof inner.port === 'number' && root.port !== inner.port) return [];
  const merged: { [field: string]: unknown } = { ...root, ...inner };
  for (const field of TEXT_FIELDS) {
    if (isConflict(root[field], inner[field])) return [];
  }
  for (const field of TEXT_MAP_FIELDS) {
    const [outer, own] = [objectOf(root[field]), objectOf(inner[field])];
    if (Object.keys(own).some((name) => isConflict(outer[name], own[name]))) return [];
    if (isObject(root[field]) && isObject(inner[field])) merged[field] = { ...outer, ...own };
  }
  const [outer, own] = [objectOf(root.sourceLabels), objectOf(inner.sourceLabels)];
  if (Object.keys(own).some((name) => outer[name] !== undefined && outer[name] !== own[name])) return [];
  if (isObject(root.sourceLabels) && isObject(inner.sourceLabels)) merged.sourceLabels = { ...outer, ...own };
  return [merged];
}

/** Whether the match of a delegate does not lie inside that of its root. Istio accepts no expression next to another match, not even itself. */
function isConflict(root: unknown, inner: unknown): boolean {
  if (!isObject(root) || !isObject(inner)) return false;
  const isSome = ({ exact, prefix, regex }: JsonObject) => isText(exact) || isText(prefix) || isText(regex);
  if ((isText(root.regex) && isSome(inner)) || (isText(inner.regex) && isSome(root))) return true;
  if (isText(root.exact)) return isText(inner.prefix) || inner.exact !== root.exact;
  const value = isText(inner.exact) ? inner.exact : inner.prefix;
  return isText(root.prefix) && isText(value) && !value.startsWith(root.prefix);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
