import { Command } from './command';
import { readPaths } from './manifest-files';
import { Arguments, Options } from './options';
import { CannotRun, ExitCode, Terminal } from './terminal';
import { writeYaml } from './write-yaml';
import { Cluster } from '../cluster/cluster';
import { ignoredDifferences } from '../gitops/argo-cd/ignored-differences';
import { argoCdEntries, ARGO_CD_LABELS } from '../gitops/argo-cd/settings';
import { syncWavePatches } from '../gitops/argo-cd/wave-patches';
import { HEALTH_EXPRESSIONS } from '../gitops/flux/health-expressions';
import { nearest } from '../plan/checks/near-miss';
import { printable } from '../report/printable';

const OPTIONS: Options = {
  'part': {
    short: 'p',
    value: 'PART',
    values: ['health', 'values', 'application', 'waves'],
    help: 'For Argo CD: the ConfigMap with health checks (health, the default), the same as values of its chart (values), '
      + 'fields to ignore (application), or patches of kustomize with sync waves (waves).',
  },
  'default-namespace': { short: 'n', value: 'NAMESPACE', help: 'The namespace of objects without one. The default is "default".' },
};

type Part = (cluster: Cluster) => unknown;

const ARGO_CD_PARTS: { readonly [part: string]: Part } = {
  health: () => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'argocd-cm', namespace: 'argocd', labels: ARGO_CD_LABELS }, data: argoCdEntries() }),
  values: () => ({ configs: { cm: argoCdEntries() } }),
  application: (cluster) => ({ spec: { ignoreDifferences: ignoredDifferences(cluster), syncPolicy: { syncOptions: ['RespectIgnoreDifferences=true'] } } }),
  waves: (cluster) => ({ patches: syncWavePatches(cluster) }),
};

/** The parts that depend on manifests. */
const FROM_MANIFESTS: readonly string[] = ['application', 'waves'];

const TOOLS = ['argocd', 'flux'];

/**
 * Prints settings of Argo CD or Flux, by which they wait until models are ready.
 *
 * @internal
 */
export const gitopsCommand: Command = {
  name: 'gitops',
  operands: 'argocd|flux [paths…]',
  summary: 'Prints settings by which Argo CD or Flux waits for models.',
  description: 'Prints health checks of Argo CD or Flux for the kinds of Seldon, and for Argo CD also what depends on manifests: the fields that autoscalers\n'
    + 'change, and the order in which objects are applied. Paths are files and folders, or `-` for standard input; the default is the folder dist.',
  options: OPTIONS,
  run: print,
};

function print(args: Arguments, terminal: Terminal): ExitCode {
  const [tool, ...paths] = args.positionals;
  if (tool === 'flux') return printFlux(args, paths, terminal);
  if (tool !== 'argocd') throw new CannotRun([unknownTool(tool)], true);
  const part = args.value('part') ?? 'health';
  if (!FROM_MANIFESTS.includes(part) && paths.length > 0) {
    throw new CannotRun([`the part "${part}" does not depend on manifests. Leave out ${paths[0]}, or use --part application or --part waves`], true);
  }
  const cluster = FROM_MANIFESTS.includes(part) ? readCluster(paths, args, terminal) : new Cluster([]);
  terminal.write(writeYaml(ARGO_CD_PARTS[part](cluster)));
  return ExitCode.FINE;
}

function printFlux(args: Arguments, paths: readonly string[], terminal: Terminal): ExitCode {
  if (args.has('part')) throw new CannotRun(['--part is for argocd. For flux there are only health checks'], true);
  if (paths.length > 0) throw new CannotRun([`the health checks of Flux do not depend on manifests. Leave out ${paths[0]}`], true);
  terminal.write(writeYaml({ spec: { wait: true, healthCheckExprs: HEALTH_EXPRESSIONS } }));
  return ExitCode.FINE;
}

function unknownTool(tool: string | undefined): string {
  if (tool === undefined) return 'the tool is missing. Use `gitops argocd` or `gitops flux`';
  const near = nearest(tool, TOOLS);
  return `unknown tool "${tool}".${near === undefined ? ' Use `gitops argocd` or `gitops flux`' : ` Did you mean "${near}"?`}`;
}

function readCluster(paths: readonly string[], args: Arguments, terminal: Terminal): Cluster {
  const manifests = readPaths(paths.length === 0 ? ['dist'] : paths, {
    cwd: terminal.cwd, readInput: () => terminal.readInput(), defaultNamespace: args.value('default-namespace'),
  });
  if (manifests.problems.length > 0) {
    throw new CannotRun(manifests.problems.map(({ file, line, message }) => printable(`${file}${line === undefined ? '' : `:${line}`}: ${message}`)));
  }
  if (manifests.objects.length === 0) throw new CannotRun(['there is no object of Istio or Seldon in these manifests'], true);
  return new Cluster(manifests.objects);
}
