import { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { dashboardJson, dashboardUid } from './dashboard-json';
import { checkSeconds, formatSeconds } from './promql';
import { measure, RolloutMetricsProps } from './rollout-arms';
import { nameOf } from '../mesh/default-name';
import { KubernetesObject } from '../mesh/kubernetes-object';
import { checkMetadata, namespaceOf } from '../mesh/manifest';
import { Mesh } from '../mesh/mesh';
import { checkReadable } from '../mesh/readable';
import { checkObjectName } from '../plan/checks/checks';
import { invalid, show } from '../plan/checks/errors';
import { checkLabels } from '../plan/checks/labels';
import { checkProps } from '../plan/checks/props';
import { checkList, checkText, checkTexts } from '../plan/checks/type-checks';

/** Properties for `RolloutDashboard`. */
export interface RolloutDashboardProps extends RolloutMetricsProps {
  /**
   * Title of the dashboard.
   *
   * @default - `Rollout <namespace>/<rollout>`
   */
  readonly title?: string;

  /**
   * UID of the dashboard in links: at most 40 letters, digits, hyphens and underscores.
   *
   * @default - derived from the ConfigMap's namespace and name
   */
  readonly uid?: string;

  /**
   * Latency quantiles that are shown, each above 0 and below 1: 0.99 is the latency that 99 % of the requests stay below. Models of
   * Seldon Core 2 have none.
   *
   * @default - 0.5, 0.95 and 0.99
   */
  readonly quantiles?: number[];

  /**
   * The refresh interval, in whole seconds.
   *
   * @default Duration.seconds(30)
   */
  readonly refresh?: Duration;

  /**
   * Tags of the dashboard in Grafana.
   *
   * @default - `rollout`
   */
  readonly tags?: string[];

  /**
   * Folder in Grafana, written as the annotation `grafana_folder`. The sidecar reads it if it is configured to do so.
   *
   * @default - the sidecar's default
   */
  readonly folder?: string;

  /**
   * Labels by which Grafana's dashboard sidecar finds the ConfigMap.
   *
   * @default - `grafana_dashboard: "1"`
   */
  readonly sidecarLabels?: { [label: string]: string };
}

const UID = /^[-A-Za-z0-9_]{1,40}$/;

/**
 * Compares the arms of a rollout in Grafana: share of the requests, requests, error rate, mean latency, latency quantiles, and
 * mirrored requests to shadows. It is a ConfigMap that the dashboard sidecar of Grafana's Helm chart loads.
 *
 * Models of Seldon Core 2 have no latency quantiles, since its histogram has no model label: only their mean latency is known.
 * A model's metrics count all requests that it answers, including those of other routes.
 *
 * @example
 * new RolloutDashboard(chart, 'iris-dashboard', { plan: canary.plan });
 *
 * @see https://github.com/grafana/helm-charts/tree/main/charts/grafana#sidecar-for-dashboards
 */
export class RolloutDashboard extends KubernetesObject {
  /** Name of the file in the ConfigMap. */
  public readonly fileName: string;

  /** UID of the dashboard in links. */
  public readonly uid: string;

  /**
   * Creates a dashboard.
   *
   * @param scope The construct that it belongs to.
   * @param id Id of the construct, and name of the ConfigMap unless the metadata sets another one.
   * @param props The plan of a rollout, or its arms.
   * @throws an error when neither or both of `plan` and `arms` are set; when two arms have the same name or the same metrics; when an
   * arm has no metrics, such as an Experiment or a subset without a version; when a quantile, window, label or name is invalid.
   */
  public constructor(scope: Construct, id: string, props: RolloutDashboardProps) {
    super(scope, id);
    checkProps(this, 'RolloutDashboardProps', props, RolloutDashboard);
    const rollout = measure(this, props);
    const { quantiles = [0.5, 0.95, 0.99], refresh = Duration.seconds(30), tags = ['rollout'], folder, sidecarLabels = { grafana_dashboard: '1' } } = props;
    const name = nameOf(this, props);
    const namespace = namespaceOf(this, props);
    checkObjectName(this, 'name of ConfigMap', name);
    checkMetadata(this, props);
    checkQuantiles(this, quantiles);
    checkSeconds(this, 'refresh', refresh);
    checkTexts(this, 'tags', tags);
    if (props.title !== undefined) checkTitle(this, 'title', props.title);
    if (folder !== undefined) checkTitle(this, 'folder', folder);
    checkLabels(this, 'sidecarLabels', sidecarLabels);
    this.uid = props.uid ?? dashboardUid(namespace, name);
    if (typeof this.uid !== 'string' || !UID.test(this.uid)) {
      throw invalid(this, `uid ${show(this.uid)}`, 'expected at most 40 letters, digits, hyphens and underscores');
    }
    // The sidecar writes the files of all namespaces to one folder.
    this.fileName = namespace === undefined ? `${name}.json` : `${namespace}-${name}.json`;
    Mesh.of(this);
    const title = props.title ?? `Rollout ${rollout.namespace === undefined ? '' : `${rollout.namespace}/`}${rollout.name}`;
    const json = dashboardJson(rollout, { title, uid: this.uid, quantiles, tags, refresh: formatSeconds(refresh) });
    checkReadable(this, 'data', json);
    checkReadable(this, 'metadata', { name, namespace, labels: sidecarLabels, folder });
    new ApiObject(this, 'Resource', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        ...props.metadata,
        name,
        namespace,
        labels: { ...sidecarLabels, ...props.metadata?.labels },
        annotations: folder === undefined ? props.metadata?.annotations : { grafana_folder: folder, ...props.metadata?.annotations },
      },
      data: { [this.fileName]: json },
    } as ConstructorParameters<typeof ApiObject>[2]);
  }
}

function checkTitle(at: Construct, what: string, value: string): void {
  checkText(at, what, value);
  if (value.trim() === '') throw invalid(at, `${what} ${show(value)}`, 'it must not be blank');
}

function checkQuantiles(at: Construct, quantiles: readonly number[]): void {
  checkList(at, 'quantiles', quantiles, 'numbers');
  quantiles.forEach((quantile, i) => {
    if (typeof quantile !== 'number' || !(quantile > 0 && quantile < 1)) {
      throw invalid(at, `quantiles[${i}] ${show(quantile)}`, 'expected a number above 0 and below 1, such as 0.99');
    }
    if (quantiles.indexOf(quantile) !== i) throw invalid(at, `quantile ${quantile} is listed twice`, 'list each quantile once');
  });
}
