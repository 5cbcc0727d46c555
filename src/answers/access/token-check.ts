import { claimsAsRead, claimStrings } from './claims';
import { FoundToken, tokensFor } from './found-tokens';
import { withAccepted, withoutOutputs } from './token-output';
import { IssuerRule } from './token-rules';
import { JsonObject } from '../../cluster/json';
import { ProxyResponder, Step } from '../answer';
import { NormalRequest } from '../normal-request';

/**
 * What the RequestAuthentications for some pods decide about a request.
 *
 * @internal
 */
export interface TokenVerdict {
  /** The answer of the proxy; undefined if the request goes on. */
  readonly responder?: ProxyResponder;
  /** The request that goes on. */
  readonly request: NormalRequest;
  /** The claims of its token as policies and routes read them; undefined without a token. */
  readonly claims?: JsonObject;
  /** Whether tokens were accepted of which only the bytes are known. */
  readonly isOpen?: boolean;
  /** The step for a trace. */
  readonly step?: Step;
}

/** Why a token is refused. */
interface Refusal {
  readonly status: 401 | 403;
  readonly reason: string;
}

/**
 * The RequestAuthentications for some pods.
 *
 * @internal
 */
export class TokenCheck {
  constructor(private readonly rules: readonly IssuerRule[]) {}

  /** Whether there is none. */
  public get isEmpty(): boolean {
    return this.rules.length === 0;
  }

  /**
   * Checks the tokens of a request. The first rule that accepts a token decides; without one, no rule may find a token.
   *
   * @param request The request.
   * @param isValid Whether tokens of which only the bytes are known have the right signature and time.
   */
  public check(request: NormalRequest, isValid: boolean): TokenVerdict {
    if (this.rules.length === 0 || isPreflight(request)) return { request };
    let current = request;
    let refused: (Refusal & { readonly rule: IssuerRule }) | undefined;
    for (const rule of this.rules) {
      current = withoutOutputs(current, rule);
      const tokens = tokensFor(rule, current);
      if (tokens.length === 0) continue;
      const refusal = refusalOf(tokens, rule, isValid);
      if (refusal === undefined) return accepted(current, rule, tokens);
      refused ??= { ...refusal, rule };
    }
    return refused === undefined ? { request: current, step: this.missing() } : this.refuse(request, refused);
  }

  private missing(): Step {
    const [{ object }] = this.rules;
    return { stage: 'token', matched: false, text: 'the request has no token', place: { object, field: ['spec', 'jwtRules'] } };
  }

  private refuse(request: NormalRequest, { status, reason, rule: { object, field } }: Refusal & { readonly rule: IssuerRule }): TokenVerdict {
    const place = { object, field };
    const responder: ProxyResponder = { kind: status === 401 ? 'unauthenticated' : 'denied', status, reason, place };
    return { request, responder, step: { stage: 'token', matched: true, text: reason, place } };
  }
}

function accepted(request: NormalRequest, rule: IssuerRule, tokens: readonly FoundToken[]): TokenVerdict {
  const { object, field, wordLists } = rule;
  const claims = tokens[0].claims!;
  return {
    request: withAccepted(request, rule, tokens),
    claims: claimsAsRead(claims, wordLists),
    isOpen: tokens.some(({ isValid }) => isValid === undefined),
    step: { stage: 'token', matched: true, text: `the token of issuer ${JSON.stringify(claims.iss ?? '')} is accepted`, place: { object, field } },
  };
}

/** Why a rule refuses one of the tokens that it finds. The last one is the first to be checked. */
function refusalOf(tokens: readonly FoundToken[], rule: IssuerRule, isValid: boolean): Refusal | undefined {
  for (let i = tokens.length - 1; i >= 0; i -= 1) {
    const refusal = refusalOfOne(tokens[i], rule, isValid);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

function refusalOfOne(token: FoundToken, { issuer, audiences, object }: IssuerRule, isValid: boolean): Refusal | undefined {
  const where = `the token in ${showLocation(token)}`;
  const { claims } = token;
  if (claims === undefined) return { status: 401, reason: `${where} is not a JSON Web Token` };
  if (issuer !== undefined && claims.iss !== issuer) {
    return { status: 401, reason: `${where} is of issuer ${JSON.stringify(claims.iss ?? '')}, which ${object} does not name` };
  }
  if (!(token.isValid ?? isValid)) return { status: 401, reason: `${where} has a wrong signature or is not valid now` };
  if (!hasAudience(claims, audiences)) return { status: 403, reason: `${where} is for another audience than ${audiences.join(' or ')}` };
  return undefined;
}

function showLocation({ location: { kind, name } }: FoundToken): string {
  return `${kind} ${name}`;
}

/** Schemes and a slash at the end make no difference. */
function hasAudience(claims: JsonObject, audiences: readonly string[]): boolean {
  if (audiences.length === 0) return true;
  const bare = (audience: string) => audience.replace(/^https?:\/\//, '').replace(/\/$/, '');
  const allowed = new Set(audiences.map(bare));
  return claimStrings(claims, ['aud']).some((audience) => allowed.has(bare(audience)));
}

/** Requests by which browsers ask whether they may send another one have no token, so Envoy does not check them. */
function isPreflight({ method, headers }: NormalRequest): boolean {
  const has = (name: string) => headers.valuesOf(name).some((value) => value !== '');
  return method === 'OPTIONS' && has('origin') && has('access-control-request-method');
}
