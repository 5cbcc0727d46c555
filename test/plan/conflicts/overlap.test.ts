import fc from 'fast-check';
import { beginningOf, matchCovers, matchesOverlap, satisfies } from '../../../src/plan/conflicts/overlap';
import { StringMatch, StringMatchKind } from '../../../src/plan/string-match';

/** All texts of up to four letters of a small alphabet. */
const TEXTS = [0, 1, 2, 3, 4].reduce<string[][]>((all, n) => (
  [...all, n === 0 ? [''] : all[n - 1].flatMap((text) => ['a', 'b', '/'].map((char) => text + char))]), []).flat();

/** A match and the texts that satisfy it, found without the code under test. */
interface Known {
  readonly match: StringMatch;
  readonly texts: ReadonlySet<string>;
}

/** An expression with the texts of up to four letters that it stands for, and how tightly it binds. */
interface Expression {
  readonly regex: string;
  readonly texts: ReadonlySet<string>;
  readonly binds: 'choice' | 'sequence' | 'atom';
}

const only = (regex: string, ...texts: string[]): Expression => ({ regex, texts: new Set(texts), binds: 'atom' });

const join = (a: ReadonlySet<string>, b: ReadonlySet<string>) => (
  new Set([...a].flatMap((x) => [...b].map((y) => x + y)).filter((text) => text.length <= 4)));

const grouped = ({ regex }: Expression, group: string) => `${group}${regex})`;

const sequenceOf = (group: string, parts: Expression[]): Expression => ({
  regex: parts.map((each) => (each.binds === 'choice' ? grouped(each, group) : each.regex)).join(''),
  texts: parts.map(({ texts }) => texts).reduce(join),
  binds: 'sequence',
});

const choiceOf = (parts: Expression[]): Expression => ({
  regex: parts.map(({ regex }) => regex).join('|'),
  texts: new Set(parts.flatMap(({ texts }) => [...texts])),
  binds: 'choice',
});

function repeated(group: string, times: string, one: Expression): Expression {
  const regex = `${one.binds === 'atom' ? one.regex : grouped(one, group)}${times}`;
  const most: number = times === '?' ? 1 : 4;
  const powers = [new Set(['']) as ReadonlySet<string>];
  for (let n = 1; n <= most; n++) powers.push(join(powers[n - 1], one.texts));
  return { regex, texts: new Set(powers.slice(times === '+' ? 1 : 0).flatMap((power) => [...power])), binds: 'sequence' };
}

const group = fc.constantFrom('(', '(?:', '(?P<g>');

const expression = fc.letrec<{ any: Expression }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom(
      only('a', 'a'), only('b', 'b'), only('/', '/'), only('\\/', '/'), only('[ab]', 'a', 'b'), only('[^a]', 'b', '/'), only('.', 'a', 'b', '/'),
      only('[[:lower:]]', 'a', 'b'), only('\\x61', 'a'), only('\\pL', 'a', 'b'), only('[|/]', '/'), only('\\w', 'a', 'b'),
      { ...only('\\Qa/\\E', 'a/'), binds: 'sequence' } as Expression,
    ),
    fc.tuple(group, fc.array(tie('any'), { minLength: 1, maxLength: 3 })).map(([open, parts]) => sequenceOf(open, parts)),
    fc.array(tie('any'), { minLength: 2, maxLength: 3 }).map(choiceOf),
    fc.tuple(group, fc.constantFrom('*', '+', '?'), tie('any')).map(([open, times, one]) => repeated(open, times, one)),
  ),
})).any;

const text = fc.string({ unit: fc.constantFrom('a', 'b', '/'), minLength: 1, maxLength: 3 });

const literal: fc.Arbitrary<Known> = fc.oneof(
  text.map((value) => ({ match: StringMatch.exact(value), texts: new Set([value]) })),
  text.map((value) => ({
    match: StringMatch.prefix(value),
    texts: new Set(TEXTS.filter((each) => each.slice(0, value.length) === value)),
  })),
);

/** Groups of one name may stand in an expression once. */
const regex: fc.Arbitrary<Known> = expression.map(({ regex: re2, texts }) => {
  let n = 0;
  return { match: StringMatch.regex(re2.replace(/\?P<g>/g, () => `?P<g${n++}>`)), texts };
});

const known = fc.oneof(literal, regex);

const isRegex = ({ match }: Known) => match.kind === StringMatchKind.REGEX;

describe('satisfies', () => {
  test('compares as the match defines', () => {
    expect(['/v2', '/v2/', '/v'].map((each) => satisfies(StringMatch.exact('/v2'), each))).toEqual([true, false, false]);
    expect(['/v2', '/v2/', '/v'].map((each) => satisfies(StringMatch.prefix('/v2'), each))).toEqual([true, true, false]);
    expect(['/v2', '/v2/', '/v'].map((each) => satisfies(StringMatch.regex('/v.?'), each))).toEqual([true, false, true]);
  });

  test('an exact empty text is satisfied by it alone', () => {
    expect(['', 'a'].map((each) => satisfies(StringMatch.exact(''), each))).toEqual([true, false]);
  });

  test('picks exactly the texts that a match stands for', () => {
    fc.assert(fc.property(known, ({ match, texts }) => {
      expect(TEXTS.filter((each) => satisfies(match, each) !== texts.has(each))).toEqual([]);
    }), { seed: 7, numRuns: 800 });
  });
});

