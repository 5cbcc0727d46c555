import { ACCEPT_ANNOTATION } from '../plan/annotations';
import { Rule } from '../rules/rule';
import { UNREPEATED_CODES } from '../rules/unrepeated-codes';

const INTRODUCTION = `# Rules

Rules check the manifests of a cluster, whichever tool writes them. They run at synthesis, over the objects that no construct of this library
writes, and in \`npx cdk8s-seldon-istio check\`, over any manifests.

An **error** means that some requests reach a wrong backend or none, or that the cluster rejects the object. A **warning** is about something
that is valid but probably unintended. **Information** is worth knowing and no reason to change anything. The level below is the highest one
of a rule. A rule reports only what the given manifests prove. Give the manifests of other teams as context, and it can prove more.

To accept a finding, annotate one of the objects that it names with the rule and the reason:

\`\`\`yaml
metadata:
  annotations:
    ${ACCEPT_ANNOTATION}hidden-host: the preview has its own host
\`\`\`

In an app, \`Rules.accept(scope, 'hidden-host', 'the preview has its own host')\` writes the annotation. For findings with a code of Istio,
the annotation \`galley.istio.io/analyze-suppress\` of \`istioctl analyze\` counts as well.
`;

/**
 * The page with the documentation of all rules, in Markdown.
 *
 * @internal
 */
export function rulesPage(rules: readonly Rule[]): string {
  const contents = ['| rule | level | what is wrong |', '|---|---|---|', ...rules.map(({ id, level, title }) => `| [\`${id}\`](#${id}) | ${level} | ${title} |`)];
  return [INTRODUCTION, ...contents, '', ...rules.map(section), unrepeated()].join('\n');
}

function unrepeated(): string {
  return [
    '## Codes of istioctl that no rule repeats',
    '',
    'Each message of `istioctl analyze` has a code. Rules name the codes that they repeat. The others are:',
    '',
    '| codes | about | why no rule repeats them |',
    '|---|---|---|',
    ...UNREPEATED_CODES.map(({ codes, about, reason }) => `| ${codes.join(', ')} | ${about} | ${reason} |`),
    '',
  ].join('\n');
}

function section({ id, level, title, codes = [], page }: Rule): string {
  const facts = [`Level: ${level}.`];
  if (codes.length > 0) facts.push(`Codes of Istio and Kiali for the same fault: ${codes.join(', ')}.`);
  if (page.needsFacts !== undefined) facts.push(`Only at synthesis: ${page.needsFacts}`);
  return [
    `## ${id}`,
    '',
    `**${title}.** ${facts.join(' ')}`,
    '',
    page.explanation.trim(),
    '',
    ...page.before === undefined ? [] : ['Before:', '', yaml(page.before), ''],
    'Wrong:',
    '',
    yaml(page.wrong),
    '',
    'Right:',
    '',
    yaml(page.right),
    '',
  ].join('\n');
}

function yaml(text: string): string {
  return `\`\`\`yaml\n${text.trim()}\n\`\`\``;
}
