import fc from 'fast-check';

/** Characters of which a few together are often special in YAML. */
const CHARACTERS = [
  '0178_oxXbBeE.+-:', '01_oO', '0123456789-:TZ. ', 'eE0123-+', 'yYnNtTrueUE~', '\n\t a#:-', 'a\n', 'ab :#-?,[]{}&*!|>\'"%@`\\<=', '-. %',
  'aé€😀\u00a0\ufeff\u2026', 'a \0\x07\x1b\r\x7f\x85\u2028\uffff', 'a \ud83d\n',
];

const WORDS = [
  '', '~', 'null', 'Null', 'true', 'False', 'y', 'N', 'yes', 'No', 'on', 'OFF', '<<', '=', '-', '?', '---', '--- a', '...', '%a', 'e12', 'E0', '1e3', '0o7', '0x1F', '0b1', '0777',
  '1_000', '.inf', '-.INF', '.NaN', '1.5', '1.22', '1:30', '190:20:30.15', '2024-01-01', '2024-1-1t1:2:3 Z', '10s', 'gs://models/iris', 'a: b', 'a #b', 'a:', '- a', 'a\nb', 'a\n',
  'a\n\n', ' a\nb', 'a\n b\n \n', '\n', '\ta\nb', '"a"', "'a'", '"\'', 'toJSON', '__proto__', 'constructor', 'x'.repeat(1030),
];

/** Strings on which printers of YAML stumble. */
export const strings = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...WORDS) },
  ...CHARACTERS.map((characters) => fc.string({ unit: fc.constantFrom(...characters), maxLength: 8 })),
  fc.string({ unit: 'binary', maxLength: 8 }),
);

const numbers = fc.oneof(fc.integer(), fc.double(), fc.constantFrom(0, -0, 1e21, 1e-7, 123456789012345680000, NaN, Infinity, -Infinity));

/** Manifests: all that JSON can hold, and numbers that it cannot. */
export const documents = fc.letrec<{ value: unknown; map: unknown; list: unknown; scalar: unknown }>((tie) => ({
  value: fc.oneof({ maxDepth: 5, withCrossShrink: true }, tie('scalar'), tie('map'), tie('list')),
  map: fc.dictionary(strings, tie('value'), { maxKeys: 4, noNullPrototype: false }),
  list: fc.array(tie('value'), { maxLength: 4 }),
  scalar: fc.oneof({ weight: 4, arbitrary: strings }, numbers, fc.constantFrom(true, false, null)),
})).value;
