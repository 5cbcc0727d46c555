import { Command } from './command';
import { Arguments } from './options';
import { inputFrom, REQUEST_OPTIONS } from './request-options';
import { CannotRun, ExitCode, Terminal } from './terminal';
import { ClusterModel, MODEL_OPTIONS, pathsOf, readModels } from './traffic-models';
import { parseCommandLine, parseCommandWords } from '../answers/command-line/command-line';
import { ParsedCommand } from '../answers/command-line/parsed-command';
import { InputError } from '../answers/input/input-error';
import { AnsweredRequest } from '../answers/traffic-model';
import { answerJson } from '../report/answers/json';
import { renderAnswer } from '../report/answers/text';

const EXAMPLE = 'trace dist/ -- curl https://models.example.com/v2/models/iris/infer';

/**
 * Prints who answers a request, and why.
 *
 * @internal
 */
export const traceCommand: Command = {
  name: 'trace',
  operands: '[paths…] [-- curl …]',
  summary: 'Prints who answers a request, and why.',
  description: 'Answers a request from the manifests alone: who gets which share of such requests, what arrives there, and each step on the way with\n'
    + 'its place. The request is a curl or grpcurl command line after `--`, as in\n'
    + `\`seldon-istio ${EXAMPLE}\`, or it is given by options.\n`
    + 'Nothing is sent.',
  options: {
    output: { short: 'o', value: 'FORMAT', values: ['text', 'json'], help: 'One of text, json. The default is text.' },
    ...REQUEST_OPTIONS,
    ...MODEL_OPTIONS,
  },
  failure: '',
  run: trace,
};

function trace(args: Arguments, terminal: Terminal): ExitCode {
  const paths = args.positionals.slice(0, args.positionals.length - args.rest.length);
  const [input, notes] = understood(() => {
    const command = commandOf(args.rest);
    return [inputFrom(args, command), command?.notes ?? []] as const;
  });
  const { clusters, hasProblems } = readModels(pathsOf(paths, terminal, EXAMPLE), args, terminal);
  const answers = clusters.map((cluster) => ({ cluster, answered: understood(() => cluster.model.ask(input)) }))
    .map(({ cluster, answered }) => ({ cluster, answered: { ...answered, notes: [...notes, ...answered.notes] } }));
  terminal.write(args.value('output') === 'json' ? jsonOf(answers) : textOf(answers, args, terminal));
  return hasProblems ? ExitCode.COULD_NOT_RUN : ExitCode.FINE;
}

/** One word is a whole command line in quotes. */
function commandOf(words: readonly string[]): ParsedCommand | undefined {
  if (words.length === 0) return undefined;
  return words.length === 1 && /\s/.test(words[0]) ? parseCommandLine(words[0]) : parseCommandWords(words);
}

/**
 * Runs a function that reads what a person wrote.
 *
 * @throws CannotRun if it cannot be understood.
 * @internal
 */
export function understood<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof InputError) throw new CannotRun([error.message]);
    throw error;
  }
}

interface ClusterAnswer {
  readonly cluster: ClusterModel;
  readonly answered: AnsweredRequest;
}

/** An object for one cluster, and a list for several, each with its files. */
function jsonOf(answers: readonly ClusterAnswer[]): string {
  const all = answers.map(({ cluster, answered }) => ({ ...answers.length === 1 ? {} : { manifests: cluster.name }, ...answerJson(answered) }));
  return `${JSON.stringify(all.length === 1 ? all[0] : all, undefined, 2)}\n`;
}

function textOf(answers: readonly ClusterAnswer[], args: Arguments, { isTerminal, columns, env }: Terminal): string {
  const options = { color: isTerminal && !args.has('no-color') && !env.NO_COLOR, ...isTerminal && columns !== undefined ? { width: Math.max(columns, 60) } : {} };
  if (answers.length === 1) return renderAnswer(answers[0].answered, options);
  // Two files define one object differently, so they are those of different clusters.
  return answers.map(({ cluster, answered }) => `# ${cluster.name}\n${renderAnswer(answered, options)}`).join('\n');
}
