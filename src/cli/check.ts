import { Command } from './command';
import { Configuration, CONFIGURATION_FILE, FailOn, readConfiguration } from './configuration';
import { readEarlier } from './earlier-state';
import { findAll } from './find-all';
import { isFolder, readPaths } from './manifest-files';
import { Manifests, withoutFilesOf } from './manifests';
import { Arguments, Options } from './options';
import { FORMATS, render } from './output';
import { ruleNames } from './rule-names';
import { CannotRun, ExitCode, Terminal } from './terminal';
import { compare } from '../report/compare';
import { splitAccepted } from '../report/order';
import { Report } from '../report/report';
import { RULES } from '../rules/all';
import { Finding } from '../rules/finding';
import { isAtLeast, Level } from '../rules/level';

const OPTIONS: Options = {
  'output': { short: 'o', value: 'FORMAT', values: FORMATS, help: `One of ${FORMATS.join(', ')}. The default is text.` },
  'fail-on': { value: 'LEVEL', values: ['error', 'warning', 'info', 'never'], help: 'The lowest level of findings that fail. The default is error.' },
  'before': { value: 'DIR|REV', help: 'An earlier state, as a folder or a revision of Git. Only findings that it does not have fail.' },
  'all': { help: 'Lists all findings, not only one screen of them.' },
  'accepted': { help: 'Lists accepted findings with their reasons.' },
  'config': { value: 'FILE', help: `The configuration. The default is ${CONFIGURATION_FILE} in the working folder, if it exists.` },
  'default-namespace': { short: 'n', value: 'NAMESPACE', help: 'The namespace of objects without one. The default is "default".' },
  'no-color': { help: 'Writes no colors. So does the environment variable NO_COLOR.' },
};

const DEFAULT_FOLDER = 'dist';

/**
 * Checks manifests by all rules.
 *
 * @internal
 */
export const checkCommand: Command = {
  name: 'check',
  operands: '[paths…]',
  summary: 'Checks manifests.',
  description: 'Checks manifests in files and folders, or those of standard input with `-`, as in\n'
    + '`kubectl get vs,gw,dr,se,model,sdep -A -o yaml | seldon-istio check -`.\n'
    + 'Without paths, the folder dist is checked. Files of folders that are not manifests are skipped.',
  options: OPTIONS,
  run: check,
};

function check(args: Arguments, terminal: Terminal): ExitCode {
  const configuration = readConfiguration(terminal.cwd, args.value('config'), ruleNames);
  const paths = pathsOf(args.positionals, terminal);
  const options = { cwd: terminal.cwd, readInput: () => terminal.readInput(), defaultNamespace: args.value('default-namespace') };
  const manifests = readPaths(paths, options);
  const context = withoutFilesOf(readPaths(configuration.context, { ...options, context: true }), terminal.cwd, manifests);
  const before = args.value('before');
  if (before === undefined) requireManifests(paths, manifests, terminal);
  const earlier = before === undefined ? undefined : readEarlier(before, paths, options, terminal);
  const report = reportOf(manifests, context, earlier, configuration);
  const failOn = (args.value('fail-on') as FailOn | undefined) ?? configuration.failOn ?? Level.ERROR;
  terminal.write(render(report, {
    format: args.value('output'),
    failOn,
    all: args.has('all'),
    accepted: args.has('accepted'),
    color: terminal.isTerminal && !args.has('no-color') && !terminal.env.NO_COLOR,
    columns: terminal.isTerminal ? terminal.columns : undefined,
  }));
  return exitCodeOf(report, failOn);
}

function pathsOf(given: readonly string[], { cwd }: Terminal): readonly string[] {
  if (given.length > 0) return given;
  if (isFolder(cwd, DEFAULT_FOLDER)) return [DEFAULT_FOLDER];
  throw new CannotRun(['there is nothing to check. Give files or folders, as in `seldon-istio check manifests/`, or `-` for standard input'], true);
}

/** In CI, a wrong path must not look like manifests without findings. */
function requireManifests(paths: readonly string[], { objects, ignored, problems }: Manifests, { cwd }: Terminal): void {
  if (objects.length + ignored.size + problems.length > 0 || !paths.every((path) => isFolder(cwd, path))) return;
  throw new CannotRun([`there are no manifests in ${paths.join(', ')}. Give the folder that holds them. If it has templates, check what they render, as in `
    + '`helm template . | seldon-istio check -`']);
}

/** The configuration is that of the later state, for both. */
function reportOf(manifests: Manifests, context: Manifests, earlier: Manifests | undefined, configuration: Configuration): Report {
  const { settings, object } = configuration;
  const withContext = ({ objects }: Manifests) => [...objects, ...context.objects];
  const findings = findAll(withContext(manifests), settings, object, earlier && withContext(earlier));
  const { open, accepted } = splitAccepted(findings);
  return {
    findings: open,
    summary: {
      files: manifests.files,
      objects: manifests.objects.length,
      ignored: manifests.ignored,
      notManifests: manifests.notManifests,
      problems: [...manifests.problems, ...context.problems],
      accepted,
    },
    rules: RULES,
    ...earlier === undefined ? {} : { comparison: compare(findAll(withContext(earlier), settings, object), findings) },
  };
}

function exitCodeOf({ summary, findings, comparison }: Report, failOn: FailOn): ExitCode {
  if (summary.problems.length > 0) return ExitCode.COULD_NOT_RUN;
  const counted: readonly Finding[] = comparison?.introduced ?? findings;
  return failOn !== 'never' && counted.some(({ level }) => isAtLeast(level, failOn as Level)) ? ExitCode.FINDINGS : ExitCode.FINE;
}
