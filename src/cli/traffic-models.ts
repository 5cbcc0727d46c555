import { Configuration, CONFIGURATION_FILE, readConfiguration } from './configuration';
import { findRejections } from './load-rejections';
import { isFolder, readPaths } from './manifest-files';
import { Manifests, withoutFilesOf } from './manifests';
import { Arguments, Options } from './options';
import { ruleNames } from './rule-names';
import { CannotRun, Terminal } from './terminal';
import { TrafficModel } from '../answers/traffic-model';
import { Cluster } from '../cluster/cluster';
import { ClusterObject } from '../cluster/cluster-object';
import { partition } from '../cluster/partition';
import { StepFolder } from '../cluster/step-folders';
import { showPosition, withFullStop } from '../report/place';
import { printable } from '../report/printable';
import { TOOL } from '../report/tool';

/**
 * Options of commands that answer requests.
 *
 * @internal
 */
export const MODEL_OPTIONS: Options = {
  'config': { value: 'FILE', help: `The configuration. The default is ${CONFIGURATION_FILE} in the working folder, if it exists.` },
  'context': { value: 'PATH', help: 'A file or folder of other teams, such as their Services. Can be repeated.' },
  'default-namespace': { short: 'n', value: 'NAMESPACE', help: 'The namespace of objects without one. The default is "default".' },
  'no-color': { help: 'Writes no colors. So does the environment variable NO_COLOR.' },
};

/**
 * The manifests of one cluster, ready to answer requests.
 *
 * @internal
 */
export interface ClusterModel {
  /** The files, as a name for the cluster. */
  readonly name: string;
  /** What answers. */
  readonly model: TrafficModel;
}

/**
 * What was read.
 *
 * @internal
 */
export interface Models {
  /** One for each cluster. */
  readonly clusters: readonly ClusterModel[];
  /** Whether something could not be read. */
  readonly hasProblems: boolean;
}

const DEFAULT_FOLDER = 'dist';

/**
 * The paths that a command was called with, or the folder dist.
 *
 * @throws CannotRun if there are none.
 * @internal
 */
export function pathsOf(given: readonly string[], { cwd }: Terminal, example: string): readonly string[] {
  if (given.length > 0) return given;
  if (isFolder(cwd, DEFAULT_FOLDER)) return [DEFAULT_FOLDER];
  throw new CannotRun([`there are no manifests. Give files or folders, as in \`${TOOL} ${example}\`, or \`-\` for standard input`], true);
}

/**
 * Refuses folders without manifests, which must not look like manifests without routes.
 *
 * @throws CannotRun if all paths are folders without manifests.
 * @internal
 */
export function requireManifests(paths: readonly string[], { objects, ignored, problems }: Manifests, { cwd }: Terminal): void {
  if (objects.length + ignored.size + problems.length > 0 || !paths.every((path) => isFolder(cwd, path))) return;
  throw new CannotRun([`there are no manifests in ${paths.join(', ')}. Synthesize first, or give another folder`], true);
}

/**
 * Reads manifests, and writes what could not be read to standard error.
 *
 * @param paths Files and folders.
 * @param more Files and folders of other teams, in addition to those of the configuration and the option.
 * @throws CannotRun if all paths are folders without manifests.
 * @internal
 */
export function readModels(paths: readonly string[], args: Arguments, terminal: Terminal, more: readonly string[] = []): Models {
  const configuration = readConfiguration(terminal.cwd, args.value('config'), ruleNames);
  const options = { cwd: terminal.cwd, readInput: () => terminal.readInput(), defaultNamespace: args.value('default-namespace') };
  const manifests = readPaths(paths, options);
  const others = readPaths([...configuration.context, ...args.values('context'), ...more], { ...options, context: true });
  const context = withoutFilesOf(others, terminal.cwd, manifests);
  requireManifests(paths, manifests, terminal);
  const problems = [...manifests.problems, ...context.problems];
  for (const { message, ...place } of problems) {
    terminal.writeError(`${printable(`${TOOL}: ${showPosition(place)} is left out, since it could not be read: ${withFullStop(message)}`)}\n`);
  }
  const routes = GATEWAY_API_ROUTES.filter((kind) => manifests.ignored.has(kind));
  if (routes.length > 0) {
    terminal.writeError(`${TOOL}: ${routes.join(' and ')} of the Kubernetes Gateway API ${routes.length === 1 ? 'is' : 'are'} not read, so answers leave out their routes.\n`);
  }
  const { clusters, steps } = partition([...manifests.objects, ...context.objects]);
  noteSteps(steps, terminal);
  return { clusters: modelsOf(clusters, configuration), hasProblems: problems.length > 0 };
}

/**
 * Writes to standard error which folders are left out, since they are steps.
 *
 * @internal
 */
export function noteSteps(steps: readonly StepFolder[], terminal: Terminal): void {
  if (steps.length === 0) return;
  const [verb, they] = steps.length === 1 ? ['is', 'it replaces'] : ['are', 'they replace'];
  terminal.writeError(`${printable(`${TOOL}: ${steps.map(({ folder }) => folder).join(', ')} ${verb} left out, since ${they} routes of a folder above, as `
    + 'steps of a rollout do. To read a step, give its folder, and the other manifests as --context.')}\n`);
}

const GATEWAY_API_ROUTES: readonly string[] = ['HTTPRoute', 'GRPCRoute'];

function modelsOf(clusters: readonly ClusterObject[][], { settings }: Configuration): ClusterModel[] {
  return clusters.map((cluster) => {
    const built = new Cluster(cluster, settings);
    return { name: nameOfCluster(cluster), model: new TrafficModel(built, findRejections) };
  });
}

/**
 * The folder of all files of a cluster, or its only file.
 *
 * @param fileOf The name of the file of an object that has one.
 * @internal
 */
export function nameOfCluster(cluster: readonly ClusterObject[], fileOf: (object: ClusterObject) => string = ({ origin }) => origin.file!): string {
  const own = cluster.filter(({ origin }) => origin.context !== true && origin.file !== undefined);
  const files = [...new Set(own.map(fileOf))];
  if (files.length < 2) return files[0] ?? 'no file';
  const parts = files.map((file) => file.split(/[\\/]/).slice(0, -1));
  const common = parts.reduce((a, b) => a.slice(0, a.findIndex((part, i) => part !== b[i]) < 0 ? a.length : a.findIndex((part, i) => part !== b[i])));
  return common.join('/') || '.';
}
