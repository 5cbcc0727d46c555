import { readdirSync, readFileSync } from 'fs';
import { join, resolve } from 'path';
import * as ts from 'typescript';
import { STRUCTS } from '../../../src/plan/checks/struct-table';

const SRC = resolve(__dirname, '../../../src');
const STRUCT_NAMES: ReadonlySet<string> = new Set(STRUCTS.trim().split('\n').filter((line) => /^[A-Z]/.test(line)).map((line) => /^\w+/.exec(line)![0]));

/** A constructor, factory or method that accepts a struct. */
interface EntryPoint {
  readonly isPublic: boolean;
  readonly name: string;
  readonly struct: string;
  readonly parameter: string;
  readonly body: string;
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const classes = files
  .flatMap((file) => [...ts.createSourceFile(file, readFileSync(join(SRC, file), 'utf8'), ts.ScriptTarget.Latest, true).statements])
  .filter(ts.isClassDeclaration);
const callables = classes.flatMap(callablesOf);
const entryPoints = classes.filter(isExported).flatMap(callablesOf).filter((each) => each.isPublic);

function isExported(found: ts.ClassDeclaration): boolean {
  return found.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true && !isInternal(found);
}

function callablesOf(found: ts.ClassDeclaration): EntryPoint[] {
  const callable = found.members.filter((member) => ts.isConstructorDeclaration(member) || ts.isMethodDeclaration(member));
  return callable.flatMap((member) => member.parameters.flatMap((parameter) => {
    const struct = parameter.type?.getText() ?? '';
    if (!STRUCT_NAMES.has(struct) || member.body === undefined) return [];
    return [{ isPublic: isPublic(member), name: `${found.name!.text}.${member.name?.getText() ?? 'constructor'}`, struct, parameter: parameter.name.getText(), body: member.body.getText() }];
  }));
}

function isPublic(member: ts.ConstructorDeclaration | ts.MethodDeclaration): boolean {
  const isHidden = member.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword || kind === ts.SyntaxKind.ProtectedKeyword) === true;
  return !isHidden && !isInternal(member);
}

function isInternal(node: ts.Node): boolean {
  return ts.getJSDocTags(node).some(({ tagName }) => tagName.text === 'internal');
}

/** What the library itself hands over, to routers and backends of anyone. */
const BETWEEN_CONSTRUCTS: readonly string[] = ['Plan', 'BackendUse'];

/** The name of the struct stands before the struct, as in `checkProps(this, 'CanaryProps', props)`. */
function isChecked({ struct, parameter, body }: EntryPoint): boolean {
  return body.includes(`'${struct}', ${parameter}`);
}

/** Passes the struct to another class or method of the library, which checks it. */
function isPassedOn({ struct, body, parameter }: EntryPoint): boolean {
  const called = [...body.matchAll(new RegExp(`(?:new |\\.)(\\w+)\\([^;]*\\b${parameter}\\b`, 'g'))].map(([, name]) => name);
  return callables.some((other) => other.struct === struct && isChecked(other) && called.some((name) => other.name === `${name}.constructor` || other.name.endsWith(`.${name}`)));
}

test('every constructor, factory and method that accepts a struct checks it', () => {
  const accepting = entryPoints.filter(({ struct }) => !BETWEEN_CONSTRUCTS.includes(struct));
  expect(accepting.length).toBeGreaterThan(80);
  expect(accepting.filter((each) => !isChecked(each) && !isPassedOn(each)).map(({ name, struct }) => `${name} with ${struct}`)).toEqual([]);
});
