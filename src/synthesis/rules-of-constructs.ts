import { ClusterKind } from '../cluster/cluster-object';
import type * as AccessRules from '../rules/access/of-constructs';
import type { Rule } from '../rules/rule';

/** Rules that replace checks of constructs. */
interface RuleGroup {
  /** The kinds without which they find nothing. */
  readonly kinds: readonly ClusterKind[];
  /** Loads them: an app without these kinds needs none. */
  load(): readonly Rule[];
}

const GROUPS: readonly RuleGroup[] = [
  {
    kinds: [ClusterKind.AUTHORIZATION_POLICY],
    load: () => {
      const { ACCESS_RULES_OF_CONSTRUCTS } = require('../rules/access/of-constructs') as typeof AccessRules;
      return ACCESS_RULES_OF_CONSTRUCTS;
    },
  },
];

/**
 * The rules that check what constructs of this library write, of those that can find something in an app.
 *
 * @param kinds The kinds of its objects, as `group/Kind`.
 * @internal
 */
export function rulesOfConstructs(kinds: ReadonlySet<string>): readonly Rule[] {
  return GROUPS.filter((group) => group.kinds.every((kind) => kinds.has(kind))).flatMap((group) => group.load());
}
