import { Configuration, FailOn, readConfiguration } from './configuration';
import { readPaths } from './manifest-files';
import { Manifests, withoutFilesOf } from './manifests';
import { ConstructPaths, constructPaths } from './plugin-constructs';
import { PluginContext, Violation } from './plugin-context';
import { CannotRun } from './terminal';
import { Cluster } from '../cluster/cluster';
import { showPath } from '../cluster/json';
import { inSentences, show } from '../plan/checks/errors';
import { nearest } from '../plan/checks/near-miss';
import { groupBy } from '../plan/groups';
import { ordered, splitAccepted } from '../report/order';
import { showPlace, withFullStop } from '../report/place';
import { pageOf } from '../report/tool';
import { totalsOf } from '../report/totals';
import { RULES } from '../rules/all';
import { Finding, FindingPlace } from '../rules/finding';
import { isAtLeast, Level } from '../rules/level';
import { findingsOf } from '../rules/run';

/**
 * The properties that `cdk8s.yaml` can give.
 *
 * @internal
 */
export interface CheckProperties {
  /** The lowest level of findings that fail: `error`, `warning`, `info` or `never`. @default - that of the configuration, or error */
  readonly failOn?: string;
  /** Name of the configuration file. @default - seldon-istio.yaml, if it exists */
  readonly config?: string;
  /** Namespace of objects without one. @default "default" */
  readonly defaultNamespace?: string;
}

const PROPERTIES: readonly (keyof CheckProperties)[] = ['failOn', 'config', 'defaultNamespace'];
const LEVELS: readonly string[] = [...Object.values(Level), 'never'];

/**
 * Checks the manifests of `cdk8s synth` by all rules, as a validation of `cdk8s.yaml`. Findings of level `info` are only counted, unless they fail.
 *
 * @see https://cdk8s.io/docs/latest/cli/synth/#validations
 * @internal
 */
export class Check {
  private readonly properties: CheckProperties;

  /**
   * A validation with the properties of `cdk8s.yaml`.
   *
   * @throws an error if there is no such property, or its value is not allowed.
   */
  constructor(properties: { readonly [name: string]: unknown } = {}) {
    for (const [name, value] of Object.entries(properties)) {
      if (!PROPERTIES.some((known) => known === name)) {
        const near = nearest(name, PROPERTIES);
        throw new Error(inSentences(`unknown property "${name}" of the validation`, near === undefined ? `use ${PROPERTIES.join(', ')}` : `did you mean "${near}"?`));
      }
      if (typeof value !== 'string' || value === '') throw new Error(`property "${name}" of the validation must be a string, but is ${show(value)}`);
    }
    this.properties = properties;
    const { failOn } = this.properties;
    if (failOn !== undefined && !LEVELS.includes(failOn)) throw new Error(`failOn must be error, warning, info or never, but is "${failOn}"`);
  }

  /** Checks manifests and submits the report. */
  public async validate(context: PluginContext): Promise<void> {
    try {
      this.check(context, process.cwd());
    } catch (error) {
      if (!(error instanceof CannotRun)) throw error;
      for (const problem of error.problems) context.logger.log(withFullStop(problem));
      context.report.submit('failure', { Error: error.problems.map(withFullStop).join('\n') });
    }
  }

  private check(context: PluginContext, cwd: string): void {
    const { config, defaultNamespace } = this.properties;
    const configuration = readConfiguration(cwd, config, RULES.map(({ id }) => id));
    const options = { cwd, readInput: () => '', defaultNamespace };
    const manifests = readPaths(context.manifests, options);
    const others = withoutFilesOf(readPaths(configuration.context, { ...options, context: true }), cwd, manifests);
    const problems = [...manifests.problems, ...others.problems];
    const { open, accepted } = splitAccepted(findingsIn(manifests, others, configuration));
    const failOn = (this.properties.failOn as FailOn | undefined) ?? configuration.failOn ?? Level.ERROR;
    const fails = ({ level }: Finding) => failOn !== 'never' && isAtLeast(level, failOn as Level);
    const shown = open.filter((finding) => isAtLeast(finding.level, Level.WARNING) || fails(finding));
    const paths = constructPaths(context, shown.flatMap((finding) => [finding, ...finding.related]));
    for (const { file, line, message } of problems) context.report.addViolation(unreadable(file, line, message));
    for (const violation of violationsOf(shown, paths)) context.report.addViolation(violation);
    const { errors, warnings, infos } = totalsOf(open);
    context.report.submit(problems.length > 0 || open.some(fails) ? 'failure' : 'success', {
      Errors: `${errors}`, Warnings: `${warnings}`, Infos: `${infos}`, Accepted: `${accepted.length}`,
    });
  }
}

function findingsIn(manifests: Manifests, others: Manifests, { settings, object }: Configuration): Finding[] {
  return findingsOf(new Cluster([...manifests.objects, ...others.objects, ...object === undefined ? [] : [object]], settings), RULES);
}

function unreadable(file: string, line: number | undefined, message: string): Violation {
  return {
    ruleName: 'unreadable',
    recommendation: 'Manifests must be YAML.',
    fix: withFullStop(message),
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
      fix: withFullStop(remedy),
      violatingResources: group.map((finding) => ({
        resourceName: paths.nameOf(finding), manifestPath: finding.file ?? '', locations: [locationOf(finding), ...finding.related.map((place) => alsoAt(place, paths))],
      })),
    };
  });
}

function locationOf({ line, field, problem }: Finding): string {
  const place = [...line === undefined ? [] : [`line ${line}`], ...field.length === 0 ? [] : [showPath(field)]].join(' ');
  return `${place === '' ? '' : `${place}: `}${withFullStop(problem)}`;
}

function alsoAt(place: FindingPlace, paths: ConstructPaths): string {
  const construct = paths.pathOf(place);
  return `also ${showPlace(place)}${construct === undefined ? '' : ` (${construct})`}`;
}
