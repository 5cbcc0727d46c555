import { dump } from 'js-yaml';
import { endpointExamples, EndpointExample, exampleAmong, GeneratedTest, isCertain, testFor } from '../../answers/tests/generate';
import { TrafficModel } from '../../answers/traffic-model';
import { showPath } from '../../cluster/json';
import { RuleRequest, RuleRequests } from '../../proofs/queries/rule-requests';
import { inputOf } from '../../proofs/requests/input-of';
import { placeText } from '../../report/answers/place';
import { HOMEPAGE } from '../../report/tool';

/**
 * Tests as a file: one for each match for which a request was found. The others are listed in comments.
 *
 * @internal
 */
export function generatedTests(model: TrafficModel): string {
  const requests = new RuleRequests(model.cluster);
  const found = endpointExamples(model).map((example) => completed(example, model, requests))
    .map((searched) => ({ ...searched, test: testFor(searched.example) }));
  const tests = uniqueTests(found.flatMap(({ test }) => test ?? []));
  const missing = found.filter(({ test, example }) => test === undefined || example.denial !== undefined)
    .map(({ example, searched }) => `# ${reasonOf(example, searched)}: ${placeText(example.endpoint)}\n`);
  return [
    `# yaml-language-server: $schema=${HOMEPAGE}/raw/main/docs/traffic-tests.schema.json\n`,
    tests.length === 0 ? 'tests: []\n' : dump({ tests }, { lineWidth: 150, noRefs: true }),
    ...missing.length === 0 ? [] : ['\n', ...new Set(missing)],
  ].join('');
}

/** An example, and what a search found if typical requests did not reach the rule. */
interface Searched {
  readonly example: EndpointExample;
  readonly searched?: RuleRequest;
}

function completed(example: EndpointExample, model: TrafficModel, requests: RuleRequests): Searched {
  if (isCertain(example)) return { example };
  const searched = requests.find(example.endpoint);
  const input = searched === undefined || searched === 'undecided' || !('request' in searched) ? undefined : inputOf(searched.request);
  return { example: (input === undefined ? undefined : exampleAmong(model, example.endpoint, [input])) ?? example, searched };
}

function reasonOf({ input, answer, denial }: EndpointExample, searched: RuleRequest | undefined): string {
  if (searched !== undefined && searched !== 'undecided' && 'hiddenBy' in searched) {
    const names = [...new Set(searched.hiddenBy.map(({ written: { object, field } }) => `${object.toString()} ${showPath(field)}`))];
    return `No request reaches the rule${names.length === 0 ? '' : `, since ${names.join(' and ')} ${names.length === 1 ? 'gets' : 'get'} all of them`}`;
  }
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

