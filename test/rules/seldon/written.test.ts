import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { Level } from '../../../src/rules/level';
import { findingsOf } from '../../../src/rules/run';
import { SELDON_RULES } from '../../../src/rules/seldon/all';
import { clusterOf } from '../../support/cluster';

const ROOT = join(__dirname, '../../..');

function filesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml')).map((file) => join(folder, file));
}

test.each([...filesIn('dist'), ...filesIn('test/fixtures/published')])('nothing but information about %s', (file) => {
  const found = findingsOf(clusterOf(readFileSync(join(ROOT, file), 'utf8')), SELDON_RULES);
  expect(found.filter(({ level }) => level !== Level.INFO)).toEqual([]);
});
