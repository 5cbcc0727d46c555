import { Configuration, FailOn, readConfiguration } from './configuration';
import { loadProofs } from './load-proofs';
import { readPaths } from './manifest-files';
import { Manifests, withoutFilesOf } from './manifests';
import { ConstructPaths, constructPaths } from './plugin-constructs';
import { CheckProperties, PluginContext, Violation } from './plugin-context';
import { ruleNames } from './rule-names';
import { CannotRun } from './terminal';
import { Cluster } from '../cluster/cluster';
import { showPath } from '../cluster/json';
import { groupBy } from '../plan/groups';
import { ordered, splitAccepted } from '../report/order';
import { showPlace, withFullStop } from '../report/place';
import { printable } from '../report/printable';
import { pageOf } from '../report/tool';
import { totalsOf } from '../report/totals';
import { RULES } from '../rules/all';
import { Finding, FindingPlace } from '../rules/finding';
import { isAtLeast, Level } from '../rules/level';
import { findingsOf } from '../rules/run';

/**
 * Checks the manifests of an app and submits the report.
 *
 * @param context What cdk8s-cli gives.
 * @param properties The properties of the validation.
 * @param cwd The working folder.
 * @internal
 */
export function checkManifests(context: PluginContext, properties: CheckProperties, cwd: string): void {
  try {
    check(context, properties, cwd);
  } catch (error) {
    if (!(error instanceof CannotRun)) throw error;
    const problems = error.problems.map((problem) => printable(withFullStop(problem)));
    for (const problem of problems) context.logger.log(problem);
    context.report.submit('failure', { Error: problems.join('\n') });
  }
}

function check(context: PluginContext, properties: CheckProperties, cwd: string): void {
  const configuration = readConfiguration(cwd, properties.config, ruleNames);
  const options = { cwd, readInput: () => '', defaultNamespace: properties.defaultNamespace };
  const manifests = readPaths(context.manifests, options);
  const others = withoutFilesOf(readPaths(configuration.context, { ...options, context: true }), cwd, manifests);
  const problems = [...manifests.problems, ...others.problems];
  const { open, accepted } = splitAccepted(findingsIn(manifests, others, configuration));
  const failOn = (properties.failOn as FailOn | undefined) ?? configuration.failOn ?? Level.ERROR;
  const fails = ({ level }: Finding) => failOn !== 'never' && isAtLeast(level, failOn as Level);
  const shown = open.filter((finding) => isAtLeast(finding.level, Level.WARNING) || fails(finding));
  const paths = constructPaths(context, shown.flatMap((finding) => [finding, ...finding.related]), properties.defaultNamespace);
  for (const { file, line, message } of problems) context.report.addViolation(unreadable(file, line, message));
  for (const violation of violationsOf(shown, paths)) context.report.addViolation(violation);
  const { errors, warnings, infos } = totalsOf(open);
  context.report.submit(problems.length > 0 || open.some(fails) ? 'failure' : 'success', {
    Errors: `${errors}`, Warnings: `${warnings}`, Infos: `${infos}`, Accepted: `${accepted.length}`,
  });
}

function findingsIn(manifests: Manifests, others: Manifests, { settings, object }: Configuration): Finding[] {
  return findingsOf(new Cluster([...manifests.objects, ...others.objects, ...object === undefined ? [] : [object]], settings), RULES, loadProofs);
}

function unreadable(file: string, line: number | undefined, message: string): Violation {
  return {
    ruleName: 'unreadable',
    recommendation: 'Manifests must be YAML.',
    fix: printable(withFullStop(message)),
    violatingResources: [{ resourceName: file, manifestPath: file, locations: line === undefined ? [] : [`line ${line}`] }],
  };
}

/** One violation for all findings of a rule that have the same level and remedy. */
function violationsOf(findings: readonly Finding[], paths: ConstructPaths): Violation[] {
  const titles = new Map(RULES.map(({ id, title }) => [id, title]));
  const groups = groupBy(ordered(findings), ({ level, rule, remedy }) => JSON.stringify([level, rule, remedy]));
  return [...groups.values()].map((group) => {
    const [{ rule, level, remedy }] = group;
    return {
      ruleName: `${level} ${rule}`,
      recommendation: `${titles.get(rule) ?? rule} (${pageOf(rule)})`,
      fix: printable(withFullStop(remedy)),
      violatingResources: group.map((finding) => ({
        resourceName: paths.nameOf(finding), manifestPath: finding.file ?? '', locations: [locationOf(finding), ...finding.related.map((place) => alsoAt(place, paths))],
      })),
    };
  });
}

function locationOf({ line, field, problem }: Finding): string {
  const place = [...line === undefined ? [] : [`line ${line}`], ...field.length === 0 ? [] : [showPath(field)]].join(' ');
  return printable(`${place === '' ? '' : `${place}: `}${withFullStop(problem)}`);
}

function alsoAt(place: FindingPlace, paths: ConstructPaths): string {
  const construct = paths.pathOf(place);
  return printable(`also ${showPlace(place)}${construct === undefined ? '' : ` (${construct})`}`);
}
