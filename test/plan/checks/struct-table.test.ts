import { readdirSync, readFileSync } from 'fs';
import { join, resolve } from 'path';
import * as ts from 'typescript';
import { STRUCTS } from '../../../src/plan/checks/struct-table';

const SRC = resolve(__dirname, '../../../src');

/** Fields that each interface of the sources has of its own. */
function declared(): Map<string, string[]> {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const interfaces = files.flatMap((file) => {
    const source = ts.createSourceFile(file, readFileSync(join(SRC, file), 'utf8'), ts.ScriptTarget.Latest, true);
    return source.statements.filter(ts.isInterfaceDeclaration);
  });
  return new Map(interfaces.map(({ name, members }) => [name.text, fieldsIn(members)]));
}

function fieldsIn(members: ts.NodeArray<ts.TypeElement>): string[] {
  return members.filter(ts.isPropertySignature).filter((field) => !isInternal(field)).map((field) => field.name.getText());
}

function isInternal(node: ts.Node): boolean {
  return ts.getJSDocTags(node).some(({ tagName }) => tagName.text === 'internal');
}

/** Compiling generates the table. This detects a stale one in seconds. */
test('the table has the fields of the sources', () => {
  const sources = declared();
  const lines = STRUCTS.trim().split('\n').filter((line) => /^[A-Z]/.test(line));
  const table = Object.fromEntries(lines.map((line) => [/^\w+/.exec(line)![0], [...line.split('|')[1].matchAll(/(\w+)[!?]/g)].map(([, name]) => name).sort()]));
  const expected = Object.fromEntries(Object.keys(table).map((name) => [name, [...sources.get(name) ?? []].sort()]));
  // Where this fails, npx projen compile writes src/plan/checks/struct-table.ts: commit it.
  expect(table).toEqual(expected);
});

test('the table has every struct that a constructor or factory names', () => {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const named = files.flatMap((file) => [...readFileSync(join(SRC, file), 'utf8').matchAll(/\bcheck(?:Fields|Props)\([^,()]+, '([A-Z]\w+)',/g)].map(([, name]) => name));
  const known = new Set(STRUCTS.trim().split('\n').map((line) => /\w+/.exec(line)![0]));
  expect(named.length).toBeGreaterThan(60);
  expect(named.filter((name) => !known.has(name))).toEqual([]);
});
