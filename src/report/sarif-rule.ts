import { pageOf } from './tool';
import { JsonObject } from '../cluster/json';
import { Level, Rule } from '../rules/rule';

/** Longest description that GitHub reads. */
const DESCRIPTION = 1000;

/**
 * A level as SARIF names it.
 *
 * @internal
 */
export const SARIF_LEVELS: { readonly [level in Level]: string } = { [Level.ERROR]: 'error', [Level.WARNING]: 'warning', [Level.INFO]: 'note' };

const SEVERITIES: { readonly [level in Level]: string } = { [Level.ERROR]: 'error', [Level.WARNING]: 'warning', [Level.INFO]: 'recommendation' };

/**
 * A rule as a SARIF report describes it.
 *
 * @internal
 */
export function ruleDescriptor({ id, level, title, codes = [], page }: Rule): JsonObject {
  const markdown = [page.explanation, 'With the problem:', fenced(page.wrong), 'Corrected:', fenced(page.right)].join('\n\n');
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: shortened(firstParagraph(page.explanation)) },
    help: { text: markdown, markdown },
    helpUri: pageOf(id),
    defaultConfiguration: { level: SARIF_LEVELS[level] },
    properties: { 'tags': ['istio', 'seldon', ...codes], 'problem.severity': SEVERITIES[level] },
  };
}

function fenced(yaml: string): string {
  return `\`\`\`yaml\n${yaml.trim()}\n\`\`\``;
}

function firstParagraph(markdown: string): string {
  return markdown.trim().split(/\n\s*\n/)[0].replace(/\s+/g, ' ');
}

function shortened(text: string): string {
  return text.length <= DESCRIPTION ? text : `${text.slice(0, DESCRIPTION - 1).trimEnd()}…`;
}
