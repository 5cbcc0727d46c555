import { readFileSync } from 'fs';
import { join } from 'path';
import { CONFIGURATION_FILE, Configuration, readConfiguration } from '../../src/cli/configuration';
import { configurationSchemaFile } from '../../src/cli/configuration-schema';
import { CannotRun } from '../../src/cli/terminal';
import { RULES } from '../../src/rules/all';
import { folderWith } from '../support/cli';

const IDS = RULES.map(({ id }) => id);

function read(text: string): Configuration {
  return readConfiguration(folderWith({ [CONFIGURATION_FILE]: text }), undefined, () => IDS);
}

function problemsIn(text: string, rules: readonly string[] = IDS): readonly string[] {
  try {
    readConfiguration(folderWith({ 'c.yaml': text }), 'c.yaml', () => rules);
  } catch (error) {
    if (error instanceof CannotRun) return error.problems;
    throw error;
  }
  return [];
}

describe('reads', () => {
  test('all fields', () => {
    const { object, ...rest } = read(`
istioVersion: 1.20
seldonVersion: "2.9.1"
clusterDomain: corp.local
rootNamespace: mesh
core1Routes: operator
context: [platform, ../other]
failOn: never
accept:
  - { rule: sticky-header-kept, kind: Virtual*, namespace: models, name: iris, file: "dist/**", reason: sessions are sticky }
`);
    expect(rest).toEqual({
      settings: { istioVersion: '1.20', seldonVersion: '2.9.1', clusterDomain: 'corp.local', rootNamespace: 'mesh', core1Routes: 'operator' },
      context: ['platform', join('..', 'other')],
      failOn: 'never',
    });
    expect(object?.manifest.accept).toEqual([
      { rule: 'sticky-header-kept', kind: 'Virtual*', namespace: 'models', name: 'iris', file: 'dist/**', reason: 'sessions are sticky' },
    ]);
    expect(object?.origin.position?.(['accept', 0, 'reason'])).toEqual({ line: 10, column: 97 });
  });

  test.each(['1.30', '"1.30"', '1.5', '1.27.3'])('a release with or without quotes, as written: %s', (release) => {
    expect(read(`istioVersion: ${release}\n`).settings.istioVersion).toBe(release.replace(/"/g, ''));
  });

  test.each(['', '# nothing yet\n', '---\n', '{}'])('an empty file: %j', (text) => {
    const { settings, context, failOn } = read(text);
    expect([Object.values(settings).every((value) => value === undefined), context, failOn]).toEqual([true, [], undefined]);
  });

  test('nothing where there is no file', () => {
    expect(readConfiguration(folderWith(), undefined, () => IDS)).toEqual({ settings: {}, context: [] });
  });

  test('a file in another folder, whose context is relative to it', () => {
    const folder = folderWith({ 'ops/istio.yaml': 'context: [team, ..]\n' });
    expect(readConfiguration(folder, 'ops/istio.yaml', () => IDS).context).toEqual([join('ops', 'team'), '.']);
  });

  test('anchors, other line ends and a byte order mark', () => {
    const { object, failOn } = read('\ufefffailOn: &level error\r\naccept:\r\n  - &a { rule: unknown-model, reason: x }\r\n  - *a\r\n');
    expect([failOn, object?.manifest.accept]).toEqual(['error', [0, 1].map(() => ({ rule: 'unknown-model', reason: 'x' }))]);
    expect(object?.origin.position?.(['accept', 1])).toEqual({ line: 4, column: 5 });
  });
});

describe('fails with file, line and column', () => {
  test.each([
    ['failon: error', 'c.yaml:1:1: unknown field "failon". Did you mean "failOn"?'],
    ['# x\nistio: 1.20', 'c.yaml:2:1: unknown field "istio". Did you mean "istioVersion"?'],
    ['zzzzzz: 1', 'c.yaml:1:1: unknown field "zzzzzz". Use istioVersion, seldonVersion, clusterDomain, rootNamespace, core1Routes, healthChecks, context, failOn or accept'],
    ['toString: 1', expect.stringContaining('c.yaml:1:1: unknown field "toString". ')],
    ['failOn: errors', 'c.yaml:1:1: failOn is "errors", but must be error, warning, info or never'],
    ['core1Routes: both', 'c.yaml:1:1: core1Routes is "both", but must be operator or library'],
    ['istioVersion: latest', 'c.yaml:1:1: istioVersion is "latest", but must be like "1.27"'],
    ['istioVersion: 1.3', 'c.yaml:1:1: istioVersion is "1.3", but must be like "1.27"'],
    ['istioVersion: "0.1"', 'c.yaml:1:1: istioVersion is "0.1", but must be like "1.27"'],
    ['istioVersion: [1.20]', 'c.yaml:1:1: istioVersion must be a string that is not empty'],
    ['seldonVersion:', 'c.yaml:1:1: seldonVersion must be a string that is not empty'],
    ['rootNamespace: a.b', 'c.yaml:1:1: rootNamespace is "a.b", but must be like "istio-system"'],
    ['clusterDomain: .local', 'c.yaml:1:1: clusterDomain is ".local", but must be like "cluster.local"'],
    ['context: platform', 'c.yaml:1:1: context must be a list, such as ["../platform/dist"]'],
    ['context:\n  - a\n  - { b: c }', 'c.yaml:3:5: context[1] must be a string that is not empty'],
    ['accept:\n  rule: x', 'c.yaml:1:1: accept must be a list'],
    ['accept: [unknown-model]', 'c.yaml:1:10: accept[0] must be an object'],
    ['accept:\n  - rule: unknown-model', 'c.yaml:2:5: accept[0].reason is required'],
    ['accept:\n  - reason: x', 'c.yaml:2:5: accept[0].rule is required'],
    ['accept:\n  - rule: unknown-model\n    reason: ""', 'c.yaml:3:5: accept[0].reason must be a string that is not empty'],
    ['accept:\n  - rule: unknown-models\n    reason: x', 'c.yaml:2:5: there is no rule "unknown-models". Did you mean "unknown-model"?'],
    ['accept:\n  - rule: zzz\n    reason: x', 'c.yaml:2:5: there is no rule "zzz". Use one that `seldon-istio rule` lists'],
    ['accept:\n  - rule: unknown-model\n    reason: x\n    "names": y', 'c.yaml:4:5: unknown field "accept[0].names". Did you mean "name"?'],
    ['- a', 'c.yaml:1:1: the document must be an object'],
    ['just text', 'c.yaml:1:1: the document must be an object'],
    ['a: [', expect.stringMatching(/^c\.yaml:\d:\d: /)],
    ['failOn: info\nfailOn: error', 'c.yaml:2:1: duplicated mapping key'],
    ['failOn: info\n---\nfailOn: error', 'c.yaml:1:1: it must hold one document'],
    ['context: *x', 'c.yaml:1:11: unidentified alias "x"'],
    ['__proto__: { failOn: error }', expect.stringContaining('c.yaml:1:1: unknown field "__proto__". ')],
  ])('%j', (text, problem) => {
    expect(problemsIn(text)).toEqual([problem]);
  });

  test('all mistakes at once', () => {
    expect(problemsIn('failon: error\ncontext: x\naccept:\n  - rule: a\n')).toHaveLength(4);
  });

  test('a file that does not exist, or cannot be read', () => {
    const folder = folderWith({ 'in/a.yaml': '' });
    expect(() => readConfiguration(folder, 'b.yaml', () => IDS)).toThrow('b.yaml does not exist. Give the configuration file with --config');
    expect(() => readConfiguration(folder, 'in', () => IDS)).toThrow('in is a folder. Give the configuration file with --config');
  });
});

describe('the schema for editors', () => {
  test('is that of the command', () => {
    // Written by `npx tsx scripts/configuration-schema.ts`, which is part of `npm run compile`.
    expect(readFileSync(join(__dirname, '../../docs/seldon-istio.schema.json'), 'utf8')).toBe(configurationSchemaFile(IDS));
  });

  test('describes each field, with examples that fit', () => {
    interface Schema {
      description?: string;
      pattern?: string;
      examples?: string[];
      enum?: string[];
      default?: string;
      properties?: { [name: string]: Schema };
      items?: Schema;
    }
    const visit = ({ description, pattern = '', examples = [], enum: allowed, default: value, properties = {}, items }: Schema): void => {
      expect(description).toMatch(/^[A-Z`].*\.$/s);
      for (const example of examples) expect(example).toMatch(new RegExp(pattern));
      if (value !== undefined && allowed !== undefined) expect(allowed).toContain(value);
      Object.values(properties).forEach(visit);
      if (items !== undefined) visit(items);
    };
    visit(JSON.parse(configurationSchemaFile(IDS)) as Schema);
  });
});
