import { Command } from './command';
import { Arguments } from './options';
import { ExitCode, Terminal } from './terminal';
import { MODEL_OPTIONS, pathsOf, readModels } from './traffic-models';
import { RouteRow } from '../answers/endpoints/routes-table';
import { routeRows } from '../proofs/queries/route-examples';
import { renderRoutes, renderRoutesJson, renderRoutesMarkdown } from '../report/answers/routes';

const RENDERERS: { readonly [format: string]: (rows: readonly RouteRow[]) => string } = {
  text: renderRoutes, json: renderRoutesJson, markdown: renderRoutesMarkdown,
};

const FORMATS = Object.keys(RENDERERS);

/**
 * Prints the table of all endpoints.
 *
 * @internal
 */
export const routesCommand: Command = {
  name: 'routes',
  operands: '[paths…]',
  summary: 'Prints a table of all routes, and who answers them.',
  description: 'Prints, for each match of each rule, the host, the path, the headers, who answers with which share, who receives mirrored requests, and\n'
    + 'the time limits and policies. A request is made for each match, and it is answered from the manifests. Without paths, the folder dist is read.',
  options: {
    output: { short: 'o', value: 'FORMAT', values: FORMATS, help: `One of ${FORMATS.join(', ')}. The default is text.` },
    ...MODEL_OPTIONS,
  },
  failure: '',
  run: (args: Arguments, terminal: Terminal) => {
    const { clusters, hasProblems } = readModels(pathsOf(args.positionals, terminal, 'routes dist/'), args, terminal);
    const format = args.value('output') ?? 'text';
    const tables = clusters.map(({ name, model }) => ({ name, rows: routeRows(model) }));
    terminal.write(format === 'json' || tables.length === 1
      ? RENDERERS[format](tables.flatMap(({ rows }) => rows))
      : tables.map(({ name, rows }) => `# ${name}\n\n${RENDERERS[format](rows)}`).join('\n'));
    return hasProblems ? ExitCode.COULD_NOT_RUN : ExitCode.FINE;
  },
};
