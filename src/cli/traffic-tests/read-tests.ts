import { dirname, relative, resolve } from 'path';
import { load } from 'js-yaml';
import { problemOfProof, proofOf } from './read-proofs';
import { TESTS_SCHEMA } from './schema';
import { TestsFile, TrafficTest } from './traffic-test';
import { isValidatorFile, validatorTests } from './validator-tests';
import { parseCommandLine } from '../../answers/command-line/command-line';
import { mismatches } from '../../answers/expectations/check';
import { Expectation, ExpectedDelay } from '../../answers/expectations/expectation';
import { checkNames, checkPolicy, checkSplit } from '../../answers/expectations/known-names';
import { InputError } from '../../answers/input/input-error';
import { RequestInput } from '../../answers/input/request-input';
import { isObject, JsonObject, listOf, objectOf, stringOf, stringsOf } from '../../cluster/json';
import { PlainDocument, readPlainDocument } from '../../documents/plain-document';
import { schemaProblems } from '../../documents/schema-problems';
import { CannotRun } from '../terminal';

/**
 * Whether a text is a file with tests, and not one with manifests.
 *
 * @internal
 */
export function looksLikeTests(text: string): boolean {
  return /^(?:tests|proofs|testCases):/m.test(text) && !/^apiVersion:/m.test(text);
}

/**
 * Reads a file with tests.
 *
 * @param text Its text.
 * @param file Its name, relative to the working folder.
 * @param cwd The working folder.
 * @throws CannotRun if it has mistakes.
 * @internal
 */
export function readTests(text: string, file: string, cwd: string): TestsFile {
  const document = readPlainDocument(text);
  if ('message' in document) throw new CannotRun([`${file}:${document.line}:${document.column}: ${document.message}`]);
  if (isValidatorFile(document.content)) {
    return { file, manifests: undefined, context: [], tests: validatorTests(document, load(text), file), proofs: [] };
  }
  const problems = problemsIn(document);
  if (problems.length > 0) throw new CannotRun(problems.map(({ line, column, message }) => `${file}:${line}:${column}: ${message}`));
  const content = objectOf(document.content);
  const paths = (list: unknown) => stringsOf(list).map((path) => relative(cwd, resolve(cwd, dirname(file), path)) || '.');
  const defaults = objectOf(objectOf(content.defaults).request);
  // Claims have types, which a document of strings does not keep.
  const typed = objectOf(load(text));
  return {
    file,
    manifests: content.manifests === undefined ? undefined : paths(content.manifests),
    context: paths(content.context),
    tests: listOf(content.tests).map((test, i) => (
      testOf(objectOf(test), defaults, claimsIn(typed, i), document.position(['tests', i, 'name']).line)
    )),
    proofs: listOf(content.proofs).map((proof, i) => (
      proofOf(objectOf(proof), paths([objectOf(proof).before])[0], document.position(['proofs', i, 'name']).line)
    )),
  };
}

interface Problem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

function problemsIn({ content, position }: PlainDocument): Problem[] {
  if (!isObject(content)) return [{ ...position([]), message: 'the file must be an object with `tests` or `proofs`' }];
  const found = schemaProblems(content, TESTS_SCHEMA);
  const empty = found.length > 0 ? [] : listOf(content.tests).flatMap((test, i) => (
    Object.keys(objectOf(objectOf(test).expect)).length === 0 ? [{ field: ['tests', i, 'expect'], message: `tests[${i}].expect is empty. State what the answer must be` }] : []
  ));
  const isEmpty = listOf(content.tests).length + listOf(content.proofs).length === 0;
  const none = found.length === 0 && isEmpty ? [{ field: ['tests'], message: 'there are no tests. Add one, or remove the file' }] : [];
  const proofs = found.length > 0 ? [] : listOf(content.proofs).flatMap((proof, i) => {
    const problem = problemOfProof(objectOf(proof));
    return problem === undefined ? [] : [{ field: ['proofs', i], message: `proofs[${i}]: ${problem}` }];
  });
  const repeated = found.length > 0 ? [] : repeatedNames(content);
  return [...found, ...empty, ...none, ...repeated, ...proofs].map(({ field, message }) => ({ ...position(field), message }));
}

