import { createHash } from 'crypto';
import { closeSync, openSync, readSync, statSync, writeFileSync } from 'fs';
import { resolve } from 'path';
import { Command } from './command';
import { Configuration, readConfiguration } from './configuration';
import { trafficReport } from './diff';
import { pairedClusters } from './diff-clusters';
import { readEarlier } from './earlier-state';
import { findAll } from './find-all';
import { readPaths } from './manifest-files';
import { Manifests, withoutFilesOf } from './manifests';
import { Arguments } from './options';
import { previewScript } from './preview-script';
import { ruleNames } from './rule-names';
import { CannotRun, ExitCode, Terminal } from './terminal';
import { MODEL_OPTIONS, nameOfCluster, noteSteps, pathsOf } from './traffic-models';
import { Cluster } from '../cluster/cluster';
import { clustersIn, partition } from '../cluster/partition';
import { PAGE_START, Preview, PreviewCluster, renderPreview } from '../preview/page';
import { PreviewFindings } from '../preview/sections/findings';
import { compare } from '../report/compare';
import { showPosition, withFullStop } from '../report/place';
import { printable } from '../report/printable';
import { TOOL } from '../report/tool';

const DEFAULT_FILE = 'preview.html';

/** Standard output. */
const OUTPUT = '-';

/**
 * Writes a page that shows the routes and answers requests.
 *
 * @internal
 */
export const previewCommand: Command = {
  name: 'preview',
  operands: '[paths…]',
  summary: 'Writes an HTML page that shows all routes and answers requests.',
  description: 'Writes one HTML file with a diagram, the table of routes, the findings, and a form for a request, which the page answers by itself, with a\n'
    + 'trace. With --before, it also shows what a change moves. The file needs no server and no network. Of the manifests, it has only what decides where\n'
    + 'requests go. Without paths, the folder dist is read.',
  options: {
    before: { value: 'DIR|REV', help: 'The earlier state, as a folder or a revision of Git.' },
    output: { short: 'o', value: 'FILE', help: `The file to write, or - for standard output. The default is ${DEFAULT_FILE}.` },
    force: { help: 'Overwrites a file that is not a preview.' },
    ...MODEL_OPTIONS,
  },
  failure: '',
  run: preview,
};

function preview(args: Arguments, terminal: Terminal): ExitCode {
  const file = args.value('output') ?? DEFAULT_FILE;
  checkFile(file, args.has('force'), terminal);
  const script = previewScript();
  const configuration = readConfiguration(terminal.cwd, args.value('config'), ruleNames);
  const paths = pathsOf(args.positionals, terminal, 'preview dist/');
  const states = readStates(paths, args, configuration, terminal);
  const page = renderPreview(previewOf(paths, states, configuration, terminal), {
    script, hash: (text) => createHash('sha256').update(text).digest('base64'),
  });
  write(file, page, terminal);
  const read = [states.later, states.context, ...states.earlier === undefined ? [] : [states.earlier.manifests]];
  return read.some(({ problems }) => problems.length > 0) ? ExitCode.COULD_NOT_RUN : ExitCode.FINE;
}

/** What was read. */
interface States {
  readonly later: Manifests;
  readonly context: Manifests;
  readonly earlier?: { readonly name: string; readonly manifests: Manifests };
}

function readStates(paths: readonly string[], args: Arguments, configuration: Configuration, terminal: Terminal): States {
  const options = { cwd: terminal.cwd, readInput: () => terminal.readInput(), defaultNamespace: args.value('default-namespace') };
  const later = readPaths(paths, options);
  const context = withoutFilesOf(readPaths([...configuration.context, ...args.values('context')], { ...options, context: true }), terminal.cwd, later);
  for (const { message, ...place } of [...later.problems, ...context.problems]) {
    terminal.writeError(`${printable(`${TOOL}: ${showPosition(place)} is left out, since it could not be read: ${withFullStop(message)}`)}\n`);
  }
  if (later.objects.length === 0) {
    throw new CannotRun([`there are no manifests in ${paths.join(', ')}. Synthesize first, or give another folder`], true);
  }
  noteSteps(partition(later.objects).steps, terminal);
  const name = args.value('before');
  return { later, context, ...name === undefined ? {} : { earlier: { name, manifests: readEarlier(name, paths, options, terminal) } } };
}

function previewOf(paths: readonly string[], states: States, configuration: Configuration, { cwd }: Terminal): Preview {
  return {
    name: paths.join(', '),
    ...states.earlier === undefined ? {} : { before: states.earlier.name },
    clusters: clustersOf(paths, states, configuration, cwd),
    findings: findingsOf(states, configuration),
  };
}

function clustersOf(paths: readonly string[], states: States, { settings }: Configuration, cwd: string): readonly PreviewCluster[] {
  const { later, context, earlier } = states;
  if (earlier === undefined) {
    return clustersIn([...later.objects, ...context.objects])
      .map((objects) => ({ name: nameOfCluster(objects), cluster: new Cluster(objects, settings) }));
  }
  const pairs = pairedClusters({ cwd, before: earlier.name, earlier: earlier.manifests, paths, later, context: context.objects, settings });
  return pairs.map((pair) => ({
    name: pair.name, cluster: pair.after, change: { before: pair.before, report: trafficReport(pair, pairs.length > 1, {}) },
  }));
}

function findingsOf({ later, context, earlier }: States, { settings, object }: Configuration): PreviewFindings {
  const withContext = ({ objects }: Manifests) => [...objects, ...context.objects];
  const problems = [...later.problems, ...context.problems];
  if (earlier === undefined) return { findings: findAll(withContext(later), settings, object), problems };
  const findings = findAll(withContext(later), settings, object, withContext(earlier.manifests));
  const { introduced } = compare(findAll(withContext(earlier.manifests), settings, object), findings);
  return { findings, introduced, problems };
}

function checkFile(file: string, isForced: boolean, { cwd }: Terminal): void {
  if (file === OUTPUT || isForced) return;
  const start = startOf(resolve(cwd, file));
  if (start !== undefined && start !== PAGE_START) throw new CannotRun([`${file} exists and is not a preview. Give another file with --output, or overwrite it with --force`]);
}

/** Undefined if there is no such file, or none that can be read: why is noticed when it is written. */
function startOf(path: string): string | undefined {
  try {
    return statSync(path).isFile() ? firstBytes(path) : undefined;
  } catch {
    return undefined;
  }
}

/** The file may be large. */
function firstBytes(path: string): string {
  const descriptor = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(Buffer.byteLength(PAGE_START));
    return buffer.toString('utf8', 0, readSync(descriptor, buffer));
  } finally {
    closeSync(descriptor);
  }
}

function write(file: string, page: string, terminal: Terminal): void {
  if (file === OUTPUT) return terminal.write(page);
  try {
    writeFileSync(resolve(terminal.cwd, file), page);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new CannotRun([`${file} could not be written: ${REASONS.get(code) ?? message}. Give another file with --output`]);
  }
  terminal.write(`${file}: ${Math.ceil(page.length / 1024)} KiB\n`);
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'its folder does not exist'],
  ['ENOTDIR', 'a part of the path is a file, not a folder'],
  ['EISDIR', 'it is a folder'],
  ['EACCES', 'this user must not write it'],
  ['EROFS', 'the file system is read-only'],
]);
