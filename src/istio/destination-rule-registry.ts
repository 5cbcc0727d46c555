import { IConstruct } from 'constructs';
import type { DestinationRule } from './destination-rule';
import { overlap, Visibility } from './visibility';
import { Mesh } from '../mesh/mesh';
import { invalid } from '../plan/errors';

interface Registered {
  readonly rule: DestinationRule;
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

  /** A rule for a host that some callers see who see another object. */
  public find(host: string, visibility: Visibility): DestinationRule | undefined {
    return this.rules.get(host)?.find((other) => overlap(other.visibility, visibility))?.rule;
  }

  public add(rule: DestinationRule, host: string, visibility: Visibility): void {
    const other = this.find(host, visibility);
    if (other !== undefined) {
      throw invalid(rule, `a second DestinationRule for host "${host}", which has ${other.node.path}`,
        'say everything about a host in one rule, made before the routes that need its subsets, or export them to different namespaces');
    }
    const others = this.rules.get(host);
    if (others === undefined) this.rules.set(host, [{ rule, visibility }]);
    else others.push({ rule, visibility });
  }
}
