import { RULES } from '../../../src/rules/all';
import { Level } from '../../../src/rules/level';
import { findingsOf } from '../../../src/rules/run';
import { SELDON_RULES } from '../../../src/rules/seldon/all';
import { clusterOf } from '../../support/cluster';

const ALL = [...new Set([...RULES, ...SELDON_RULES])];

test.each(SELDON_RULES.map((rule) => [rule.id, rule] as const))('%s: the first example has the fault, and the second one has none', (id, { page }) => {
  expect(findingsOf(clusterOf(page.wrong), ALL).map(({ rule }) => rule)).toContain(id);
  expect(findingsOf(clusterOf(page.right), ALL).filter(({ level, rule }) => level !== Level.INFO || rule === id)).toEqual([]);
});

test.each(RULES.map((rule) => [rule.id, rule] as const))('no rule of Seldon reports the corrected example of %s', (_, { page }) => {
  expect(findingsOf(clusterOf(page.right), SELDON_RULES).filter(({ level }) => level !== Level.INFO)).toEqual([]);
});
