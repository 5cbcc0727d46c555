import { exampleLines, misroutedText } from './example';
import { placeKey } from './fingerprint';
import { ordered } from './order';
import { showObject, withFullStop } from './place';
import { printable } from './printable';
import { ReadProblem, Report, Summary } from './report';
import { ruleDescriptor, SARIF_LEVELS } from './sarif-rule';
import { fixedFindings, State, StatedFinding, statedFindings } from './states';
import { HOMEPAGE, TOOL } from './tool';
import { uriOf } from './uri';
import { md5 } from '../cluster/core1-operator/md5';
import { JsonObject } from '../cluster/json';
import { inSentences } from '../plan/checks/errors';
import { Finding, FindingPlace } from '../rules/finding';
import { Rule } from '../rules/rule';

/**
 * Options of the SARIF report.
 *
 * @internal
 */
export interface SarifOptions {
  /** Release of this library. @default - left out */
  readonly version?: string;
  /**
   * Whether accepted findings are in the report, as suppressed results. GitHub shows these as open alerts unless a step of the workflow dismisses them.
   *
   * @default true
   */
  readonly accepted?: boolean;
}

/** The schema of SARIF. @internal */
export const SARIF_SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** Number of related locations of a result that GitHub reads. */
const LOCATIONS = 100;

const BASELINE_STATES: { readonly [state in State]: string } = { introduced: 'new', unchanged: 'unchanged', fixed: 'absent' };

/**
 * Findings as SARIF 2.1.0, for GitHub's code scanning and other readers. GitHub rejects a report in which a result has no file.
 *
 * Results that are compared with an earlier state have a `baselineState`. GitHub does not read it, because it compares by itself.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html
 * @internal
 */
export function renderSarif(report: Report, { version, accepted = true }: SarifOptions = {}): string {
  const { summary, rules } = report;
  const suppressed = accepted ? summary.accepted : [];
  const results = [
    ...statedFindings(report),
    ...ordered(suppressed).map((finding): StatedFinding => (report.comparison === undefined ? { finding } : { finding, state: 'unchanged' })),
    ...fixedFindings(report),
  ];
  const result = resultWith(rules, suppressed.length > 0);
  const log = {
    $schema: SARIF_SCHEMA,
    version: '2.1.0',
    runs: [{
      tool: { driver: { name: TOOL, informationUri: HOMEPAGE, ...version === undefined ? {} : { version }, rules: rules.map(ruleDescriptor) } },
      invocations: [invocation(summary)],
      columnKind: 'utf16CodeUnits',
      results: results.map(result),
    }],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function invocation({ problems }: Summary): JsonObject {
  if (problems.length === 0) return { executionSuccessful: true };
  return { executionSuccessful: false, toolExecutionNotifications: problems.map(notification) };
}

function notification({ message, ...position }: ReadProblem): JsonObject {
  return { level: 'error', message: sarifMessage(withFullStop(message)), locations: [{ physicalLocation: physicalLocation(position) }] };
}

/** Results all state whether they are suppressed, or none does. */
function resultWith(rules: readonly Rule[], suppressions: boolean): (stated: StatedFinding) => JsonObject {
  const indexes = new Map(rules.map(({ id }, i) => [id, i]));
  const seen = new Map<string, number>();
  return ({ finding, state }) => {
    const { rule, level, related } = finding;
    const key = placeKey(finding);
    // GitHub compares fingerprints within a file.
    const keyInFile = JSON.stringify([finding.file, key]);
    const occurrence = (seen.get(keyInFile) ?? 0) + 1;
    seen.set(keyInFile, occurrence);
    const ruleIndex = indexes.get(rule);
    return {
      ruleId: rule,
      ...ruleIndex === undefined ? {} : { ruleIndex },
      level: SARIF_LEVELS[level],
      message: sarifMessage(messageOf(finding)),
      locations: [sarifLocation(finding)],
      ...related.length === 0 ? {} : { relatedLocations: related.slice(0, LOCATIONS).map(relatedLocation) },
      ...propertiesOf(finding),
      // The name is that of the only fingerprint which GitHub reads.
      partialFingerprints: { primaryLocationLineHash: `${md5(key)}:${occurrence}` },
      ...state === undefined ? {} : { baselineState: BASELINE_STATES[state] },
      ...suppressions ? { suppressions: suppressionsOf(finding) } : {},
    };
  };
}

function messageOf({ problem, remedy, example }: Finding): string {
  const text = withFullStop(inSentences(problem, remedy));
  if (example === undefined) return text;
  return [text, misroutedText(example), exampleLines(example).join('\n')].join(' ');
}

/** For programs: who answers what. */
function propertiesOf({ example }: Finding): JsonObject {
  if (example === undefined) return {};
  const { command, misrouted, answeredBy, intended } = example;
  return { properties: { command: command.text, misrouted, answeredBy, intended } };
}

function suppressionsOf({ accepted }: Finding): readonly JsonObject[] {
  return accepted === undefined ? [] : [{ kind: 'external', status: 'accepted', justification: printable(accepted) }];
}

function relatedLocation(place: FindingPlace, index: number): JsonObject {
  return { id: index + 1, message: sarifMessage(showObject(place)), ...sarifLocation(place) };
}

/**
 * A place as SARIF has it.
 *
 * @internal
 */
export function sarifLocation(place: FindingPlace): JsonObject {
  const { file, line, column, name, construct } = place;
  return {
    ...file === undefined ? {} : { physicalLocation: physicalLocation({ file, line, column }) },
    logicalLocations: [
      { name, fullyQualifiedName: showObject(place), kind: 'resource' },
      ...construct === undefined ? [] : [{ fullyQualifiedName: construct, kind: 'declaration' }],
    ],
  };
}

/** GitHub needs a line. */
function physicalLocation({ file, line = 1, column }: { readonly file: string; readonly line?: number; readonly column?: number }): JsonObject {
  return { artifactLocation: { uri: uriOf(file) }, region: { startLine: line, ...column === undefined ? {} : { startColumn: column } } };
}

/**
 * A message. In those of SARIF, `[text](target)` is a link, and values of manifests must not be one.
 *
 * @internal
 */
export function sarifMessage(text: string): JsonObject {
  return { text: printable(text).replace(/\]\(/g, '\\](') };
}
