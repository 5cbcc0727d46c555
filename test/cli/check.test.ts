import { spawnSync } from 'child_process';
import { mkdirSync, symlinkSync } from 'fs';
import { join } from 'path';
import { folderWith, Outcome, rightFor, run, writeFiles, wrongFor } from '../support/cli';

const ERROR = wrongFor('impossible-path');
const WARNING = wrongFor('sticky-header-kept');
const RIGHT = rightFor('sticky-header-kept');
const OTHER = WARNING.replace('name: iris', 'name: other').replace('seldon-model: iris', 'seldon-model: other');
const BROKEN = 'apiVersion: v1\nkind: Service\nmetadata: { name: a\n';

interface Found { readonly rule: string; readonly level: string; readonly file: string; readonly line: number; readonly accepted?: string }
interface Json {
  readonly totals: { readonly [name: string]: number };
  readonly findings: readonly Found[];
  readonly accepted: readonly Found[];
  readonly fixed?: readonly Found[];
  readonly problems: readonly { readonly file: string; readonly line?: number; readonly message: string }[];
  readonly summary: {
    readonly files: number;
    readonly objects: number;
    readonly notManifests: number;
    readonly ignored: { readonly [kind: string]: number };
  };
}

function json({ out }: Outcome): Json {
  return JSON.parse(out) as Json;
}

function checked(files: { readonly [path: string]: string }, ...args: string[]): Outcome & Json {
  const outcome = run(folderWith(files), ['check', '--output', 'json', ...args]);
  return { ...outcome, ...json(outcome) };
}

