import { Construct, IConstruct } from 'constructs';
import { ClientTlsMode } from './client-tls';
import { checkDestinationRule, checkSubset } from './destination-rule-checks';
import { toDestinationRuleSpec, toTrafficPolicy } from './destination-rule-json';
import { DestinationRuleProps, Subset } from './destination-rule-props';
import { DestinationRuleRegistry } from './destination-rule-registry';
import { handOver } from './hand-over';
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
import { byText } from '../../plan/text-order';
import { Visibility } from '../common/export-to';

export type * from './destination-rule-props';

/**
 * An Istio `DestinationRule`: the subsets of a host, and the policy for calls to it with load balancing, limits, outlier detection
 * and TLS.
 *
 * Put it into the namespace of the Service: Istio applies one rule for a host, and a rule in the caller's namespace hides it.
 * Fields that are newer than this library's types can be added with a patch: `ApiObject.of(rule).addJsonPatch(…)`.
 *
 * Outlier detection and connection pools for the Service of Seldon Core 2 are refused, since all models of a namespace share that
 * Service. If only one model uses it, add them with a patch. A rule for a wildcard applies to that Service too, unless it has its own
 * rule, so synthesis refuses the same settings there if a route of the app leads to the Service.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/
 */
export class DestinationRule extends KubernetesObject {
  /** The host of the rule, as specified. */
  public readonly host: string;

  private readonly fullHost: string;
  private readonly _subsets = new Map<string, Subset>();
  /** The subsets that the app adds, as they are given. The others are only needed by routes and policies. */
  private readonly ownSubsets = new Map<string, Subset>();
  /** The rule that has taken the place of this one. */
  private successor?: DestinationRule;
  private readonly policies = new Map<string | undefined, MergedPolicy>();
  private readonly context: PolicyContext;
  private readonly exportTo?: string[];

  /**
   * Creates a DestinationRule.
   *
   * @param scope The chart or construct that it belongs to.
   * @param id Id of the construct, and name of the object unless the metadata set another one.
   * @param props Host, subsets and policy.
   * @throws an error when Istio would reject a value, when callers see another rule for the host, when the specified release does not
   * support a field, and for limits of the Service that all models of Seldon Core 2 share. Several rules for one host are allowed when
   * they select workloads.
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
      if (this.ownSubsets.has(subset.name)) throw invalid(this, `two subsets named ${show(subset.name)}`, 'give each subset its own name');
      this.addSubset(subset);
    }
    const spec = () => toDestinationRuleSpec({ ...props, trafficPolicy: this.policies.get(undefined)?.policy }, this.allSubsets());
    Warnings._later(this, () => {
      if (this.successor === undefined) warnOfIdleLocality(this, spec() as LocalitySpec);
    });
    writeManifest(this, { apiVersion: mesh._release.apiVersion(this, 'DestinationRule'), kind: 'DestinationRule', spec }, props);
    if (props.workloadSelector === undefined) DestinationRuleRegistry.of(this).add(this, this.fullHost, this._visibility);
  }

  /** Subsets of the host's pods: those that were added, in that order, and those that only routes and policies need, by name. */
  public get subsets(): Subset[] {
    return this.successor?.subsets ?? this.allSubsets().map(copy);
  }

  /**
   * Adds a subset of the host's pods. An existing subset with the same name and labels is not changed, except that its policy is set if
   * it has none yet.
   *
   * @param subset The subset.
   * @throws an error when Istio would reject a value, or when there is another subset with that name.
   */
  public addSubset(subset: Subset): void {
    if (this.successor !== undefined) return this.successor.addSubset(subset);
    checkProps(this, 'Subset', subset);
    const { name, trafficPolicy } = subset;
    this.checkLabels(subset, this._subsets.get(name));
    checkSubset(this.context, subset);
    const known = this.ownSubsets.get(name);
    if (trafficPolicy !== undefined && known?.trafficPolicy !== undefined && policyOf(known) !== policyOf(subset)) {
      throw invalid(this, `subset ${show(name)} with a trafficPolicy that differs from the existing one`, 'set its policy in one place, or to the same value everywhere');
    }
    this.define(subset);
    this.ownSubsets.set(name, copy({ ...known ?? subset, trafficPolicy: trafficPolicy ?? known?.trafficPolicy }));
    if (trafficPolicy !== undefined && known?.trafficPolicy === undefined) this._applyPolicy(this, trafficPolicy, name);
    DestinationRuleRegistry.of(this).retry(this, this.fullHost);
  }

