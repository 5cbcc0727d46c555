import { WrittenCommand } from '../../answers/command-line/write-command';
import { Mismatch } from '../../answers/expectations/expectation';
import { CoveredPart } from '../../answers/tests/coverage';
import { AnsweredRequest } from '../../answers/traffic-model';

/**
 * The result of a traffic test.
 *
 * @internal
 */
export interface TestResult {
  /** Name of the file. */
  readonly file: string;
  /** The line of the test. */
  readonly line: number;
  /** Name of the test. */
  readonly name: string;
  /** How it ended. It is an error if the test itself is wrong. */
  readonly outcome: 'passed' | 'failed' | 'error';
  /** What is different, if it failed. */
  readonly mismatches: readonly Mismatch[];
  /** What is wrong with the test, in sentences. */
  readonly error?: string;
  /** The request and its answer, with the trace. */
  readonly answered?: AnsweredRequest;
  /** How to send the request, if it is the example against a proof. */
  readonly command?: WrittenCommand;
}

/**
 * What traffic tests reached.
 *
 * @internal
 */
export interface CoverageReport {
  /** All parts of the manifests that tests can reach. */
  readonly parts: readonly CoveredPart[];
  /** The lowest percentage that passes. */
  readonly threshold?: number;
}

/**
 * The results of a run.
 *
 * @internal
 */
export interface TestReport {
  /** The results, in the order of the tests. */
  readonly results: readonly TestResult[];
  /** The coverage, if it was asked for. */
  readonly coverage?: CoverageReport;
}

/**
 * The percentage of the parts that tests have reached; 100 if there are none.
 *
 * @internal
 */
export function coveredPercentage({ parts }: CoverageReport): number {
  return parts.length === 0 ? 100 : 100 * parts.filter(({ isReached }) => isReached).length / parts.length;
}

/**
 * Whether the coverage is below its threshold.
 *
 * @internal
 */
export function isBelowThreshold(coverage: CoverageReport | undefined): boolean {
  return coverage?.threshold !== undefined && coveredPercentage(coverage) < coverage.threshold;
}

/**
 * Numbers of tests by outcome.
 *
 * @internal
 */
export function testTotals(results: readonly TestResult[]): { readonly passed: number; readonly failed: number; readonly errors: number } {
  const count = (outcome: TestResult['outcome']) => results.filter((each) => each.outcome === outcome).length;
  return { passed: count('passed'), failed: count('failed'), errors: count('error') };
}
