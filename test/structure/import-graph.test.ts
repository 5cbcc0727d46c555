import { join } from 'path';
import { circlesIn, importGraph, importsIn } from '../support/import-graph';

const SRC = join(__dirname, '../../src');

test('each form of import is seen', () => {
  expect(importsIn([
    "import { A } from './a';",
    "import type { B } from '../b';",
    "import './c';",
    "export * from './d';",
    "export type { E } from './e';",
    "import {\n  F,\n} from './f';",
    "const g = require('./g') as typeof import('./h');",
    "import { Construct } from 'constructs';",
  ].join('\n'))).toEqual(['./a', '../b', './c', './d', './e', './f', './g', './h']);
});

test('each circle is named once, with its files in order', () => {
  const graph = new Map([['a', ['b']], ['b', ['c', 'd']], ['c', ['a']], ['d', ['e']], ['e', ['d']], ['f', ['a']], ['g', ['g']]]);
  expect(circlesIn(graph)).toEqual(['a → b → c → a', 'd → e → d', 'g → g']);
});

test('no files of src/ import each other in a circle, type-only imports and lazy ones included', () => {
  expect(circlesIn(importGraph(SRC))).toEqual([]);
});
