import { Report, Summary } from './report';
import { countOf, showComparison, showTotals } from './totals';
import { byText } from '../plan/text-order';

/** Number of kinds that are listed by name. */
const KINDS = 5;

/**
 * What the text for people lists.
 *
 * @internal
 */
export interface Listed {
  /** Whether it lists all findings. */
  readonly all: boolean;
  /** Whether it lists accepted findings. */
  readonly accepted: boolean;
}

/**
 * The lines below the findings, with totals in the last one.
 *
 * @internal
 */
export function footerOf({ findings, summary, comparison }: Report, { all, accepted }: Listed): string[] {
  return [
    ...ignoredNotes(summary),
    ...summary.accepted.length === 0 ? [] : [`Accepted: ${countOf(summary.accepted.length, 'finding')}.${accepted ? '' : ' List them with --accepted.'}`],
    ...comparison === undefined ? [] : [
      `Compared: ${showComparison(comparison)}.${all || comparison.unchanged.length === 0 ? '' : ' List unchanged findings with --all.'}`,
    ],
    showTotals(findings, summary),
  ];
}

/**
 * What one screen leaves out, and how to see it.
 *
 * @param shown Numbers of what is shown.
 * @param total Numbers of what there is.
 * @internal
 */
export function leftOutNote(shown: Numbers, total: Numbers): string {
  if (shown.items === total.items) return `Shown: all ${total.items} entries, some without details. List all details with --all.`;
  const groups = shown.blocks === total.blocks ? '' : ` in ${shown.blocks} of ${countOf(total.blocks, 'group')}`;
  return `Shown: ${shown.items} of ${total.items} entries${groups}. List all with --all.`;
}

/**
 * Numbers of findings, and of the groups that they are in.
 *
 * @internal
 */
export interface Numbers {
  /** Number of findings. */
  readonly items: number;
  /** Number of groups. */
  readonly blocks: number;
}

function ignoredNotes({ ignored, notManifests }: Summary): string[] {
  const kinds = [...ignored].sort(([a, m], [b, n]) => n - m || byText(a, b));
  const count = kinds.reduce((sum, [, each]) => sum + each, 0);
  const names = kinds.slice(0, KINDS).map(([kind, each]) => `${each} ${kind}`);
  const others = kinds.length > KINDS ? [countOf(kinds.length - KINDS, 'other kind')] : [];
  return [
    ...count === 0 ? [] : [`Ignored: ${countOf(count, 'object')} that no rule reads (${[...names, ...others].join(', ')}).`],
    ...notManifests === 0 ? [] : [`Skipped: ${countOf(notManifests, 'document')} without a manifest.`],
  ];
}
