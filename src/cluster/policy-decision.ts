import { every, Maybe, not, some } from './maybe';
import { isTemplate, templatePattern } from './path-templates';
import { AuthorizationPolicyView, headerOf, PolicyPart, PolicyRule, valuesOf } from './policies';
import { IndexedRequest, RuleIndex } from './policy-index';
import { valueMatches } from './policy-values';

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
  private readonly deny: Rules;
  private readonly allow: Rules;
  private readonly custom: Rules;
  private readonly hasAllow: boolean;

  /** Indexes the rules of policies. */
  constructor(policies: readonly AuthorizationPolicyView[]) {
    const rules = (action: string) => new Rules(policies.filter((policy) => policy.action === action)
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

/** Rules that are indexed by what they require. */
class Rules {
  private readonly index: RuleIndex<IndexedRule>;

  constructor(rules: readonly IndexedRule[]) {
    this.index = new RuleIndex(rules);
  }

  /** The first rule that certainly matches a request; false if certainly none does. */
  public find(request: PolicyRequest): IndexedRule | false | undefined {
    let found: false | undefined = false;
    for (const each of this.index.candidates(indexedBy(request))) {
      const matches = ruleMatches(each.rule, request);
      if (matches === true) return each;
      if (matches === undefined) found = undefined;
    }
    return found;
  }
}

/** Callers have no certificate, and none of the claims that rules name. */
function indexedBy({ path, host, headers }: PolicyRequest): IndexedRequest {
  const header = (name: string) => {
    const value = headers.get(name);
    return value === undefined ? undefined : [value];
  };
  return { path, host: host.toLowerCase(), principals: [], claims: [], header };
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
    both(operation, 'paths', 'notPaths', (values) => values.some((value) => pathMatches(value, path))),
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
    return sent !== undefined && values.some((value) => value === '*' || valueMatches(value, sent));
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

function pathMatches(value: string, path: string): boolean {
  return isTemplate(value) ? templatePattern(value).test(path) : valueMatches(value, path);
}
