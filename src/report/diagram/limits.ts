import { label, linesLabel } from './label';
import { DiagramRule, DiagramSection } from './sections';

/** More rules are not readable in one picture. */
const MAX_RULES = 100;

/** Mermaid draws no diagram with more than 500 edges, or more than 50,000 characters. */
const MAX_EDGES = 450;
const MAX_CHARACTERS = 45_000;

/** Lines of a box that are shown. */
const MAX_MATCHES = 12;

/** What a statement has in addition to its label: ids, brackets and arrows. */
const STATEMENT = 24;

/**
 * What fits into a diagram, and what does not.
 *
 * @internal
 */
export interface LimitedSections {
  /** Sections, with the rules that fit. */
  readonly sections: readonly DiagramSection[];
  /** What is left out, as a sentence without the last full stop; undefined if nothing is. */
  readonly omission?: string;
}

/**
 * The first rules, as many as Mermaid draws and people can read.
 *
 * @internal
 */
export function limited(sections: readonly DiagramSection[]): LimitedSections {
  const budget = new Budget();
  const shown = sections.map((section) => {
    const rules = section.rules.filter((rule, i) => budget.accepts(rule, i === 0 ? section : undefined));
    return { ...section, rules };
  });
  return { sections: shown.filter(({ rules }) => rules.length > 0), ...omissionOf(sections, shown) };
}

function omissionOf(all: readonly DiagramSection[], shown: readonly DiagramSection[]): Pick<LimitedSections, 'omission'> {
  const incomplete = all.filter(({ rules }, i) => shown[i].rules.length < rules.length);
  if (incomplete.length === 0) return {};
  const count = (sections: readonly DiagramSection[]) => sections.reduce((sum, { rules }) => sum + rules.length, 0);
  return { omission: `Not shown: ${counted(count(all) - count(shown), 'rule')} of ${counted(new Set(incomplete.map(({ host }) => host)).size, 'host')}` };
}

/**
 * A number of things, such as `1 rule` and `2 rules`.
 *
 * @internal
 */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/**
 * The lines of the box of a rule.
 *
 * @internal
 */
export function boxLines({ matches, limits, missing }: DiagramRule): readonly string[] {
  const more = matches.length > MAX_MATCHES ? [`and ${matches.length - MAX_MATCHES} more`] : [];
  return [...matches.slice(0, MAX_MATCHES), ...more, ...limits, ...missing.map((reason) => `(${reason})`)];
}

/** Rules are accepted in order until one does not fit. */
class Budget {
  private rules = 0;
  private edges = 0;
  private characters = 0;
  private isFull = false;

  public accepts(rule: DiagramRule, newSection: DiagramSection | undefined): boolean {
    const statements = [...statementsOf(rule), ...newSection === undefined ? [] : [label(`Host ${newSection.host}`), ...newSection.entrances.map(label)]];
    this.rules += 1;
    this.edges += statements.length - 1;
    this.characters += statements.reduce((sum, { length }) => sum + length + STATEMENT, 0);
    this.isFull ||= this.rules > MAX_RULES || this.edges > MAX_EDGES || this.characters > MAX_CHARACTERS;
    return !this.isFull;
  }
}

/** One string for each box and each edge. */
function statementsOf(rule: DiagramRule): readonly string[] {
  const arms = rule.cases.flatMap((each) => [...each.arms, ...each.mirrors]);
  return [
    linesLabel(boxLines(rule)),
    ...rule.policies.length === 0 ? [] : [linesLabel(rule.policies)],
    ...rule.cases.flatMap(({ condition }) => (condition === undefined ? [] : [label(condition)])),
    // The box of the backend, and the edge with its share.
    ...arms.map(({ name, share = '' }) => `${label(name)}${' '.repeat(STATEMENT)}${share} mirrored`),
  ];
}
