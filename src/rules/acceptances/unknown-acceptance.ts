import { annotatedExample } from './accepted-example';
import { Cluster } from '../../cluster/cluster';
import { nearest } from '../../plan/checks/near-miss';
import { ACCEPT_ANNOTATION, acceptedBy } from '../acceptance';
import { Level } from '../level';
import { Problem, Rule } from '../rule';

/**
 * An annotation that accepts the findings of a rule that does not exist.
 *
 * @param ids The names of all rules.
 * @internal
 */
export function unknownAcceptance(ids: readonly string[]): Rule {
  const known = new Set(ids);
  return {
    id: 'unknown-acceptance',
    level: Level.ERROR,
    title: 'An annotation that accepts an unknown rule',
    page: {
      explanation: `An annotation \`${ACCEPT_ANNOTATION}<rule>\` names a rule that does not exist, so it accepts nothing.`,
      wrong: annotatedExample(`${ACCEPT_ANNOTATION}stickyheader-kept: sessions are sticky by design`),
      right: annotatedExample(`${ACCEPT_ANNOTATION}sticky-header-kept: sessions are sticky by design`),
    },
    check: (cluster: Cluster) => cluster.objects.flatMap((object) => [...acceptedBy(object).keys()].flatMap((id): Problem[] => {
      if (known.has(id)) return [];
      const near = nearest(id, ids);
      return [{
        object,
        field: ['metadata', 'annotations', ACCEPT_ANNOTATION + id],
        problem: `the annotation accepts rule "${id}", which does not exist`,
        remedy: near === undefined ? 'use the name of a rule, as findings show it' : `did you mean "${near}"?`,
      }];
    })),
  };
}
