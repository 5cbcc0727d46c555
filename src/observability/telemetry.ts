import { Construct, IConstruct } from 'constructs';
import { checkTelemetry } from './telemetry-checks';
import { AccessLogging, MetricOverride, Metrics, TelemetryProps, Tracing, WorkloadMode } from './telemetry-props';
import type * as telemetry from '../../imports/telemetry.istio.io';
import { checkPolicyTarget, targetToJson } from '../istio/common/policy-target';
import { Finding, reportFindings } from '../mesh/findings';
import { KubernetesObject } from '../mesh/kubernetes-object';
import { namespaceOf, writeManifest } from '../mesh/manifest';
import { Mesh } from '../mesh/mesh';
import { formatDuration } from '../plan/checks/checks';
import { inSentences, pathOf } from '../plan/checks/errors';
import { checkProps } from '../plan/checks/props';
import { objectKey } from '../plan/object-key';

export * from './telemetry-props';
export { CustomTag, TagOverride } from './telemetry-tags';

/** The generated types. They are loaded with the first Telemetry, since most apps have none. */
function types(): typeof telemetry {
  return require('../../imports/telemetry.istio.io') as typeof telemetry;
}

/**
 * Configures access logs, traces and metrics of proxies.
 *
 * Without a selector it applies to all workloads of its namespace, and in the mesh's root namespace to all workloads of the mesh. A
 * namespace can have one Telemetry without a selector, and each pod one with a selector that matches it. Settings that a Telemetry does
 * not have are inherited from the wider scope.
 *
 * @example
 * new Telemetry(chart, 'models', {
 *   accessLogging: [{ providers: ['envoy'], filter: 'response.code >= 500' }],
 *   tracing: { samplingPercentage: 10, customTags: { model: CustomTag.model() } },
 *   metrics: [{ overrides: [{ metric: IstioMetric.REQUEST_COUNT, tags: { model: TagOverride.model() } }] }],
 * });
 *
 * @see https://istio.io/latest/docs/reference/config/telemetry/
 */
export class Telemetry extends KubernetesObject {
  /**
   * Creates a Telemetry.
   *
   * @param scope The construct that it belongs to.
   * @param id Id of the construct, and name of the object unless the metadata sets another one.
   * @param props What is logged, traced and measured, and for which workloads.
   * @throws an error when there are no settings; when a percentage, provider, tag, label or expression is invalid; when both a selector
   * and targets are set; when a field is newer than the release of the mesh. The app does not synthesize when two Telemetries of one
   * namespace have no selector or the same selector.
   */
  public constructor(scope: Construct, id: string, props: TelemetryProps) {
    super(scope, id);
    checkProps(this, 'TelemetryProps', props, Telemetry);
    const release = Mesh.of(this)._release;
    checkTelemetry(this, props, release);
    const { selector, targetRefs, accessLogging, tracing, metrics } = props;
    const namespace = namespaceOf(this, props);
    const target = { namespace, selector, targetRefs };
    checkPolicyTarget(this, target);
    if (targetRefs === undefined) Telemetries.of(this).add(this, namespace, selector);
    const spec = {
      ...targetToJson(target),
      accessLogging: accessLogging?.map(toLogging),
      tracing: tracing && [toTracing(tracing)],
      metrics: metrics?.map(toMetrics),
    };
    writeManifest(this, {
      apiVersion: release.apiVersion(this, 'Telemetry'),
      kind: 'Telemetry',
      spec: () => types().toJson_TelemetrySpec(spec as telemetry.TelemetrySpec),
    }, props);
  }
}

const toProviders = (providers: readonly string[] | undefined) => providers?.map((name) => ({ name }));

const toMode = (mode: WorkloadMode | undefined) => mode && { mode };

function toLogging({ providers, filter, disabled, mode }: AccessLogging): object {
  return { providers: toProviders(providers), filter: filter === undefined ? undefined : { expression: filter }, disabled, match: toMode(mode) };
}

function toTracing({ provider, samplingPercentage, customTags, mode, ...flags }: Tracing): object {
  return {
    ...flags,
    providers: provider === undefined ? undefined : [{ name: provider }],
    randomSamplingPercentage: samplingPercentage,
    customTags: customTags && Object.fromEntries(Object.entries(customTags).map(([name, tag]) => [name, tag._toJson()])),
    match: toMode(mode),
  };
}

function toMetrics({ providers, overrides, reportingInterval }: Metrics): object {
  return {
    providers: toProviders(providers),
    reportingInterval: reportingInterval && formatDuration(reportingInterval),
    overrides: overrides?.map(toOverride),
  };
}

function toOverride({ metric, customMetric, mode, disabled, tags }: MetricOverride): object {
  const match = { metric, customMetric, mode };
  return {
    match: Object.values(match).some((value) => value !== undefined) ? match : undefined,
    disabled,
    tagOverrides: tags && Object.fromEntries(Object.entries(tags).map(([name, tag]) => [name, tag._toJson()])),
  };
}

/** All Telemetries of a mesh by the workloads that they select. */
class Telemetries {
  public static of(construct: IConstruct): Telemetries {
    return Mesh.of(construct)._part('telemetries', (scope) => new Telemetries(scope));
  }

  private readonly first = new Map<string, IConstruct>();
  private readonly problems: Finding[] = [];

  private constructor(scope: IConstruct) {
    reportFindings(scope, () => this.problems);
  }

  public add(construct: IConstruct, namespace: string | undefined, selector: { readonly [label: string]: string } | undefined): void {
    const labels = Object.entries(selector ?? {}).map(([name, value]) => `${name}=${value}`).sort().join(', ');
    const key = objectKey(namespace, labels);
    const other = this.first.get(key);
    if (other === undefined) {
      this.first.set(key, construct);
      return;
    }
    const selected = labels === '' ? 'without a selector' : `with selector ${labels}`;
    const where = namespace === undefined ? 'no namespace' : `namespace "${namespace}"`;
    const text = inSentences(`two Telemetries ${selected} in ${where}, ${pathOf(other)} and ${pathOf(construct)}`,
      'Istio would apply only one of them. Combine them into one');
    this.problems.push({ at: construct, text });
  }
}
