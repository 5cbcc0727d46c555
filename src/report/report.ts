import { Comparison } from './compare';
import { Finding } from '../rules/finding';
import { Rule } from '../rules/rule';

/**
 * A document, or a file, that could not be read.
 *
 * @internal
 */
export interface ReadProblem {
  /** Name of the file. */
  readonly file: string;
  /** Line in the file, from 1. */
  readonly line?: number;
  /** Column in the file, from 1. */
  readonly column?: number;
  /** What is wrong, and what was expected. */
  readonly message: string;
}

/**
 * What was read, and how.
 *
 * @internal
 */
export interface Summary {
  /** Number of files read. */
  readonly files: number;
  /** Number of objects read that rules look at. */
  readonly objects: number;
  /** Numbers of objects of other kinds, by kind. */
  readonly ignored: ReadonlyMap<string, number>;
  /** Number of documents that are not manifests. */
  readonly notManifests: number;
  /** What could not be read. */
  readonly problems: readonly ReadProblem[];
  /** Accepted findings. Each has its reason in `accepted`. */
  readonly accepted: readonly Finding[];
}

/**
 * The result of a run of the rules, which all formats show.
 *
 * @internal
 */
export interface Report {
  /** The findings, without those that are accepted. Their order makes no difference. */
  readonly findings: readonly Finding[];
  /** What was read. */
  readonly summary: Summary;
  /** The rules that ran. */
  readonly rules: readonly Rule[];
  /** How the findings differ from those of an earlier state, if there is one. */
  readonly comparison?: Comparison;
}