describe('what is checked', () => {
  test('files, with the lines of findings', () => {
    const { code, findings, summary } = checked({ 'a.yaml': `# first\n${WARNING}`, 'b.yaml': ERROR }, 'a.yaml');
    expect(code).toBe(0);
    expect(findings.map(({ rule, file, line }) => [rule, file, line])).toEqual([['sticky-header-kept', 'a.yaml', 11]]);
    expect([summary.files, summary.objects]).toEqual([1, 1]);
  });

  test('folders with their folders, except hidden ones and node_modules', () => {
    const { findings, summary } = checked({
      'in/a.yaml': WARNING, 'in/b/c.yml': WARNING.replace('name: iris', 'name: iris2'), 'in/node_modules/x/d.yaml': ERROR, 'in/.git/e.yaml': ERROR, 'in/f.txt': ERROR,
    }, 'in');
    expect(findings.filter(({ rule }) => rule === 'sticky-header-kept').map(({ file }) => file)).toEqual([join('in', 'a.yaml'), join('in', 'b', 'c.yml')]);
    expect(summary.files).toBe(2);
  });

  test('dist without paths', () => {
    expect(checked({ 'dist/a.yaml': ERROR }).code).toBe(1);
    expect(run(folderWith(), ['check'])).toEqual({
      code: 2,
      out: '',
      err: 'seldon-istio: there is nothing to check. Give files or folders, as in `seldon-istio check manifests/`, or `-` for standard input.\n'
        + 'Use `seldon-istio --help` to list commands and options.\n',
    });
  });

  test.each<[string, Record<string, string>]>([
    ['is empty', { 'in/.keep': '' }], ['holds values', { 'in/values.yaml': 'a: 1' }], ['holds templates', { 'in/a.yaml': ERROR.replace('name: iris', 'name: {{ .Release.Name }}') }],
  ])('a folder that %s has no manifests', (_what, files) => {
    expect(run(folderWith(files), ['check', 'in'])).toEqual({
      code: 2,
      out: '',
      err: 'seldon-istio: there are no manifests in in. Give the folder that holds them. If it has templates, check what they render, as in '
        + '`helm template . | seldon-istio check -`.\n',
    });
  });

  test('a folder without manifests is fine if they were removed, and so is a file', () => {
    const folder = folderWith({ 'before/a.yaml': ERROR, 'in/values.yaml': 'a: 1' });
    expect(run(folder, ['check', 'in', '--before', 'before']).code).toBe(0);
    expect(run(folder, ['check', 'in/values.yaml']).code).toBe(0);
    expect(run(folderWith({ 'in/a.yaml': '{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}' }), ['check', 'in']).code).toBe(0);
  });

  test.each(['', ' \n'])('empty standard input %j is a problem, since the command before the pipe may have failed', (text) => {
    const { code, out } = run(folderWith(), ['check', '-'], { readInput: () => text });
    expect(code).toBe(2);
    expect(out).toContain('standard input\n    it is empty. The command before the pipe may have failed, or found no object.');
  });

  test('standard input', () => {
    const outcome = run(folderWith(), ['check', '-', '-o', 'json'], { readInput: () => ERROR });
    expect(outcome.code).toBe(1);
    expect(json(outcome).findings[0].file).toBe('standard input');
  });

  test('what kubectl prints', () => {
    const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } }, { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' } }] });
    const { summary } = json(run(folderWith(), ['check', '-', '-o', 'json'], { readInput: () => list }));
    expect(summary).toEqual({ files: 1, objects: 1, ignored: { ConfigMap: 1 }, notManifests: 0 });
  });

  test('each file once', () => {
    const folder = folderWith({ 'dist/a.yaml': WARNING });
    symlinkSync(join(folder, 'dist', 'a.yaml'), join(folder, 'dist', 'b.yaml'));
    mkdirSync(join(folder, 'dist', 'sub'));
    symlinkSync(join(folder, 'dist'), join(folder, 'dist', 'sub', 'up'));
    const { summary, findings } = json(run(folder, ['check', 'dist', 'dist/a.yaml', './dist', join(folder, 'dist'), '-o', 'json']));
    expect([summary.files, findings.length]).toEqual([1, 1]);
  });

  test('files of a folder that are not manifests are skipped and counted', () => {
    const { code, summary } = checked({
      'in/values.yaml': 'image: { tag: a }\n', 'in/template.yaml': 'apiVersion: v1\nkind: {{ .Kind }}\n', 'in/package.json': '{"name": "x"}', 'in/broken.yaml': 'a: [', 'in/a.yaml': WARNING,
    }, 'in');
    expect(code).toBe(0);
    expect([summary.files, summary.notManifests]).toEqual([1, 4]);
  });

  test('manifests next to the text of an alert are no template', () => {
    const alert = 'apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nspec: { summary: "{{ $labels.model }}" }\n';
    const template = WARNING.replace('name: iris', 'name: "{{ .Release.Name }}"');
    const { findings, summary } = checked({ 'in/a.yaml': `${alert}---\n${WARNING}`, 'in/b.yaml': template, 'in/c.json': '{"apiVersion":"v1","kind":"ConfigMap"}' }, 'in');
    expect([findings.length, summary.files, summary.notManifests, summary.ignored]).toEqual([1, 2, 1, { ConfigMap: 1, PrometheusRule: 1 }]);
  });

  test('no pipes and devices of a folder', () => {
    const folder = folderWith({ 'a.yaml': WARNING });
    spawnSync('mkfifo', [join(folder, 'pipe.yaml')]);
    symlinkSync('/dev/zero', join(folder, 'zero.yaml'));
    expect(json(run(folder, ['check', '.', '-o', 'json'])).summary.files).toBe(1);
  });

  test('folders that are linked with each other in many ways', () => {
    const folder = folderWith({ 'dist/a.yaml': WARNING });
    const names = [...'bcdefghijklm'];
    for (const name of names) mkdirSync(join(folder, 'dist', name));
    for (const name of names) for (const other of names) symlinkSync(join(folder, 'dist', other), join(folder, 'dist', name, `to-${other}`));
    expect(json(run(folder, ['check', 'dist', '-o', 'json'])).summary.files).toBe(1);
  });

  test('objects without a namespace are in that of -n', () => {
    const text = WARNING.replace(', namespace: models', '');
    const names = (...args: string[]) => JSON.parse(checked({ 'a.yaml': text }, 'a.yaml', ...args).out).findings.map(({ namespace }: { namespace: string }) => namespace);
    expect(names()).toEqual(['default']);
    expect(names('-n', 'models')).toEqual(['models']);
    expect(names('--default-namespace=models')).toEqual(['models']);
  });
});

