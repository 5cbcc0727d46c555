import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { ArmMetrics, IstioReporter, metricsOf } from './arm-metrics';
import { checkLabelName, checkWindow, formatSeconds } from './promql';
import { namespaceOf } from '../mesh/manifest';
import { ManifestProps } from '../mesh/manifest-props';
import { BackendTarget, IBackend } from '../plan/backend';
import { invalid, show } from '../plan/checks/errors';
import { checkList, checkText } from '../plan/checks/type-checks';
import { targetOf } from '../plan/part-checks';
import { Plan } from '../plan/plan';
import { backendIdentity } from '../plan/resolve';

/** One arm of a rollout that is monitored. */
export interface WatchedArm {
  /** The backend of the arm. */
  readonly backend: IBackend;

  /**
   * Name of the arm in dashboards and alerts: at most 253 letters, digits, hyphens, dots, slashes and underscores.
   *
   * @default - the name of the model, predictor, subset or Service, with a prefix if that is needed to make it unique
   */
  readonly name?: string;

  /**
   * Value of the label `version` of its pods. Istio's metrics identify the subsets of a Service by this label.
   *
   * @default - the label `version` of the backend's subset
   */
  readonly version?: string;

  /**
   * Whether the arm receives mirrored requests, whose responses are discarded.
   *
   * @default false
   */
  readonly shadow?: boolean;
}

/** Properties that `RolloutDashboard` and `RolloutRules` share: which arms of a rollout are monitored, and with which metrics. */
export interface RolloutMetricsProps extends ManifestProps {
  /**
   * The plan of a rollout, such as `canary.plan`. The arms and shadows of all its endpoints are monitored.
   *
   * @default - the arms in `arms` are monitored
   */
  readonly plan?: Plan;

  /**
   * The arms, instead of a plan.
   *
   * @default - the arms of `plan` are monitored
   */
  readonly arms?: WatchedArm[];

  /**
   * Name of the rollout, which identifies its series in the namespace.
   *
   * @default - the name in the plan, else the construct id
   */
  readonly rollout?: string;

  /**
   * Window over which rates are calculated, in whole seconds, 1 minute or more. An arm with few requests needs a long window.
   *
   * @default Duration.minutes(5)
   */
  readonly window?: Duration;

  /**
   * Label of Seldon's series that contains the namespace of the pods. Monitors of the Prometheus operator set `namespace`.
   *
   * @default "namespace"
   */
  readonly namespaceLabel?: string;

  /**
   * Which proxies count the requests of plain Services. With `SOURCE`, mirrored requests are counted by the servers' proxies, since
   * clients' proxies do not count them.
   *
   * @default IstioReporter.SOURCE
   */
  readonly istioReporter?: IstioReporter;

  /**
   * Whether Istio's metrics are used for predictors of Seldon Core 1 instead of those of their orchestrators. They are always used
   * for predictors without an orchestrator.
   *
   * @default false
   */
  readonly istioMetrics?: boolean;

  /**
   * Whether client errors count too: HTTP status 4xx, and all gRPC codes except OK. By default only server errors count: 5xx, and the
   * codes Unknown, DeadlineExceeded, Unimplemented, Internal, Unavailable and DataLoss.
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
  /** Name of the arm in dashboards and alerts. */
  readonly name: string;
  /** Description of the backend in messages. */
  readonly description: string;
  /** Whether it receives only mirrored requests. */
  readonly shadow: boolean;
  /** Whether the plan sends requests to it. */
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
  /** Name of the rollout. */
  readonly name: string;
  /** Namespace of its objects, if known. */
  readonly namespace?: string;
  /** Window over which rates are calculated, as PromQL writes it. */
  readonly window: string;
  /** The window in seconds. */
  readonly windowSeconds: number;
  /** Arms and shadows. */
  readonly arms: readonly MeasuredArm[];
}

/** An arm that has no name yet. */
interface UnnamedArm {
  readonly specified: WatchedArm;
  readonly target: BackendTarget;
  readonly live: boolean;
}

const ARM_NAME = /^[A-Za-z0-9]([-A-Za-z0-9._/]*[A-Za-z0-9])?$/;

