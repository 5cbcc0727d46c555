import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { ArmMetrics, IstioReporter, metricsOf } from './arm-metrics';
import { checkLabelName, checkWindow, formatSeconds } from './promql';
import { namespaceOf } from '../mesh/manifest';
import { ManifestProps } from '../mesh/manifest-props';
import { BackendTarget, IBackend } from '../plan/backend';
import { invalid, show } from '../plan/checks/errors';
import { checkList, checkText, targetOf } from '../plan/checks/type-checks';
import { Plan } from '../plan/plan';
import { backendIdentity } from '../plan/resolve';

/** One arm of a rollout that is to be watched. */
export interface WatchedArm {
  /** Who answers. */
  readonly backend: IBackend;

  /**
   * What dashboards and alerts call it: at most 253 letters, digits, hyphens, dots, slashes and underscores.
   *
   * @default - the name of the model, predictor, subset or Service, with as much in front as tells it from the others
   */
  readonly name?: string;

  /**
   * Value of the label `version` of its pods, by which Istio tells the subsets of one Service apart.
   *
   * @default - the label `version` of the backend's subset
   */
  readonly version?: string;

  /**
   * Whether it gets copies, whose answers nobody sees.
   *
   * @default false
   */
  readonly shadow?: boolean;
}

/** Which arms of a rollout are watched, and by which metrics. */
export interface RolloutMetricsProps extends ManifestProps {
  /**
   * The rollout, as its construct tells it: `canary.plan`. Arms and shadows of all its endpoints are watched.
   *
   * @default - `arms` says who is watched
   */
  readonly plan?: Plan;

  /**
   * The arms, in place of a plan.
   *
   * @default - `plan` says who is watched
   */
  readonly arms?: WatchedArm[];

  /**
   * Name of the rollout, which tells its series from those of others in the namespace.
   *
   * @default - the name in the plan, else the construct id
   */
  readonly rollout?: string;

  /**
   * Time over which rates are taken, in whole seconds, a minute or more. An arm with few requests needs a long one.
   *
   * @default Duration.minutes(5)
   */
  readonly window?: Duration;

  /**
   * Label by which Prometheus tells the namespaces of Seldon's pods; monitors of its operator call it `namespace`.
   *
   * @default "namespace"
   */
  readonly namespaceLabel?: string;

  /**
   * Which proxies count the requests of plain Services. Copies of requests are always counted by those that receive.
   *
   * @default IstioReporter.SOURCE
   */
  readonly istioReporter?: IstioReporter;

  /**
   * Whether predictors of Seldon Core 1 are watched by Istio's metrics in place of their orchestrators'. Those without an
   * orchestrator always are.
   *
   * @default false
   */
  readonly istioMetrics?: boolean;

  /**
   * Whether callers' own errors count too: HTTP status 4xx, and all gRPC codes but OK. Else those of servers alone do: 5xx, and
   * the codes Unknown, DeadlineExceeded, Unimplemented, Internal, Unavailable and DataLoss.
   *
   * @default false
   */
  readonly clientErrors?: boolean;
}

/**
 * An arm with its metrics.
 *
 * @internal
 */
export interface MeasuredArm {
  /** What dashboards and alerts call it. */
  readonly name: string;
  /** What messages call it. */
  readonly description: string;
  /** Whether it gets copies only. */
  readonly shadow: boolean;
  /** Whether requests are meant for it, as far as the plan tells. */
  readonly live: boolean;
  /** Its PromQL. */
  readonly metrics: ArmMetrics;
}

/**
 * A rollout with the metrics of its arms.
 *
 * @internal
 */
export interface MeasuredRollout {
  /** Its name. */
  readonly name: string;
  /** Namespace of its objects, where it is known. */
  readonly namespace?: string;
  /** Time over which rates are taken, as PromQL writes it. */
  readonly window: string;
  /** The same in seconds. */
  readonly windowSeconds: number;
  /** Arms and shadows. */
  readonly arms: readonly MeasuredArm[];
}

