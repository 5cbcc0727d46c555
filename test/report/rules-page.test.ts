import { readFileSync } from 'fs';
import { join } from 'path';
import { rulesPage } from '../../src/report/rules-page';
import { RULES } from '../../src/rules/all';

test('docs/rules.md is what `npm run docs:rules` writes', () => {
  expect(readFileSync(join(__dirname, '../../docs/rules.md'), 'utf8')).toBe(rulesPage(RULES));
});

test('each rule has a section, to which the table and reports refer', () => {
  const page = rulesPage(RULES);
  for (const { id } of RULES) {
    expect(page).toContain(`| [\`${id}\`](#${id}) |`);
    expect(page).toContain(`\n## ${id}\n`);
  }
});
