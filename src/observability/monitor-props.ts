import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { monitoringTypes } from './monitoring-types';
import { checkSeconds, formatSeconds } from './promql';
import type * as monitoring from '../../imports/monitoring.coreos.com';
import { writeManifest } from '../mesh/manifest';
import { ManifestProps } from '../mesh/manifest-props';
import { checkDnsLabel } from '../plan/checks/checks';
import { invalid, show } from '../plan/checks/errors';
import { checkLabels } from '../plan/checks/labels';
import { checkObject, checkText, checkTexts } from '../plan/checks/type-checks';

/** Properties for a monitor of the Prometheus operator. */
export interface MonitorProps extends ManifestProps {
  /**
   * Namespaces whose pods are scraped. Mutually exclusive with `anyNamespace`.
   *
   * @default - the namespace of the monitor
   */
  readonly namespaces?: string[];

  /**
   * Whether the pods of all namespaces are scraped.
   *
   * @default false
   */
  readonly anyNamespace?: boolean;

  /**
   * The scrape interval, in whole seconds.
   *
   * @default Duration.seconds(15)
   */
  readonly interval?: Duration;

  /**
   * How long Prometheus waits for a response, in whole seconds. It must not exceed the interval.
   *
   * @default - the global setting of Prometheus
   */
  readonly scrapeTimeout?: Duration;

  /**
   * Scrape class of the Prometheus object whose TLS settings contain a certificate of the mesh. Prometheus then scrapes over HTTPS with
   * mTLS, and every pod that is scraped must have a sidecar. Needed where a PeerAuthentication is STRICT for the port.
   *
   * @default - plain HTTP
   */
  readonly mtlsScrapeClass?: string;
}

/**
 * An endpoint that Prometheus scrapes.
 *
 * @internal
 */
export interface Scraped {
  /** The labels of the pods or Services. */
  readonly selector: { readonly [label: string]: string };
  /** The name of the port. */
  readonly port: string;
  /** The path of the metrics. */
  readonly path: string;
  /** Whether mTLS never applies to the port. */
  readonly plain?: boolean;
  /** Relabelings of targets and their labels. */
  readonly relabelings?: readonly object[];
}

/**
 * Checks the properties that all monitors have.
 *
 * @internal
 */
export function checkMonitor(at: Construct, props: MonitorProps): void {
  const { namespaces, anyNamespace, interval = Duration.seconds(15), scrapeTimeout, mtlsScrapeClass } = props;
  if (namespaces !== undefined) {
    checkTexts(at, 'namespaces', namespaces);
    if (namespaces.length === 0) throw invalid(at, 'an empty list of namespaces', 'list at least one, or leave namespaces out for the monitor\'s own namespace');
    namespaces.forEach((namespace) => checkDnsLabel(at, 'namespace', namespace));
    if (anyNamespace) throw invalid(at, 'namespaces and anyNamespace', 'set only one of them');
  }
  checkSeconds(at, 'interval', interval);
  checkSeconds(at, 'scrapeTimeout', scrapeTimeout);
  if (scrapeTimeout !== undefined && scrapeTimeout.toMilliseconds() > interval.toMilliseconds()) {
    throw invalid(at, `scrapeTimeout of ${formatSeconds(scrapeTimeout)}`, `it must not exceed the interval of ${formatSeconds(interval)}`);
  }
  if (mtlsScrapeClass === undefined) return;
  checkText(at, 'mtlsScrapeClass', mtlsScrapeClass);
  if (mtlsScrapeClass.trim() === '') throw invalid(at, `mtlsScrapeClass ${show(mtlsScrapeClass)}`, 'expected the name of a scrape class, such as "istio-mtls"');
}

/**
 * Checks the labels by which a monitor selects pods.
 *
 * @internal
 */
export function checkSelector(at: Construct, selector: { readonly [label: string]: string }): void {
  checkObject(at, 'selector', undefined, selector, 'an object of labels');
  checkLabels(at, 'selector', selector);
  if (Object.keys(selector).length === 0) throw invalid(at, 'an empty selector', 'set a label, or leave the selector out');
}

/**
 * Writes a PodMonitor.
 *
 * @internal
 */
export function writePodMonitor(at: Construct, scraped: Scraped, props: MonitorProps): void {
  const spec = { ...common(scraped, props), podMetricsEndpoints: [endpoint(scraped, props)] };
  writeManifest(at, {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    spec: () => monitoringTypes().toJson_PodMonitorSpec(spec as unknown as monitoring.PodMonitorSpec),
  }, props);
}

/**
 * Writes a ServiceMonitor.
 *
 * @internal
 */
export function writeServiceMonitor(at: Construct, scraped: Scraped, props: MonitorProps): void {
  const spec = { ...common(scraped, props), endpoints: [endpoint(scraped, props)] };
  writeManifest(at, {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'ServiceMonitor',
    spec: () => monitoringTypes().toJson_ServiceMonitorSpec(spec as unknown as monitoring.ServiceMonitorSpec),
  }, props);
}

function common({ selector, plain }: Scraped, { namespaces, anyNamespace, mtlsScrapeClass }: MonitorProps): object {
  return {
    selector: { matchLabels: selector },
    namespaceSelector: anyNamespace ? { any: true } : namespaces && { matchNames: namespaces },
    scrapeClass: plain ? undefined : mtlsScrapeClass,
  };
}

function endpoint({ port, path, plain, relabelings }: Scraped, props: MonitorProps): object {
  const { interval = Duration.seconds(15), scrapeTimeout, mtlsScrapeClass } = props;
  return {
    port,
    path,
    interval: formatSeconds(interval),
    scrapeTimeout: scrapeTimeout && formatSeconds(scrapeTimeout),
    scheme: plain || mtlsScrapeClass === undefined ? undefined : 'https',
    relabelings,
  };
}
