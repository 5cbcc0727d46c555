import { AuthorizationPolicyView, headerOf, PolicyPart, PolicyRule, valuesOf } from './policies';
import { computeIfAbsent } from '../plan/groups';

/**
 * A caller at a gateway: one without a token, or one with a valid token that has none of the claims that rules name.
 *
 * @internal
 */
export type PolicyCaller = 'anonymous' | 'token';

/**
 * A request at a gateway, by a caller without a client certificate.
 *
 * @internal
 */
export interface PolicyRequest {
  /** The `Host` header. */
  readonly host: string;
  /** The method. */
  readonly method: string;
  /** The path, without the query. */
  readonly path: string;
  /** All other headers, by name in lower case, each on one line. */
  readonly headers: ReadonlyMap<string, string>;
  /** Who sends it. */
  readonly caller: PolicyCaller;
}

/**
 * The answer of policies: the policy that denies a request, or whether they allow it. Undefined if that depends on what is not known.
 *
 * @internal
 */
export type Decision = { readonly allowed: true } | ({ readonly allowed: false } & Partial<IndexedRule>);

/** True, false, or not known. */
type Maybe = boolean | undefined;

/**
 * A rule with its policy.
 *
 * @internal
 */
export interface IndexedRule {
  /** The policy. */
  readonly policy: AuthorizationPolicyView;
  /** The rule. */
  readonly rule: PolicyRule;
}

/**
 * The policies that apply to the same pods, and what they answer. Rules for exact paths, prefixes and values of headers are indexed.
 *
 * @internal
 */
export class PolicyDecisions {
  private readonly deny: RuleIndex;
  private readonly allow: RuleIndex;
  private readonly custom: RuleIndex;
  private readonly hasAllow: boolean;

  /** Indexes the rules of policies. */
  constructor(policies: readonly AuthorizationPolicyView[]) {
    const rules = (action: string) => new RuleIndex(policies.filter((policy) => policy.action === action)
      .flatMap((policy) => policy.rules.map((rule) => ({ policy, rule }))));
    [this.deny, this.allow, this.custom] = [rules('DENY'), rules('ALLOW'), rules('CUSTOM')];
    this.hasAllow = policies.some(({ action }) => action === 'ALLOW');
  }

  /** The answer for a request. */
  public decide(request: PolicyRequest): Decision | undefined {
    const denied = this.deny.find(request);
    if (typeof denied === 'object') return { allowed: false, ...denied };
    if (denied === undefined || this.custom.find(request) !== false) return undefined;
    if (!this.hasAllow) return { allowed: true };
    const allowed = this.allow.find(request);
    if (allowed === undefined) return undefined;
    return allowed === false ? { allowed: false } : { allowed: true };
  }
}

/** Rules, by the exact paths, prefixes and values of headers that they require. */
class RuleIndex {
  private readonly byKey = new Map<string, IndexedRule[]>();
  private readonly lengths = new Set<number>();
  private readonly others: IndexedRule[] = [];

  constructor(rules: readonly IndexedRule[]) {
    for (const each of rules) {
      const keys = keysOf(each.rule);
      if (keys === undefined) this.others.push(each);
      else for (const key of new Set(keys)) this.add(key, each);
    }
  }

  /** The first rule that certainly matches a request; false if certainly none does. */
  public find(request: PolicyRequest): IndexedRule | false | undefined {
    let found: false | undefined = false;
    for (const each of this.candidates(request)) {
      const matches = ruleMatches(each.rule, request);
      if (matches === true) return each;
      if (matches === undefined) found = undefined;
    }
    return found;
  }

  private add(key: string, rule: IndexedRule): void {
    computeIfAbsent(this.byKey, key, () => []).push(rule);
    if (key.startsWith('prefix ')) this.lengths.add(key.length - 'prefix '.length);
  }

  private *candidates({ path, headers }: PolicyRequest): Iterable<IndexedRule> {
    yield* this.others;
    yield* this.byKey.get(`path ${path}`) ?? [];
    for (const length of this.lengths) {
      if (length <= path.length) yield* this.byKey.get(`prefix ${path.slice(0, length)}`) ?? [];
    }
    for (const [name, value] of headers) yield* this.byKey.get(`header ${name}: ${value}`) ?? [];
  }
}

/** Keys, one of which a request has if it matches a rule; undefined if the rule has no such condition. */
function keysOf({ to, when }: PolicyRule): string[] | undefined {
  for (const condition of when) {
    const name = headerOf(condition);
    const values = valuesOf(condition, 'values');
    if (name !== undefined && values.length > 0 && values.every((value) => !value.includes('*'))) return values.map((value) => `header ${name}: ${value}`);
  }
  const paths = to.map((operation) => valuesOf(operation, 'paths'));
  if (paths.length === 0 || paths.some((list) => list.length === 0)) return undefined;
  const all = paths.flat();
  if (!all.every((path) => path.startsWith('/') && !/[{}]/.test(path))) return undefined;
  return all.map((path) => (path.endsWith('*') ? `prefix ${path.slice(0, -1)}` : `path ${path}`));
}

