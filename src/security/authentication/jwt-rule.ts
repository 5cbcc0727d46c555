import { Duration } from 'cdk8s';
import { IConstruct } from 'constructs';
import { checkJwks } from './jwks';
import { Mesh } from '../../mesh/mesh';
import { checkDuration, formatDuration } from '../../plan/checks/checks';
import { invalid, show } from '../../plan/checks/errors';

/** A header that contains a token. */
export interface JwtHeader {
  /** Name of the header. */
  readonly name: string;

  /**
   * Prefix of the token in the header, such as `Bearer ` with the space.
   *
   * @default - no prefix
   */
  readonly prefix?: string;
}

/** A claim that is forwarded as a header. */
export interface JwtClaimToHeader {
  /** Name of the claim: a string, a number, a boolean, or a value in nested objects such as `address.country`. */
  readonly claim: string;

  /** Name of the header. A header with this name in the client's request is dropped. */
  readonly header: string;
}

/** Whether requests must have a token that matches a rule. */
export enum JwtPresence {
  /** No token is required. */
  OPTIONAL = 'OPTIONAL',
  /** A token is required, regardless of other rules. */
  REQUIRED = 'REQUIRED',
}

/**
 * A rule about the tokens that are accepted, and how they are forwarded.
 *
 * @see https://istio.io/latest/docs/reference/config/security/jwt/
 */
export interface JwtRule {
  /**
   * Issuer of the tokens: the value of their claim `iss`.
   *
   * @default - any issuer whose key is at `jwksUri`; requires Istio 1.27
   */
  readonly issuer?: string;

  /**
   * URL of the public keys, with the scheme http or https.
   *
   * @default - the keys in `jwks`, else those in the issuer's OpenID configuration
   */
  readonly jwksUri?: string;

  /**
   * The public keys, as a JSON Web Key Set.
   *
   * @default - the keys at `jwksUri`
   */
  readonly jwks?: string;

  /**
   * Whether the token is forwarded to the next pod. If a gateway does not forward it, the pods behind it have no token, so rules about
   * claims never match there. If it does, the model can read the token.
   */
  readonly forwardOriginalToken: boolean;

  /**
   * Accepted audiences. A token must have at least one of them.
   *
   * @default - any audience
   */
  readonly audiences?: string[];

  /**
   * Headers that contain the token.
   *
   * @default - `Authorization: Bearer …`, and the parameter `access_token`, unless another location is set
   */
  readonly fromHeaders?: JwtHeader[];

  /**
   * Query parameters that contain the token.
   *
   * @default - none, or as described for `fromHeaders`
   */
  readonly fromParams?: string[];

  /**
   * Cookies that contain the token. Requires Istio 1.21.
   *
   * @default - none
   */
  readonly fromCookies?: string[];

  /**
   * Header in which all claims of the token are forwarded, in base64url.
   *
   * @default - none
   */
  readonly outputPayloadToHeader?: string;

  /**
   * Claims that are forwarded as headers. Requires Istio 1.17.
   *
   * @default - none
   */
  readonly outputClaimToHeaders?: JwtClaimToHeader[];

  /**
   * Timeout for fetching the keys, 1 ms or more. Requires Istio 1.23.
   *
   * @default - Istio's default, 5 seconds
   */
  readonly timeout?: Duration;

  /**
   * Claims whose value is a space-delimited list, in addition to `scope` and `permission`. Requires Istio 1.28.
   *
   * @default - none
   */
  readonly spaceDelimitedClaims?: string[];

  /**
   * Whether requests must have a token that matches this rule. Requests without one get 401, even if they have a token that matches
   * another rule, so two rules that are `REQUIRED` need two tokens. Requires Istio 1.32.
   *
   * @default JwtPresence.OPTIONAL
   */
  readonly presence?: JwtPresence;
}

const MAX_URI = 2048;
const HEADER = /^[-_A-Za-z0-9]+$/;