/** An arm before it has a name. */
interface Found {
  readonly specified: WatchedArm;
  readonly target: BackendTarget;
  readonly live: boolean;
}

const ARM_NAME = /^[A-Za-z0-9]([-A-Za-z0-9._/]*[A-Za-z0-9])?$/;

/**
 * Finds out which series tell how the arms of a rollout do.
 *
 * @internal
 */
export function measure(at: Construct, props: RolloutMetricsProps): MeasuredRollout {
  const { plan, window = Duration.minutes(5), namespaceLabel = 'namespace', clientErrors = false, istioMetrics = false } = props;
  checkWindow(at, window);
  checkLabelName(at, 'namespaceLabel', namespaceLabel);
  const reporter = props.istioReporter ?? IstioReporter.SOURCE;
  if (!Object.values(IstioReporter).includes(reporter)) {
    throw invalid(at, `istioReporter ${show(reporter)}`, `expected one of ${Object.values(IstioReporter).map(show).join(', ')}`);
  }
  const name = props.rollout ?? plan?.name ?? at.node.id;
  checkArmName(at, 'rollout', name);
  const found = plan === undefined ? fromList(at, props.arms) : fromPlan(at, plan, props.arms);
  const names = namesOf(at, found);
  const arms = found.map(({ specified, target, live }, i) => {
    const shadow = specified.shadow ?? false;
    // Proxies that send do not count the copies that they make.
    const counted = shadow && reporter === IstioReporter.SOURCE ? IstioReporter.DESTINATION : reporter;
    const metrics = metricsOf(target, versionOf(at, specified, target), istioMetrics, { namespaceLabel, clientErrors, reporter: counted });
    return { name: names[i], description: target.description, shadow, live, metrics };
  });
  checkToldApart(at, found, arms);
  return {
    name,
    namespace: namespaceOf(at, props) ?? plan?.namespace ?? found[0].target.namespace,
    window: formatSeconds(window),
    windowSeconds: window.toSeconds(),
    arms,
  };
}

function fromPlan(at: Construct, plan: Plan, arms: unknown): Found[] {
  if (arms !== undefined) throw invalid(at, 'plan and arms', 'give one of them: the plan has arms');
  if (!Array.isArray((plan as Partial<Plan> | null)?.endpoints)) {
    throw invalid(at, `plan ${show(plan)}`, 'expected the plan of a rollout, such as canary.plan');
  }
  const found = new Map<string, Found>();
  const add = (backend: IBackend, live: boolean, shadow: boolean) => {
    const target = targetOf(at, 'backend', backend);
    const key = backendIdentity(target);
    const other = found.get(key);
    // A backend can be an arm of several endpoints, and an arm by match and by weight.
    found.set(key, { specified: { backend, shadow: shadow && (other?.specified.shadow ?? true) }, target, live: live || (other?.live ?? false) });
  };
  for (const endpoint of plan.endpoints) {
    for (const { backend, weight, matches } of endpoint.arms) add(backend, weight === undefined ? matches === undefined : weight > 0, false);
    for (const { backend, percent } of endpoint.mirrors ?? []) add(backend, percent > 0, true);
  }
  if (found.size === 0) throw invalid(at, `plan ${show(plan.name)} without arms`, 'give it a backend that answers');
  return [...found.values()];
}

function fromList(at: Construct, arms: readonly WatchedArm[] | undefined): Found[] {
  if (arms === undefined) throw invalid(at, 'neither plan nor arms', 'give the plan of a rollout, such as canary.plan, or a list of arms');
  checkList(at, 'arms', arms, 'arms');
  if (arms.length === 0) throw invalid(at, 'an empty list of arms', 'name at least one backend');
  return arms.map((specified, i) => ({ specified, target: targetOf(at, `arms[${i}].backend`, specified?.backend), live: true }));
}

