import { canonical } from '../../cluster/canonical';
import { listOf, objectOf } from '../../cluster/json';
import { Rule } from '../rules/rule';

/** A variable that is not a doubled percent sign. */
const COPY = /%(?!%)[A-Z_]+/;

/** A variable that reads a header, with an alternative. */
const HEADER = /%(?:REQ|REQUEST_HEADER)\(([^)?:][^)?]*)(?:\?([^)?:][^)?]*))?\)/g;

/** The operations on headers that copy parts of requests. */
function copyingOperations({ route }: Rule): readonly unknown[] {
  if (route === undefined) return [];
  const { headers, route: arms } = route.written.rule;
  return [headers, ...listOf(arms).map((arm) => objectOf(arm).headers)].filter((each) => COPY.test(JSON.stringify(each ?? null)));
}

/**
 * What rules copy from requests to headers, as a key.
 *
 * @internal
 */
export function copiesIn(rules: readonly Rule[]): string {
  return canonical([...new Set(rules.flatMap(copyingOperations).map((each) => canonical(each)))].sort());
}

/**
 * The headers that rules copy, in lower case.
 *
 * @internal
 */
export function copiedHeaders(rules: readonly Rule[]): readonly string[] {
  const texts = rules.flatMap(copyingOperations).map((each) => JSON.stringify(each));
  return texts.flatMap((text) => [...text.matchAll(HEADER)].flatMap(([, name, other]) => [name, ...other === undefined ? [] : [other]]))
    .map((name) => name.toLowerCase()).filter((name) => name !== 'host');
}
