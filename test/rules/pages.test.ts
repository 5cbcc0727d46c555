import { isDeepStrictEqual } from 'util';
import { parseAllDocuments } from 'yaml';
import { RULES } from '../../src/rules/all';
import { isAtLeast, Level } from '../../src/rules/level';
import { Rule } from '../../src/rules/rule';
import { findingsOf } from '../../src/rules/run';
import { clusterOf } from '../support/cluster';

// The pages of rules are documentation, so their examples have to be right.

test('rules are ordered by name, and each name is used once', () => {
  const ids = RULES.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)].sort());
  for (const id of ids) expect(id).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
});

describe.each(RULES.map((rule): [string, Rule] => [rule.id, rule]))('%s', (id, rule) => {
  test('finds the fault in the first example, at its own level', () => {
    const own = findingsOf(clusterOf(rule.page.wrong, {}, rule.page.before), RULES).filter(({ rule: found }) => found === id);
    expect(own.length).toBeGreaterThan(0);
    expect(own.every(({ level }) => isAtLeast(rule.level, level))).toBe(true);
  });

  test('no rule finds an error or a warning in the second one', () => {
    const found = findingsOf(clusterOf(rule.page.right, {}, rule.page.before), RULES).filter(({ accepted }) => accepted === undefined);
    expect(found.filter((finding) => finding.level !== Level.INFO || finding.rule === id)).toEqual([]);
  });

  test('the examples differ, and are objects with names', () => {
    const [wrong, right] = [rule.page.wrong, rule.page.right].map((text) => parseAllDocuments(text).map((document) => document.toJS()));
    expect(isDeepStrictEqual(wrong, right)).toBe(false);
    expect(right.length).toBeGreaterThan(0);
    for (const { apiVersion, kind, metadata } of [...wrong, ...right]) {
      expect([typeof apiVersion, typeof kind, typeof metadata.name]).toEqual(['string', 'string', 'string']);
    }
  });

  test('has a title and an explanation in sentences', () => {
    expect(rule.title).toMatch(/^(gRPC |[A-Z]).*[^.]$/);
    expect(rule.page.explanation.trim()).toMatch(/^[A-Z`][^]*\.$/);
  });
});
