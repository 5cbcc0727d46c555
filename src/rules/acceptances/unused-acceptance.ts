import { annotatedExample } from './accepted-example';
import { Cluster } from '../../cluster/cluster';
import { ClusterObject } from '../../cluster/cluster-object';
import { ACCEPT_ANNOTATION } from '../../plan/annotations';
import { annotatedAcceptances, configuredFor } from '../acceptance';
import { configuredAcceptances } from '../configuration-object';
import { Level } from '../level';
import { FoundProblem, placesOf, Problem, Rule } from '../rule';

/**
 * An annotation, or an entry of the configuration, that accepts a finding that is not there.
 *
 * @param rules The rules about objects. Others are reported as unknown.
 * @internal
 */
export function unusedAcceptance(rules: readonly Rule[]): Rule {
  const known = new Map(rules.map((rule) => [rule.id, rule]));
  return {
    id: 'unused-acceptance',
    level: Level.WARNING,
    title: 'An accepted finding that is no longer there',
    page: {
      explanation: `
No finding needs the annotation \`${ACCEPT_ANNOTATION}<rule>\`, or the entry in the configuration file, any more. It would hide the next one.
The finding may also need an object that was not checked, such as one in another folder.`,
      wrong: annotatedExample(`${ACCEPT_ANNOTATION}sticky-header-kept: sessions are sticky by design`, ', remove: [x-seldon-route, seldon-internal-model]'),
      right: annotatedExample('', ', remove: [x-seldon-route, seldon-internal-model]'),
    },
    isLast: true,
    check: (cluster: Cluster, found: readonly FoundProblem[]) => [
      ...unusedAnnotations(cluster, found, known),
      ...unusedEntries(cluster, found, known),
    ],
  };
}

function unusedAnnotations(cluster: Cluster, found: readonly FoundProblem[], known: ReadonlyMap<string, Rule>): Problem[] {
  const foundBy = new Map<string, Set<ClusterObject>>();
  for (const { rule, problem } of found) {
    const objects = foundBy.get(rule.id) ?? new Set();
    for (const { object } of placesOf(problem)) objects.add(object);
    foundBy.set(rule.id, objects);
  }
  return cluster.objects.flatMap((object) => annotatedAcceptances(object)
    .filter(({ rule, reason }) => reason !== '' && isKnown(cluster, known.get(rule), object) && foundBy.get(rule)?.has(object) !== true)
    .map(({ rule, field }) => ({ object, field, problem: `no finding of rule "${rule}" needs the annotation`, remedy: 'remove it' })));
}

/** What only synthesis or a comparison finds can still need the annotation of an object that was read from a file. */
function isKnown({ earlier }: Cluster, rule: Rule | undefined, { origin }: ClusterObject): boolean {
  if (rule === undefined || (rule.page.before !== undefined && earlier === undefined)) return false;
  return rule.page.needsFacts === undefined || origin.construct !== undefined;
}

/** Often only some of the files are checked that a configuration is for. */
function unusedEntries(cluster: Cluster, found: readonly FoundProblem[], known: ReadonlyMap<string, Rule>): Problem[] {
  const entries = [...cluster.derived(configuredAcceptances).values()].flat();
  const needed = new Set(entries.length === 0 ? [] : found.flatMap((each) => configuredFor(cluster, each)));
  return entries.filter((entry) => known.has(entry.rule) && !needed.has(entry)).map(({ object, field, rule }) => ({
    object,
    field,
    problem: `no finding of rule "${rule}" needs the entry`,
    remedy: 'remove it, unless it is about files that were not checked',
    level: Level.INFO,
  }));
}
