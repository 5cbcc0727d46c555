import { readFileSync } from 'fs';
import { join } from 'path';
import { page } from './support/code-in-docs';

const text = page('diff');

test('the comment is that of the example', () => {
  const shown = [...text.matchAll(/^<!-- comment -->\n([\s\S]*?)^<!-- end -->$/gm)].map(([, each]) => each.trim());
  const comment = readFileSync(join(__dirname, '../examples/pull-requests/commits/3-wrong-prefix.md'), 'utf8');
  expect(shown).toEqual([comment.replace('## Change', '### Change').trim()]);
});
