import { Violation } from './budget';
import { shareText } from './difference';
import { subjectText, undecidedText } from './text';
import { TrafficChange } from './traffic-change';
import { TrafficReport } from './traffic-report';
import { md5 } from '../../cluster/core1-operator/md5';
import { JsonObject } from '../../cluster/json';
import { findingPlace } from '../answers/place';
import { SARIF_SCHEMA, sarifLocation, sarifMessage } from '../sarif';
import { HOMEPAGE, TOOL } from '../tool';

const RULES: readonly (readonly [id: string, title: string])[] = [
  ['traffic-change', 'Requests get another answer'],
  ['traffic-budget', 'A change moves more traffic than it may'],
  ['traffic-undecided', 'It is not decided whether requests get another answer'],
];

/**
 * What a change of manifests moves, as SARIF 2.1.0: changes are notes at the rule that answers, what exceeds the budget is an error.
 *
 * @param version Release of this library.
 * @internal
 */
export function renderChangesSarif(reports: readonly TrafficReport[], version: string): string {
  const rules = RULES.map(([id, title]) => ({ id, shortDescription: { text: title } }));
  const log = {
    $schema: SARIF_SCHEMA,
    version: '2.1.0',
    runs: [{
      tool: { driver: { name: TOOL, informationUri: HOMEPAGE, version, rules } },
      columnKind: 'utf16CodeUnits',
      results: reports.flatMap(({ changes, violations, undecided }) => [
        ...violations.map(violationResult),
        ...changes.map((change) => result('traffic-change', 'note', `${subjectText(change)}: ${differenceText(change)}.`, change)),
        ...undecided.map((each) => ({ ruleId: 'traffic-undecided', level: 'warning', message: sarifMessage(`Not decided: ${undecidedText(each)}.`) })),
      ]),
    }],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function violationResult({ option, text, change }: Violation): JsonObject {
  return result('traffic-budget', 'error', `${option}: ${text}. ${subjectText(change)}: ${differenceText(change)}.`, change);
}

function differenceText({ difference: { shares, others } }: TrafficChange): string {
  return [...shares.map(shareText), ...others].join(', ');
}

/** The place is that of the rule that answers afterwards, or of the one that answered before. */
function result(ruleId: string, level: string, text: string, { changes: [{ before, after }] }: TrafficChange): JsonObject {
  const rule = [...after.cases, ...before.cases].find((each) => each.rule !== undefined)?.rule;
  return {
    ruleId,
    level,
    message: sarifMessage(text),
    ...rule === undefined ? {} : { locations: [sarifLocation(findingPlace(rule))] },
    partialFingerprints: { primaryLocationLineHash: `${md5(text)}:1` },
  };
}
