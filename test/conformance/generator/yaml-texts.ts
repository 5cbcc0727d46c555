import * as fc from 'fast-check';

// Texts in YAML with what its readers understand differently: numbers, words, tags, anchors, merges, block scalars, separators and white space.

/** The text of an object, and the name in it. */
const HEAD = (name: string) => `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\n`;

const WORDS = [
  'a', 'b', 'yes', 'No', 'on', 'OFF', 'y', 'N', 'true', 'False', 'null', '~', 'Null', '=', '<<', 'x y', 'a#b', 'a: b', 'http://a:80/',
  '2001-01-01', '2001-01-01T00:00:00Z', '12:30:45', '-', '?', ':', '- a', '? a', 'a:', ':a', '*', '&', '!', '%a', '@a', '`a`', '{{ a }}',
  '#', 'é', '😀', 'a\\nb',
];

const numberLike = fc.string({ unit: fc.constantFrom(...'0123456789_.eExXoObBaAfF+-:'), minLength: 1, maxLength: 8 });
const NUMBERS = [
  '0', '-0', '007', '0o7', '0O7', '0x1f', '0X1F', '0b11', '-0b11', '1_000', '.5', '5.', '+.5', '1e3', '1E+3', '1e', '1e400', '-1e400',
  '.inf', '-.INF', '+.inf', '.nan', '0o8', '08', '09', '0_7', '1__0', '_1', '1_', '0x', '0b', '190:20:30', '9223372036854775807',
  '9223372036854775808', '-9223372036854775809', '18446744073709551616', '0xffffffffffffffff', '0x10000000000000000',
  '0777777777777777777777', '123456789012345678901234567890', '1.0', '1.50', '100000000000000000000.0', '1e21', '1e-7', '.e1', '.', '..',
  '+', '1.2.3', '0x1p3', '0x1.8', '1e1_0', '0.1_1', 'Infinity', 'NaN', 'inf', '+1', '-+1', '0o-7', '-0o7', '-0x1', '+0x1', '0b-1',
];

const QUOTED = [
  '""', "''", '"a\\tb"', '"\\x41"', '"\\u00e9"', '"\\U0001F600"', '"\\/"', '"\\e"', '"\\q"', '"\\ud83d\\ude00"', '"\\ud83d"', '"\\0"',
  '"\\N"', '"\\_"', '"\\L\\P"', "'it''s'", '"a\n   b"', "'a\n\n   b'", '"a\\\n   b"', '"a \\\n  \\ b"', '"yes"', "'1'", '"a" b', "'a'b",
  '"a"#b', '"a" #b', '"\\"', '"a: b"', '"a\tb"', '"\\\t"',
];

const TAGS = [
  '!!str ', '!!int ', '!!float ', '!!bool ', '!!null ', '!!map ', '!!seq ', '!!binary ', '!!timestamp ', '!!set ', '!!omap ', '! ', '!a ',
  '!<tag:yaml.org,2002:str> ', '!<x> ', '!!foo ', '!e!a ', '!!merge ', '!!str', '!!python/object:x ',
];

const scalar = fc.oneof(
  fc.constantFrom(...WORDS), fc.constantFrom(...NUMBERS), numberLike, fc.constantFrom(...QUOTED),
  fc.tuple(fc.constantFrom(...TAGS), fc.constantFrom(...WORDS, ...NUMBERS, ...QUOTED, 'aGk=', '[]', '{}', '')).map(([tag, text]) => tag + text),
);

const anchored = fc.oneof({ weight: 6, arbitrary: scalar }, { weight: 1, arbitrary: fc.tuple(fc.constantFrom('p', 'q', 'é', 'a-b', 'a.b', ''), scalar).map(([name, text]) => `&${name} ${text}`) },
  { weight: 1, arbitrary: fc.constantFrom('*p', '*q', '*é', '*a-b', '*', '*p ', '*p#', '*r') });

const key = fc.oneof({ weight: 6, arbitrary: fc.constantFrom('a', 'b', 'c', 'd') }, { weight: 3, arbitrary: anchored },
  { weight: 1, arbitrary: fc.constantFrom('? a\n', '? [a]\n', '? |\n  a\n', '""', "'<<'", '"<<"', '<<', 'x'.repeat(1030), '1.0', '1e3', '0x10', 'null', '~', '2001-01-01', '&p a', '!!str a', '[a]', '{ a: b }', '*p ') });

const space = fc.constantFrom('', ' ', ' ', ' ', '  ', '\n  ', ' # c\n ', '\t', '\n');
const flow: fc.Arbitrary<string> = fc.letrec<{ flow: string }>((tie) => ({
  flow: fc.oneof({ depthSize: 'small', withCrossShrink: true },
    anchored,
    fc.tuple(fc.array(fc.tuple(space, fc.oneof(tie('flow'), fc.tuple(key, tie('flow')).map(([a, b]) => `${a}: ${b}`)), space), { maxLength: 3 }), fc.constantFrom('', ',', ',,')).map(([items, end]) => `[${items.map((item) => item.join('')).join(',')}${end}]`),
    fc.tuple(fc.array(fc.tuple(space, key, fc.constantFrom(': ', ':', ' : ', ':\n ', ': # c\n ', ''), tie('flow'), space), { maxLength: 3 }), fc.constantFrom('', ',', ',,')).map(([items, end]) => `{${items.map((item) => item.join('')).join(',')}${end}}`),
  ),
})).flow;