function ruleMatches({ from, to, when }: PolicyRule, request: PolicyRequest): Maybe {
  return every([
    from.length === 0 ? true : some(from.map((source) => sourceMatches(source, request))),
    to.length === 0 ? true : some(to.map((operation) => operationMatches(operation, request))),
    ...when.map((condition) => both(condition, 'values', 'notValues', (values) => attributeMatches(condition.key, values, request))),
  ]);
}

/** Callers have no certificate here, and their addresses are not known. */
function sourceMatches(source: PolicyPart, request: PolicyRequest): Maybe {
  const absent = ['principals', 'namespaces', 'serviceAccounts', 'trustDomains'].map((list) => both(source, list, negated(list), () => false));
  const unknown = ['ipBlocks', 'remoteIpBlocks'].map((list) => both(source, list, negated(list), () => undefined));
  const token = both(source, 'requestPrincipals', 'notRequestPrincipals', (values) => principalMatches(values, request));
  return every([...absent, ...unknown, token]);
}

/** Ports of health checks and metrics of the proxy itself, on which no listener of a gateway gets requests. */
const OWN_PORTS = ['15020', '15021', '15090'];

function operationMatches(operation: PolicyPart, { host, method, path }: PolicyRequest): Maybe {
  return every([
    both(operation, 'hosts', 'notHosts', (values) => values.some((value) => valueMatches(value.toLowerCase(), host.toLowerCase()))),
    both(operation, 'methods', 'notMethods', (values) => values.some((value) => valueMatches(value, method))),
    both(operation, 'paths', 'notPaths', (values) => some(values.map((value) => pathMatches(value, path)))),
    both(operation, 'ports', 'notPorts', (values) => (values.every((port) => OWN_PORTS.includes(port)) ? false : undefined)),
  ]);
}

function negated(list: string): string {
  return `not${list[0].toUpperCase()}${list.slice(1)}`;
}

/** Both lists of a field: one of the values must match, and none of the excluded ones. */
function both(part: PolicyPart, list: string, excluded: string, matches: (values: readonly string[]) => Maybe): Maybe {
  const [values, notValues] = [valuesOf(part, list), valuesOf(part, excluded)];
  return every([values.length === 0 ? true : matches(values), notValues.length === 0 ? true : not(matches(notValues))]);
}

function attributeMatches(key: string, values: readonly string[], request: PolicyRequest): Maybe {
  const header = headerOf({ key });
  if (header !== undefined) {
    if (header.startsWith(':') || header === 'host') return undefined;
    const sent = request.headers.get(header);
    return sent !== undefined && values.some((value) => valueMatches(value, sent));
  }
  if (key === 'request.auth.principal') return principalMatches(values, request);
  // Any caller with a token of the right issuer will do, and one without the claims.
  if (key === 'request.auth.claims[iss]') return request.caller === 'token';
  if (key.startsWith('request.auth.')) return request.caller === 'token' && values.includes('*') ? undefined : false;
  if (['source.namespace', 'source.principal', 'source.serviceAccount', 'source.trustDomain'].includes(key)) return false;
  if (key === 'destination.port' && values.every((port) => OWN_PORTS.includes(port))) return false;
  return undefined;
}

/** A caller with a token can be of any issuer, but has none of the listed subjects. */
function principalMatches(values: readonly string[], { caller }: PolicyRequest): boolean {
  return caller === 'token' && values.some((value) => value === '*' || value.endsWith('/*'));
}

/**
 * Whether a value of a policy, which may begin or end with `*`, matches a string.
 *
 * @internal
 */
export function valueMatches(value: string, text: string): boolean {
  if (value === '*') return text !== '';
  if (value.startsWith('*')) return text.endsWith(value.slice(1));
  return value.endsWith('*') ? text.startsWith(value.slice(0, -1)) : text === value;
}

/** Undefined for templates. */
function pathMatches(value: string, path: string): Maybe {
  return /[{}]/.test(value) ? undefined : valueMatches(value, path);
}

function some(values: readonly Maybe[]): Maybe {
  if (values.includes(true)) return true;
  return values.includes(undefined) ? undefined : false;
}

function every(values: readonly Maybe[]): Maybe {
  if (values.includes(false)) return false;
  return values.includes(undefined) ? undefined : true;
}

function not(value: Maybe): Maybe {
  return value === undefined ? undefined : !value;
}
