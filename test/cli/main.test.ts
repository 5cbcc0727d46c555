import { version } from '../../package.json';
import * as check from '../../src/cli/check';
import { RULES } from '../../src/rules/all';
import { folderWith, run } from '../support/cli';

const cwd = folderWith();
const HINT = 'Use `seldon-istio --help` to list commands and options.\n';

describe('help', () => {
  test.each([['--help'], ['-h'], ['help']])('%s lists commands', (argument) => {
    const { code, out, err } = run(cwd, [argument]);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^Usage: seldon-istio COMMAND \[options\]\n/);
    expect(out).toMatch(/^ {2}check \[paths…\] +Checks manifests\.$/m);
    expect(out).toMatch(/^ {2}rule \[ID…\] +Prints the page of a rule, or lists all rules\.$/m);
  });

  test.each([[['check', '--help']], [['check', '-h', 'dist']], [['--help', 'check']], [['help', 'check']]])('%p lists the options of the command', (args) => {
    const { code, out } = run(cwd, args);
    expect(code).toBe(0);
    expect(out).toMatch(/^Usage: seldon-istio check \[paths…\] \[options\]\n/);
    for (const option of ['-o, --output FORMAT', '--fail-on LEVEL', '--before DIR|REV', '--all', '--accepted', '--config FILE', '--no-color']) expect(out).toContain(option);
    expect(out).toContain('Exit codes:');
  });

  test('without arguments, it is an error', () => {
    const { code, out, err } = run(cwd, []);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('Usage: seldon-istio');
  });
});

test.each([[['--version']], [['-V']], [['check', '--version']]])('%p prints the release', (args) => {
  expect(run(cwd, args)).toEqual({ code: 0, out: `${version}\n`, err: '' });
});

describe('fails with a hint', () => {
  test.each([
    [['chek'], 'unknown command "chek". Did you mean "check"?'],
    [['rules'], 'unknown command "rules". Did you mean "rule"?'],
    [['dist'], 'unknown command "dist". To check files or folders, use `seldon-istio check dist`.'],
    [['--all', 'check'], 'the command comes before its options, as in `seldon-istio check --all`.'],
    [['-x'], 'unknown option -x. Use --help to list the options.'],
    [['check', '--outptu', 'json'], 'unknown option --outptu. Did you mean --output?'],
    [['check', '--fail_on=error'], 'unknown option --fail_on. Did you mean --fail-on?'],
    [['check', '--zzzzzz'], 'unknown option --zzzzzz. Use --help to list the options.'],
    [['check', '--output', 'jsn'], '--output is "jsn", but must be text, json, sarif, github or junit. Did you mean "json"?'],
    [['check', '-o', 'xyz'], '-o is "xyz", but must be text, json, sarif, github or junit.'],
    [['check', '--fail-on', 'errors'], '--fail-on is "errors", but must be error, warning, info or never. Did you mean "error"?'],
    [['check', '--output'], '--output needs a value (FORMAT).'],
    [['check', '--output', '--all'], '--output needs a value (FORMAT).'],
    [['check', '--before='], '--before needs a value (DIR|REV).'],
    [['check', '--all=yes'], '--all takes no value.'],
    [['rule', '--all'], 'unknown option --all. Use --help to list the options.'],
  ])('%p', (args, problem) => {
    expect(run(cwd, args)).toEqual({ code: 2, out: '', err: `seldon-istio: ${problem}\n${HINT}` });
  });

  test('that lists all wrong options', () => {
    expect(run(cwd, ['check', '--alll', '--output=x']).err).toBe(
      `seldon-istio: unknown option --alll. Did you mean --all?\nseldon-istio: --output is "x", but must be text, json, sarif, github or junit.\n${HINT}`);
  });

  test('names of objects of JavaScript are no options', () => {
    expect(run(cwd, ['check', '--constructor']).err).toContain('unknown option --constructor.');
    expect(run(cwd, ['constructor']).err).toContain('unknown command "constructor".');
  });
});

test('an unexpected error is not taken for findings', () => {
  const spy = jest.spyOn(check.checkCommand, 'run').mockImplementation(() => { throw new TypeError('x is undefined'); });
  const { code, err } = run(cwd, ['check', 'dist']);
  spy.mockRestore();
  expect(code).toBe(2);
  expect(err).toMatch(/^seldon-istio: this is a fault of the command\. Please report it at https:\S+\/issues\nTypeError: x is undefined\n/);
});

describe('rule', () => {
  test('lists all rules', () => {
    const { code, out, err } = run(cwd, ['rule']);
    expect([code, err]).toEqual([0, '']);
    expect(out.trim().split('\n').map((line) => line.split(' ')[0])).toEqual(RULES.map(({ id }) => id));
    expect(out).toMatch(/^sticky-header-kept +warning {2}A route forwards Seldon's own routing headers$/m);
  });

  test('prints a page', () => {
    const { code, out } = run(cwd, ['rule', 'sticky-header-kept']);
    expect(code).toBe(0);
    expect(out).toMatch(/^sticky-header-kept \(warning\): A route forwards Seldon's own routing headers\n\nSeldon Core 2 adds/);
    expect(out).toContain('\nWrong:\n\n    apiVersion: networking.istio.io/v1\n');
    expect(out).toContain('\nRight:\n\n    apiVersion: networking.istio.io/v1\n');
    expect(out).toContain('        cdk8s-seldon-istio.io/accept-sticky-header-kept: the reason\n');
    expect(out).toMatch(/docs\/rules\.md#sticky-header-kept\n$/);
  });

  test('prints the pages of all rules that are asked for, also by codes', () => {
    const [rule, code] = RULES.flatMap(({ id, codes = [] }) => codes.map((each) => [id, each]))[0];
    const { out } = run(cwd, ['rule', 'sticky-header-kept', code.toLowerCase()]);
    expect(out).toMatch(/^sticky-header-kept /);
    expect(out).toMatch(new RegExp(`^${rule} \\(`, 'm'));
    expect(out).toMatch(new RegExp(`^Codes of Istio and Kiali for the same fault: .*${code}`, 'm'));
  });

  test('fails for a rule that does not exist', () => {
    expect(run(cwd, ['rule', 'sticky-header-kep'])).toEqual({ code: 2, out: '', err: `seldon-istio: there is no rule "sticky-header-kep". Did you mean "sticky-header-kept"?\n${HINT}` });
    expect(run(cwd, ['rule', 'IST9999']).err).toBe(`seldon-istio: there is no rule "IST9999". List the rules with \`rule\`.\n${HINT}`);
  });
});
