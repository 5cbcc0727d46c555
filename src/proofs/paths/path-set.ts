import { Work } from '../../plan/expressions/work';
import { Found } from '../words/find-word';
import { Test } from '../words/string-test';

/**
 * The paths of a class.
 *
 * @internal
 */
export interface PathSet {
  /** One of them. */
  readonly path: string;
  /** What all of them begin with. */
  readonly beginning: string;
  /** Whether it is certain that there is only one. */
  readonly isOne: boolean;
  /** One of them that satisfies a test, or one that does not. */
  find(test: Test, isSatisfied: boolean, work: Work): Found;
}

/**
 * A set of one path.
 *
 * @internal
 */
export function onlyPath(path: string): PathSet {
  return { path, beginning: path, isOne: true, find: () => 'none' };
}

/**
 * The paths of requests.
 *
 * @internal
 */
export interface NamingPaths extends PathSet {
  /** Whether they have a path among them. */
  includes(path: string): boolean;
}
