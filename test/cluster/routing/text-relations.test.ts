import { LimitedRelations } from '../../../src/cluster/routing/text-relations';
import { Work } from '../../../src/plan/expressions/work';
import { StringMatchKind } from '../../../src/plan/string-match';

const regex = (value: string) => ({ kind: StringMatchKind.REGEX, value });
const prefix = (value: string) => ({ kind: StringMatchKind.PREFIX, value });
const exact = (value: string) => ({ kind: StringMatchKind.EXACT, value });

const HOSTILE = [regex('(a|b)*a(a|b){200}'), regex('(a|b)*b(a|b){201}')] as const;

test('answers as a comparison of the two', () => {
  const texts = new LimitedRelations();
  expect(texts.overlap(regex('/v[12]/.*'), prefix('/v2/'))).toBe(true);
  expect(texts.overlap(regex('/v[12]/.*'), exact('/v3/'))).toBe(false);
  expect(texts.covers(regex('/v[12]/.*'), prefix('/v2/'))).toBe(true);
  expect(texts.covers(prefix('/v2/'), regex('/v[12]/.*'))).toBe(false);
  expect(texts.covers(prefix('/v2/'), prefix('/v2/models'))).toBe(true);
});

test('a pair is compared once', () => {
  const total = new Work(1_000);
  const texts = new LimitedRelations(total);
  texts.overlap(regex('/v[12]/.*'), prefix('/v2/'));
  const { left } = total;
  expect(left).toBeLessThan(1_000);
  expect(texts.overlap(regex('/v[12]/.*'), prefix('/v2/'))).toBe(true);
  expect(total.left).toBe(left);
});

test('expressions that are too large are not known to be related', () => {
  const total = new Work(1_000_000);
  const texts = new LimitedRelations(total);
  expect(texts.overlap(...HOSTILE)).toBe(false);
  expect(texts.covers(...HOSTILE)).toBe(false);
  expect(1_000_000 - total.left).toBeLessThan(50_000);
});

test('beyond the limit, expressions are not known to be related, and all others are compared', () => {
  const texts = new LimitedRelations(new Work(100));
  const found = Array.from({ length: 100 }, (_, i) => texts.overlap(regex(`/v${i}/.*`), prefix(`/v${i}/`)));
  expect(found[0]).toBe(true);
  expect(found[99]).toBe(false);
  expect(texts.overlap(prefix('/v2/'), prefix('/v2/models'))).toBe(true);
});
