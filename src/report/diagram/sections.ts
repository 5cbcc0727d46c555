import { AnswerCase } from '../../answers/answer';
import { responderText, RouteRow } from '../../answers/endpoints/routes-table';
import { isProxy } from '../../answers/expectations/responder-names';
import { mirrorShares, percentText, Share, sharesOf } from '../../answers/expectations/shares';

/**
 * Who receives a share of the requests.
 *
 * @internal
 */
export interface DiagramArm {
  /** Who: a backend, or the answer of a proxy. */
  readonly name: string;
  /** Whether a proxy answers. */
  readonly byProxy: boolean;
  /** The share as text; undefined for all requests. */
  readonly share?: string;
}

/**
 * What happens to requests under a condition.
 *
 * @internal
 */
export interface DiagramCase {
  /** The condition; undefined if there is only one case. */
  readonly condition?: string;
  /** Who answers. */
  readonly arms: readonly DiagramArm[];
  /** Who receives mirrored requests. */
  readonly mirrors: readonly DiagramArm[];
}

/**
 * Matches that follow each other, whose requests are answered in the same way.
 *
 * @internal
 */
export interface DiagramRule {
  /** The matches. */
  readonly matches: readonly string[];
  /** Time limit and retries. */
  readonly limits: readonly string[];
  /** The policies that apply. */
  readonly policies: readonly string[];
  /** The answers; none if no example request was found. */
  readonly cases: readonly DiagramCase[];
  /** Why there are none. */
  readonly missing: readonly string[];
}

/**
 * A host, with all rules in the order in which they are tried.
 *
 * @internal
 */
export interface DiagramSection {
  /** The host pattern. */
  readonly host: string;
  /** Gateways, with ports, at which the host has these rules. */
  readonly entrances: readonly string[];
  /** The rules. */
  readonly rules: readonly DiagramRule[];
}

/**
 * The hosts of a table of routes. One that has the same rules at several gateways is one section.
 *
 * @internal
 */
export function sectionsOf(rows: readonly RouteRow[]): readonly DiagramSection[] {
  const sections = new Map<string, DiagramSection>();
  for (const { host, entrances: [entrance], rules } of hostsAtEntrances(rows)) {
    const key = JSON.stringify([host, rules]);
    sections.set(key, { host, entrances: [...sections.get(key)?.entrances ?? [], entrance], rules });
  }
  return [...sections.values()];
}

function hostsAtEntrances(rows: readonly RouteRow[]): Iterable<DiagramSection> {
  const groups = new Map<string, RouteRow[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.entrance, row.host]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return [...groups.values()].map((group) => ({ host: group[0].host, entrances: [group[0].entrance], rules: rulesOf(group) }));
}

/** Only neighbours are joined: a rule between two others gets its requests before the second one. */
function rulesOf(rows: readonly RouteRow[]): readonly DiagramRule[] {
  const rules: DiagramRule[] = [];
  let lastKey: string | undefined;
  for (const { matches, limits, policies, answer, backends } of rows) {
    const cases = (answer?.cases ?? []).map(caseOf);
    const missing = answer === undefined ? backends : [];
    const key = JSON.stringify([limits, policies, cases, missing]);
    const joined = key === lastKey ? rules.pop()!.matches : [];
    rules.push({ matches: [...joined, ...matches], limits, policies, cases, missing });
    lastKey = key;
  }
  return rules;
}

function caseOf({ condition, outcomes, mirrors }: AnswerCase): DiagramCase {
  return { ...condition === undefined ? {} : { condition }, arms: sharesOf(outcomes).map(armOf), mirrors: mirrorShares(mirrors).map(armOf) };
}

function armOf({ responder, share }: Share): DiagramArm {
  return { name: responderText(responder), byProxy: isProxy(responder), ...share.isAll ? {} : { share: percentText(share) } };
}
