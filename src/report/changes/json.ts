import { gainedBackends, lostBackends } from './budget';
import { subjectText, undecidedText } from './text';
import { TrafficChange } from './traffic-change';
import { TrafficReport } from './traffic-report';
import { Change } from '../../proofs/change';
import { caseJson } from '../answers/json';
import { requestJson } from '../answers/request-json';
import { SCHEMA_VERSION } from '../json';

/**
 * What a change of manifests moves, as JSON: an object for one cluster, and a list for several.
 *
 * @internal
 */
export function renderChangesJson(reports: readonly TrafficReport[]): string {
  const all = reports.map(reportJson);
  return `${JSON.stringify(all.length === 1 ? all[0] : all, undefined, 2)}\n`;
}

function reportJson(report: TrafficReport): object {
  const { cluster, changes, repeated, undecided, violations } = report;
  return {
    schemaVersion: SCHEMA_VERSION,
    manifests: cluster,
    changes: changes.map((change) => changeJson(change, report)),
    changesForRepeatedHeaders: repeated.map((change) => changeJson(change, report)),
    undecided: undecided.map((each) => ({ ...each.requests, reason: each.reason, text: undecidedText(each) })),
    violations: violations.map(({ option, text, change }) => ({ option, text, requests: subjectText(change) })),
  };
}

function changeJson({ host, entrances, requests, difference, changes }: TrafficChange, { commandFor }: TrafficReport): object {
  return {
    host,
    entrances,
    requests,
    shift: difference.shift,
    shares: difference.shares.map(({ kind, name, before, after }) => ({ kind, name, before: before.percentage, after: after.percentage })),
    others: difference.others,
    gained: distinct(changes, gainedBackends),
    lost: distinct(changes, lostBackends),
    classes: changes.map((change) => classJson(change, commandFor)),
  };
}

function distinct(changes: readonly Change[], namesOf: (change: Change) => string[]): string[] {
  return [...new Set(changes.flatMap(namesOf))].sort();
}

function classJson(change: Change, commandFor: TrafficReport['commandFor']): object {
  const { requests, witness, before, after } = change;
  const answers = { before: before.cases.map(caseJson), after: after.cases.map(caseJson) };
  return { ...requests, example: requestJson(witness), command: commandFor(change), ...answers };
}