/**
 * Determines the metrics of the arms of a rollout.
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
    // Clients' proxies do not count the requests that they mirror.
    const countedBy = shadow && reporter === IstioReporter.SOURCE ? IstioReporter.DESTINATION : reporter;
    const metrics = metricsOf(target, versionOf(at, specified, target), istioMetrics, { namespaceLabel, clientErrors, reporter: countedBy });
    return { name: names[i], description: target.description, shadow, live, metrics };
  });
  checkDistinct(at, found, arms);
  return {
    name,
    namespace: namespaceOf(at, props) ?? plan?.namespace ?? found[0].target.namespace,
    window: formatSeconds(window),
    windowSeconds: window.toSeconds(),
    arms,
  };
}

function fromPlan(at: Construct, plan: Plan, arms: unknown): UnnamedArm[] {
  if (arms !== undefined) throw invalid(at, 'plan and arms', 'set only one of them, since the plan has arms');
  if (!Array.isArray((plan as Partial<Plan> | null)?.endpoints)) {
    throw invalid(at, `plan ${show(plan)}`, 'expected the plan of a rollout, such as canary.plan');
  }
  const found = new Map<string, UnnamedArm>();
  const add = (backend: IBackend, live: boolean, shadow: boolean) => {
    const target = targetOf(at, 'backend', backend);
    const key = backendIdentity(target);
    const other = found.get(key);
    // A backend can be an arm of several endpoints, and both a matched and a weighted arm of one endpoint.
    found.set(key, { specified: { backend, shadow: shadow && (other?.specified.shadow ?? true) }, target, live: live || (other?.live ?? false) });
  };
  for (const endpoint of plan.endpoints) {
    for (const { backend, weight, matches } of endpoint.arms) add(backend, weight === undefined ? matches === undefined : weight > 0, false);
    for (const { backend, percent } of endpoint.mirrors ?? []) add(backend, percent > 0, true);
  }
  if (found.size === 0) throw invalid(at, `plan ${show(plan.name)} without arms`, 'add an arm with a backend');
  return [...found.values()];
}

function fromList(at: Construct, arms: readonly WatchedArm[] | undefined): UnnamedArm[] {
  if (arms === undefined) throw invalid(at, 'neither plan nor arms', 'set the plan of a rollout, such as canary.plan, or a list of arms');
  checkList(at, 'arms', arms, 'arms');
  if (arms.length === 0) throw invalid(at, 'an empty list of arms', 'add at least one arm');
  return arms.map((specified, i) => ({ specified, target: targetOf(at, `arms[${i}].backend`, specified?.backend), live: true }));
}

/** Istio's metrics have the pods' label `version`, but not the name of the subset. */
function versionOf(at: Construct, { version }: WatchedArm, target: BackendTarget): string | undefined {
  const { subset, subsetLabels, seldon: { core1, core2, experiment } = {}, description } = target;
  if (experiment !== undefined) {
    throw invalid(at, `${description} as an arm`, 'Seldon counts requests by model and pipeline. List the candidates of the experiment as arms');
  }
  if (version !== undefined) {
    checkText(at, `version of ${description}`, version);
    if (version === '' || core1 !== undefined || core2 !== undefined) {
      throw invalid(at, `version ${show(version)} of ${description}`, 'expected the label of a Service\'s pods, since Seldon counts requests by model and predictor');
    }
    return version;
  }
  if (subset === undefined || core1 !== undefined) return undefined;
  const label = subsetLabels?.version;
  if (label === undefined) {
    throw invalid(at, `${description} without a version`,
      'Istio\'s metrics have the pods\' label "version" and no subset. Add that label to subsetLabels, or set the version of the arm');
  }
  return label;
}

function checkDistinct(at: Construct, found: readonly UnnamedArm[], arms: readonly MeasuredArm[]): void {
  const seen = new Map<string, string>();
  arms.forEach(({ metrics, description }) => {
    const other = seen.get(metrics.identity);
    if (other !== undefined) {
      throw invalid(at, other === description ? `${description} is an arm twice` : `${other} and ${description} as two arms`,
        'their metrics are the same. List each backend once, or use subsets with different versions');
    }
    seen.set(metrics.identity, description);
  });
  const versions = new Map<string, boolean>();
  found.forEach(({ specified, target }) => {
    if (target.seldon !== undefined) return;
    const versioned = (specified.version ?? target.subset) !== undefined;
    if (versions.get(target.host) === !versioned) {
      throw invalid(at, `${target.host} as an arm with a version and as one without`, 'the one without counts the requests of both. Set both versions');
    }
    versions.set(target.host, versioned);
  });
}

/** The names of the arms. Default names are the shortest that are unique. */
function namesOf(at: Construct, found: readonly UnnamedArm[]): string[] {
  const candidates = found.map(({ specified, target }) => specified.name === undefined ? defaultNames(target) : [specified.name]);
  const length = Math.max(...candidates.map((each) => each.length));
  for (let i = 0; i < length; i++) {
    const names = candidates.map((each) => each[Math.min(i, each.length - 1)]);
    if (new Set(names).size < names.length && i < length - 1) continue;
    const seen = new Set<string>();
    names.forEach((name, j) => {
      checkArmName(at, `name of arm ${found[j].target.description}`, name);
      // Arms with the same metrics get their own error.
      if (seen.has(name) && found[j].specified.name !== undefined) throw invalid(at, `two arms with name ${show(name)}`, 'give each arm a unique name');
      seen.add(name);
    });
    return names;
  }
  return [];
}

/** Possible names, shortest first. */
function defaultNames({ seldon: { core1, core2 } = {}, subset, host, namespace, port }: BackendTarget): string[] {
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
