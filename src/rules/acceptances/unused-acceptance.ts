import { annotatedExample } from './accepted-example';
import { Cluster } from '../../cluster/cluster';
import { ACCEPT_ANNOTATION, acceptedBy } from '../acceptance';
import { Finding } from '../finding';
import { Level } from '../level';
import { Rule } from '../rule';

/**
 * An annotation that accepts a finding that is not there.
 *
 * @param ids The names of all rules. Others are reported as unknown.
 * @internal
 */
export function unusedAcceptance(ids: readonly string[]): Rule {
  const known = new Set(ids);
  return {
    id: 'unused-acceptance',
    level: Level.WARNING,
    title: 'An accepted finding that is no longer there',
    page: {
      explanation: `No finding needs the annotation \`${ACCEPT_ANNOTATION}<rule>\` any more. It would hide the next one.`,
      wrong: annotatedExample(`${ACCEPT_ANNOTATION}sticky-header-kept: sessions are sticky by design`, ', remove: [x-seldon-route, seldon-internal-model]'),
      right: annotatedExample('', ', remove: [x-seldon-route, seldon-internal-model]'),
    },
    isLast: true,
    check: (cluster: Cluster, found: readonly Finding[]) => {
      const needed = new Set(found.flatMap((finding) => [finding, ...finding.related].map((place) => keyOf(place, finding.rule))));
      return cluster.objects.flatMap((object) => [...acceptedBy(object)]
        .filter(([id, reason]) => reason !== '' && known.has(id) && !needed.has(keyOf(object, id)))
        .map(([id]) => ({
          object,
          field: ['metadata', 'annotations', ACCEPT_ANNOTATION + id],
          problem: `no finding of rule "${id}" needs the annotation`,
          remedy: 'remove it',
        })));
    },
  };
}

function keyOf({ kind, namespace, name }: { readonly kind: string; readonly namespace: string; readonly name: string }, rule: string): string {
  return `${rule} ${kind} ${namespace}/${name}`;
}
