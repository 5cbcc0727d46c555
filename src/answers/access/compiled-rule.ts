import { Attributes } from './attributes';
import { Comparison, Condition, noneOf, oneOf } from './condition';
import { namespaceOf, principalOf, serviceAccountOf, trustDomainOf } from './principals';
import { addressOf, headerValueOf, hostOf, methodOf, pathOf, portOf, serverNameOf, unknownOf } from './request-conditions';
import { claimOf, requestPrincipalOf } from './token-conditions';
import { every, Maybe, some } from '../../cluster/maybe';
import { AuthorizationPolicyView, headerOf, PolicyPart, PolicyRule, valuesOf } from '../../cluster/policies';

/** Compares an attribute with the values of a list. */
type Compare = (values: readonly string[], policyNamespace: string) => Comparison;

const CONNECTION_ADDRESS = 'address of the connection';
const CLIENT_ADDRESS = 'address of the client';

const fromConnection: Compare = (values) => addressOf(CONNECTION_ADDRESS, values, ({ sourceAddress }) => sourceAddress);
const fromClient: Compare = (values) => addressOf(CLIENT_ADDRESS, values, ({ remoteAddress }) => remoteAddress);

/** The lists of a source. Each has another one of values that must not match. */
const SOURCE: readonly (readonly [list: string, excluded: string, compare: Compare])[] = [
  ['principals', 'notPrincipals', principalOf],
  ['namespaces', 'notNamespaces', namespaceOf],
  ['serviceAccounts', 'notServiceAccounts', serviceAccountOf],
  ['trustDomains', 'notTrustDomains', trustDomainOf],
  ['requestPrincipals', 'notRequestPrincipals', requestPrincipalOf],
  ['ipBlocks', 'notIpBlocks', fromConnection],
  ['remoteIpBlocks', 'notRemoteIpBlocks', fromClient],
];

/** The lists of an operation. */
const OPERATION: typeof SOURCE = [
  ['hosts', 'notHosts', hostOf],
  ['methods', 'notMethods', methodOf],
  ['paths', 'notPaths', pathOf],
  ['ports', 'notPorts', portOf],
];

/** The attributes of conditions, without those that name a header, a claim or metadata. */
const ATTRIBUTES: ReadonlyMap<string, Compare> = new Map<string, Compare>([
  ['source.ip', fromConnection],
  ['remote.ip', fromClient],
  ['source.namespace', namespaceOf],
  ['source.principal', principalOf],
  ['source.serviceAccount', serviceAccountOf],
  ['source.trustDomain', trustDomainOf],
  ['request.auth.principal', requestPrincipalOf],
  ['request.auth.audiences', (values) => claimOf('[aud]', values)],
  ['request.auth.presenter', (values) => claimOf('[azp]', values)],
  ['destination.ip', (values) => unknownOf('address of the pod', values)],
  ['destination.port', portOf],
  ['connection.sni', serverNameOf],
]);

const CLAIMS = 'request.auth.claims';
const METADATA = 'experimental.envoy.filters.';

/** The conditions of a rule: all of the list, and all of one source and one operation. */
interface RuleParts {
  readonly conditions: readonly Condition[];
  readonly operations: readonly (readonly Condition[])[];
  readonly sources: readonly (readonly Condition[])[];
}

function partsOf({ object: { namespace } }: AuthorizationPolicyView, { from, to, when }: PolicyRule): RuleParts {
  return {
    conditions: when.flatMap((condition) => {
      const compare = comparisonFor(condition);
      return compare === undefined ? [] : bothLists(condition, 'values', 'notValues', compare, namespace);
    }),
    operations: to.map((operation) => conditionsOf(operation, OPERATION, namespace)),
    sources: from.map((source) => conditionsOf(source, SOURCE, namespace)),
  };
}

/**
 * A rule of a policy, ready to be tested.
 *
 * @internal
 */
export class CompiledRule {
  /** Whether all conditions are on attributes that Istio knows. Istio ignores other rules. */
  public readonly isValid: boolean;
  private ownParts?: RuleParts;

  constructor(public readonly policy: AuthorizationPolicyView, public readonly rule: PolicyRule) {
    this.isValid = rule.when.every((condition) => comparisonFor(condition) !== undefined);
  }

  /** Most rules are never tested. */
  private get parts(): RuleParts {
    return this.ownParts ??= partsOf(this.policy, this.rule);
  }

  /** Whether a request matches; undefined if that depends on what is not known. */
  public test(attributes: Attributes): Maybe {
    const { conditions, operations, sources } = this.parts;
    const results = [testAll(conditions, attributes)];
    if (results[0] !== false) results.push(testAny(operations, attributes));
    if (results[1] !== false) results.push(testAny(sources, attributes));
    return every(results);
  }

  /** What decides about a request and is not known, such as `address of the client`. */
  public unknowns(attributes: Attributes): readonly string[] {
    const { conditions, operations, sources } = this.parts;
    const all = [...conditions, ...operations.flat(), ...sources.flat()];
    return [...new Set(all.filter((condition) => condition.test(attributes) === undefined).map(({ subject }) => subject))];
  }

  /** The conditions that a request does not satisfy, as clauses; of several sources or operations those of the nearest one. */
  public misses(attributes: Attributes): readonly string[] {
    const missesOf = (conditions: readonly Condition[]) => conditions.filter((condition) => condition.test(attributes) === false)
      .map((condition) => condition.miss(attributes));
    const nearest = (parts: readonly (readonly Condition[])[]) => parts.map(missesOf).reduce<readonly string[] | undefined>(
      (best, each) => (best === undefined || each.length < best.length ? each : best), undefined) ?? [];
    const { conditions: own, operations, sources } = this.parts;
    return [...missesOf(own), ...nearest(operations), ...nearest(sources)];
  }
}

function testAll(conditions: readonly Condition[], attributes: Attributes): Maybe {
  let result: Maybe = true;
  for (const condition of conditions) {
    const value = condition.test(attributes);
    if (value === false) return false;
    if (value === undefined) result = undefined;
  }
  return result;
}

/** A list without parts matches anything. */
function testAny(parts: readonly (readonly Condition[])[], attributes: Attributes): Maybe {
  return parts.length === 0 || some(parts.map((part) => testAll(part, attributes)));
}

function conditionsOf(part: PolicyPart, lists: typeof SOURCE, namespace: string): Condition[] {
  return lists.flatMap(([list, excluded, compare]) => bothLists(part, list, excluded, compare, namespace));
}

function bothLists(part: PolicyPart, list: string, excluded: string, compare: Compare, namespace: string): Condition[] {
  const [values, notValues] = [valuesOf(part, list), valuesOf(part, excluded)];
  return [
    ...values.length === 0 ? [] : [oneOf(compare(values, namespace))],
    ...notValues.length === 0 ? [] : [noneOf(compare(notValues, namespace))],
  ];
}

function comparisonFor({ key }: { readonly key: string }): Compare | undefined {
  const header = headerOf({ key });
  if (header !== undefined) return (values) => headerValueOf(header, values);
  if (key.startsWith(CLAIMS)) return (values) => claimOf(key.slice(CLAIMS.length), values);
  if (key.startsWith(METADATA)) return (values) => unknownOf(`metadata ${key.slice(METADATA.length)}`, values);
  return ATTRIBUTES.get(key);
}
