import { isTemplate } from './path-templates';
import { headerOf, PolicyPart, PolicyRule, valuesOf } from './policies';
import { computeIfAbsent } from '../plan/groups';

/**
 * The attributes of a request by which rules are found. One that is not known is undefined.
 *
 * @internal
 */
export interface IndexedRequest {
  /** The path, without the query. */
  readonly path: string;
  /** The `Host` header, in lower case. */
  readonly host: string;
  /** The identities in the certificate of the caller, without `spiffe://`; none without a certificate. */
  readonly principals?: readonly string[];
  /** The strings among the claims of the caller's token, with their names; none without a token. */
  readonly claims?: readonly (readonly [string, string])[];
  /** The values of a header that Envoy compares one by one. */
  header(name: string): readonly string[] | undefined;
}

/** An attribute of requests by whose values rules are indexed. */
type Attribute = 'path' | 'prefix' | 'host' | 'header' | 'principal' | 'namespace' | 'claim';

/** A value that a request must have, as one of several, if a rule matches it. */
interface Key {
  readonly attribute: Attribute;
  readonly value: string;
}

const NONE: readonly never[] = [];

/**
 * Rules of policies by exact values that they require, so that the rules that may match a request are found without a scan. Each rule is
 * indexed by the attribute whose values are shared by the smallest number of rules.
 *
 * @internal
 */
export class RuleIndex<T extends { readonly rule: PolicyRule }> {
  private readonly byKey = new Map<Attribute, Map<string, T[]>>();
  private readonly prefixLengths = new Set<number>();
  private readonly headerNames = new Set<string>();
  private readonly others: T[] = [];

  constructor(rules: readonly T[]) {
    const keySets = rules.map(({ rule }) => keySetsOf(rule));
    const uses = new Map<string, number>();
    for (const key of keySets.flat(2)) uses.set(textOf(key), (uses.get(textOf(key)) ?? 0) + 1);
    const costOf = (keys: readonly Key[]) => keys.reduce((sum, key) => sum + uses.get(textOf(key))!, 0) / keys.length;
    rules.forEach((each, i) => {
      const sets = keySets[i];
      if (sets.length === 0) this.others.push(each);
      else this.add(each, sets.reduce((a, b) => (costOf(b) < costOf(a) ? b : a)));
    });
  }

  /** The rules that may match a request. All others certainly do not. */
  public candidates(request: IndexedRequest): readonly T[] {
    const found: (readonly T[])[] = this.others.length === 0 ? [] : [this.others];
    for (const [attribute, lists] of this.byKey) this.collect(attribute, lists, request, found);
    if (found.length < 2) return found[0] ?? NONE;
    const all = found.flat();
    return all.length === 1 ? all : [...new Set(all)];
  }

  private collect(attribute: Attribute, lists: ReadonlyMap<string, readonly T[]>, request: IndexedRequest, found: (readonly T[])[]): void {
    switch (attribute) {
      case 'path': return addList(lists, request.path, found);
      case 'host': return addList(lists, request.host, found);
      case 'prefix': return this.addPrefixes(request.path, lists, found);
      case 'header': return this.headerNames.forEach((name) => request.header(name)?.forEach((value) => addList(lists, headerKey(name, value), found)));
      case 'principal': return addLists(lists, request.principals, found);
      case 'namespace': return addLists(lists, request.principals?.flatMap(namespacesIn), found);
      case 'claim': return addLists(lists, request.claims?.map(([claim, value]) => headerKey(claim, value)), found);
    }
  }

  private addPrefixes(path: string, lists: ReadonlyMap<string, readonly T[]>, found: (readonly T[])[]): void {
    for (const length of this.prefixLengths) {
      const list = length <= path.length ? lists.get(path.slice(0, length)) : undefined;
      if (list !== undefined) found.push(list);
    }
  }

  private add(rule: T, keys: readonly Key[]): void {
    for (const { attribute, value } of new Map(keys.map((key) => [textOf(key), key])).values()) {
      computeIfAbsent(computeIfAbsent(this.byKey, attribute, () => new Map()), value, () => []).push(rule);
      if (attribute === 'prefix') this.prefixLengths.add(value.length);
      if (attribute === 'header') this.headerNames.add(value.slice(0, value.indexOf(':')));
    }
  }
}

