import { Comparison } from './compare';
import { Summary } from './report';
import { Finding } from '../rules/finding';
import { Level } from '../rules/rule';

/**
 * Numbers of findings by level.
 *
 * @internal
 */
export interface Totals {
  /** Number of errors. */
  readonly errors: number;
  /** Number of warnings. */
  readonly warnings: number;
  /** Number of findings of level `info`. */
  readonly infos: number;
}

/**
 * Counts findings by level.
 *
 * @internal
 */
export function totalsOf(findings: readonly Finding[]): Totals {
  const count = (level: Level) => findings.filter((finding) => finding.level === level).length;
  return { errors: count(Level.ERROR), warnings: count(Level.WARNING), infos: count(Level.INFO) };
}

/**
 * The last line of a report: `2 errors, 1 warning in 37 objects of 5 files`.
 *
 * @internal
 */
export function showTotals(findings: readonly Finding[], { objects, files, problems }: Summary): string {
  const unread = problems.length === 0 ? '' : ` (${countOf(problems.length, 'document')} could not be read)`;
  return `${showCounts(findings)} in ${countOf(objects, 'object')} of ${countOf(files, 'file')}${unread}`;
}

/**
 * Numbers of findings by level: `2 errors, 1 warning`.
 *
 * @internal
 */
export function showCounts(findings: readonly Finding[]): string {
  const { errors, warnings, infos } = totalsOf(findings);
  const counts: readonly (readonly [number, string])[] = [[errors, 'error'], [warnings, 'warning'], [infos, 'info']];
  return counts.filter(([count]) => count > 0).map(([count, noun]) => countOf(count, noun)).join(', ') || 'no findings';
}

/**
 * How many findings an earlier state had, and had not: `1 introduced, 3 fixed, 12 unchanged`.
 *
 * @internal
 */
export function showComparison({ introduced, fixed, unchanged }: Comparison): string {
  return `${introduced.length} introduced, ${fixed.length} fixed, ${unchanged.length} unchanged`;
}

/**
 * A number with its noun: `1 file`, `2 files`.
 *
 * @internal
 */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
