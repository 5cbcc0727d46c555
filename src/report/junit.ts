import { exampleLines, misroutedText } from './example';
import { ordered } from './order';
import { showObject, showPlace, showPosition, slashed, withFullStop } from './place';
import { ReadProblem, Report } from './report';
import { fixedFindings, StatedFinding, statedFindings } from './states';
import { TOOL } from './tool';
import { element, textElement } from './xml';
import { groupBy } from '../plan/groups';
import { byText } from '../plan/text-order';
import { Finding } from '../rules/finding';
import { isAtLeast, Level } from '../rules/level';

/**
 * Options of the JUnit report.
 *
 * @internal
 */
export interface JunitOptions {
  /** The lowest level of findings that fail. None do if it is `never`. @default Level.WARNING */
  readonly threshold?: Level | 'never';
}

/** The outcome of a test case. */
type Outcome = 'passed' | 'failed' | 'error' | 'skipped';

interface TestCase {
  readonly outcome: Outcome;
  readonly lines: readonly string[];
}

/**
 * Findings as JUnit XML. Each rule is a suite, and each finding a test case: one that fails if it is at or above the threshold, one that is skipped
 * if it is accepted or if an earlier state has it, too, and one that passes otherwise, with the finding in its output. A rule without findings has one
 * case that passes.
 *
 * @internal
 */
export function renderJunit(report: Report, { threshold = Level.WARNING }: JunitOptions = {}): string {
  const { summary, rules } = report;
  const listed = [...statedFindings(report), ...fixedFindings(report), ...ordered(summary.accepted).map((finding) => ({ finding }))];
  const byRule = groupBy<string, StatedFinding>(listed, ({ finding }) => finding.rule);
  const titles = new Map(rules.map(({ id, title }) => [id, title]));
  const ids = [...new Set([...titles.keys(), ...byRule.keys()])].sort(byText);
  const suites = [
    ...summary.problems.length === 0 ? [] : [suite('unreadable', summary.problems.map(unreadable))],
    ...ids.map((id) => suite(id, (byRule.get(id) ?? []).map((each) => testCase(each, threshold)), titles.get(id))),
  ];
  const counts = countsOf(suites.flatMap(({ cases }) => cases));
  const root = element('testsuites', { name: TOOL, ...counts }, suites.flatMap(({ lines }) => lines));
  return ['<?xml version="1.0" encoding="UTF-8"?>', ...root].map((line) => `${line}\n`).join('');
}

interface Suite {
  readonly cases: readonly TestCase[];
  readonly lines: readonly string[];
}

function suite(name: string, found: readonly TestCase[], title?: string): Suite {
  const cases = found.length > 0 ? found : [passing(name, title)];
  return { cases, lines: element('testsuite', { name, ...countsOf(cases) }, cases.flatMap(({ lines }) => lines)) };
}

function countsOf(cases: readonly TestCase[]): { readonly [name: string]: number } {
  const count = (outcome: Outcome) => cases.filter((each) => each.outcome === outcome).length;
  return { tests: cases.length, failures: count('failed'), errors: count('error'), skipped: count('skipped') };
}

function passing(rule: string, title: string | undefined): TestCase {
  return { outcome: 'passed', lines: element('testcase', { classname: rule, name: title === undefined ? 'no findings' : `no findings: ${title}` }) };
}

function unreadable({ file, line, column, message }: ReadProblem): TestCase {
  const position = showPosition({ file, line, column })!;
  const content = textElement('error', { message, type: 'unreadable' }, [position, withFullStop(message)]);
  return { outcome: 'error', lines: element('testcase', { classname: 'unreadable', name: position, file: slashed(file), line }, content) };
}

function testCase({ finding, state }: StatedFinding, threshold: Level | 'never'): TestCase {
  const { rule, level, file, line, problem, accepted } = finding;
  const attributes = { classname: rule, name: `${showObject(finding)}: ${problem}`, file: file === undefined ? undefined : slashed(file), line };
  const as = (outcome: Outcome, content: readonly string[]): TestCase => ({ outcome, lines: element('testcase', attributes, content) });
  if (accepted !== undefined) return as('skipped', element('skipped', { message: `accepted: ${accepted}` }));
  if (state === 'fixed') return as('passed', textElement('system-out', {}, [`fixed ${level}`, ...details(finding)]));
  if (threshold === 'never' || !isAtLeast(level, threshold)) return as('passed', textElement('system-out', {}, [state === undefined ? level : `${state} ${level}`, ...details(finding)]));
  if (state === 'unchanged') return as('skipped', element('skipped', { message: `unchanged ${level}: ${problem}` }));
  return as('failed', textElement('failure', { message: problem, type: level }, details(finding)));
}

function details(finding: Finding): string[] {
  const { problem, remedy, related, example } = finding;
  return [
    showPlace(finding),
    withFullStop(problem),
    `Fix: ${withFullStop(remedy)}`,
    ...example === undefined ? [] : [misroutedText(example), ...exampleLines(example)],
    ...related.map((place) => `Also: ${showPlace(place)}`),
  ];
}
