import { IConstruct } from 'constructs';
import type { DestinationRule } from './destination-rule';
import { Mesh } from '../mesh/mesh';
import { invalid } from '../plan/errors';

/**
 * The DestinationRules of a mesh by host: Istio reads one for a host, so a second one would be ignored or hide the first.
 *
 * @internal
 */
export class DestinationRuleRegistry {
  public static of(construct: IConstruct): DestinationRuleRegistry {
    return Mesh.of(construct)._part('destination-rules', () => new DestinationRuleRegistry());
  }

  private readonly rules = new Map<string, DestinationRule>();

  public find(host: string): DestinationRule | undefined {
    return this.rules.get(host);
  }

  public add(rule: DestinationRule, host: string): void {
    const other = this.rules.get(host);
    if (other !== undefined) {
      throw invalid(rule, `a second DestinationRule for host "${host}", which has ${other.node.path}`,
        'say everything about a host in one rule, made before the routes that need its subsets');
    }
    this.rules.set(host, rule);
  }
}
