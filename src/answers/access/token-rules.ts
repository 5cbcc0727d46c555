import { ClusterObject } from '../../cluster/cluster-object';
import { FieldPath, isObject, JsonObject, listOf, objectOf, stringOf, stringsOf } from '../../cluster/json';
import { RequestAuthenticationView } from '../../cluster/policies';
import { byText } from '../../plan/text-order';
import { TokenLocation } from '../request';

/**
 * Where tokens are by default.
 *
 * @internal
 */
export const BEARER: TokenLocation = { kind: 'header', name: 'authorization', prefix: 'Bearer ' };

/** The locations that Envoy searches if a rule names none. */
const DEFAULT_LOCATIONS: readonly TokenLocation[] = [BEARER, { kind: 'parameter', name: 'access_token' }];

/**
 * A rule about the tokens of an issuer.
 *
 * @internal
 */
export interface IssuerRule {
  /** The RequestAuthentication. */
  readonly object: ClusterObject;
  /** The field of the rule. */
  readonly field: FieldPath;
  /** The issuer; any if undefined. */
  readonly issuer: string | undefined;
  /** Audiences, of which a token must name one; any if empty. */
  readonly audiences: readonly string[];
  /** Where it searches tokens, in the order of Envoy. */
  readonly locations: readonly TokenLocation[];
  /** Whether the token stays in the request. */
  readonly forwards: boolean;
  /** Headers that are set to claims. */
  readonly claimHeaders: readonly { readonly header: string; readonly claim: string }[];
  /** The header that is set to all claims. */
  readonly payloadHeader: string | undefined;
  /** All headers that it sets. */
  readonly outputs: ReadonlySet<string>;
  /** Claims that are lists of words. */
  readonly wordLists: readonly string[];
}

/**
 * The rules of RequestAuthentications in the order in which Envoy tries them.
 *
 * @internal
 */
export function issuerRules(authentications: readonly RequestAuthenticationView[]): readonly IssuerRule[] {
  const rules = authentications.flatMap(({ object }) => listOf(object.spec.jwtRules).flatMap((rule, i) => (
    isObject(rule) ? [readRule(object, ['spec', 'jwtRules', i], rule)] : []
  )));
  return [...rules].sort((a, b) => byText(a.issuer ?? '', b.issuer ?? ''));
}

function readRule(object: ClusterObject, field: FieldPath, rule: JsonObject): IssuerRule {
  const payloadHeader = stringOf(rule.outputPayloadToHeader)?.toLowerCase();
  const claimHeaders = listOf(rule.outputClaimToHeaders).flatMap((entry) => {
    const [header, claim] = [stringOf(objectOf(entry).header)?.toLowerCase(), stringOf(objectOf(entry).claim)];
    return header === undefined || claim === undefined ? [] : [{ header, claim }];
  });
  return {
    object,
    field,
    issuer: stringOf(rule.issuer),
    audiences: stringsOf(rule.audiences),
    locations: locationsOf(rule),
    forwards: rule.forwardOriginalToken === true,
    claimHeaders,
    payloadHeader,
    outputs: new Set([...claimHeaders.map(({ header }) => header), ...payloadHeader === undefined ? [] : [payloadHeader]]),
    wordLists: stringsOf(rule.spaceDelimitedClaims),
  };
}

function locationsOf(rule: JsonObject): readonly TokenLocation[] {
  const headers = listOf(rule.fromHeaders).flatMap((entry): TokenLocation[] => {
    const name = stringOf(objectOf(entry).name)?.toLowerCase();
    return name === undefined ? [] : [{ kind: 'header', name, prefix: stringOf(objectOf(entry).prefix) }];
  });
  const named = (kind: 'parameter' | 'cookie', names: unknown) => stringsOf(names).map((name): TokenLocation => ({ kind, name }));
  const all = [...headers, ...named('parameter', rule.fromParams), ...named('cookie', rule.fromCookies)];
  if (all.length === 0) return DEFAULT_LOCATIONS;
  const order = ({ kind }: TokenLocation) => ['header', 'parameter', 'cookie'].indexOf(kind);
  const keyOf = ({ name, prefix = '' }: TokenLocation) => name + prefix;
  return all.sort((a, b) => order(a) - order(b) || byText(keyOf(a), keyOf(b)));
}