describe('exit code', () => {
  const codeOf = (text: string, ...args: string[]) => run(folderWith({ 'a.yaml': text }), ['check', 'a.yaml', ...args]).code;

  test('tells whether there are findings at or above a level', () => {
    expect([ERROR, WARNING, RIGHT].map((text) => codeOf(text))).toEqual([1, 0, 0]);
    expect([ERROR, WARNING, RIGHT].map((text) => codeOf(text, '--fail-on', 'warning'))).toEqual([1, 1, 0]);
    expect([ERROR, WARNING, RIGHT].map((text) => codeOf(text, '--fail-on=info'))).toEqual([1, 1, 0]);
    expect([ERROR, WARNING, RIGHT].map((text) => codeOf(text, '--fail-on=never'))).toEqual([0, 0, 0]);
  });

  test.each(['text', 'json', 'sarif', 'github', 'junit'])('is the same with %s', (format) => {
    expect([ERROR, WARNING, RIGHT, BROKEN].map((text) => codeOf(text, '--output', format))).toEqual([1, 0, 0, 2]);
  });

  test('is 2 if something cannot be read, and the rest is checked', () => {
    const { code, findings, problems } = checked({ 'in/a.yaml': ERROR, 'in/b.yaml': BROKEN, 'in/c.yaml': `${WARNING}---\n${BROKEN}` }, 'in', 'nowhere');
    expect(code).toBe(2);
    expect(findings.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['impossible-path', 'sticky-header-kept']));
    expect(problems.map(({ file, line }) => [file, line])).toEqual([['nowhere', undefined], [join('in', 'b.yaml'), 4], [join('in', 'c.yaml'), expect.any(Number)]]);
    expect(problems[0].message).toBe('there is no such file or folder');
  });
});

describe('text', () => {
  const folder = folderWith({ 'dist/a.yaml': WARNING });

  test('has colors only on a terminal', () => {
    const colored = (args: string[], terminal: Parameters<typeof run>[2]) => run(folder, ['check', ...args], terminal).out.includes('\u001b[');
    expect(colored([], { isTerminal: false })).toBe(false);
    expect(colored([], { isTerminal: true, columns: 80 })).toBe(true);
    expect(colored(['--no-color'], { isTerminal: true })).toBe(false);
    expect(colored([], { isTerminal: true, env: { NO_COLOR: '1' } })).toBe(false);
    expect(colored([], { isTerminal: true, env: { NO_COLOR: '' } })).toBe(true);
    expect(colored(['-o', 'json'], { isTerminal: true })).toBe(false);
  });

  test('is as wide as the terminal', () => {
    const widest = (columns?: number) => Math.max(...run(folder, ['check', '--no-color'], { isTerminal: columns !== undefined, columns }).out.split('\n').map((line) => line.length));
    expect(widest(70)).toBeLessThanOrEqual(70);
    expect(widest(120)).toBeGreaterThan(100);
    expect(widest()).toBeLessThanOrEqual(100);
  });

  test('is the default format', () => {
    expect(run(folder, ['check']).out).toBe(run(folder, ['check', '--output', 'text']).out);
    expect(run(folder, ['check']).out).toContain('warning sticky-header-kept (1): ');
  });
});

describe('accepted findings', () => {
  const accepted = WARNING.replace('metadata: { name: iris,', 'metadata: { annotations: { cdk8s-seldon-istio.io/accept-sticky-header-kept: sessions }, name: iris,');

  test('do not count, and are listed on demand', () => {
    const folder = folderWith({ 'dist/a.yaml': accepted });
    const { code, out } = run(folder, ['check', '--fail-on', 'info']);
    expect(code).toBe(0);
    expect(out).toContain('Accepted: 1 finding. List them with --accepted.\n');
    expect(out).not.toContain('sessions');
    expect(run(folder, ['check', '--accepted']).out).toContain('Accepted: sessions.\n');
    expect(json(run(folder, ['check', '-o', 'json'])).accepted.map((finding) => finding.accepted)).toEqual(['sessions']);
  });

  test('can be those of the configuration', () => {
    const folder = folderWith({ 'dist/a.yaml': WARNING, 'seldon-istio.yaml': 'accept:\n  - rule: sticky-header-kept\n    name: ir*\n    file: dist/**\n    reason: sessions\n' });
    const result = run(folder, ['check', '-o', 'json', '--fail-on', 'info']);
    expect(result.code).toBe(0);
    expect(json(result).accepted.map((finding) => finding.accepted)).toEqual(['sessions']);
  });

  test('an entry that nothing needs is a finding in the configuration', () => {
    const folder = folderWith({ 'dist/a.yaml': RIGHT, 'seldon-istio.yaml': '# ours\naccept:\n  - rule: sticky-header-kept\n    reason: sessions\n' });
    const { code, out } = run(folder, ['check']);
    expect(code).toBe(0);
    expect(out).toContain('  seldon-istio.yaml:3:5  Configuration seldon-istio.yaml accept[0]\n');
    expect(out).toContain('    no finding of rule "sticky-header-kept" needs the entry.\n');
    expect(json(run(folder, ['check', '-o', 'json'])).summary.objects).toBe(1);
  });
});

