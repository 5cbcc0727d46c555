import { FindingExample } from './example';
import { Level } from './level';
import { Proofs } from './proofs';
import { Cluster } from '../cluster/cluster';
import { ClusterObject } from '../cluster/cluster-object';
import { FieldPath } from '../cluster/json';

export { Level } from './level';

/**
 * A field of an object.
 *
 * @internal
 */
export interface Place {
  /** The object. */
  readonly object: ClusterObject;
  /** Path of the field; the whole object if undefined. */
  readonly field?: FieldPath;
}

/**
 * A problem that a rule found.
 *
 * @internal
 */
export interface Problem extends Place {
  /** What is wrong, as a sentence without a full stop. */
  readonly problem: string;
  /** What to do about it, as one sentence or more, without the last full stop. */
  readonly remedy: string;
  /** The other objects that it is about. */
  readonly related?: readonly Place[];
  /** The level, where it is lower than that of the rule. */
  readonly level?: Level;
  /** The level if the object is typed; see `ObjectFacts`. */
  readonly typedLevel?: Level;
  /** A request that shows it. */
  readonly example?: FindingExample;
  /** The field that was probably meant, if the name of this one is misspelled. */
  readonly instead?: FieldPath;
}

/**
 * The documentation of a rule. Tests run the examples.
 *
 * @internal
 */
export interface RulePage {
  /** What goes wrong and why, in Markdown. */
  readonly explanation: string;
  /** Manifests with the fault, as YAML. */
  readonly wrong: string;
  /** The same manifests, corrected. */
  readonly right: string;
  /** The manifests before the change, as YAML, if the rule compares with them. */
  readonly before?: string;
  /** What only synthesis knows, if the rule needs it. */
  readonly needsFacts?: string;
}

/**
 * A check of the objects of a cluster.
 *
 * @internal
 */
export interface Rule {
  /** A stable name in kebab-case. */
  readonly id: string;
  /** The highest level of its findings. */
  readonly level: Level;
  /** What is wrong, as the title of its page: a noun phrase or a short sentence without a full stop. */
  readonly title: string;
  /** Codes of Istio's analyzers (`IST0101`) and of Kiali (`KIA0203`) for the same fault. */
  readonly codes?: readonly string[];
  /** Its documentation. */
  readonly page: RulePage;
  /** By what the object is rejected because of its findings: names of fields, the schema of its kind, or what the fields mean; undefined if it is not. */
  readonly rejects?: 'by name' | 'by schema' | 'by meaning';
  /** Whether it needs the findings of the others. */
  readonly isLast?: boolean;
  /**
   * Finds the problems.
   *
   * @param cluster The objects.
   * @param found What the other rules found, if this one is run after them.
   * @param proofs What decides questions about all requests.
   */
  check(cluster: Cluster, found: readonly FoundProblem[], proofs: Proofs): Iterable<Problem>;
}

/**
 * A problem with the rule that found it.
 *
 * @internal
 */
export interface FoundProblem {
  /** The rule. */
  readonly rule: Rule;
  /** The problem. */
  readonly problem: Problem;
}

/**
 * All places that a problem is about, the main one first.
 *
 * @internal
 */
export function placesOf({ object, field, related = [] }: Problem): Place[] {
  return [{ object, field }, ...related];
}
