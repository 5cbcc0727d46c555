import * as fs from 'fs';
import * as path from 'path';
import { pageOf } from '../../support/rule-pages';
import { isRule, rulesIn } from '../../support/rules-in';

const rules = ['gateways', 'destinations'].flatMap((group) => rulesIn(path.join(__dirname, '../../../src/rules', group)));

test('each file of a rule has its name', () => {
  const files = ['gateways', 'destinations'].flatMap((group) => fs.readdirSync(path.join(__dirname, '../../../src/rules', group)));
  expect(rules.map(({ id }) => `${id}.ts`).filter((file) => !files.includes(file))).toEqual([]);
});

test.each(rules.filter(isRule).map((rule) => [rule.id, rule] as const))('the examples of %s', (_id, rule) => {
  expect(pageOf(rule, rules)).toEqual({ wrong: true, right: [] });
});