  /**
   * Adds a subset of the host's pods for a route to it.
   *
   * @internal
   */
  public _require(at: IConstruct, subset: Subset): void {
    this.checkLabels(subset, this._subsets.get(subset.name), at);
    if (this._subsets.has(subset.name)) return;
    checkProps(this, 'Subset', subset);
    checkSubset(this.context, subset);
    this.define(subset);
    DestinationRuleRegistry.of(this).retry(this, this.fullHost);
  }

  /** @internal */
  public _defines(subset: string): boolean {
    return this._subsets.has(subset);
  }

  /**
   * Leaves its place to another rule, which gets what the app has changed in this one. References to this one lead to the other one.
   *
   * @internal
   */
  public _leaveTo(rule: DestinationRule): void {
    this.successor = rule;
    for (const subset of this.ownSubsets.values()) rule.addSubset(subset);
    handOver(this, rule);
  }

  /**
   * Adds a policy of another construct for the host or one of its subsets. Where one construct has settings for a port and the other one
   * does not, the general settings of the latter are written for the port as well.
   *
   * @internal
   */
  public _applyPolicy(by: IConstruct, policy: TrafficPolicy, subset?: string): void {
    checkSharedService(by, this.fullHost, policy);
    const whose = `${subset === undefined ? '' : `subset ${show(subset)} of `}host ${show(this.fullHost)}`;
    const merged = this.policies.get(subset) ?? new MergedPolicy(whose, this);
    merged.add(by, policy);
    this.policies.set(subset, merged);
    if (subset !== undefined) this._subsets.set(subset, { ...this._subsets.get(subset)!, trafficPolicy: merged.policy });
  }

  /** Its namespace; undefined when it is not specified. @internal */
  public get _namespace(): string | undefined {
    return this.context.namespace;
  }

  /** The namespaces that see it. @internal */
  public get _visibility(): Visibility {
    return { by: this, namespace: this.context.namespace, exportTo: this.exportTo };
  }

  /** The policy for the host, merged from all constructs so far. @internal */
  public get _policy(): TrafficPolicy {
    return this.policies.get(undefined)?.policy ?? {};
  }

  /**
   * Whether the policy for a subset uses TLS on at least one port.
   *
   * @internal
   */
  public _secures(subset: string | undefined): boolean {
    const own = subset === undefined ? undefined : this._subsets.get(subset)?.trafficPolicy;
    return [this._policy, own].some((policy) => [policy, ...policy?.portLevelSettings ?? []]
      .some((settings) => settings?.tls !== undefined && settings.tls.mode !== ClientTlsMode.DISABLE));
  }

  private define({ name, labels }: Subset): void {
    if (!this._subsets.has(name)) this._subsets.set(name, copy({ name, labels }));
  }

  private allSubsets(): Subset[] {
    const others = [...this._subsets.keys()].filter((name) => !this.ownSubsets.has(name)).sort();
    return [...this.ownSubsets.keys(), ...others].map((name) => this._subsets.get(name)!);
  }

  private checkLabels(subset: Subset, known: Subset | undefined, requester?: IConstruct): void {
    if (known === undefined || labelsOf(known) === labelsOf(subset)) return;
    const whose = requester === undefined ? '' : ` for ${pathOf(requester)}`;
    throw invalid(this, `subset ${show(subset.name)} with labels ${labelsOf(subset)}${whose}, which already has labels ${labelsOf(known)}`,
      'use the same labels or another name');
  }
}

function copy({ name, labels, trafficPolicy }: Subset): Subset {
  return { name, labels: labels && { ...labels }, trafficPolicy };
}

function labelsOf({ labels = {} }: Subset): string {
  return JSON.stringify(Object.fromEntries(Object.entries(labels).sort(([a], [b]) => byText(a, b))));
}

function policyOf({ trafficPolicy }: Subset): string | undefined {
  return trafficPolicy && JSON.stringify(toTrafficPolicy(trafficPolicy));
}