/** A report identifies tests by their names. */
function repeatedNames({ tests }: JsonObject): { readonly field: (string | number)[]; readonly message: string }[] {
  const known = new Map<string, number>();
  return listOf(tests).flatMap((test, i) => {
    const name = stringOf(objectOf(test).name)!;
    const first = known.get(name);
    if (first === undefined) {
      known.set(name, i);
      return [];
    }
    return [{ field: ['tests', i, 'name'], message: `tests[${i}] has the name of tests[${first}], "${name}". Give each test a name of its own` }];
  });
}

function claimsIn(typed: JsonObject, index: number): unknown {
  const own = objectOf(objectOf(listOf(typed.tests)[index]).request).claims;
  return own ?? objectOf(objectOf(typed.defaults).request).claims;
}

function testOf({ name, request, expect }: JsonObject, defaults: JsonObject, claims: unknown, line: number): TrafficTest {
  const expectation = expectationOf(objectOf(expect));
  const names = [
    ...expectation.servedBy === undefined ? [] : [expectation.servedBy],
    ...Object.keys(expectation.split ?? {}),
    ...Object.keys(expectation.mirrorTo ?? {}),
  ];
  return {
    name: stringOf(name)!,
    line,
    states: { shares: expectation.servedBy !== undefined || expectation.split !== undefined, mirrors: expectation.mirrorTo !== undefined },
    input: () => inputOf(objectOf(request), defaults, claims),
    judge: ({ answer }, { cluster }) => {
      checkNames(cluster, names, answer);
      if (expectation.deniedBy !== undefined) checkPolicy(cluster, expectation.deniedBy);
      if (expectation.split !== undefined) checkSplit(expectation.split);
      return mismatches(answer, expectation);
    },
  };
}

const PARTS_OF_URL: ReadonlySet<string> = new Set(['url', 'scheme', 'host', 'port', 'path']);

function inputOf(own: JsonObject, defaults: JsonObject, claims: unknown): RequestInput {
  const { command } = own;
  if (typeof command === 'string') return commandOf(command, own);
  const kept = Object.entries(defaults).filter(([name]) => own.url === undefined || !PARTS_OF_URL.has(name));
  const merged: JsonObject = { ...Object.fromEntries(kept), ...own };
  const { port, validToken, clientCertificate, headers: _headers, claims: _claims, ...rest } = merged;
  const headers = [...stringsOf(defaults.headers), ...stringsOf(own.headers)];
  if (claims !== undefined && !isObject(claims)) throw new InputError('the claims are not an object', 'write the name and the value of each, as in `iss: https://idp.example.com`');
  return {
    ...rest as RequestInput,
    ...port === undefined ? {} : { port: Number(port) },
    ...validToken === undefined ? {} : { validToken: validToken === 'true' },
    ...clientCertificate === undefined ? {} : { clientCertificate: clientCertificate === 'true' },
    ...headers.length === 0 ? {} : { headers },
    ...claims === undefined ? {} : { claims },
  };
}

function commandOf(command: string, own: JsonObject): RequestInput {
  const other = Object.keys(own).find((name) => name !== 'command');
  if (other !== undefined) throw new InputError(`the request has both \`command\` and \`${other}\``, 'give the whole request in one way');
  return parseCommandLine(command).input;
}

function expectationOf(written: JsonObject): Expectation {
  const { split, mirrorTo, noMirrors, denied, unanswered, status, delay, ...rest } = written;
  const isTrue = (value: unknown) => value === 'true';
  return {
    ...rest as Expectation,
    ...split === undefined ? {} : { split: percentages(split) },
    ...mirrorTo === undefined ? {} : { mirrorTo: percentages(mirrorTo) },
    ...noMirrors === undefined ? {} : { noMirrors: isTrue(noMirrors) },
    ...denied === undefined ? {} : { denied: isTrue(denied) },
    ...unanswered === undefined ? {} : { unanswered: isTrue(unanswered) },
    ...status === undefined ? {} : { status: Number(status) },
    ...delay === undefined ? {} : { delay: delayOf(objectOf(delay)) },
  };
}

function delayOf({ duration, percentage }: JsonObject): ExpectedDelay {
  return { duration: stringOf(duration)!, ...percentage === undefined ? {} : { percentage: Number(percentage) } };
}

function percentages(written: unknown): { readonly [name: string]: number } {
  return Object.fromEntries(Object.entries(objectOf(written)).map(([name, percentage]) => [name, Number(percentage)]));
}
