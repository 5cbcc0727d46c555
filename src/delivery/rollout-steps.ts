import { join } from 'path';
import { ApiObject, App, Chart, Duration, YamlOutputType } from 'cdk8s';
import { Construct } from 'constructs';
import { writeAlerts, writeAnalysis } from './gate-objects';
import { GateCheck, gateChecks, RolloutGate } from './rollout-gate';
import { withWeights } from './step-weights';
import { JsonObject } from '../objects/json';
import { MeasuredRollout, measure } from '../observability/rollout-arms';
import { IBackend } from '../plan/backend';
import { invalid, show } from '../plan/checks/errors';
import { checkProps } from '../plan/checks/props';
import { checkList } from '../plan/checks/type-checks';
import { IRollout } from '../plan/plan';
import { BlueGreen } from '../traffic/blue-green';
import { Canary } from '../traffic/canary';

export * from './rollout-gate';

/** Properties for `RolloutSteps`. */
export interface RolloutStepsProps {
  /** The rollout: a `Canary` or a `BlueGreen`, programmed by an `IstioRouter` or an `ExperimentRouter`. */
  readonly rollout: IRollout;

  /** Percentages of the requests that the new version gets, step by step: whole numbers from 1 to 100, each larger than the one before. */
  readonly shares: number[];

  /**
   * Output folder.
   *
   * @default - `steps/<name of the rollout>` in the output folder of the rollout's app
   */
  readonly outdir?: string;

  /**
   * When a step has gone well. For each step, an AnalysisTemplate of Argo Rollouts and a PrometheusRule are written.
   *
   * @default - none
   */
  readonly gate?: RolloutGate;
}

const NO_STEPS = 'expected a Canary or a BlueGreen, whose new version gets more requests with each step';

const NO_OBJECT = 'rollouts for callers in the mesh share an object with other endpoints, and those of Seldon\'s operator are part of the '
  + 'SeldonDeployment. Use gateways, and an IstioRouter or an ExperimentRouter';

/** Kinds of the objects that hold weights. */
const ROUTE_KINDS: readonly string[] = ['VirtualService', 'Experiment'];

/**
 * The steps of a progressive delivery, as files, without a controller. Each step is a folder with one file, the route object of the rollout, which
 * has the same name in all steps; only its weights differ. A person, a pipeline or Kargo walks the steps, for instance by changing the
 * path of an Argo CD Application. Rollback is the earlier step.
 *
 * Apply the folder of one step, not all of them, and leave the chart of the rollout out of what else is applied.
 *
 * @example
 * const canary = new Canary(chart, 'iris', { gateways: [gateway], stable: iris1, canary: iris2 });
 * app.synth();
 *
 * // steps/iris/01-5, steps/iris/02-25 and steps/iris/03-100 in the output folder
 * new RolloutSteps({ rollout: canary, shares: [5, 25, 100] }).synth();
 */
export class RolloutSteps {
  private readonly rollout: Construct & IRollout;
  private readonly candidate: number;
  private readonly arms: readonly IBackend[];
  private readonly checks: readonly GateCheck[];
  private readonly window: string;

  /**
   * Checks the steps.
   *
   * @param props The rollout, its steps and its gate.
   * @throws an error if the rollout is neither a Canary nor a BlueGreen; if the shares do not increase; if a gate has no threshold, or a
   * version has no metrics.
   */
  public constructor(private readonly props: RolloutStepsProps) {
    const { rollout, shares, gate } = props;
    if (!(rollout instanceof Canary || rollout instanceof BlueGreen)) {
      throw invalid(Construct.isConstruct(rollout) ? rollout : 'RolloutSteps', `rollout ${show(rollout)}`, NO_STEPS);
    }
    checkProps(rollout, 'RolloutStepsProps', props, RolloutSteps);
    this.rollout = rollout;
    checkShares(rollout, shares);
    this.arms = rollout.plan.endpoints[0].arms.filter(({ weight }) => weight !== undefined).map(({ backend }) => backend);
    this.candidate = this.arms.indexOf(rollout._candidate);
    const measured = gate && measureArms(rollout, gate, [this.arms[this.candidate], this.arms[1 - this.candidate]]);
    this.window = measured?.window ?? '';
    this.checks = measured === undefined ? [] : gateChecks(rollout, gate!, measured);
  }

  /**
   * Writes the steps.
   *
   * @throws an error if the app of the rollout has an error, or if the rollout has no route object that only it uses. Nothing is written then.
   */
  public synth(): void {
    const manifest = this.routeObject();
    const { name } = this.rollout.plan;
    const outdir = this.props.outdir ?? join(App.of(this.rollout).outdir, 'steps', name);
    const app = new App({ outdir, yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });
    this.props.shares.forEach((share, i) => this.addStep(app, manifest, share, i));
    app.synth();
  }

  private addStep(app: App, manifest: JsonObject, share: number, index: number): void {
    const { name, namespace } = this.rollout.plan;
    const step = `${String(index + 1).padStart(2, '0')}-${share}`;
    const weights = this.arms.map((_arm, i) => (i === this.candidate ? share : 100 - share));
    const { apiVersion, kind, ...rest } = withWeights(manifest, weights)! as JsonObject & { apiVersion: string; kind: string };
    new ApiObject(new Chart(app, step), 'route', { apiVersion, kind, ...rest });
    if (this.props.gate === undefined) return;
    const gates = new Chart(app, `gate-${step}`, { namespace });
    // At 100 % the stable version has no requests to compare with.
    const checks = this.checks.filter(({ isComparison }) => share < 100 || !isComparison);
    const gated = { rollout: name, step, checks, window: this.window };
    writeAnalysis(gates, gated, this.props.gate);
    writeAlerts(gates, gated);
  }

  /** The route object as it is written, with everything that the app adds to it. */
  private routeObject(): JsonObject {
    const { rollout, arms } = this;
    const objects = rollout.node.findAll().filter((each): each is ApiObject => ApiObject.isApiObject(each) && ROUTE_KINDS.includes(each.kind));
    const manifests = (Chart.of(rollout).toJson() as JsonObject[]);
    const written = objects.flatMap((object) => manifests.filter(({ kind, metadata }) => (
      kind === object.kind && (metadata as JsonObject).name === object.name && (metadata as JsonObject).namespace === object.metadata.namespace
    )));
    const found = written.find((manifest) => withWeights(manifest, arms.map(() => 0)) !== undefined);
    if (found !== undefined) return found;
    throw invalid(rollout, 'steps of a rollout that has no route object with weights', NO_OBJECT);
  }
}

function checkShares(at: Construct, shares: readonly number[]): void {
  checkList(at, 'shares', shares, 'percentages');
  if (shares.length === 0) throw invalid(at, 'shares []', 'set at least one step, such as [5, 25, 100]');
  shares.forEach((share, i) => {
    if (!Number.isInteger(share) || share < 1 || share > 100) throw invalid(at, `share ${show(share)}`, 'expected a whole percentage from 1 to 100');
    if (i > 0 && share <= shares[i - 1]) throw invalid(at, `share ${share} after ${shares[i - 1]}`, 'each step must be larger than the one before');
  });
}

/** The new version comes first. */
function measureArms(at: Construct, { window = Duration.minutes(5), namespaceLabel }: RolloutGate, backends: readonly IBackend[]): MeasuredRollout {
  return measure(at, { arms: backends.map((backend) => ({ backend })), window, namespaceLabel });
}
