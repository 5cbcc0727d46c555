import { coveredPercentage, CoverageReport, isBelowThreshold, TestReport, TestResult, testTotals } from './test-report';
import { Mismatch } from '../../answers/expectations/expectation';
import { CoveredPart } from '../../answers/tests/coverage';
import { Level } from '../../rules/level';
import { conditionClause } from '../answers/condition';
import { placeText } from '../answers/place';
import { requestText } from '../answers/request-text';
import { traceLines } from '../answers/text';
import { Layout, styled, wrapped } from '../lines';
import { withFullStop } from '../place';
import { commandLines } from '../proofs/text';

/**
 * Options of the text about tests.
 *
 * @internal
 */
export interface TestTextOptions extends Layout {
  /** Whether to list tests that passed. */
  readonly all: boolean;
}

/**
 * The results for people: tests that failed, with expected, actual and trace, and the totals in the last line.
 *
 * @internal
 */
export function renderTests({ results, coverage }: TestReport, options: TestTextOptions): string {
  const lines = [
    ...results.flatMap((result) => (result.outcome === 'passed' ? passed(result, options) : failed(result, options))),
    ...coverage === undefined ? [] : coverageLines(coverage, options),
    ...wrapped(totalsText(results), 0, options),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function passed({ name }: TestResult, options: TestTextOptions): string[] {
  return options.all ? wrapped(`passed ${name}`, 0, options).map((line) => styled(line, 'good', options)) : [];
}

function failed({ file, line, name, outcome, mismatches, error, answered, command }: TestResult, layout: Layout): string[] {
  return [
    ...wrapped(`${outcome} ${name}`, 0, layout).map((each) => styled(each, Level.ERROR, layout)),
    ...wrapped(`${file}:${line}`, 2, layout),
    ...answered === undefined ? [] : wrapped(requestText(answered.request), 2, layout),
    ...error === undefined ? [] : wrapped(withFullStop(error), 2, layout),
    ...mismatches.flatMap((each) => mismatchLines(each, layout)),
    ...command === undefined ? [] : commandLines(command).map((each) => `  ${each}`),
    ...answered === undefined || outcome !== 'failed' ? [] : traceLines(answered.answer.trace, layout),
    '',
  ];
}

/**
 * What was expected, what the answer is, and what to expect instead.
 *
 * @internal
 */
export function mismatchLines({ expected, actual, remedy, condition }: Mismatch, layout: Layout): string[] {
  return [
    ...condition === undefined ? [] : wrapped(`${conditionClause(condition)}:`, 2, layout),
    ...wrapped(`expected: ${expected}`, 2, layout),
    ...wrapped(`actual:   ${actual}`, 2, layout),
    ...remedy === undefined ? [] : wrapped(remedy, 2, layout),
  ];
}

function totalsText(results: readonly TestResult[]): string {
  const { passed: good, failed: bad, errors } = testTotals(results);
  return [`${good} passed`, ...bad === 0 ? [] : [`${bad} failed`], ...errors === 0 ? [] : [`${errors} with an error`]].join(', ') + '.';
}

const KINDS: readonly CoveredPart['kind'][] = ['rule', 'match', 'arm', 'mirror', 'policy', 'policy rule'];

function coverageLines(coverage: CoverageReport, layout: Layout): string[] {
  const { parts, threshold } = coverage;
  const missing = parts.filter(({ isReached }) => !isReached);
  const counts = KINDS.flatMap((kind) => {
    const all = parts.filter((part) => part.kind === kind);
    return all.length === 0 ? [] : [`${plural(kind)} ${all.filter(({ isReached }) => isReached).length} of ${all.length}`];
  });
  return [
    ...missing.length === 0 ? [] : [styled('Not reached by any test', 'bold', layout)],
    ...missing.flatMap((part) => wrapped(`${part.kind} ${placeText(part)}`, 2, layout)),
    ...wrapped(`Coverage: ${showPercentage(coverage)} (${counts.length === 0 ? 'there is nothing to reach' : counts.join(', ')}).`, 0, layout),
    ...isBelowThreshold(coverage) ? wrapped(`The coverage is below ${threshold} %. Add tests for what is listed above.`, 0, layout)
      .map((line) => styled(line, Level.ERROR, layout)) : [],
    '',
  ];
}

function plural(kind: CoveredPart['kind']): string {
  return { 'rule': 'rules', 'match': 'matches', 'arm': 'arms', 'mirror': 'mirrors', 'policy': 'policies', 'policy rule': 'rules of policies' }[kind];
}

/** Rounded down, so that 100 % are all. */
function showPercentage(coverage: CoverageReport): string {
  return `${Math.floor(coveredPercentage(coverage) * 10) / 10} %`;
}