const blockLine = fc.constantFrom('', '', 'text', ' text', '  text', '   text', '\ttext', '---', '...', '# no comment', 'a: b', '- a', '  ', '\t', '{{ a }}', 'end ', '"', 'é');
const blockScalar = fc.tuple(fc.constantFrom('|', '>'), fc.constantFrom('', '', '', '-', '+', '1', '2', '3', '4', '9', '2-', '-2', '+2', '1+', '0', '--', '10', ' # c', ' c', '#c', ' ', '\t'), fc.array(blockLine, { maxLength: 5 }), fc.constantFrom(0, 1, 2, 3, 4));

const indented = (text: string, by: number) => text.split('\n').map((line) => (line === '' ? '' : ' '.repeat(by) + line)).join('\n');

const block: fc.Arbitrary<string> = fc.letrec<{ block: string; map: string; list: string }>((tie) => ({
  block: fc.oneof({ depthSize: 'small', withCrossShrink: true },
    flow.map((text) => ` ${text}`),
    blockScalar.map(([style, header, lines, by]) => ` ${style}${header}\n${indented(lines.join('\n'), by)}`),
    fc.array(fc.constantFrom('a', 'b c', ' d', '# c', 'e # c', '', '- f', 'g: h', '"i"', '\tj', '---', '...'), { minLength: 1, maxLength: 4 }).map((lines) => ` x\n${indented(lines.join('\n'), 2)}`),
    fc.tuple(fc.constantFrom(1, 2, 3, 0), tie('map'), fc.constantFrom('', '', ' &p', ' &q', ' !!map', ' # c', ' !a &q')).map(([by, text, properties]) => `${properties}\n${indented(text, by)}`),
    fc.tuple(fc.constantFrom(0, 1, 2), tie('list'), fc.constantFrom('', '', ' &p', ' !!seq')).map(([by, text, properties]) => `${properties}\n${indented(text, by)}`),
  ),
  map: fc.array(fc.tuple(key, fc.constantFrom(':', ':', ':', ':', ' :', ': '), tie('block'), fc.constantFrom('\n', '\n', '\n', '\n\n', '\n# c\n', ' # c\n', ' \n', '\t\n', '\t# c\n')), { minLength: 1, maxLength: 3 })
    .map((fields) => fields.map((field) => field.join('')).join('')),
  list: fc.array(fc.tuple(fc.constantFrom('-', '-', '-', '- ', '-\t', '- -', '-  '), fc.oneof(tie('block'), tie('map').map((text) => ` ${indented(text, 2).trimStart()}`))), { minLength: 1, maxLength: 3 })
    .map((items) => items.map((item) => item.join('')).join('\n')),
})).block;

const ANCHORS = 'x: &p { k: 1, l: [m] }\ny: &q { k: 2 }\n';
const SEPARATORS = [
  '---\n', '---\n', '--- \n', '--- # c\n', '---\t\n', '---#c\n', '----\n', '--- a\n', '--- {}\n', '---\r\n', '...\n---\n', '...\n',
  '# c\n---\n', '\n---\n\n', '---\n---\n', '---\n# c\n---\n', '%YAML 1.1\n---\n', '%YAML 1.2\n---\n', '%TAG ! tag:a:\n---\n',
  '%FOO\n---\n', '---\n...\n---\n', ' ---\n', '\ufeff---\n', '---\n\ufeff', '--- |\n  a\n---\n', '--- !!map\n', '--- &a\n', '# ---\n',
  '---\n\t\n---\n', '---\n \n---\n',
];

const CHANGES = [
  '\t', '\n', '\r', '\r\n', ' ', '  ', '\u0000', '\u0007', '\u007f', '\u0085', '\u2028', '\u2029', '\ufeff', '\ufffe', '\u00a0', '#', ' #',
  ':', ': ', '-', '- ', '---\n', '...\n', '"', "'", '{', '}', '[', ']', ',', '&', '*', '!', '|', '>', '%', '@', '`', '?', '? ', '\\', '~',
  '<<: *p\n', '0', '_', '.', 'e',
];

const changed = (text: string, at: number, change: string, removed: number) => {
  const index = at % (text.length + 1);
  return text.slice(0, index) + change + text.slice(index + removed);
};

/**
 * Texts in YAML with what its readers understand differently.
 *
 * @param name The name of the objects in it.
 */
export function yamlTexts(name: string): fc.Arbitrary<string> {
  const manifest = fc.tuple(fc.boolean(), block).map(([hasAnchors, value]) => `${HEAD(name)}${hasAnchors ? ANCHORS : ''}spec:${value}\n`);
  const json = fc.jsonValue().map((spec) => `${JSON.stringify({ apiVersion: 'v1', kind: 'Service', metadata: { name }, spec })}\n`);
  const document = fc.oneof({ weight: 8, arbitrary: manifest }, { weight: 1, arbitrary: json });
  const stream = fc.tuple(document, fc.array(fc.tuple(fc.constantFrom(...SEPARATORS), document), { maxLength: 2 }), fc.constantFrom('', '', '---\n', '...\n', '\ufeff'))
    .map(([first, others, start]) => start + first + others.map((each) => each.join('')).join(''));
  const change = fc.tuple(fc.nat(2000), fc.constantFrom(...CHANGES), fc.constantFrom(0, 0, 1, 2));
  return fc.tuple(fc.oneof({ weight: 3, arbitrary: manifest }, { weight: 1, arbitrary: stream }), fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.array(change, { maxLength: 2 }) }), fc.constantFrom(...Array<string>(9).fill('\n'), '\r\n'))
    .map(([text, changes, end]) => changes.reduce((whole, [at, inserted, removed]) => changed(whole, at, inserted, removed), text).replaceAll('\n', end));
}