describe('the configuration', () => {
  test('tells when to fail, unless an option does', () => {
    const folder = folderWith({ 'dist/a.yaml': WARNING, 'seldon-istio.yaml': 'failOn: warning\n', 'other.yaml': 'failOn: error\n' });
    expect(run(folder, ['check']).code).toBe(1);
    expect(run(folder, ['check', '--fail-on', 'error']).code).toBe(0);
    expect(run(folder, ['check', '--config', 'other.yaml']).code).toBe(0);
  });

  test('names context, whose own findings are not reported', () => {
    const files = { 'team/a.yaml': WARNING, 'platform/b.yaml': OTHER };
    const found = (configuration: string) => checked({ ...files, 'seldon-istio.yaml': configuration }, 'team');
    expect(found('').findings.map(({ rule }) => rule)).toEqual(['sticky-header-kept']);
    const { findings, summary } = found('context: [platform]\n');
    expect(findings.filter(({ rule }) => rule === 'sticky-header-kept').map(({ file }) => file)).toEqual([join('team', 'a.yaml')]);
    expect(findings.map(({ rule }) => rule)).toContain('overlapping-endpoints');
    expect([summary.files, summary.objects]).toEqual([1, 1]);
  });

  test('files that are checked are no context', () => {
    const folder = folderWith({ 'dist/a.yaml': WARNING, 'dist/b.yaml': OTHER, 'seldon-istio.yaml': 'context: [dist]\n' });
    const rules = json(run(folder, ['check', 'dist/a.yaml', '-o', 'json'])).findings.map(({ rule }) => rule);
    expect(rules.filter((rule) => rule === 'sticky-header-kept')).toHaveLength(1);
    expect(rules).toContain('overlapping-endpoints');
    expect(json(run(folder, ['check', 'dist', '-o', 'json'])).findings.filter(({ rule }) => rule === 'overlapping-endpoints')).toHaveLength(1);
  });

  test('with a mistake, nothing is checked', () => {
    const folder = folderWith({ 'dist/a.yaml': ERROR, 'seldon-istio.yaml': 'failon: error\n' });
    expect(run(folder, ['check', '-o', 'json'])).toEqual({ code: 2, out: '', err: 'seldon-istio: seldon-istio.yaml:1:1: unknown field "failon". Did you mean "failOn"?\n' });
  });

  test('context that does not exist is a problem', () => {
    const { code, problems } = checked({ 'dist/a.yaml': RIGHT, 'seldon-istio.yaml': 'context: [platform]\n' });
    expect([code, problems]).toEqual([2, [{ file: 'platform', message: 'there is no such file or folder' }]]);
  });
});

function git(cwd: string, ...args: string[]): void {
  const { status, stderr } = spawnSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false', ...args], { cwd });
  if (status !== 0) throw new Error(stderr.toString());
}

