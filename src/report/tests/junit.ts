import { coveredPercentage, CoverageReport, isBelowThreshold, TestReport, TestResult } from './test-report';
import { mismatchLines } from './text';
import { groupBy } from '../../plan/groups';
import { placeText } from '../answers/place';
import { requestText } from '../answers/request-text';
import { traceLines } from '../answers/text';
import { slashed, withFullStop } from '../place';
import { commandLines } from '../proofs/text';
import { TOOL } from '../tool';
import { element, textElement } from '../xml';

/** XML has no lines to wrap. */
const LAYOUT = { color: false, width: Number.POSITIVE_INFINITY };

/**
 * The results as JUnit XML. Each file is a suite. A coverage with a threshold is a test, too.
 *
 * @internal
 */
export function renderTestsJunit({ results, coverage }: TestReport): string {
  const suites = [
    ...[...groupBy(results, ({ file }) => file)].map(([file, own]) => suite(slashed(file), own.map(testCase))),
    ...coverage?.threshold === undefined ? [] : [suite('coverage', [coverageCase(coverage)])],
  ];
  const root = element('testsuites', { name: TOOL, ...countsOf(suites.flatMap(({ cases }) => cases)) }, suites.flatMap(({ lines }) => lines));
  return ['<?xml version="1.0" encoding="UTF-8"?>', ...root].map((line) => `${line}\n`).join('');
}

interface TestCase {
  readonly outcome: TestResult['outcome'];
  readonly lines: readonly string[];
}

function suite(name: string, cases: readonly TestCase[]): { readonly cases: readonly TestCase[]; readonly lines: readonly string[] } {
  return { cases, lines: element('testsuite', { name, ...countsOf(cases) }, cases.flatMap(({ lines }) => lines)) };
}

function countsOf(cases: readonly TestCase[]): { readonly [name: string]: number } {
  const count = (outcome: TestResult['outcome']) => cases.filter((each) => each.outcome === outcome).length;
  return { tests: cases.length, failures: count('failed'), errors: count('error'), skipped: 0 };
}

function testCase(result: TestResult): TestCase {
  const { file, line, name, outcome } = result;
  return { outcome, lines: element('testcase', { classname: slashed(file), name, file: slashed(file), line }, contentOf(result)) };
}

function contentOf({ file, line, outcome, mismatches, error, answered, command }: TestResult): readonly string[] {
  if (outcome === 'passed') return [];
  if (outcome === 'error') return textElement('error', { message: error, type: 'error' }, [`${slashed(file)}:${line}`, withFullStop(error!)]);
  const message = mismatches.map(({ expected, actual }) => `expected: ${expected}; actual: ${actual}`).join('; ');
  return textElement('failure', { message, type: 'mismatch' }, [
    `${slashed(file)}:${line}`,
    ...answered === undefined ? [] : [requestText(answered.request)],
    ...mismatches.flatMap((each) => mismatchLines(each, LAYOUT)),
    ...command === undefined ? [] : commandLines(command),
    ...answered === undefined ? [] : traceLines(answered.answer.trace, LAYOUT),
  ]);
}

function coverageCase(coverage: CoverageReport): TestCase {
  const isBelow = isBelowThreshold(coverage);
  const message = `the coverage is ${Math.floor(coveredPercentage(coverage) * 10) / 10} %, but must be at least ${coverage.threshold} %`;
  const missing = coverage.parts.filter(({ isReached }) => !isReached).map((part) => `${part.kind} ${placeText(part)}`);
  const content = isBelow ? textElement('failure', { message, type: 'coverage' }, missing) : [];
  return { outcome: isBelow ? 'failed' : 'passed', lines: element('testcase', { classname: 'coverage', name: `coverage of at least ${coverage.threshold} %` }, content) };
}
