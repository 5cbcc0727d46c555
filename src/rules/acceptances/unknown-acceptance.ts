import { annotatedExample } from './accepted-example';
import { Cluster } from '../../cluster/cluster';
import { ACCEPT_ANNOTATION } from '../../plan/annotations';
import { nearest } from '../../plan/checks/near-miss';
import { annotatedAcceptances } from '../acceptance';
import { Level } from '../level';
import { Problem, Rule } from '../rule';

const ID = 'unknown-acceptance';

/**
 * An annotation that accepts the findings of a rule that does not exist.
 *
 * @param others The names of all other rules.
 * @internal
 */
export function unknownAcceptance(others: readonly string[]): Rule {
  const ids = [...others, ID];
  const known = new Set(ids);
  return {
    id: ID,
    level: Level.ERROR,
    title: 'An annotation that accepts an unknown rule',
    page: {
      explanation: `An annotation \`${ACCEPT_ANNOTATION}<rule>\` names a rule that does not exist, so it accepts nothing.`,
      wrong: annotatedExample(`${ACCEPT_ANNOTATION}stickyheader-kept: sessions are sticky by design`),
      right: annotatedExample(`${ACCEPT_ANNOTATION}sticky-header-kept: sessions are sticky by design`),
    },
    check: (cluster: Cluster) => cluster.objects.flatMap((object) => annotatedAcceptances(object)
      .filter(({ rule }) => !known.has(rule))
      .map(({ rule, field }): Problem => {
        const near = nearest(rule, ids);
        return {
          object,
          field,
          problem: `the annotation accepts rule "${rule}", which does not exist`,
          remedy: near === undefined ? 'use the name of a rule, as findings show it' : `did you mean "${near}"?`,
        };
      })),
  };
}