describe('an earlier state', () => {
  const both = (folder: string, ...args: string[]) => {
    const outcome = run(folder, ['check', '-o', 'json', ...args]);
    const { totals: { introduced, fixed, unchanged } } = json(outcome);
    return [outcome.code, introduced, fixed, unchanged];
  };

  test('is a folder', () => {
    const folder = folderWith({ 'before/a.yaml': ERROR, 'dist/a.yaml': `# moved\n${ERROR}`, 'fixed/b.yaml': RIGHT, 'worse/a.yaml': ERROR, 'worse/b.yaml': WARNING });
    const errors = json(run(folder, ['check', 'dist', '-o', 'json'])).findings.length;
    expect(both(folder, '--before', 'before')).toEqual([0, 0, 0, errors]);
    expect(both(folder, 'fixed', '--before', 'before')).toEqual([0, 0, errors, 0]);
    expect(both(folder, 'dist', '--before', 'fixed')).toEqual([1, errors, 0, 0]);
    expect(both(folder, 'worse', '--before', 'before', '--fail-on', 'warning')[0]).toBe(1);
    expect(both(folder, 'worse', '--before', 'before')[0]).toBe(0);
  });

  describe('of Git', () => {
    const folder = folderWith({ 'app/dist/a.yaml': ERROR, 'app/dist/notes.yaml': 'a: b\n' });
    git(folder, 'init', '--quiet', '--initial-branch=main');
    git(folder, 'add', '.');
    git(folder, 'commit', '--quiet', '-m', 'first');
    git(folder, 'tag', 'v1');
    writeFiles(folder, { 'app/dist/a.yaml': `# moved\n${ERROR}`, 'app/dist/b.yaml': WARNING });
    const errors = json(run(folder, ['check', 'app/dist/a.yaml', '-o', 'json'])).findings.length;

    test.each(['main', 'v1', 'HEAD'])('is a revision: %s', (revision) => {
      expect(both(folder, 'app/dist/a.yaml', '--before', revision)).toEqual([0, 0, 0, errors]);
      expect(both(folder, 'app', '--before', revision, '--fail-on', 'warning')[0]).toBe(1);
    });

    test('is found from a folder below', () => {
      expect(both(join(folder, 'app'), 'dist/a.yaml', '--before', 'HEAD')).toEqual([0, 0, 0, errors]);
      expect(both(join(folder, 'app', 'dist'), '.', '--before', 'HEAD')[1]).toBeGreaterThan(0);
      expect(both(join(folder, 'app', 'dist'), '../dist/a.yaml', '--before', 'HEAD')).toEqual([0, 0, 0, errors]);
      expect(both(folder, join(folder, 'app', 'dist', 'a.yaml'), '--before', 'HEAD')).toEqual([0, 0, 0, errors]);
    });

    test('has the folders that are asked for by name, also hidden ones, and names with characters of patterns', () => {
      const hidden = folderWith({ '.deploy/a.yaml': ERROR, '.deploy/.old/a.yaml': WARNING, ':(glob)*.yaml': ERROR });
      git(hidden, 'init', '--quiet', '--initial-branch=main');
      git(hidden, 'add', '.');
      git(hidden, 'commit', '--quiet', '-m', 'first');
      expect(both(hidden, '.deploy', '--before', 'HEAD')).toEqual([0, 0, 0, errors]);
      expect(both(hidden, ':(glob)*.yaml', '--before', 'HEAD')).toEqual([0, 0, 0, errors]);
    });

    test('has nothing of a new file', () => {
      expect(both(folder, 'app/dist/b.yaml', '--before', 'HEAD')).toEqual([0, 1, 0, 0]);
    });

    test('that is unknown is an error', () => {
      for (const revision of ['nope', '--all', 'HEAD~7']) {
        const { code, out, err } = run(folder, ['check', 'app', `--before=${revision}`]);
        expect([code, out]).toEqual([2, '']);
        expect(err).toContain(`seldon-istio: "${revision}" is neither a folder nor a revision of Git. Give one of them with --before.\n`);
      }
    });

    test('is not that of standard input, or of a file', () => {
      expect(run(folder, ['check', '-', '--before', 'HEAD']).err).toContain('Git has no earlier state of standard input. Give a folder with --before.\n');
      expect(run(folder, ['check', '--before', 'app/dist/a.yaml', 'app']).err).toContain('app/dist/a.yaml is a file. Give a folder or a revision of Git with --before.\n');
    });

    test('that could not be read is no obstacle', () => {
      const broken = folderWith({ 'before/a.yaml': BROKEN, 'dist/a.yaml': RIGHT });
      const { code, err } = run(broken, ['check', '--before', 'before']);
      expect(code).toBe(0);
      const escape = folderWith({ 'before/a.yaml': 'apiVersion: v1\nkind: Pod\n"\\e[31m": 1\n"\\e[31m": 2\n', 'dist/a.yaml': RIGHT });
      expect(run(escape, ['check', 'before']).out).toContain('the key "\\u001b[31m" occurs twice');
      expect(run(escape, ['check', '--before', 'before'])).toMatchObject({ code: 0, err: '' });
      expect(err).toMatch(/^The earlier state of before\/a\.yaml:4 is left out, since it could not be read: .*\.\n$/);
    });
  });

  test('needs Git for a revision', () => {
    const { code, err } = run(folderWith({ 'dist/a.yaml': RIGHT }), ['check', '--before', 'main']);
    expect(code).toBe(2);
    expect(err).toContain('"main" is not a folder, and no revision can be read from Git: fatal: not a git repository');
  });
});
