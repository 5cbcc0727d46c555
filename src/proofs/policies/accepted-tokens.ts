import { BEARER, IssuerRule } from '../../answers/access/token-rules';
import { TokenLocation } from '../../answers/request';
import { JsonObject } from '../../cluster/json';

/**
 * Tokens that a rule of a gateway accepts.
 *
 * @internal
 */
export interface AcceptedTokens {
  /** Their issuer; any if undefined. */
  readonly issuer: string | undefined;
  /** Claims that such a token needs. */
  readonly claims: JsonObject;
  /** Where the rule looks for them; in the `Authorization` header if undefined. */
  readonly location?: TokenLocation;
}

/**
 * The tokens that rules accept.
 *
 * @internal
 */
export function acceptedTokens(rules: readonly IssuerRule[]): readonly AcceptedTokens[] {
  return rules.map(({ issuer, audiences: [audience], locations: [location] }): AcceptedTokens => ({
    issuer,
    claims: { iss: issuer ?? 'issuer', sub: 'someone', ...audience === undefined ? {} : { aud: audience } },
    ...location === undefined || location === BEARER ? {} : { location },
  }));
}

/**
 * Tokens of an issuer; those of the first rule if it is not known.
 *
 * @internal
 */
export function tokensOf(issuer: string | undefined, all: readonly AcceptedTokens[]): AcceptedTokens | undefined {
  return (issuer === undefined ? undefined : all.find((each) => each.issuer === issuer) ?? all.find((each) => each.issuer === undefined)) ?? all[0];
}
