import { changedRules } from '../../../src/proofs/rules/changed-rules';
import { constantRule, Rule } from '../../../src/proofs/rules/rule';

const rules = (keys: string): readonly Rule[] => [...keys].map((key) => ({ ...constantRule(key), key }));
const changed = (before: string, after: string) => changedRules(rules(before), rules(after)).map(({ key }) => key).join('');

test.each([
  ['abc', 'abc', ''],
  ['abc', 'abxc', 'x'],
  ['abc', 'ac', 'b'],
  ['abc', 'axc', 'bx'],
  ['abcd', 'bcda', 'aa'],
  ['aab', 'ab', 'a'],
  ['', 'a', 'a'],
])('from %s to %s', (before, after, expected) => {
  expect(changed(before, after)).toBe(expected);
});

test('10,000 rules in reverse order take no quadratic time', () => {
  const many = Array.from({ length: 10_000 }, (_, i): Rule => ({ ...constantRule(`${i}`) }));
  const start = process.cpuUsage().user;
  expect(changedRules(many, [...many].reverse())).toHaveLength(2 * 9_999);
  expect(process.cpuUsage().user - start).toBeLessThan(2_000_000);
});
