import { IConstruct } from 'constructs';
import { Subset } from './destination-rule-props';
import { TrafficPolicy } from './traffic-policy';
import { Mesh } from '../../mesh/mesh';
import { invalid, pathOf } from '../../plan/checks/errors';
import { computeIfAbsent } from '../../plan/groups';
import { overlap, sees, Visibility } from '../common/export-to';

/** A registered DestinationRule, as other constructs for the same host see it. @internal */
export interface RegisteredRule extends IConstruct {
  /** Host of the rule, as specified. */
  readonly host: string;
  /** Subsets so far. */
  readonly subsets: Subset[];
  /** Namespace of the rule; undefined when it is not specified. */
  readonly _namespace: string | undefined;
  /** The namespaces that see it. */
  readonly _visibility: Visibility;
  /** Policy of the host so far. */
  readonly _policy: TrafficPolicy;
  /** Adds a subset for a route to it. */
  _require(at: IConstruct, subset: Subset): void;
  /** Adds a policy of another construct for the host or one of its subsets. */
  _applyPolicy(by: IConstruct, policy: TrafficPolicy, subset?: string): void;
  /** Whether connections to a subset, or to the host, use TLS on some port. */
  _secures(subset: string | undefined): boolean;
}

interface Registered {
  readonly rule: RegisteredRule;
  readonly visibility: Visibility;
}

/** What a construct adds to the DestinationRule of a host. @internal */
export type RuleRequest = (rule: RegisteredRule) => void;

/**
 * The DestinationRules of a mesh by host. A caller gets one rule for a host, so a second one that it sees would be ignored or would
 * hide the first.
 *
 * @internal
 */
export class DestinationRuleRegistry {
  public static of(construct: IConstruct): DestinationRuleRegistry {
    return Mesh.of(construct)._part('destination-rules', () => new DestinationRuleRegistry());
  }

  private readonly rules = new Map<string, Registered[]>();
  private readonly owners = new Map<string, string>();
  /** The rules that were created for requests, with these. */
  private readonly requested = new Map<RegisteredRule, RuleRequest[]>();

  /** Records who writes the rule of a host in the cluster, so that none of this app can be next to it. */
  public setOwner(host: string, owner: string): void {
    this.owners.set(host, owner);
  }

  /** Who writes the rule of a host in the cluster. */
  public ownerOf(host: string): string | undefined {
    return this.owners.get(host);
  }

  /** A rule for a host that is visible to some of the callers who see another object. */
  public find(host: string, visibility: Visibility): RegisteredRule | undefined {
    return this.overlapping(host, visibility)[0]?.rule;
  }

  /**
   * The rules that callers of a host may get, including those for a wildcard: in each namespace the most specific one. Istio looks in
   * the namespace of the caller, then in that of the host, and finally in the root namespace.
   */
  public findEffective(host: string, visibility: Visibility): RegisteredRule[] {
    const nearest = new Map<string | undefined, RegisteredRule>();
    for (const pattern of [host, ...patternsOver(host)]) {
      for (const { rule, visibility: { namespace } } of this.overlapping(pattern, visibility)) {
        if (!nearest.has(namespace)) nearest.set(namespace, rule);
      }
    }
    const { namespace: own, by } = visibility;
    const { rootNamespace } = Mesh.of(by);
    return [...nearest].filter(([namespace]) => namespace === own || namespace === undefined || own === undefined
      || (namespace === rootNamespace ? !nearest.has(own) : sees(visibility, namespace))).map(([, rule]) => rule);
  }

  /**
   * Adds a rule. It takes the place of those that were created for requests of other constructs, and gets these requests.
   *
   * @throws an error if the app has another rule for the host.
   */
  public add(rule: RegisteredRule, host: string, visibility: Visibility): void {
    const others = this.overlapping(host, visibility).map((other) => other.rule);
    const own = others.find((other) => !this.requested.has(other));
    if (own !== undefined) {
      throw invalid(rule, `a second DestinationRule for host "${host}", which has ${pathOf(own)}`,
        'put everything about the host into one rule, or export the rules to different namespaces');
    }
    const requests = others.flatMap((other) => this.remove(other, host));
    computeIfAbsent(this.rules, host, () => []).push({ rule, visibility });
    for (const request of requests) request(rule);
  }

  /** Remembers that a rule exists only for requests, so that one of the app can take its place. */
  public setRequested(rule: RegisteredRule): void {
    this.requested.set(rule, []);
  }

  /** Adds something to a rule, and to the one that takes its place. */
  public request(rule: RegisteredRule, request: RuleRequest): void {
    request(rule);
    this.requested.get(rule)?.push(request);
  }

  private remove(rule: RegisteredRule, host: string): RuleRequest[] {
    const requests = this.requested.get(rule)!;
    this.requested.delete(rule);
    this.rules.set(host, this.rules.get(host)!.filter((each) => each.rule !== rule));
    rule.node.scope!.node.tryRemoveChild(rule.node.id);
    return requests;
  }

  private overlapping(host: string, visibility: Visibility): Registered[] {
    return this.rules.get(host)?.filter((other) => overlap(other.visibility, visibility)) ?? [];
  }
}

/** The wildcards that cover a host, the most specific first. In Istio they may start within a label. */
function patternsOver(host: string): string[] {
  const end = host.startsWith('*') ? host.slice(1) : host;
  return Array.from({ length: end.length + 1 }, (_, i) => `*${end.slice(i)}`).filter((pattern) => pattern !== host);
}
