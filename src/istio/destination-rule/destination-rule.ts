import { Construct, IConstruct } from 'constructs';
import { ClientTlsMode } from './client-tls';
import { checkDestinationRule, checkSubset } from './destination-rule-checks';
import { toDestinationRuleSpec, toTrafficPolicy } from './destination-rule-json';
import { DestinationRuleProps, Subset } from './destination-rule-props';
import { DestinationRuleRegistry } from './destination-rule-registry';
import { LocalitySpec, warnOfIdleLocality } from './idle-locality';
import { MergedPolicy } from './merged-policy';
import { checkSharedService } from './shared-service-checks';
import { TrafficPolicy } from './traffic-policy';
import { PolicyContext } from './traffic-policy-checks';
import { KubernetesObject } from '../../mesh/kubernetes-object';
import { namespaceOf, writeManifest } from '../../mesh/manifest';
import { Mesh } from '../../mesh/mesh';
import { Warnings } from '../../mesh/warnings';
import { invalid, pathOf, show } from '../../plan/checks/errors';
import { checkProps } from '../../plan/checks/props';
import { checkList } from '../../plan/checks/type-checks';
import { Visibility } from '../common/export-to';

export * from './destination-rule-props';

/**
 * Names groups of a host's pods and says how the host is called: load balancing, limits, failing pods, TLS.
 *
 * Put it into the namespace of the Service: Istio reads one rule for a host, and one in the caller's namespace hides it.
 * Fields that are newer than this library's types can be patched in: `ApiObject.of(rule).addJsonPatch(…)`. So can outlier
 * detection and connection pools for the Service of Seldon Core 2, where a single model has it for itself: they are refused
 * here, since all models of a namespace are behind that Service. A rule for a wildcard reaches it as well, until it has a rule of
 * its own: where a route of the app leads to it, synthesis refuses the same there.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/
 */
export class DestinationRule extends KubernetesObject {
  /** The host that the rule is for, as it was given. */
  public readonly host: string;

  private readonly fullHost: string;
  private readonly _subsets = new Map<string, Subset>();
  private readonly policies = new Map<string | undefined, MergedPolicy>();
  private readonly context: PolicyContext;
  private readonly exportTo?: string[];

  /**
   * Makes a DestinationRule.
   *
   * @param scope The chart or construct that it belongs to.
   * @param id The construct id, and the object's name unless the metadata says another.
   * @param props What it says.
   * @throws an error when Istio would refuse a value, when callers see another rule for the host, or when the stated release
   * does not know a field, or for limits of the Service that all models of Seldon Core 2 share. Several rules for one host are
   * fine when they select workloads.
   */
  constructor(scope: Construct, id: string, props: DestinationRuleProps) {
    super(scope, id);
    checkProps(this, 'DestinationRuleProps', props, DestinationRule);
    const mesh = Mesh.of(this);
    this.context = { at: this, release: mesh._release, namespace: namespaceOf(this, props) };
    this.host = props.host;
    this.exportTo = props.exportTo;
    checkDestinationRule(this.context, props);
    this.fullHost = mesh._fullHost(props.host, this.context.namespace);
    if (props.trafficPolicy !== undefined) this._applyPolicy(this, props.trafficPolicy);
    if (props.subsets !== undefined) checkList(this, 'subsets', props.subsets, 'subsets');
    for (const subset of props.subsets ?? []) {
      if (this._subsets.has(subset.name)) throw invalid(this, `two subsets named ${show(subset.name)}`, 'give each a name of its own');
      this.addSubset(subset);
    }
    if (props.workloadSelector === undefined) {
      DestinationRuleRegistry.of(this).add(this, this.fullHost, this._visibility);
    }
    const spec = () => toDestinationRuleSpec({ ...props, trafficPolicy: this.policies.get(undefined)?.policy }, [...this._subsets.values()]);
    Warnings._later(this, () => warnOfIdleLocality(this, spec() as LocalitySpec));
    writeManifest(this, { apiVersion: mesh._release.apiVersion(this, 'DestinationRule'), kind: 'DestinationRule', spec }, props);
  }

