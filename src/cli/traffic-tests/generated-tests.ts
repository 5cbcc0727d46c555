import { dump } from 'js-yaml';
import { GeneratedTest, testFor } from '../../answers/tests/generate';
import { TrafficModel } from '../../answers/traffic-model';
import { FoundExample, routeExamples, whyUnreached } from '../../proofs/queries/route-examples';
import { placeText } from '../../report/answers/place';
import { HOMEPAGE } from '../../report/tool';

/**
 * Tests as a file: one for each match for which a request was found. The others are listed in comments.
 *
 * @internal
 */
export function generatedTests(model: TrafficModel): string {
  const found = routeExamples(model).map((each) => ({ each, test: testFor(each.example) }));
  const tests = uniqueTests(found.flatMap(({ test }) => test ?? []));
  const missing = found.filter(({ test, each: { example } }) => test === undefined || example.denial !== undefined)
    .map(({ each }) => `# ${reasonOf(each)}: ${placeText(each.example.endpoint)}\n`);
  return [
    `# yaml-language-server: $schema=${HOMEPAGE}/raw/main/docs/traffic-tests.schema.json\n`,
    tests.length === 0 ? 'tests: []\n' : dump({ tests }, { lineWidth: 150, noRefs: true }),
    ...missing.length === 0 ? [] : ['\n', ...new Set(missing)],
  ].join('');
}

function reasonOf(found: FoundExample): string {
  const { example: { input, answer, denial }, searched } = found;
  const unreached = whyUnreached(found);
  if (unreached !== undefined) return `${unreached[0].toUpperCase()}${unreached.slice(1)}`;
  if (searched !== undefined && searched !== 'undecided') return 'The age of VirtualServices decides whether requests reach the rule';
  if (input === undefined) return 'No request was found';
  if (denial !== undefined) return 'A policy denies requests without credentials. Add a test with the claims or the certificate of a caller';
  return `The answer depends on what the manifests do not tell (${answer!.cases.map(({ condition }) => condition).join('; ')})`;
}

/** One rule can serve several hosts and listeners. Tests with one name get the entrance, too. */
function uniqueTests(tests: readonly GeneratedTest[]): GeneratedTest[] {
  const names = new Map<string, number>();
  return tests.map((test) => {
    const count = (names.get(test.name) ?? 0) + 1;
    names.set(test.name, count);
    return count === 1 ? test : { ...test, name: `${test.name} (${count})` };
  });
}
