import { requestJson } from './answers/request-json';
import { findingKey } from './fingerprint';
import { ordered } from './order';
import { Report } from './report';
import { fixedFindings, State, StatedFinding, statedFindings } from './states';
import { totalsOf } from './totals';
import { md5 } from '../cluster/core1-operator/md5';
import { FieldPath, showPath } from '../cluster/json';
import { byText } from '../plan/text-order';
import { FindingPlace } from '../rules/finding';

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
    /** Number of errors that are not accepted. */
    readonly errors: number;
    /** Number of warnings that are not accepted. */
    readonly warnings: number;
    /** Number of findings of level `info` that are not accepted. */
    readonly infos: number;
    /** Number of accepted findings. */
    readonly accepted: number;
    /** Number of findings that an earlier state does not have. This and the next two are there if there is such a state. */
    readonly introduced?: number;
    /** Number of findings that only the earlier state has. */
    readonly fixed?: number;
    /** Number of findings that both states have. */
    readonly unchanged?: number;
  };
  /** What was read. */
  readonly summary: {
    /** Number of files read. */
    readonly files: number;
    /** Number of objects read. */
    readonly objects: number;
    /** Numbers of objects that no rule reads, by kind. */
    readonly ignored: { readonly [kind: string]: number };
    /** Number of documents that are not manifests. */
    readonly notManifests: number;
  };
  /** What could not be read. */
  readonly problems: readonly {
    /** Name of the file. */
    readonly file: string;
    /** Line in the file, from 1. */
    readonly line?: number;
    /** Column in the file, from 1. */
    readonly column?: number;
    /** What is wrong, and what was expected. */
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
  /** API version of the object. */
  readonly apiVersion: string;
  /** Kind of the object. */
  readonly kind: string;
  /** Namespace of the object. */
  readonly namespace: string;
  /** Name of the object. */
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
  /** Name of the rule. */
  readonly rule: string;
  /** `error`, `warning` or `info`. */
  readonly level: string;
  /** What is wrong, as a sentence without a full stop. */
  readonly problem: string;
  /** What to do about it. */
  readonly remedy: string;
  /** The other places that it is about. */
  readonly related: readonly JsonPlace[];
  /** Identifies the finding when lines move and entries of lists change their positions. Findings can share it. */
  readonly fingerprint: string;
  /** `introduced`, `unchanged` or `fixed`, if it is compared with an earlier state. */
  readonly state?: State;
  /** A request that shows it, if one was found. */
  readonly example?: JsonExample;
  /** The reason why it is accepted, if it is. */
  readonly accepted?: string;
}

/**
 * A request that shows a finding, and who answers it.
 *
 * @internal
 */
export interface JsonExample {
  /** The request. */
  readonly request: object;
  /** The request as a command line of `curl` or `grpcurl`; as text of kind `raw` if neither can send it. */
  readonly command: { readonly kind: string; readonly text: string; readonly notes: readonly string[] };
  /** The share of such requests that another responder gets, in percent. */
  readonly misrouted: number;
  /** Who answers under the rule that gets the request. */
  readonly answeredBy: string;
  /** Who answers under the intended rule. */
  readonly intended: string;
  /** The VirtualService that gets the request only if it comes first, if that is not certain. */
  readonly ifFirst?: string;
}

/**
 * Findings for programs: a {@link JsonReport}.
 *
 * @internal
 */
export function renderJson(report: Report): string {
  const { findings, summary, comparison } = report;
  const json: JsonReport = {
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
    findings: statedFindings(report).map(findingOf),
    accepted: ordered(summary.accepted).map((finding) => findingOf({ finding })),
    ...comparison === undefined ? {} : { fixed: fixedFindings(report).map(findingOf) },
  };
  return `${JSON.stringify(json, undefined, 2)}\n`;
}

function findingOf({ finding, state }: StatedFinding): JsonFinding {
  const { rule, level, problem, remedy, related, example, accepted } = finding;
  return {
    rule,
    level,
    problem,
    remedy,
    ...placeOf(finding),
    related: related.map(placeOf),
    fingerprint: md5(findingKey(finding)),
    ...example === undefined ? {} : { example: { ...example, request: requestJson(example.request) } },
    ...defined({ state, accepted }),
  };
}

function placeOf({ apiVersion, kind, namespace, name, field, construct, file, line, column }: FindingPlace): JsonPlace {
  return { apiVersion, kind, namespace, name, field: showPath(field), path: field, ...defined({ construct, file, line, column }) };
}

function defined<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}
