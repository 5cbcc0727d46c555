import { FoundToken, parametersOf } from './found-tokens';
import { encoded } from './raw-token';
import { BEARER, IssuerRule } from './token-rules';
import { isObject, JsonObject } from '../../cluster/json';
import { byText } from '../../plan/text-order';
import { NormalRequest } from '../normal-request';
import { HeaderLine, TokenLocation } from '../request';

/**
 * A request without the headers that a rule sets, so that clients cannot set them.
 *
 * @internal
 */
export function withoutOutputs(request: NormalRequest, { outputs }: IssuerRule): NormalRequest {
  return outputs.size === 0 ? request : withLines(request, request.headers.lines.filter(({ name }) => !outputs.has(name)));
}

/**
 * A request whose tokens a rule has accepted: with the headers that the rule sets, and without the tokens unless they are forwarded.
 *
 * @internal
 */
export function withAccepted(request: NormalRequest, rule: IssuerRule, tokens: readonly FoundToken[]): NormalRequest {
  return [...tokens].reverse().reduce((current, { claims, location }) => {
    const added = claims === undefined ? [] : outputsOf(rule, claims);
    const sent = added.length === 0 ? current : withLines(current, [...current.headers.lines, ...added]);
    return rule.forwards ? sent : withoutToken(sent, location);
  }, request);
}

function outputsOf({ claimHeaders, payloadHeader }: IssuerRule, claims: JsonObject): HeaderLine[] {
  return [
    ...payloadHeader === undefined ? [] : [{ name: payloadHeader, value: encoded(JSON.stringify(claims)) }],
    ...claimHeaders.flatMap(({ header, claim }) => {
      const value = headerValue(nested(claims, claim.split('.')));
      return value === '' ? [] : [{ name: header, value }];
    }),
  ];
}

function nested(claims: JsonObject, path: readonly string[]): unknown {
  let value: unknown = claims;
  for (const name of path) value = isObject(value) ? value[name] : undefined;
  return value;
}

/** Claims that are neither strings nor numbers nor booleans are left out. */
function headerValue(claim: unknown): string {
  if (typeof claim === 'string') return claim;
  if (typeof claim === 'boolean') return String(claim);
  if (typeof claim !== 'number') return '';
  return claim >= 0 && Number.isInteger(claim) ? BigInt(claim).toString() : claim.toFixed(6);
}

function withoutToken(request: NormalRequest, { kind, name }: TokenLocation): NormalRequest {
  const { token } = request;
  const declared = token?.location ?? BEARER;
  const without = token !== undefined && declared.kind === kind && declared.name === name && kind !== 'cookie' ? { ...request, token: undefined } : request;
  if (kind === 'header') return withLines(without, request.headers.lines.filter((line) => line.name !== name));
  return kind === 'parameter' ? { ...without, query: withoutParameter(request.query, name) } : without;
}

/** Envoy decodes the parameters that it writes again, and orders them by name. */
function withoutParameter(query: string | undefined, name: string): string | undefined {
  if (query === undefined) return undefined;
  const kept = parametersOf(query).filter(([key]) => key !== name);
  const ordered = kept.map((parameter, i) => ({ parameter, i })).sort((a, b) => byText(a.parameter[0], b.parameter[0]) || a.i - b.i);
  return ordered.length === 0 ? undefined : ordered.map(({ parameter }) => parameter.join('=')).join('&');
}

function withLines(request: NormalRequest, lines: readonly HeaderLine[]): NormalRequest {
  return lines.length === request.headers.lines.length ? request : { ...request, headers: request.headers.with(lines) };
}
