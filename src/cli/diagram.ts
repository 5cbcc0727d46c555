import { Command } from './command';
import { Arguments } from './options';
import { CannotRun, ExitCode, Terminal } from './terminal';
import { ClusterModel, MODEL_OPTIONS, pathsOf, readModels } from './traffic-models';
import { InputError } from '../answers/input/input-error';
import { routeRows } from '../proofs/queries/route-examples';
import { renderDiagram } from '../report/diagram/diagram';

const FORMATS = ['mermaid', 'markdown'];

/**
 * Draws the routes.
 *
 * @internal
 */
export const diagramCommand: Command = {
  name: 'diagram',
  operands: '[paths…]',
  summary: 'Draws all routes as a Mermaid flowchart.',
  description: 'Writes a flowchart of Mermaid, which code hosts show as a picture: gateways and hosts, rules in the order in which they are tried, and who\n'
    + 'answers with which share. Mirrored requests are dashed, and policies are locks. A picture has at most 100 rules, and counts those that it does\n'
    + 'not show. Without paths, the folder dist is read.',
  options: {
    host: { value: 'HOST', help: 'A host to draw, or its pattern. Can be repeated. The default is all hosts.' },
    output: { short: 'o', value: 'FORMAT', values: FORMATS, help: `One of ${FORMATS.join(', ')}. The default is mermaid.` },
    ...MODEL_OPTIONS,
  },
  failure: '',
  run: (args: Arguments, terminal: Terminal) => {
    const { clusters, hasProblems } = readModels(pathsOf(args.positionals, terminal, 'diagram dist/'), args, terminal);
    const inMarkdown = args.value('output') === 'markdown';
    if (clusters.length > 1 && !inMarkdown) {
      throw new CannotRun([`the manifests are those of ${clusters.length} clusters, and a Mermaid file has one diagram. Give the folder of one of them, or use -o markdown`]);
    }
    const diagrams = clusters.map((cluster) => ({ name: cluster.name, diagram: diagramOf(cluster, args.values('host')) }));
    terminal.write(inMarkdown ? markdown(diagrams) : diagrams.map(({ diagram }) => diagram).join(''));
    return hasProblems ? ExitCode.COULD_NOT_RUN : ExitCode.FINE;
  },
};

function diagramOf({ model }: ClusterModel, hosts: readonly string[]): string {
  try {
    return renderDiagram(routeRows(model), hosts);
  } catch (error) {
    if (error instanceof InputError) throw new CannotRun([error.message]);
    throw error;
  }
}

function markdown(diagrams: readonly { readonly name: string; readonly diagram: string }[]): string {
  const block = (diagram: string) => `\`\`\`mermaid\n${diagram}\`\`\`\n`;
  if (diagrams.length === 1) return block(diagrams[0].diagram);
  return diagrams.map(({ name, diagram }) => `# ${name}\n\n${block(diagram)}`).join('\n');
}
