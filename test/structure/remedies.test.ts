import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { clausesIn } from '../support/remedies';

const SRC = join(__dirname, '../../src');

/** Lists, and values of several properties. */
const EXCEPTIONS = [
  'expected a Prometheus label: letters, digits and underscores, not starting with a digit or two underscores',
  'expected the name of the subset. The labels of its pods are subsetLabels, as in { subset: \'v1\', subsetLabels: { version: \'v1\' } }',
];

test('a reason with its action behind a colon or a semicolon is found, wherever the text is split', () => {
  const source = `
    throw invalid(this, 'replicas 0', 'nothing would answer: set 1 or more');
    Warnings._add(at, 'no gateway', reached ? \`\${host} is public; name one\` : 'Istio ' + 'reads one: leave it out');
    inSentences('a and b match', 'give one of them another path');
    throw invalid(at, 'no TLS: a problem may have one', 'set secure: true');
  `;
  expect(clausesIn(source)).toEqual([
    { line: 2, text: 'nothing would answer: set 1 or more' }, { line: 3, text: ' is public; name one' }, { line: 3, text: 'reads one: leave it out' },
  ]);
});

test('remedies are sentences', () => {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const found = files.flatMap((file) => clausesIn(readFileSync(join(SRC, file), 'utf8'))
    .filter(({ text }) => !EXCEPTIONS.includes(text)).map(({ line, text }) => `src/${file}:${line} ${text}`));
  expect(found).toEqual([]);
});