/** Istio writes the pods' label `version` to its metrics, and knows nothing of subsets there. */
function versionOf(at: Construct, { version }: WatchedArm, target: BackendTarget): string | undefined {
  const { subset, subsetLabels, core1, core2, experiment, description } = target;
  if (experiment !== undefined) {
    throw invalid(at, `${description} as an arm`, 'Seldon counts requests by model and pipeline: name those that the experiment chooses between');
  }
  if (version !== undefined) {
    checkText(at, `version of ${description}`, version);
    if (version === '' || core1 !== undefined || core2 !== undefined) {
      throw invalid(at, `version ${show(version)} of ${description}`, 'expected the label of a Service\'s pods; Seldon counts by model and predictor');
    }
    return version;
  }
  if (subset === undefined || core1 !== undefined) return undefined;
  const label = subsetLabels?.version;
  if (label === undefined) {
    throw invalid(at, `no version of ${description}`,
      'Istio\'s metrics know the pods\' label "version" and no subset: put it into subsetLabels, or say the arm\'s version');
  }
  return label;
}

function checkToldApart(at: Construct, found: readonly Found[], arms: readonly MeasuredArm[]): void {
  const seen = new Map<string, string>();
  arms.forEach(({ metrics, description }) => {
    const other = seen.get(metrics.identity);
    if (other !== undefined) {
      throw invalid(at, other === description ? `${description} is an arm twice` : `${other} and ${description} as two arms`,
        'their metrics are the same: name each once, or give subsets with different versions');
    }
    seen.set(metrics.identity, description);
  });
  const versions = new Map<string, boolean>();
  found.forEach(({ specified, target }) => {
    if (target.core1 !== undefined || target.core2 !== undefined) return;
    const versioned = (specified.version ?? target.subset) !== undefined;
    if (versions.get(target.host) === !versioned) {
      throw invalid(at, `${target.host} as an arm with a version and as one without`, 'the one without counts the requests of both: say both versions');
    }
    versions.set(target.host, versioned);
  });
}

/** Names for what is given none: as short as tells all apart. */
function namesOf(at: Construct, found: readonly Found[]): string[] {
  const candidates = found.map(({ specified, target }) => specified.name === undefined ? usualNames(target) : [specified.name]);
  const length = Math.max(...candidates.map((each) => each.length));
  for (let i = 0; i < length; i++) {
    const names = candidates.map((each) => each[Math.min(i, each.length - 1)]);
    if (new Set(names).size < names.length && i < length - 1) continue;
    const seen = new Set<string>();
    names.forEach((name, j) => {
      checkArmName(at, `name of arm ${found[j].target.description}`, name);
      // Arms whose metrics are the same get an error of their own.
      if (seen.has(name) && found[j].specified.name !== undefined) throw invalid(at, `two arms with name ${show(name)}`, 'give each a name of its own');
      seen.add(name);
    });
    return names;
  }
  return [];
}

function usualNames({ core1, core2, subset, host, namespace, port }: BackendTarget): string[] {
  if (core2 !== undefined) return [core2.name, `${namespace}/${core2.name}`, `${namespace}/${core2.type}/${core2.name}`];
  if (core1 !== undefined) {
    const long = `${core1.deployment}/${core1.predictor}`;
    return [core1.predictor, long, `${namespace}/${long}`];
  }
  const service = host.includes('.svc.') ? host.slice(0, host.indexOf('.')) : host;
  const long = subset === undefined ? service : `${service}/${subset}`;
  return [...new Set([subset ?? service, long, `${namespace}/${long}`, `${namespace}/${long}/${port}`])];
}

function checkArmName(at: Construct, what: string, name: string): void {
  if (typeof name !== 'string' || name.length > 253 || !ARM_NAME.test(name)) {
    throw invalid(at, `${what} ${show(name)}`,
      'expected at most 253 letters, digits, hyphens, dots, slashes and underscores, starting and ending with a letter or digit');
  }
}
