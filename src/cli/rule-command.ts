import { Command } from './command';
import { Arguments } from './options';
import { CannotRun, ExitCode, Terminal } from './terminal';
import { ACCEPT_ANNOTATION } from '../plan/annotations';
import { nearest } from '../plan/checks/near-miss';
import { pageOf } from '../report/tool';
import { RULES } from '../rules/all';
import { Rule } from '../rules/rule';

/**
 * Prints the page of a rule, or lists all rules.
 *
 * @internal
 */
export const ruleCommand: Command = {
  name: 'rule',
  operands: '[ID…]',
  summary: 'Prints the page of a rule, or lists all rules.',
  description: 'Prints what a rule finds, with an example that is wrong and one that is right. A code of Istio or Kiali, such as IST0101, selects the rules\n'
    + 'for the same fault. Without ID, all rules are listed.',
  options: {},
  run: ({ positionals }: Arguments, terminal: Terminal) => {
    terminal.write(positionals.length === 0 ? listOfRules() : positionals.flatMap(rulesFor).map(showPage).join('\n'));
    return ExitCode.FINE;
  },
};

function rulesFor(id: string): readonly Rule[] {
  const found = RULES.filter((rule) => rule.id === id || (rule.codes ?? []).includes(id.toUpperCase()));
  if (found.length > 0) return found;
  const near = nearest(id, RULES.map((rule) => rule.id));
  throw new CannotRun([`there is no rule "${id}".${near === undefined ? ' List the rules with `rule`' : ` Did you mean "${near}"?`}`], true);
}

function listOfRules(): string {
  const width = Math.max(...RULES.map(({ id }) => id.length));
  return RULES.map(({ id, level, title }) => `${id.padEnd(width)}  ${level.padEnd(7)}  ${title}\n`).join('');
}

function showPage({ id, level, title, codes = [], page }: Rule): string {
  return [
    `${id} (${level}): ${title}`,
    ...codes.length === 0 ? [] : [`Codes of Istio and Kiali for the same fault: ${codes.join(', ')}`],
    '',
    page.explanation.trim(),
    ...page.needsFacts === undefined ? [] : ['', `Only synthesis knows what this rule needs: ${page.needsFacts}`],
    '',
    ...page.before === undefined ? [] : ['Before:', '', indented(page.before), ''],
    'Wrong:',
    '',
    indented(page.wrong),
    '',
    'Right:',
    '',
    indented(page.right),
    '',
    'To accept a finding, annotate one of its objects:',
    '',
    indented(`metadata:\n  annotations:\n    ${ACCEPT_ANNOTATION}${id}: the reason`),
    '',
    pageOf(id),
    '',
  ].join('\n');
}

function indented(yaml: string): string {
  return yaml.trim().split('\n').map((line) => (line === '' ? '' : `    ${line}`)).join('\n');
}
