import { annotatedExample } from './accepted-example';
import { Cluster } from '../../cluster/cluster';
import { ACCEPT_ANNOTATION, acceptedBy } from '../acceptance';
import { Level } from '../level';
import { Rule } from '../rule';

/** An annotation that accepts a finding without a reason. */
export const acceptanceWithoutReason: Rule = {
  id: 'acceptance-without-reason',
  level: Level.ERROR,
  title: 'An accepted finding without a reason',
  page: {
    explanation: `The value of an annotation \`${ACCEPT_ANNOTATION}<rule>\` is the reason why the finding is accepted. Without one, nothing is accepted.`,
    wrong: annotatedExample(`${ACCEPT_ANNOTATION}sticky-header-kept: ""`),
    right: annotatedExample(`${ACCEPT_ANNOTATION}sticky-header-kept: sessions are sticky by design`),
  },
  check: (cluster: Cluster) => cluster.objects.flatMap((object) => [...acceptedBy(object)].filter(([, reason]) => reason === '').map(([id]) => ({
    object,
    field: ['metadata', 'annotations', ACCEPT_ANNOTATION + id],
    problem: `the annotation accepts rule "${id}" without a reason`,
    remedy: 'write the reason as its value',
  }))),
};
