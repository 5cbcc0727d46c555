import { canonical } from '../../cluster/canonical';
import { isObject, JsonObject, listOf, stringsOf } from '../../cluster/json';
import { Work } from '../../plan/expressions/work';
import { conditionTexts } from '../requests/condition-texts';
import { Cube } from '../requests/cube';
import { headerField, METHOD } from '../requests/field';
import { Literal } from '../requests/literal';
import { Rule } from '../rules/rule';
import { PRESENT, Test, testFor } from '../words/string-test';

/**
 * Requests of a class that browsers send for pages of other origins.
 *
 * @internal
 */
export interface CorsRequests {
  readonly cube: Cube;
  /** What they have in common in addition to the class, as a condition. */
  readonly text: string;
}

const ORIGIN = headerField('origin');
const PREFLIGHT: readonly Literal[] = [
  { field: METHOD, test: testFor('exact', 'OPTIONS'), isPositive: true },
  { field: headerField('access-control-request-method'), test: PRESENT, isPositive: true },
];

/**
 * The requests of a class that the CORS policies of rules on two sides may treat differently: those with an origin that both sides allow, one of
 * them, or none, as preflight requests and as others. None if the policies are written alike.
 *
 * @returns `limit` if they were not all found.
 * @internal
 */
export function corsRequests(cube: Cube, before: readonly Rule[], after: readonly Rule[], work: Work): readonly CorsRequests[] | 'limit' {
  const [old, now] = [policiesIn(before), policiesIn(after)];
  if (canonical(old) === canonical(now)) return [];
  const [was, is] = [old.flatMap(originsIn), now.flatMap(originsIn)];
  const sought = [
    ...was.map((test) => [[test], is] as const),
    ...is.map((test) => [[test], was] as const),
    ...was.flatMap((test) => is.map((other) => [[test, other], []] as const)),
    [[PRESENT], [...was, ...is]] as const,
  ];
  const found: CorsRequests[] = [];
  for (const [yes, no] of sought) {
    const part = narrowed(cube, [...yes.map((test) => literal(test, true)), ...no.map((test) => literal(test, false))], work);
    if (part === 'limit') return part;
    if (part === undefined) continue;
    const preflight = narrowed(part, PREFLIGHT, work);
    if (preflight === 'limit') return preflight;
    for (const each of [preflight, part]) if (each !== undefined) found.push({ cube: each, text: textOf(each, cube) });
  }
  return found;
}

function policiesIn(rules: readonly Rule[]): readonly JsonObject[] {
  return rules.flatMap(({ route }) => (isObject(route?.written.rule.corsPolicy) ? [route.written.rule.corsPolicy] : []));
}

function originsIn({ allowOrigins, allowOrigin }: JsonObject): readonly Test[] {
  const written = Array.isArray(allowOrigins)
    ? listOf(allowOrigins).filter(isObject)
    : stringsOf(allowOrigin).map((exact): JsonObject => ({ exact }));
  return written.flatMap((origin) => {
    if (origin.exact === '*') return [PRESENT];
    const kind = (['exact', 'prefix', 'regex'] as const).find((each) => typeof origin[each] === 'string');
    return kind === undefined ? [] : [testFor(kind, origin[kind] as string)];
  });
}

function literal(test: Test, isPositive: boolean): Literal {
  return { field: ORIGIN, test, isPositive };
}

function narrowed(cube: Cube, literals: readonly Literal[], work: Work): Cube | 'limit' | undefined {
  let part: Cube | 'limit' | undefined = cube;
  for (const each of literals) part = typeof part === 'object' ? part.with(each, work) : part;
  return part;
}

/** The example, since origins are lists. */
function textOf(part: Cube, { literals }: Cube): string {
  const origin = [...part.values()].find(({ field }) => field.key === ORIGIN.key)!.values[0];
  const others = part.literals.slice(literals.length).filter(({ field }) => field.key !== ORIGIN.key);
  return [`header origin is ${JSON.stringify(origin)}`, ...conditionTexts(others)].join(' and ');
}
