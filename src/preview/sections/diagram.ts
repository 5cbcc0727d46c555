import { RouteRow } from '../../answers/endpoints/routes-table';
import { boxLines } from '../../report/diagram/limits';
import { DiagramArm, DiagramCase, DiagramRule, DiagramSection, sectionsOf } from '../../report/diagram/sections';
import { conditionLine } from '../markup/condition';
import { element, Markup } from '../markup/markup';

/** Of longer lists, browsers draw only what is visible. */
const LONG = 30;

/**
 * The routes as a picture that is made of lists, so that it can be read without seeing it: gateways and hosts, rules in the order in which they are
 * tried, and who answers with which share.
 *
 * @param rows The table of routes.
 * @param heading The element of the headings.
 * @internal
 */
export function diagramOf(rows: readonly RouteRow[], heading: string): readonly Markup[] {
  const sections = sectionsOf(rows);
  return sections.length === 0 ? [element('p', {}, 'There are no routes.')] : sections.map((section) => hostOf(section, heading));
}

function hostOf({ host, entrances, rules }: DiagramSection, heading: string): Markup {
  return element('article', { class: 'host' },
    element('ul', { 'class': 'entrances', 'aria-label': 'Gateways and ports' }, entrances.map((entrance) => element('li', {}, entrance))),
    element('div', { class: 'box' },
      element(heading, {}, `Host ${host}`),
      element('ol', { class: rules.length > LONG ? 'rules long' : 'rules' }, rules.map(ruleOf)),
    ),
  );
}

function ruleOf(rule: DiagramRule): Markup {
  return element('li', { class: 'rule' },
    element('div', { class: 'match' },
      boxLines(rule).map((line) => element('p', {}, line)),
      rule.policies.map((policy) => element('p', { class: 'policy' }, policy)),
    ),
    element('div', { class: 'cases' }, rule.cases.map(caseOf)),
  );
}

function caseOf({ condition, arms, mirrors }: DiagramCase): Markup {
  return element('div', { class: 'case' },
    conditionLine(condition),
    element('ul', { class: 'arms' }, arms.map((arm) => armOf(arm, arm.share ?? '100 %', '')), mirrors.map((arm) => armOf(arm, `${arm.share ?? '100 %'} mirrored`, ' mirror'))),
  );
}

function armOf({ name, byProxy }: DiagramArm, share: string, style: string): Markup {
  return element('li', { class: `arm${style}${byProxy ? ' proxy' : ''}` },
    element('span', { class: 'share' }, share),
    ' ',
    element('span', { class: 'backend' }, name),
  );
}
