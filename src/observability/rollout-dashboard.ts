import { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { dashboardJson, dashboardUid } from './dashboard-json';
import { checkSeconds, formatSeconds } from './promql';
import { measure, RolloutMetricsProps } from './rollout-arms';
import { nameOf } from '../mesh/default-name';
import { checkMetadata, namespaceOf } from '../mesh/manifest';
import { Mesh } from '../mesh/mesh';
import { checkReadable } from '../mesh/readable';
import { checkObjectName } from '../plan/checks/checks';
import { invalid, show } from '../plan/checks/errors';
import { checkLabels } from '../plan/checks/labels';
import { checkProps } from '../plan/checks/props';
import { checkList, checkText, checkTexts } from '../plan/checks/type-checks';

/** What a RolloutDashboard takes. */
export interface RolloutDashboardProps extends RolloutMetricsProps {
  /**
   * Title of the dashboard.
   *
   * @default - `Rollout <namespace>/<rollout>`
   */
  readonly title?: string;

  /**
   * Identity of the dashboard in links: at most 40 letters, digits, hyphens and underscores.
   *
   * @default - made of the ConfigMap's namespace and name
   */
  readonly uid?: string;

  /**
   * Shares of the requests that latencies are shown for, each above 0 and below 1: 0.99 is the latency that 99 % of the requests
   * stay below. Models of Seldon Core 2 have none.
   *
   * @default - 0.5, 0.95 and 0.99
   */
  readonly quantiles?: number[];

  /**
   * How often Grafana asks anew, in whole seconds.
   *
   * @default Duration.seconds(30)
   */
  readonly refresh?: Duration;

  /**
   * Tags by which Grafana lists it.
   *
   * @default - `rollout`
   */
  readonly tags?: string[];

  /**
   * Folder of Grafana, written as the annotation `grafana_folder`, which the sidecar reads where it is told to.
   *
   * @default - the sidecar's default
   */
  readonly folder?: string;

  /**
   * Labels by which Grafana's sidecar finds the ConfigMap.
   *
   * @default - `grafana_dashboard: "1"`
   */
  readonly sidecarLabels?: { [label: string]: string };
}

const UID = /^[-A-Za-z0-9_]{1,40}$/;

/**
 * Shows the arms of a rollout beside each other in Grafana: share of the requests, requests, error rate, mean latency, latency
 * quantiles, and copies to shadows. It is a ConfigMap that the dashboard sidecar of Grafana's chart picks up.
 *
 * Models of Seldon Core 2 have no quantiles, since its histogram names no model: only their mean latency is known.
 * A model's numbers count all requests that it answers, those of other routes included.
 *
 * @example
 * new RolloutDashboard(chart, 'iris-dashboard', { plan: canary.plan });
 *
 * @see https://github.com/grafana/helm-charts/tree/main/charts/grafana#sidecar-for-dashboards
 */
export class RolloutDashboard extends Construct {
  /** Name of the file in the ConfigMap. */
  public readonly fileName: string;

  /** Identity of the dashboard in links. */
  public readonly uid: string;

  /**
   * Makes a dashboard.
   *
   * @param scope The construct that it belongs to.
   * @param id Id of the construct, and name of the ConfigMap unless the metadata says otherwise.
   * @param props A rollout's plan, or its arms.
   * @throws an error when there is neither plan nor arm or both; when two arms have one name or the same metrics; when an arm's
   * metrics cannot be known, as for an Experiment or a subset without version; when a quantile, window, label or name is wrong.
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
    // The sidecar puts the files of all namespaces into one folder.
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
  if (value.trim() === '') throw invalid(at, `${what} ${show(value)}`, 'expected some letters');
}

function checkQuantiles(at: Construct, quantiles: readonly number[]): void {
  checkList(at, 'quantiles', quantiles, 'numbers');
  quantiles.forEach((quantile, i) => {
    if (typeof quantile !== 'number' || !(quantile > 0 && quantile < 1)) {
      throw invalid(at, `quantiles[${i}] ${show(quantile)}`, 'expected a number above 0 and below 1, such as 0.99');
    }
    if (quantiles.indexOf(quantile) !== i) throw invalid(at, `quantile ${quantile} twice`, 'name each once');
  });
}
