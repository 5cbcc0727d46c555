import { Command } from './command';
import { readConfiguration } from './configuration';
import { budgetOf, BUDGET_OPTIONS } from './diff-budget';
import { ClusterPair, pairedClusters } from './diff-clusters';
import { rejectedChanges } from './diff-rejected';
import { readEarlier } from './earlier-state';
import { readPaths } from './manifest-files';
import { Manifests, withoutFilesOf } from './manifests';
import { Arguments } from './options';
import { ruleNames } from './rule-names';
import { CannotRun, ExitCode, Terminal } from './terminal';
import { MODEL_OPTIONS, noteSteps, pathsOf } from './traffic-models';
import { packageVersion } from './version';
import { writeCommand } from '../answers/command-line/write-command';
import { Cluster } from '../cluster/cluster';
import { partition } from '../cluster/partition';
import { KnownDocuments } from '../cluster/yaml/known-documents';
import { Change } from '../proofs/change';
import { compareTraffic } from '../proofs/comparison';
import { Replay } from '../proofs/replay';
import { Budget, violationsOf } from '../report/changes/budget';
import { differenceOf } from '../report/changes/difference';
import { renderChangesJson } from '../report/changes/json';
import { renderChangesMarkdown } from '../report/changes/markdown';
import { renderChangesSarif } from '../report/changes/sarif';
import { renderChanges } from '../report/changes/text';
import { mergedChanges } from '../report/changes/traffic-change';
import { TrafficReport } from '../report/changes/traffic-report';
import { withFullStop } from '../report/place';
import { printable } from '../report/printable';

const FORMATS = ['text', 'json', 'markdown', 'sarif'] as const;

/**
 * Prints the requests whose answers differ in two states of manifests.
 *
 * @internal
 */
export const diffCommand: Command = {
  name: 'diff',
  operands: '[paths…]',
  summary: 'Prints what a change of manifests moves.',
  description: 'Compares the answers to all requests from outside the mesh before and after a change, and prints the classes of requests whose answer is\n'
    + 'different, the biggest change first, each with a request that shows it. Without paths, the folder dist is read. With a budget, the command fails if\n'
    + 'the change moves more than the budget allows.',
  options: {
    before: { value: 'DIR|REV', help: 'The earlier state, as a folder or a revision of Git. Required.' },
    output: { short: 'o', value: 'FORMAT', values: FORMATS, help: `One of ${FORMATS.join(', ')}. The default is text.` },
    all: { help: 'Lists all changes, not only the biggest.' },
    ...BUDGET_OPTIONS,
    ...MODEL_OPTIONS,
  },
  failure: 'The change moves more than the budget allows.',
  undecided: 'It is not decided for all requests whether their answers are different.',
  run: diff,
};

function diff(args: Arguments, terminal: Terminal): ExitCode {
  const before = args.value('before');
  if (before === undefined) throw new CannotRun(['there is nothing to compare with. Give the earlier state with --before, as in `--before main` or `--before old/`'], true);
  const paths = pathsOf(args.positionals, terminal, 'diff --before main dist/');
  const configuration = readConfiguration(terminal.cwd, args.value('config'), ruleNames);
  const options = {
    cwd: terminal.cwd, readInput: () => terminal.readInput(), defaultNamespace: args.value('default-namespace'), known: new KnownDocuments(),
  };
  const later = readPaths(paths, options);
  const context = withoutFilesOf(readPaths([...configuration.context, ...args.values('context')], { ...options, context: true }), terminal.cwd, later);
  writeProblems([later, context], terminal);
  noteSteps(partition(later.objects).steps, terminal);
  const earlier = readEarlier(before, paths, options, terminal);
  const pairs = pairedClusters({ cwd: terminal.cwd, before, earlier, paths, later, context: context.objects, settings: configuration.settings });
  const budget = budgetOf(args, pairs);
  const reports = pairs.map((pair) => trafficReport(pair, pairs.length > 1, budget));
  terminal.write(render(reports, args, terminal));
  if ([later, context, earlier].some(({ problems }) => problems.length > 0)) return ExitCode.COULD_NOT_RUN;
  if (reports.some(({ violations }) => violations.length > 0)) return ExitCode.FINDINGS;
  return reports.some(({ undecided }) => undecided.length > 0) ? ExitCode.UNDECIDED : ExitCode.FINE;
}

function writeProblems(read: readonly Manifests[], terminal: Terminal): void {
  for (const { file, line, message } of read.flatMap(({ problems }) => problems)) {
    const place = line === undefined ? file : `${file}:${line}`;
    terminal.writeError(`${printable(`${place} is left out, since it could not be read: ${withFullStop(message)}`)}\n`);
  }
}

/**
 * What a change moves in a cluster.
 *
 * @internal
 */
export function trafficReport({ name, before, after }: ClusterPair, isOneOfSeveral: boolean, budget: Budget): TrafficReport {
  const comparison = compareTraffic(before, after);
  const [changes, repeated] = [mergedChanges(comparison.changes), mergedChanges(comparison.repeated)];
  // Without that budget, it makes no difference.
  const undecided = comparison.undecided.filter(({ isAboutAccess }) => isAboutAccess !== true || budget.noNewAccess);
  return {
    ...isOneOfSeveral ? { cluster: name } : {},
    changes,
    repeated,
    undecided: [...rejectedChanges(before, after), ...undecided],
    violations: violationsOf(changes, repeated, budget),
    commandFor: commandsBetween(before, after),
  };
}

/** Commands are checked by the answers to the requests that they send. */
function commandsBetween(before: Cluster, after: Cluster): TrafficReport['commandFor'] {
  const replay = new Replay(before, after);
  return (change) => {
    const key = keyOf(change);
    return writeCommand(change.witness, (request) => keyOf(replay.answersTo(request)) === key);
  };
}

function keyOf({ before, after }: Pick<Change, 'before' | 'after'>): string {
  const { shares, others, shift } = differenceOf(before, after);
  return JSON.stringify([shares.map(({ kind, name, before: a, after: b }) => [kind, name, a.toString(), b.toString()]), others, shift]);
}

function render(reports: readonly TrafficReport[], args: Arguments, { isTerminal, columns, env }: Terminal): string {
  switch (args.value('output') ?? 'text') {
    case 'json': return renderChangesJson(reports);
    case 'markdown': return renderChangesMarkdown(reports);
    case 'sarif': return renderChangesSarif(reports, packageVersion());
    default: return renderChanges(reports, {
      all: args.has('all'),
      color: isTerminal && !args.has('no-color') && !env.NO_COLOR,
      ...isTerminal && columns !== undefined ? { width: Math.max(columns, 60) } : {},
    });
  }
}
