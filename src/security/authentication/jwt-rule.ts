import { Duration } from 'cdk8s';
import { IConstruct } from 'constructs';
import { checkJwks } from './jwks';
import { Mesh } from '../../mesh/mesh';
import { checkDuration, formatDuration } from '../../plan/checks/checks';
import { invalid, show } from '../../plan/checks/errors';
import { checkList, checkMember, checkText, checkTexts } from '../../plan/checks/type-checks';

/** A header that carries a token. */
export interface JwtHeader {
  /** Name of the header. */
  readonly name: string;

  /**
   * What stands before the token in it, such as `Bearer ` with the space.
   *
   * @default - nothing
   */
  readonly prefix?: string;
}

/** A claim that is handed on as a header. */
export interface JwtClaimToHeader {
  /** Name of the claim: a text, a number, a truth value or one in nested objects, `address.country`. */
  readonly claim: string;

  /** Name of the header; what a client sends under it is dropped. */
  readonly header: string;
}

/** Whether requests must have a token that fits a rule. */
export enum JwtPresence {
  /** They may have none. */
  OPTIONAL = 'OPTIONAL',
  /** They must have one, whatever other rules say. */
  REQUIRED = 'REQUIRED',
}

/**
 * Whose tokens are taken, and what becomes of them.
 *
 * @see https://istio.io/latest/docs/reference/config/security/jwt/
 */
export interface JwtRule {
  /**
   * Who issues the tokens: the value of their claim `iss`.
   *
   * @default - anybody whose key `jwksUri` holds; Istio takes that since 1.27
   */
  readonly issuer?: string;

  /**
   * Where the public keys are, by http or https.
   *
   * @default - those of `jwks`, else those that the issuer's OpenID configuration names
   */
  readonly jwksUri?: string;

  /**
   * The public keys themselves, a JSON Web Key Set.
   *
   * @default - those of `jwksUri`
   */
  readonly jwks?: string;

  /**
   * Whether the token goes on to the next pod. A gateway that keeps it to itself leaves the pods behind it without one, so rules
   * there about claims never hold; one that forwards it shows it to the model.
   */
  readonly forwardOriginalToken: boolean;

  /**
   * Audiences, of which a token must name one.
   *
   * @default - any
   */
  readonly audiences?: string[];

  /**
   * Headers that carry the token.
   *
   * @default - `Authorization: Bearer …`, and the parameter `access_token`, where no place is said
   */
  readonly fromHeaders?: JwtHeader[];

  /**
   * Query parameters that carry the token.
   *
   * @default - none, or as `fromHeaders` says
   */
  readonly fromParams?: string[];

  /**
   * Cookies that carry the token. Istio knows them since 1.21.
   *
   * @default - none
   */
  readonly fromCookies?: string[];

  /**
   * Header that carries the token's claims on, in base64url.
   *
   * @default - none
   */
  readonly outputPayloadToHeader?: string;

  /**
   * Claims that are handed on as headers. Istio knows them since 1.17.
   *
   * @default - none
   */
  readonly outputClaimToHeaders?: JwtClaimToHeader[];

  /**
   * How long fetching the keys may take, 1 ms or more. Istio knows it since 1.23.
   *
   * @default - Istio's: 5 seconds
   */
  readonly timeout?: Duration;

  /**
   * Claims that are lists written as one text with spaces, beside `scope` and `permission`. Istio knows them since 1.28.
   *
   * @default - none
   */
  readonly spaceDelimitedClaims?: string[];

  /**
   * Whether requests must have a token that fits this rule. Those without one get 401, even when they have a token that fits another rule, so
   * two rules that are `REQUIRED` need two tokens. Istio knows it since 1.32.
   *
   * @default JwtPresence.OPTIONAL
   */
  readonly presence?: JwtPresence;
}

const MAX_URI = 2048;
const HEADER = /^[-_A-Za-z0-9]+$/;