describe('beginningOf', () => {
  test.each([
    ['/v2/models/(iris|iris-large)/infer', '/v2/models/'],
    ['/v2/.*', '/v2/'],
    ['/v2/?', '/v2'],
    ['/v2/+', '/v2/'],
    ['/v2/{1}', '/v2'],
    ['/a\\.b\\d', '/a.b'],
    ['/a|/b', ''],
    ['/a(b|c)|/d', ''],
    ['/a[|]b', '/a'],
    ['/a\\|b', '/a|b'],
    ['/a\\Q|\\E', '/a'],
    ['/a[^]|)(]', '/a'],
    ['/a[[:alpha:]|]', '/a'],
    ['(?i)/a', ''],
    ['^/a', ''],
    ['/a\\.*', '/a'],
  ])('what satisfies %s begins with %j', (re2, beginning) => {
    expect(beginningOf(StringMatch.regex(re2))).toEqual(beginning);
  });

  test('literal matches begin with their text', () => {
    expect([beginningOf(StringMatch.exact('/a')), beginningOf(StringMatch.prefix('/b'))]).toEqual(['/a', '/b']);
  });

  test('every text that satisfies a match begins so', () => {
    fc.assert(fc.property(known, ({ match, texts }) => {
      const beginning = beginningOf(match);
      expect([...texts].filter((each) => !each.startsWith(beginning))).toEqual([]);
    }), { seed: 8, numRuns: 2000 });
  });
});

describe('matchesOverlap', () => {
  test('a model is not the beginning of another', () => {
    expect(matchesOverlap(StringMatch.prefix('/v2/models/iris'), StringMatch.exact('/v2/models/iris-large'))).toBe(true);
    expect(matchesOverlap(StringMatch.prefix('/v2/models/iris/'), StringMatch.prefix('/v2/models/iris-large/'))).toBe(false);
  });

  test('never misses a text that satisfies both, and finds none where there is none', () => {
    const counts = { yes: 0, no: 0, longer: 0 };
    fc.assert(fc.property(known, known, (a, b) => {
      const both = TEXTS.some((each) => a.texts.has(each) && b.texts.has(each));
      const found = matchesOverlap(a.match, b.match);
      counts[both ? 'yes' : 'no'] += 1;
      expect(matchesOverlap(b.match, a.match)).toBe(found);
      const exact = [a, b].every((each) => !isRegex(each)) || [a, b].some(({ match }) => match.kind === StringMatchKind.EXACT);
      // Others may have only longer texts in common, or texts of other letters.
      if (exact || both) expect(found).toBe(both);
      else if (found) counts.longer += 1;
    }), { seed: 9, numRuns: 4000 });
    expect(Math.min(counts.yes, counts.no)).toBeGreaterThan(500);
    expect(counts.longer).toBeLessThan(counts.no / 20);
  });

  test('expressions with different beginnings do not overlap', () => {
    expect(matchesOverlap(StringMatch.regex('/v2/models/(a|b)'), StringMatch.regex('/v2/pipelines/.*'))).toBe(false);
    expect(matchesOverlap(StringMatch.regex('/v2/models/(a|b)'), StringMatch.prefix('/v1/'))).toBe(false);
  });

  test('neither do expressions that differ further on', () => {
    expect(matchesOverlap(StringMatch.regex('/v[0-9]+/users/.*'), StringMatch.regex('/v[0-9]+/orders/.*'))).toBe(false);
    expect(matchesOverlap(StringMatch.regex('/v[0-9]+/users/.*'), StringMatch.regex('/v2/.*'))).toBe(true);
  });
});

describe('matchCovers', () => {
  test.each([
    [StringMatch.prefix('/v2'), StringMatch.exact('/v2/models/iris'), true],
    [StringMatch.prefix('/v2'), StringMatch.prefix('/v2/models/'), true],
    [StringMatch.prefix('/v2'), StringMatch.prefix('/'), false],
    [StringMatch.prefix('/v2'), StringMatch.regex('/v2/(a|b)'), true],
    [StringMatch.prefix('/v2'), StringMatch.regex('/v1/.*'), false],
    [StringMatch.prefix('/v2'), StringMatch.regex('/.*'), false],
    [StringMatch.prefix('/v2'), StringMatch.regex('/\\bv2'), undefined],
    [StringMatch.exact('/v2'), StringMatch.prefix('/v2'), false],
    [StringMatch.exact('/v2'), StringMatch.regex('/v2'), true],
    [StringMatch.exact('/v2'), StringMatch.regex('/v2?'), false],
    [StringMatch.regex('/v2.*'), StringMatch.exact('/v2/a'), true],
    [StringMatch.regex('/v2.*'), StringMatch.prefix('/v2'), true],
    [StringMatch.regex('/v2/[a-z]*'), StringMatch.prefix('/v2/'), false],
    [StringMatch.regex('/v2.*'), StringMatch.regex('/v2.*'), true],
  ])('%s covers %s: %s', (outer, inner, covers) => {
    expect(matchCovers(outer, inner)).toBe(covers);
  });

  test('yes holds for every text, and no for some text', () => {
    const counts = { yes: 0, no: 0 };
    fc.assert(fc.property(known, known, (outer, inner) => {
      const outside = [...inner.texts].filter((each) => !outer.texts.has(each));
      const covers = matchCovers(outer.match, inner.match);
      if (covers === true) {
        counts.yes += 1;
        expect(outside).toEqual([]);
      } else if (covers === false) {
        counts.no += 1;
        // An expression may stand for longer texts than ours, and for other characters.
        if (!isRegex(outer) && !isRegex(inner) && inner.texts.size > 0) expect(outside).not.toEqual([]);
      } else {
        expect(isRegex(outer) || isRegex(inner)).toBe(true);
      }
      if (outside.length > 0) expect(covers).not.toBe(true);
    }), { seed: 10, numRuns: 4000 });
    expect(Math.min(counts.yes, counts.no)).toBeGreaterThan(200);
  });
});
