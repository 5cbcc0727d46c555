import { Construct } from 'constructs';
import { checkMonitor, checkSelector, MonitorProps, Scraped, writePodMonitor, writeServiceMonitor } from './monitor-props';
import { nameOf } from '../mesh/default-name';
import { checkMetadata } from '../mesh/manifest';
import { checkObjectName } from '../plan/checks/checks';
import { invalid, show } from '../plan/checks/errors';
import { checkProps } from '../plan/checks/props';
import { checkList } from '../plan/checks/type-checks';

export type { MonitorProps } from './monitor-props';

/** What a Core1Monitor takes. */
export interface Core1MonitorProps extends MonitorProps {
  /**
   * Whether the orchestrators alone are scraped. Containers of models have ports of that name, too, with metrics of their own.
   *
   * @default false
   */
  readonly orchestratorsOnly?: boolean;
}

/** Name of the orchestrator's container. */
const ENGINE = 'seldon-container-engine';

/**
 * Scrapes the pods of Seldon Core 1: the orchestrators, at `/prometheus` on their port `metrics`, which is 8000, the one for requests;
 * and models that have metrics. It is a PodMonitor of Prometheus' operator.
 *
 * Triton and MLServer (every prepackaged server but TensorFlow's under protocol v2) have no port `metrics`: Seldon's operator replaces
 * the ports of their containers by `http` and `grpc`. Their own metrics are not scraped; the orchestrator in front of them counts
 * their requests all the same.
 *
 * Predictors without an orchestrator are counted by nobody: Istio's metrics know their Services.
 *
 * @see https://docs.seldon.ai/seldon-core-1/configuration/integrations/analytics
 */
export class Core1Monitor extends Construct {
  /**
   * Makes a PodMonitor.
   *
   * @param scope The construct that it belongs to.
   * @param id Id of the construct, and name of the PodMonitor unless the metadata says otherwise.
   * @param props Where and how often.
   * @throws an error when a namespace or a length of time is wrong.
   */
  public constructor(scope: Construct, id: string, props: Core1MonitorProps = {}) {
    super(scope, id);
    checkProps(this, 'Core1MonitorProps', props, Core1Monitor);
    checkMonitor(this, props);
    writePodMonitor(this, {
      selector: { 'app.kubernetes.io/managed-by': 'seldon-core' },
      port: 'metrics',
      path: '/prometheus',
      relabelings: props.orchestratorsOnly ? [{ action: 'keep', sourceLabels: ['__meta_kubernetes_pod_container_name'], regex: ENGINE }] : undefined,
    }, props);
  }
}

/** Parts of Seldon Core 2 that have metrics. */
export enum Core2Component {
  /** Agents beside the inference servers, which count requests by model. */
  AGENT = 'agent',
  /** Inference servers: MLServer and Triton. */
  SERVER = 'server',
  /** The pipeline gateway, which counts requests by pipeline. */
  PIPELINE_GATEWAY = 'pipelinegateway',
  /** Seldon's own Envoy. */
  ENVOY = 'envoy',
}

/** What a Core2Monitor takes. */
export interface Core2MonitorProps extends MonitorProps {
  /**
   * What is scraped.
   *
   * @default - everything
   */
  readonly components?: Core2Component[];
}

const NAME = 'app.kubernetes.io/name';

const CORE2: { readonly [component in Core2Component]: Scraped } = {
  [Core2Component.AGENT]: { selector: { [NAME]: 'seldon-server' }, port: 'metrics', path: '/metrics' },
  [Core2Component.SERVER]: { selector: { [NAME]: 'seldon-server' }, port: 'server-metrics', path: '/metrics' },
  [Core2Component.PIPELINE_GATEWAY]: { selector: { [NAME]: 'seldon-pipelinegateway' }, port: 'metrics', path: '/metrics' },
  [Core2Component.ENVOY]: { selector: { [NAME]: 'seldon-envoy' }, port: 'stats', path: '/stats/prometheus' },
};

/**
 * Scrapes Seldon Core 2 in a namespace with a SeldonRuntime: agents, inference servers and the pipeline gateway by PodMonitors, Seldon's
 * Envoy by a ServiceMonitor. They are called like the construct, with `-agent`, `-server`, `-pipelinegateway` and `-envoy` behind.
 *
 * @see https://docs.seldon.ai/seldon-core-2/user-guide/operational-monitoring/observability
 */
export class Core2Monitor extends Construct {
  /**
   * Makes up to four monitors.
   *
   * @param scope The construct that it belongs to.
   * @param id Id of the construct, and first part of the names unless the metadata says otherwise.
   * @param props What, where and how often.
   * @throws an error when a component, namespace or length of time is wrong.
   */
  public constructor(scope: Construct, id: string, props: Core2MonitorProps = {}) {
    super(scope, id);
    checkProps(this, 'Core2MonitorProps', props, Core2Monitor);
    checkMonitor(this, props);
    checkMetadata(this, props);
    const name = nameOf(this, props);
    checkObjectName(this, 'name', name);
    const components = props.components ?? Object.values(Core2Component);
    checkList(this, 'components', components, 'components');
    if (components.length === 0) throw invalid(this, 'an empty list of components', 'name one, or leave it out for all');
    components.forEach((component, i) => {
      if (!Object.hasOwn(CORE2, component)) throw invalid(this, `components[${i}] ${show(component)}`, `expected one of ${Object.keys(CORE2).join(', ')}`);
      if (components.indexOf(component) !== i) throw invalid(this, `component ${component} twice`, 'name each once');
      new Core2ComponentMonitor(this, component, { ...props, metadata: { ...props.metadata, name: `${name}-${component}` } });
    });
  }
}

/** One of the monitors. */
class Core2ComponentMonitor extends Construct {
  public constructor(scope: Construct, component: Core2Component, props: MonitorProps) {
    super(scope, component);
    if (component === Core2Component.ENVOY) writeServiceMonitor(this, CORE2[component], props);
    else writePodMonitor(this, CORE2[component], props);
  }
}

/** What an IstioProxyMonitor takes. */
export interface IstioProxyMonitorProps extends MonitorProps {
  /**
   * Labels of the pods whose proxies are scraped.
   *
   * @default - all pods with a proxy
   */
  readonly selector?: { [label: string]: string };
}

/**
 * Scrapes proxies of Istio, sidecars, gateways and waypoints alike, at `/stats/prometheus` on port 15090: the requests of plain Services
 * are counted there. It is a PodMonitor of Prometheus' operator.
 *
 * The port is none of those that mTLS protects, so `mtlsScrapeClass` does not change it. For the requests that gateways send, the
 * monitor must look into their namespace.
 *
 * @see https://istio.io/latest/docs/ops/integrations/prometheus/
 */
export class IstioProxyMonitor extends Construct {
  /**
   * Makes a PodMonitor.
   *
   * @param scope The construct that it belongs to.
   * @param id Id of the construct, and name of the PodMonitor unless the metadata says otherwise.
   * @param props Where and how often.
   * @throws an error when a namespace, label or length of time is wrong.
   */
  public constructor(scope: Construct, id: string, props: IstioProxyMonitorProps = {}) {
    super(scope, id);
    checkProps(this, 'IstioProxyMonitorProps', props, IstioProxyMonitor);
    checkMonitor(this, props);
    if (props.selector !== undefined) checkSelector(this, props.selector);
    writePodMonitor(this, { selector: { ...props.selector }, port: 'http-envoy-prom', path: '/stats/prometheus', plain: true }, props);
  }
}
