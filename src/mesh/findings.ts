import { IConstruct } from 'constructs';
import { acceptancesOf, ScopedAcceptance } from './acceptances';
import { userConstruct } from '../plan/checks/errors';

/**
 * A problem that is found only by comparing objects.
 *
 * @internal
 */
export interface Finding {
  /** The construct that it is about. */
  readonly at: IConstruct;
  /** The problem and its remedy, as two sentences. */
  readonly text: string;
  /** The rule that finds the same in manifests, if there is one. Its findings can be accepted. */
  readonly rule?: string;
  /** The other constructs that it is about. */
  readonly related?: readonly IConstruct[];
}

/**
 * A finding that a rule finds in manifests as well.
 *
 * @internal
 */
export interface RuledFinding extends Finding {
  /** Name of the rule. */
  readonly rule: string;
}

const FINDERS = Symbol.for('cdk8s-seldon-istio.findings.finders');

/** The root of a tree, which holds the functions that find problems. */
interface Marked extends IConstruct {
  [FINDERS]?: (() => readonly Finding[])[];
}

/**
 * Reports problems of constructs below a scope before anything is written, each at the construct that it is about: cdk8s prefixes a
 * problem with the path of the construct that reports it.
 *
 * @param scope The scope of the objects that are compared.
 * @param find Finds the problems.
 * @param hasRules Whether rules find some of them in manifests as well.
 * @internal
 */
export function reportFindings(scope: IConstruct, find: () => readonly Finding[], hasRules = false): void {
  const found = new Map<IConstruct, string[]>();
  if (hasRules) findersIn(scope).push(find);
  scope.node.addValidation({
    validate: () => {
      for (const texts of found.values()) texts.length = 0;
      for (const finding of find()) {
        if (acceptancesOfFinding(finding).length === 0) textsAt(found, userConstruct(finding.at), scope).push(textOf(finding));
      }
      return [...found.get(scope) ?? []];
    },
  });
}

/**
 * The findings that constructs report, of those that can be accepted, accepted ones included.
 *
 * @param construct Any construct of the tree.
 * @internal
 */
export function ruledFindings(construct: IConstruct): RuledFinding[] {
  return findersIn(construct).flatMap((find) => find()).filter((finding): finding is RuledFinding => finding.rule !== undefined);
}

/**
 * The acceptances of a finding: those whose scope contains one of its constructs.
 *
 * @internal
 */
export function acceptancesOfFinding({ at, related = [], rule }: Finding): readonly ScopedAcceptance[] {
  return rule === undefined ? [] : acceptancesOf(at, rule).filter(({ scope }) => [at, ...related].some(({ node }) => node.scopes.includes(scope)));
}

function findersIn(construct: IConstruct): (() => readonly Finding[])[] {
  const root = construct.node.root as Marked;
  return root[FINDERS] ??= [];
}

function textOf({ text, rule }: Finding): string {
  return rule === undefined ? text : `${text} (rule ${rule})`;
}

/** A construct is validated after the scope that it is in. */
function textsAt(found: Map<IConstruct, string[]>, at: IConstruct, scope: IConstruct): string[] {
  let texts = found.get(at);
  if (texts !== undefined) return texts;
  const made: string[] = [];
  found.set(at, texts = made);
  if (at !== scope) at.node.addValidation({ validate: () => [...made] });
  return texts;
}