/** Scheme, maybe a user, a host and a port, then path, query and fragment. */
const URI = /^https?:\/\/(?:[^\s/?#@[\]]*@)?(?:\[[\da-fA-F:.]+\]|[^\s/?#@:[\]\\^`{|}<>"%]+)(?::(\d*))?(?:[/?#]\S*)?$/;
const BAD_ESCAPE = /%(?![\da-fA-F]{2})/;
const MAX_PORT = 65535;

/**
 * Checks a rule about tokens.
 *
 * @internal
 */
export function checkJwtRule(at: IConstruct, what: string, rule: JwtRule): void {
  const { issuer, jwksUri, jwks, forwardOriginalToken } = rule;
  const release = Mesh.of(at)._release;
  if (issuer !== undefined) checkFilled(at, `issuer of ${what}`, issuer);
  if (jwksUri !== undefined) checkUri(at, `jwksUri of ${what}`, jwksUri);
  if (issuer === undefined && jwksUri === undefined) {
    throw invalid(at, `${what} has neither issuer nor jwksUri`, 'say who issues the tokens');
  }
  if (issuer === undefined) release.require(at, `${what} without an issuer`, '1.27');
  if (jwks !== undefined && jwksUri !== undefined) throw invalid(at, `${what} has both jwks and jwksUri`, 'say one of them');
  if (jwks !== undefined) checkJwks(at, `jwks of ${what}`, jwks);
  if (jwks === undefined && jwksUri === undefined && !/^https?:\/\/[^/]/.test(issuer!)) {
    throw invalid(at, `${what} has no keys, and issuer ${show(issuer)} is no address to find them at`, 'give jwksUri or jwks: without keys every token is refused');
  }
  if (typeof forwardOriginalToken !== 'boolean') {
    throw invalid(at, `forwardOriginalToken ${show(forwardOriginalToken)} of ${what}`, 'say true when pods behind look at the token, else false');
  }
  checkPlaces(at, what, rule);
  checkOutputs(at, what, rule);
  checkDuration(at, `timeout of ${what}`, rule.timeout);
  if (rule.timeout !== undefined) release.require(at, `timeout of ${what}`, '1.23');
  checkTextList(at, `audiences of ${what}`, rule.audiences);
  checkTextList(at, `spaceDelimitedClaims of ${what}`, rule.spaceDelimitedClaims);
  if (rule.spaceDelimitedClaims !== undefined) release.require(at, `spaceDelimitedClaims of ${what}`, '1.28');
  checkMember(at, `presence of ${what}`, rule.presence, JwtPresence);
  if (rule.presence !== undefined) release.require(at, `presence of ${what}`, '1.32');
  if ((rule.spaceDelimitedClaims?.length ?? 0) > 64) throw invalid(at, `${rule.spaceDelimitedClaims!.length} spaceDelimitedClaims of ${what}`, 'Istio takes at most 64');
}

function checkPlaces(at: IConstruct, what: string, { fromHeaders, fromParams, fromCookies }: JwtRule): void {
  if (fromHeaders !== undefined) checkList(at, `fromHeaders of ${what}`, fromHeaders, 'headers');
  fromHeaders?.forEach((header, i) => {
    checkFilled(at, `name of fromHeaders[${i}] of ${what}`, header.name);
    if (header.prefix !== undefined) checkText(at, `prefix of fromHeaders[${i}] of ${what}`, header.prefix);
  });
  checkTextList(at, `fromParams of ${what}`, fromParams);
  checkTextList(at, `fromCookies of ${what}`, fromCookies);
  if (fromCookies !== undefined) Mesh.of(at)._release.require(at, `fromCookies of ${what}`, '1.21');
}

function checkOutputs(at: IConstruct, what: string, { outputPayloadToHeader, outputClaimToHeaders }: JwtRule): void {
  if (outputPayloadToHeader !== undefined) checkHeader(at, `outputPayloadToHeader of ${what}`, outputPayloadToHeader);
  if (outputClaimToHeaders === undefined) return;
  Mesh.of(at)._release.require(at, `outputClaimToHeaders of ${what}`, '1.17');
  checkList(at, `outputClaimToHeaders of ${what}`, outputClaimToHeaders, 'claims and headers');
  outputClaimToHeaders.forEach((output, i) => {
    checkFilled(at, `claim of outputClaimToHeaders[${i}] of ${what}`, output.claim);
    checkHeader(at, `header of outputClaimToHeaders[${i}] of ${what}`, output.header);
  });
}

function checkFilled(at: IConstruct, what: string, value: string): void {
  checkText(at, what, value);
  if (value === '') throw invalid(at, `an empty ${what}`, 'give one, or leave it out');
}

function checkTextList(at: IConstruct, what: string, values: string[] | undefined): void {
  if (values === undefined) return;
  checkTexts(at, what, values);
  values.forEach((value, i) => {
    if (value === '') throw invalid(at, `an empty text in ${what} at ${i}`, 'leave it out');
  });
}

function checkHeader(at: IConstruct, what: string, value: string): void {
  if (typeof value !== 'string' || !HEADER.test(value)) {
    throw invalid(at, `${what} ${show(value)}`, 'expected the name of a header: letters, digits, "-" and "_"');
  }
}

function checkUri(at: IConstruct, what: string, value: string): void {
  const found = typeof value === 'string' && value.length <= MAX_URI && !BAD_ESCAPE.test(value) ? URI.exec(value) : null;
  if (found === null || Number(found[1] ?? 0) > MAX_PORT) {
    throw invalid(at, `${what} ${show(value)}`, `expected an address such as "https://login.example.com/keys", of at most ${MAX_URI} characters`);
  }
}

/**
 * A rule as Istio reads it.
 *
 * @internal
 */
export function jwtRuleToJson(rule: JwtRule): { [field: string]: unknown } {
  const { timeout, fromHeaders, outputClaimToHeaders } = rule;
  return {
    ...rule,
    fromHeaders: fromHeaders?.map(({ name, prefix }) => ({ name, prefix })),
    outputClaimToHeaders: outputClaimToHeaders?.map(({ claim, header }) => ({ claim, header })),
    timeout: timeout === undefined ? undefined : formatDuration(timeout),
  };
}