function addList<T>(lists: ReadonlyMap<string, readonly T[]>, value: string, found: (readonly T[])[]): void {
  const list = lists.get(value);
  if (list !== undefined) found.push(list);
}

/** What is not known may have any value. */
function addLists<T>(lists: ReadonlyMap<string, readonly T[]>, values: readonly string[] | undefined, found: (readonly T[])[]): void {
  if (values === undefined) found.push(...lists.values());
  else for (const value of values) addList(lists, value, found);
}

function textOf({ attribute, value }: Key): string {
  return `${attribute} ${value}`;
}

function headerKey(name: string, value: string): string {
  return `${name}: ${value}`;
}

/** The namespaces that an identity names. */
function namespacesIn(principal: string): string[] {
  const parts = principal.split('/');
  return parts.filter((_part, i) => parts[i - 1] === 'ns' && i < parts.length - 1);
}

/** Sets of keys. A request that matches the rule has a key of each set. */
function keySetsOf({ from, to, when }: PolicyRule): Key[][] {
  const parts = (list: readonly PolicyPart[], keysOf: (part: PolicyPart) => Key[] | undefined): Key[] | undefined => {
    const keys = list.map(keysOf);
    return list.length > 0 && keys.every((each) => each !== undefined) ? keys.flat() as Key[] : undefined;
  };
  return [
    ...when.map(keysOfCondition),
    parts(to, (operation) => pathKeys(valuesOf(operation, 'paths'))),
    parts(to, (operation) => exactKeys('host', valuesOf(operation, 'hosts').map((host) => host.toLowerCase()))),
    parts(from, (source) => exactKeys('principal', valuesOf(source, 'principals'))),
    parts(from, (source) => namespaceKeys(valuesOf(source, 'namespaces'))),
  ].flatMap((keys) => (keys === undefined || keys.length === 0 ? [] : [keys]));
}

/** Headers that Envoy itself sets are not known. */
const SET_BY_ENVOY = /^(:|host$|x-forwarded-|x-envoy-|x-request-id$)/;

const CLAIM_KEY = /^request\.auth\.claims\[([^\][]+)\]$/;

/** A claim that any token of the right issuer has. */
const ISSUER = 'iss';

function keysOfCondition(condition: PolicyRule['when'][number]): Key[] | undefined {
  const values = valuesOf(condition, 'values');
  const header = headerOf(condition);
  if (header !== undefined) return SET_BY_ENVOY.test(header) ? undefined : exactKeys('header', values, (value) => headerKey(header, value));
  const claim = CLAIM_KEY.exec(condition.key)?.[1];
  return claim === undefined || claim === ISSUER ? undefined : exactKeys('claim', values, (value) => headerKey(claim, value));
}

function exactKeys(attribute: Attribute, values: readonly string[], show: (value: string) => string = (value) => value): Key[] | undefined {
  return values.length === 0 || values.some(hasWildcard) ? undefined : values.map((value) => ({ attribute, value: show(value) }));
}

/** An asterisk counts anywhere in a namespace. */
function namespaceKeys(namespaces: readonly string[]): Key[] | undefined {
  return namespaces.some((namespace) => namespace.includes('*')) ? undefined : exactKeys('namespace', namespaces);
}

function hasWildcard(value: string): boolean {
  return value.startsWith('*') || value.endsWith('*');
}

function pathKeys(paths: readonly string[]): Key[] | undefined {
  const keys = paths.map((path): Key | undefined => {
    if (path.startsWith('*')) return undefined;
    if (isTemplate(path)) return { attribute: 'prefix', value: path.slice(0, path.indexOf('{')) };
    return path.endsWith('*') ? { attribute: 'prefix', value: path.slice(0, -1) } : { attribute: 'path', value: path };
  });
  return keys.length === 0 || keys.includes(undefined) ? undefined : keys as Key[];
}