/** A scheme, an optional user, a host, an optional port, and an optional path, query and fragment. */
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
    throw invalid(at, `${what} has neither issuer nor jwksUri`, 'set the issuer of the tokens');
  }
  if (issuer === undefined) release.require(at, `${what} without an issuer`, '1.27');
  if (jwks !== undefined && jwksUri !== undefined) throw invalid(at, `${what} has both jwks and jwksUri`, 'set only one of them');
  if (jwks !== undefined) checkJwks(at, `jwks of ${what}`, jwks);
  if (jwks === undefined && jwksUri === undefined && !/^https?:\/\/[^/]/.test(issuer!)) {
    throw invalid(at, `${what} has no keys, and issuer ${show(issuer)} is not a URL from which they can be discovered`,
      'set jwksUri or jwks, since without keys every token is rejected');
  }
  if (typeof forwardOriginalToken !== 'boolean') {
    throw invalid(at, `forwardOriginalToken ${show(forwardOriginalToken)} of ${what}`, 'set true if pods behind this one read the token, otherwise false');
  }
  checkLocations(at, what, rule);
  checkOutputs(at, what, rule);
  checkDuration(at, `timeout of ${what}`, rule.timeout);
  if (rule.timeout !== undefined) release.require(at, `timeout of ${what}`, '1.23');
  checkTextList(at, `audiences of ${what}`, rule.audiences);
  checkTextList(at, `spaceDelimitedClaims of ${what}`, rule.spaceDelimitedClaims);
  if (rule.spaceDelimitedClaims !== undefined) release.require(at, `spaceDelimitedClaims of ${what}`, '1.28');
  if (rule.presence !== undefined) release.require(at, `presence of ${what}`, '1.32');
  if ((rule.spaceDelimitedClaims?.length ?? 0) > 64) throw invalid(at, `${rule.spaceDelimitedClaims!.length} spaceDelimitedClaims of ${what}`, 'Istio accepts at most 64');
}

function checkLocations(at: IConstruct, what: string, { fromHeaders, fromParams, fromCookies }: JwtRule): void {
  fromHeaders?.forEach((header, i) => {
    checkFilled(at, `name of fromHeaders[${i}] of ${what}`, header.name);
  });
  checkTextList(at, `fromParams of ${what}`, fromParams);
  checkTextList(at, `fromCookies of ${what}`, fromCookies);
  if (fromCookies !== undefined) Mesh.of(at)._release.require(at, `fromCookies of ${what}`, '1.21');
}

function checkOutputs(at: IConstruct, what: string, { outputPayloadToHeader, outputClaimToHeaders }: JwtRule): void {
  if (outputPayloadToHeader !== undefined) checkHeader(at, `outputPayloadToHeader of ${what}`, outputPayloadToHeader);
  if (outputClaimToHeaders === undefined) return;
  Mesh.of(at)._release.require(at, `outputClaimToHeaders of ${what}`, '1.17');
  outputClaimToHeaders.forEach((output, i) => {
    checkFilled(at, `claim of outputClaimToHeaders[${i}] of ${what}`, output.claim);
    checkHeader(at, `header of outputClaimToHeaders[${i}] of ${what}`, output.header);
  });
}

function checkFilled(at: IConstruct, what: string, value: string): void {
  if (value === '') throw invalid(at, `an empty ${what}`, 'set a value, or leave it out');
}

function checkTextList(at: IConstruct, what: string, values: string[] | undefined): void {
  values?.forEach((value, i) => {
    if (value === '') throw invalid(at, `an empty string in ${what} at ${i}`, 'remove it');
  });
}

function checkHeader(at: IConstruct, what: string, value: string): void {
  if (!HEADER.test(value)) {
    throw invalid(at, `${what} ${show(value)}`, 'expected a header name of letters, digits, "-" and "_"');
  }
}

function checkUri(at: IConstruct, what: string, value: string): void {
  const found = value.length <= MAX_URI && !BAD_ESCAPE.test(value) ? URI.exec(value) : null;
  if (found === null || Number(found[1] ?? 0) > MAX_PORT) {
    throw invalid(at, `${what} ${show(value)}`, `expected a URL such as "https://login.example.com/keys", of at most ${MAX_URI} characters`);
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
