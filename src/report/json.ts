import { Comparison } from './compare';
import { findingKey } from './fingerprint';
import { byText, ordered } from './order';
import { Report } from './report';
import { totalsOf } from './totals';
import { md5 } from '../cluster/core1-operator/md5';
import { FieldPath, showPath } from '../cluster/json';
import { Finding, FindingPlace } from '../rules/finding';

/**
 * Version of the form of a JSON report. Fields are added without a new version; those that exist keep their name and meaning.
 *
 * @internal
 */
export const SCHEMA_VERSION = 1;

/**
 * A JSON report.
 *
 * @internal
 */
export interface JsonReport {
  /** Version of the form. */
  readonly schemaVersion: number;
  /** Numbers of findings. */
  readonly totals: {
    readonly errors: number;
    readonly warnings: number;
    readonly infos: number;
    readonly accepted: number;
    /** Findings that the earlier state did not have. Only if there is one, as are the next two. */
    readonly introduced?: number;
    readonly fixed?: number;
    readonly unchanged?: number;
  };
  /** What was read. */
  readonly summary: {
    readonly files: number;
    readonly objects: number;
    /** Numbers of objects that no rule reads, by kind. */
    readonly ignored: { readonly [kind: string]: number };
    /** Documents that are not manifests. */
    readonly notManifests: number;
  };
  /** What could not be read. */
  readonly problems: readonly {
    readonly file: string;
    readonly line?: number;
    readonly column?: number;
    readonly message: string;
  }[];
  /** The findings that are not accepted, the most serious first. */
  readonly findings: readonly JsonFinding[];
  /** The accepted findings. */
  readonly accepted: readonly JsonFinding[];
  /** The findings that only the earlier state has, if there is one. */
  readonly fixed?: readonly JsonFinding[];
}

/**
 * A field of an object in a JSON report.
 *
 * @internal
 */
export interface JsonPlace {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** The field as text, such as `spec.http[0].match`; an empty string for the whole object. */
  readonly field: string;
  /** The field as a list of names and positions. */
  readonly path: FieldPath;
  /** Path of the construct, if the object is that of an app. */
  readonly construct?: string;
  /** Name of the file, if it was read from one. */
  readonly file?: string;
  /** Line in the file, from 1. */
  readonly line?: number;
  /** Column in the file, from 1. */
  readonly column?: number;
}

/**
 * A finding in a JSON report.
 *
 * @internal
 */
export interface JsonFinding extends JsonPlace {
  readonly rule: string;
  /** `error`, `warning` or `info`. */
  readonly level: string;
  readonly problem: string;
  readonly remedy: string;
  /** The other places that it is about. */
  readonly related: readonly JsonPlace[];
  /** Identifies the finding when lines move and entries of lists change their positions. Findings can share it. */
  readonly fingerprint: string;
  /** Whether the earlier state has the finding, too, if there is one. */
  readonly state?: 'introduced' | 'unchanged';
  /** The reason why it is accepted, if it is. */
  readonly accepted?: string;
}

/**
 * Findings for programs: a {@link JsonReport}.
 *
 * @internal
 */
export function renderJson({ findings, summary, comparison }: Report): string {
  const report: JsonReport = {
    schemaVersion: SCHEMA_VERSION,
    totals: {
      ...totalsOf(findings),
      accepted: summary.accepted.length,
      ...comparison === undefined ? {} : {
        introduced: comparison.introduced.length, fixed: comparison.fixed.length, unchanged: comparison.unchanged.length,
      },
    },
    summary: {
      files: summary.files,
      objects: summary.objects,
      ignored: Object.fromEntries([...summary.ignored].sort(([a], [b]) => byText(a, b))),
      notManifests: summary.notManifests,
    },
    problems: summary.problems.map(({ file, line, column, message }) => ({ file, ...defined({ line, column }), message })),
    findings: ordered(findings).map(findingWith(comparison)),
    accepted: ordered(summary.accepted).map((finding) => findingOf(finding)),
    ...comparison === undefined ? {} : { fixed: ordered(comparison.fixed).map((finding) => findingOf(finding)) },
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

function findingWith(comparison: Comparison | undefined): (finding: Finding) => JsonFinding {
  if (comparison === undefined) return (finding) => findingOf(finding);
  const introduced = new Set(comparison.introduced);
  return (finding) => findingOf(finding, introduced.has(finding) ? 'introduced' : 'unchanged');
}

function findingOf(finding: Finding, state?: JsonFinding['state']): JsonFinding {
  const { rule, level, problem, remedy, related, accepted } = finding;
  return {
    rule,
    level,
    problem,
    remedy,
    ...placeOf(finding),
    related: related.map(placeOf),
    fingerprint: md5(findingKey(finding)),
    ...defined({ state, accepted }),
  };
}

function placeOf({ apiVersion, kind, namespace, name, field, construct, file, line, column }: FindingPlace): JsonPlace {
  return { apiVersion, kind, namespace, name, field: showPath(field), path: field, ...defined({ construct, file, line, column }) };
}

function defined<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}