  /** Groups of the host's pods, in the order in which they were added. */
  public get subsets(): Subset[] {
    return [...this._subsets.values()].map(copy);
  }

  /**
   * Adds a group of the host's pods. One that is there already, with the same labels, is left as it is.
   *
   * @param subset The group.
   * @throws an error when Istio would refuse a value, or when there is another subset of that name.
   */
  public addSubset(subset: Subset): void {
    checkProps(this, 'Subset', subset);
    const known = this._subsets.get(subset.name);
    this.checkLabels(subset, known);
    if (known === undefined) {
      checkSubset(this.context, subset);
      this._subsets.set(subset.name, copy(subset));
      if (subset.trafficPolicy !== undefined) this._applyPolicy(this, subset.trafficPolicy, subset.name);
      return;
    }
    if (subset.trafficPolicy !== undefined && policyOf(known) !== policyOf(subset)) {
      throw invalid(this, `subset ${show(subset.name)} with another trafficPolicy than it has already`, 'say its policy once');
    }
  }

  /**
   * Adds a group of the host's pods for a route to it.
   *
   * @internal
   */
  public _require(at: IConstruct, subset: Subset): void {
    this.checkLabels(subset, this._subsets.get(subset.name), at);
    this.addSubset(subset);
  }

  /**
   * Adds what another construct says about the host or one of its subsets. Where one of them speaks of a port and the other one
   * does not, the latter's parts are written for the port too.
   *
   * @internal
   */
  public _applyPolicy(by: IConstruct, policy: TrafficPolicy, subset?: string): void {
    checkSharedService(by, this.fullHost, policy);
    const whose = `${subset === undefined ? '' : `subset ${show(subset)} of `}host ${show(this.fullHost)}`;
    const merged = this.policies.get(subset) ?? new MergedPolicy(whose);
    merged.add(by, policy);
    this.policies.set(subset, merged);
    if (subset !== undefined) this._subsets.set(subset, { ...this._subsets.get(subset)!, trafficPolicy: merged.policy });
  }

  /** Its namespace; undefined when it is not specified. @internal */
  public get _namespace(): string | undefined {
    return this.context.namespace;
  }

  /** Who sees it. @internal */
  public get _visibility(): Visibility {
    return { by: this, namespace: this.context.namespace, exportTo: this.exportTo };
  }

  /** How the host is called, by all that was said so far. @internal */
  public get _policy(): TrafficPolicy {
    return this.policies.get(undefined)?.policy ?? {};
  }

  /**
   * Whether connections to a subset are said to be secured, on some port at least.
   *
   * @internal
   */
  public _secures(subset: string | undefined): boolean {
    const own = subset === undefined ? undefined : this._subsets.get(subset)?.trafficPolicy;
    return [this._policy, own].some((policy) => [policy, ...policy?.portLevelSettings ?? []]
      .some((settings) => settings?.tls !== undefined && settings.tls.mode !== ClientTlsMode.DISABLE));
  }

  private checkLabels(subset: Subset, known: Subset | undefined, requester?: IConstruct): void {
    if (known === undefined || labelsOf(known) === labelsOf(subset)) return;
    const whose = requester === undefined ? '' : ` for ${pathOf(requester)}`;
    throw invalid(this, `subset ${show(subset.name)} with labels ${labelsOf(subset)}${whose}, which has labels ${labelsOf(known)} already`,
      'use the same labels or another name');
  }
}

function copy({ name, labels, trafficPolicy }: Subset): Subset {
  return { name, labels: labels && { ...labels }, trafficPolicy };
}

function labelsOf({ labels = {} }: Subset): string {
  return JSON.stringify(Object.fromEntries(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1))));
}

function policyOf({ trafficPolicy }: Subset): string | undefined {
  return trafficPolicy && JSON.stringify(toTrafficPolicy(trafficPolicy));
}
