import { existsSync } from 'fs';
import { join } from 'path';
import { readRevision } from './git-files';
import { INPUT, isFolder, readPaths, ReadOptions } from './manifest-files';
import { Manifests } from './manifests';
import { CannotRun, Terminal } from './terminal';
import { withFullStop } from '../report/place';
import { printable } from '../report/printable';

/**
 * Reads the earlier state of manifests, and writes what could not be read to standard error.
 *
 * @param before A folder, or a revision of Git.
 * @param paths The files and folders of the later state.
 * @throws CannotRun if it is neither.
 * @internal
 */
export function readEarlier(before: string, paths: readonly string[], options: ReadOptions, terminal: Terminal): Manifests {
  const earlier = isFolder(terminal.cwd, before) ? readPaths([before], options) : readRevisionOf(before, paths, options, terminal);
  for (const { file, line, message } of earlier.problems) {
    const place = line === undefined ? file : `${file}:${line}`;
    terminal.writeError(`${printable(`The earlier state of ${place} is left out, since it could not be read: ${withFullStop(message)}`)}\n`);
  }
  return earlier;
}

function readRevisionOf(revision: string, paths: readonly string[], options: ReadOptions, terminal: Terminal): Manifests {
  if (existsSync(join(options.cwd, revision))) throw new CannotRun([`${revision} is a file. Give a folder or a revision of Git with --before`], true);
  if (paths.includes(INPUT)) throw new CannotRun(['Git has no earlier state of standard input. Give a folder with --before'], true);
  const earlier = readRevision(revision, paths, options);
  if (earlier.objects.length === 0 && earlier.problems.length === 0) {
    terminal.writeError(`${printable(`Revision "${revision}" has no manifests in ${paths.join(', ')}, so everything is new.`)}\n`);
  }
  return earlier;
}
