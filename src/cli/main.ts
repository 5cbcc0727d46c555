import type * as CheckCommand from './check';
import { Command } from './command';
import type * as DiagramCommand from './diagram';
import type * as DiffCommand from './diff';
import type * as GitopsCommand from './gitops-command';
import { COMMON_OPTIONS, helpOf, helpOfCommand } from './help';
import { parseOptions } from './options';
import type * as PreviewCommand from './preview';
import type * as RoutesCommand from './routes';
import type * as RuleCommand from './rule-command';
import { CannotRun, ExitCode, Terminal } from './terminal';
import type * as TestCommand from './test-command';
import type * as TraceCommand from './trace';
import { packageVersion } from './version';
import { nearest } from '../plan/checks/near-miss';
import { withFullStop } from '../report/place';
import { printable } from '../report/printable';
import { HOMEPAGE, TOOL } from '../report/tool';

/** The commands by their names. Each is loaded when it is asked for. */
const COMMANDS: ReadonlyMap<string, () => Command> = new Map<string, () => Command>([
  ['check', () => (require('./check') as typeof CheckCommand).checkCommand],
  ['trace', () => (require('./trace') as typeof TraceCommand).traceCommand],
  ['routes', () => (require('./routes') as typeof RoutesCommand).routesCommand],
  ['diagram', () => (require('./diagram') as typeof DiagramCommand).diagramCommand],
  ['preview', () => (require('./preview') as typeof PreviewCommand).previewCommand],
  ['test', () => (require('./test-command') as typeof TestCommand).testCommand],
  ['diff', () => (require('./diff') as typeof DiffCommand).diffCommand],
  ['rule', () => (require('./rule-command') as typeof RuleCommand).ruleCommand],
  ['gitops', () => (require('./gitops-command') as typeof GitopsCommand).gitopsCommand],
]);

function allCommands(): readonly Command[] {
  return [...COMMANDS.values()].map((load) => load());
}

/**
 * Runs the command.
 *
 * @param args Its arguments, without the names of the program and the script.
 * @param terminal Where it runs.
 * @returns the exit code.
 * @internal
 */
export function main(args: readonly string[], terminal: Terminal): ExitCode {
  try {
    return run(args, terminal);
  } catch (error) {
    if (!(error instanceof CannotRun)) {
      const lines = String(error instanceof Error ? error.stack : error).split('\n').map(printable);
      terminal.writeError(`${TOOL}: this is a fault of the command. Please report it at ${HOMEPAGE}/issues\n${lines.join('\n')}\n`);
      return ExitCode.COULD_NOT_RUN;
    }
    for (const problem of error.problems) terminal.writeError(`${TOOL}: ${printable(withFullStop(problem))}\n`);
    if (error.usage) terminal.writeError(`Use \`${TOOL} --help\` to list commands and options.\n`);
    return ExitCode.COULD_NOT_RUN;
  }
}

function run([name, ...rest]: readonly string[], terminal: Terminal): ExitCode {
  if (name === undefined) {
    terminal.writeError(helpOf(allCommands()));
    return ExitCode.COULD_NOT_RUN;
  }
  if (name.startsWith('-')) return runWithoutCommand([name, ...rest], terminal);
  if (name === 'help') return runWithoutCommand(['--help', ...rest], terminal);
  const command = COMMANDS.get(name)?.();
  if (command === undefined) throw new CannotRun([unknownCommand(name)], true);
  const args = parseOptions(rest, { ...command.options, ...COMMON_OPTIONS });
  if (args.has('help')) terminal.write(helpOfCommand(command));
  else if (args.has('version')) terminal.write(`${packageVersion()}\n`);
  else return command.run(args, terminal);
  return ExitCode.FINE;
}

function runWithoutCommand(words: readonly string[], terminal: Terminal): ExitCode {
  const all = Object.assign({}, ...allCommands().map(({ options }) => options), COMMON_OPTIONS);
  const args = parseOptions(words, all);
  const command = allCommands().find(({ name }) => args.positionals.includes(name));
  if (args.has('help')) terminal.write(command === undefined ? helpOf(allCommands()) : helpOfCommand(command));
  else if (args.has('version')) terminal.write(`${packageVersion()}\n`);
  else throw new CannotRun([`the command comes before its options, as in \`${TOOL} ${command?.name ?? 'check'} ${words[0]}\``], true);
  return ExitCode.FINE;
}

function unknownCommand(name: string): string {
  const near = nearest(name, [...COMMANDS.keys()]);
  if (near !== undefined) return `unknown command "${name}". Did you mean "${near}"?`;
  return `unknown command "${name}". To check files or folders, use \`${TOOL} check ${name}\``;
}
