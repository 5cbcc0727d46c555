import { IConstruct } from 'constructs';
import { Subset } from './destination-rule-props';
import { TrafficPolicy } from './traffic-policy';
import { Mesh } from '../../mesh/mesh';
import { invalid, pathOf } from '../../plan/checks/errors';
import { computeIfAbsent } from '../../plan/groups';
import { overlap, sees, Visibility } from '../common/export-to';

/** A DestinationRule as its registry and those who share its host see it. @internal */
export interface RegisteredRule extends IConstruct {
  /** Host of the rule, as it was given. */
  readonly host: string;
  /** Subsets so far. */
  readonly subsets: Subset[];
  /** Namespace of the rule; undefined when it is not specified. */
  readonly _namespace: string | undefined;
  /** The callers that see it. */
  readonly _visibility: Visibility;
  /** Policy of the host so far. */
  readonly _policy: TrafficPolicy;
  /** Adds a subset for a route to it. */
  _require(at: IConstruct, subset: Subset): void;
  /** Adds a policy of another construct for the host or one of its subsets. */
  _applyPolicy(by: IConstruct, policy: TrafficPolicy, subset?: string): void;
  /** Whether connections to a subset, or to the host, are secured on some port. */
  _secures(subset: string | undefined): boolean;
}

interface Registered {
  readonly rule: RegisteredRule;
  readonly visibility: Visibility;
}

/**
 * The DestinationRules of a mesh by host: a caller gets one for a host, so a second one that it sees would be ignored or hide
 * the first.
 *
 * @internal
 */
export class DestinationRuleRegistry {
  public static of(construct: IConstruct): DestinationRuleRegistry {
    return Mesh.of(construct)._part('destination-rules', () => new DestinationRuleRegistry());
  }

  private readonly rules = new Map<string, Registered[]>();
  private readonly owners = new Map<string, string>();

  /** Records who writes the rule of a host in the cluster, so that none of this app can be next to it. */
  public setOwner(host: string, owner: string): void {
    this.owners.set(host, owner);
  }

  /** Who writes the rule of a host in the cluster. */
  public ownerOf(host: string): string | undefined {
    return this.owners.get(host);
  }

  /** A rule for a host that some callers see who see another object. */
  public find(host: string, visibility: Visibility): RegisteredRule | undefined {
    return this.overlapping(host, visibility)[0]?.rule;
  }

  /**
   * The rules that callers of a host may get, also those for a wildcard: in each namespace the one that is nearest to the host.
   * Istio looks in the namespace of the caller, then in that of the host, and in the root namespace at last.
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

  public add(rule: RegisteredRule, host: string, visibility: Visibility): void {
    const other = this.find(host, visibility);
    if (other !== undefined) {
      throw invalid(rule, `a second DestinationRule for host "${host}", which has ${pathOf(other)}`,
        'say everything about a host in one rule, made before the routes, policies and egresses that add to it, or export them to different namespaces');
    }
    computeIfAbsent(this.rules, host, () => []).push({ rule, visibility });
  }

  private overlapping(host: string, visibility: Visibility): Registered[] {
    return this.rules.get(host)?.filter((other) => overlap(other.visibility, visibility)) ?? [];
  }
}

/** The wildcards that hold for a host, the narrowest first: Istio's may start amid a label. */
function patternsOver(host: string): string[] {
  const end = host.startsWith('*') ? host.slice(1) : host;
  return Array.from({ length: end.length + 1 }, (_, i) => `*${end.slice(i)}`).filter((pattern) => pattern !== host);
}
