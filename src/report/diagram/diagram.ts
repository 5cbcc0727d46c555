import { Boxes } from './boxes';
import { rowsForHosts } from './hosts';
import { label, linesLabel } from './label';
import { boxLines, counted, limited } from './limits';
import { DiagramArm, DiagramCase, DiagramRule, DiagramSection, sectionsOf } from './sections';
import { RouteRow } from '../../answers/endpoints/routes-table';

/** Boxes are as wide as their longest line, so that a match stays on one line. */
const SETTINGS = '%%{init: {"flowchart": {"wrappingWidth": 800}}}%%';

const CLASSES = [
  'classDef lock stroke-width:3px',
  'classDef proxy stroke-dasharray:4 4',
];

/**
 * Draws a table of routes as a flowchart of Mermaid: gateways and hosts, rules in the order in which they are tried, and who answers with which
 * share. Mirrored requests are dashed, and policies are locks. What is left out is stated in the diagram.
 *
 * @param hosts Hosts to show, or their patterns. All if there are none.
 * @throws InputError if a host has no routes.
 * @internal
 */
export function renderDiagram(rows: readonly RouteRow[], hosts: readonly string[] = []): string {
  const all = sectionsOf(rowsForHosts(rows, hosts));
  const { sections, omission } = limited(all);
  const boxes = new Boxes();
  const drawn = sections.flatMap((section) => sectionLines(section, boxes));
  const rules = all.reduce((sum, section) => sum + section.rules.length, 0);
  const lines = [
    'accTitle: Routes of requests to models',
    `accDescr: ${counted(rules, 'rule')} of ${counted(new Set(all.map(({ host }) => host)).size, 'host')}`,
    ...drawn,
    ...omission === undefined ? [] : [`omitted[${label(omission)}]`],
    ...rows.length === 0 ? [`none[${label('There are no routes')}]`] : [],
    ...CLASSES.filter((line) => boxes.hasClass(line.split(' ')[1])),
    ...boxes.classes(),
  ];
  return `${[SETTINGS, 'flowchart LR', ...lines.map((line) => `  ${line}`)].join('\n')}\n`;
}

function sectionLines({ host, entrances, rules }: DiagramSection, boxes: Boxes): readonly string[] {
  const section = boxes.next('host');
  const drawn = rules.map((rule) => ruleLines(rule, boxes));
  const gateways = entrances.map((entrance) => boxes.shared('gateway', entrance, (text) => `[/${text}/]`));
  return [
    ...gateways.flatMap(({ lines }) => lines),
    `subgraph ${section}[${label(`Host ${host}`)}]`,
    ...drawn.flatMap(({ inside }) => inside.map((line) => `  ${line}`)),
    'end',
    ...gateways.map(({ id }) => `${id} --> ${section}`),
    ...drawn.flatMap(({ outside }) => outside),
  ];
}

/** The lines in the box of the host, and those that leave it. */
interface RuleLines {
  readonly inside: readonly string[];
  readonly outside: readonly string[];
}

function ruleLines(rule: DiagramRule, boxes: Boxes): RuleLines {
  const id = boxes.next('rule');
  const box = `${id}[${linesLabel(boxLines(rule))}]`;
  const cases = rule.cases.map((each) => caseLines(id, each, boxes));
  return {
    inside: [...rule.policies.length === 0 ? [box] : lockedLines(rule.policies, id, box, boxes), ...cases.flatMap(({ inside }) => inside)],
    outside: cases.flatMap(({ outside }) => outside),
  };
}

function lockedLines(policies: readonly string[], rule: string, box: string, boxes: Boxes): readonly string[] {
  const lock = boxes.next('lock', 'lock');
  return [`${lock}{{${linesLabel(policies.map((policy) => `🔒 ${policy}`))}}}`, box, `${lock} --> ${rule}`];
}

function caseLines(rule: string, { condition, arms, mirrors }: DiagramCase, boxes: Boxes): RuleLines {
  if (condition === undefined) return { inside: [], outside: armsLines(rule, arms, mirrors, boxes) };
  const id = boxes.next('case');
  return { inside: [`${id}(${label(condition)})`, `${rule} --> ${id}`], outside: armsLines(id, arms, mirrors, boxes) };
}

function armsLines(from: string, arms: readonly DiagramArm[], mirrors: readonly DiagramArm[], boxes: Boxes): readonly string[] {
  return [
    ...arms.flatMap((arm) => edgeLines(from, arm, arm.share === undefined ? '-->' : `-->|${label(arm.share)}|`, boxes)),
    ...mirrors.flatMap((arm) => edgeLines(from, arm, `-.->|${label(arm.share === undefined ? 'mirrored' : `${arm.share} mirrored`)}|`, boxes)),
  ];
}

function edgeLines(from: string, { name, byProxy }: DiagramArm, arrow: string, boxes: Boxes): readonly string[] {
  const { id, lines } = byProxy ? boxes.shared('proxy', name, (text) => `>${text}]`, 'proxy') : boxes.shared('backend', name, (text) => `([${text}])`);
  return [...lines, `${from} ${arrow} ${id}`];
}
