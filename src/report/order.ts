import { computeIfAbsent } from '../plan/groups';
import { byText } from '../plan/text-order';
import { Finding } from '../rules/finding';
import { Level } from '../rules/rule';

const LEVELS: readonly Level[] = [Level.ERROR, Level.WARNING, Level.INFO];

/**
 * The findings of one rule that have the same level.
 *
 * @internal
 */
export interface FindingGroup {
  /** Name of the rule. */
  readonly rule: string;
  /** Their level. */
  readonly level: Level;
  /** The findings, ordered by position. */
  readonly findings: readonly Finding[];
}

/**
 * Findings as all formats list them: the most serious first, then by rule, position and object, whatever their order was.
 *
 * @internal
 */
export function ordered(findings: readonly Finding[]): Finding[] {
  return [...findings].sort(inOrder);
}

/**
 * Ordered findings in groups of one level and one rule.
 *
 * @internal
 */
export function groupsOf(findings: readonly Finding[]): FindingGroup[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of ordered(findings)) computeIfAbsent(groups, `${finding.level} ${finding.rule}`, () => []).push(finding);
  return [...groups.values()].map((group) => ({ rule: group[0].rule, level: group[0].level, findings: group }));
}

/**
 * The accepted findings of a list, and the others.
 *
 * @internal
 */
export function splitAccepted(findings: readonly Finding[]): { readonly open: Finding[]; readonly accepted: Finding[] } {
  return {
    open: findings.filter(({ accepted }) => accepted === undefined),
    accepted: findings.filter(({ accepted }) => accepted !== undefined),
  };
}

function inOrder(a: Finding, b: Finding): number {
  return LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level)
    || byText(a.rule, b.rule)
    || byText(a.file ?? '', b.file ?? '')
    || (a.line ?? 0) - (b.line ?? 0)
    || (a.column ?? 0) - (b.column ?? 0)
    || byText(a.construct ?? '', b.construct ?? '')
    || byText(a.namespace, b.namespace)
    || byText(a.name, b.name)
    || byText(a.kind, b.kind)
    || byField(a.field, b.field)
    || byText(a.problem, b.problem);
}

/** Positions in lists are compared as numbers. */
function byField(a: Finding['field'], b: Finding['field']): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const [left, right] = [a[i], b[i]];
    const order = typeof left === 'number' && typeof right === 'number' ? left - right : byText(String(left), String(right));
    if (order !== 0) return order;
  }
  return a.length - b.length;
}
