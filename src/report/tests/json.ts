import { coveredPercentage, TestReport, TestResult, testTotals } from './test-report';
import { answerJson, placeJson } from '../answers/json';
import { SCHEMA_VERSION } from '../json';

/**
 * The results as JSON.
 *
 * @internal
 */
export function renderTestsJson({ results, coverage }: TestReport): string {
  const report = {
    schemaVersion: SCHEMA_VERSION,
    totals: testTotals(results),
    tests: results.map(resultJson),
    coverage: coverage === undefined ? undefined : {
      percentage: coveredPercentage(coverage),
      threshold: coverage.threshold,
      parts: coverage.parts.map(({ kind, isReached, ...place }) => ({ kind, isReached, place: placeJson(place) })),
    },
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

function resultJson({ answered, mismatches, ...rest }: TestResult): object {
  return { ...rest, mismatches, ...answered === undefined ? {} : answerJson(answered) };
}
