import { EndpointExample, requestsText } from './examples';
import { Answer, AnswerCase, Responder, Step } from '../answer';
import { DEFAULT_RETRIES } from '../delivery/retries';
import { isProxy, nameOf } from '../expectations/responder-names';
import { delayText, mirrorShares, percentText, Share, sharesOf } from '../expectations/shares';

/**
 * A row of the table of routes: a match of a rule for a host, and who answers its requests.
 *
 * @internal
 */
export interface RouteRow extends EndpointExample {
  /** The gateway and its port, or `mesh` and the port. */
  readonly entrance: string;
  /** The host pattern. */
  readonly host: string;
  /** The path, and all other conditions, of each match of the rule with the same answer. */
  readonly matches: readonly string[];
  /** Who answers, with shares. */
  readonly backends: readonly string[];
  /** Who receives mirrored requests, with shares. */
  readonly mirrors: readonly string[];
  /** Time limit, retries and delay. */
  readonly limits: readonly string[];
  /** The policies that apply, such as `AuthorizationPolicy istio-system/iris`. */
  readonly policies: readonly string[];
}

/**
 * An example for the table of routes.
 *
 * @internal
 */
export interface TableExample {
  /** The example. */
  readonly example: EndpointExample;
  /** Why there is no request, if none reaches the match. */
  readonly reason?: string;
}

/**
 * The rows of the table of routes.
 *
 * @param examples An example for each match, with a trace.
 * @internal
 */
export function rowsOf(examples: readonly TableExample[]): readonly RouteRow[] {
  const rows = new Map<string, RouteRow>();
  for (const row of examples.map(rowOf)) {
    const { object, field } = row.endpoint;
    const key = JSON.stringify([row.entrance, row.host, object.toString(), field.slice(0, 3), row.backends, row.mirrors, row.limits, row.policies]);
    const known = rows.get(key);
    rows.set(key, known === undefined ? row : { ...known, matches: [...known.matches, ...row.matches] });
  }
  return [...rows.values()];
}

function rowOf({ example, reason }: TableExample): RouteRow {
  const { gateway, port, tls, host } = example.endpoint;
  const cases = example.answer?.cases ?? [];
  return {
    ...example,
    entrance: gateway === undefined ? `mesh:${port}` : `${gateway}:${port}${tls ? ' (TLS)' : ''}`,
    host,
    matches: [requestsText(example)],
    backends: example.answer === undefined ? [reason ?? 'no example request found'] : distinct(cases.map(backendsOf)),
    mirrors: distinct(cases.map(({ mirrors }) => mirrorShares(mirrors).map(shareText))),
    limits: distinct(cases.map(limitsOf)),
    policies: example.answer === undefined ? [] : policyNames(example.denial ?? example.answer),
  };
}

function distinct(lists: readonly (readonly string[])[]): readonly string[] {
  return [...new Set(lists.map((list) => JSON.stringify(list)))].flatMap((list, i) => {
    const texts = JSON.parse(list) as string[];
    return i === 0 || texts.length === 0 ? texts : [`or ${texts[0]}`, ...texts.slice(1)];
  });
}

function backendsOf({ outcomes }: AnswerCase): string[] {
  return sharesOf(outcomes).map(shareText);
}

function shareText({ responder, share }: Share): string {
  return `${share.isAll ? '' : `${percentText(share)} `}${responderText(responder)}`;
}

/**
 * The name of a responder, and the reason why a proxy answers.
 *
 * @internal
 */
export function responderText(responder: Responder): string {
  return isProxy(responder) && responder.kind !== 'redirect' ? `${nameOf(responder)} (${responder.reason})` : nameOf(responder);
}

/** The retries that Istio configures by default are left out. */
function limitsOf({ timeout, retries, delay }: AnswerCase): string[] {
  const isDefault = retries === undefined || JSON.stringify(retries) === JSON.stringify(DEFAULT_RETRIES);
  return [...timeout === undefined ? [] : [`timeout ${timeout}`], ...isDefault ? [] : [`${retries.attempts} retries`], ...delay === undefined ? [] : [delayText(delay)]];
}

/** The policies that apply on the way of the example. */
function policyNames({ trace }: Answer): string[] {
  const isPolicy = ({ stage, matched, place }: Step) => matched && (stage === 'policy' || stage === 'token') && place !== undefined;
  return [...new Set(trace.filter(isPolicy).map(({ place }) => place!.object.toString()))];
}
