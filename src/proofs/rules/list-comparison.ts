import { Rule } from './rule';
import { Work } from '../../plan/expressions/work';
import { computeIfAbsent } from '../../plan/groups';
import { Cube } from '../requests/cube';
import { Field } from '../requests/field';
import { Literal } from '../requests/literal';
import { Test } from '../words/string-test';

/**
 * Receives the classes of requests for which two lists may differ.
 *
 * @internal
 */
export interface Differences {
  /** Requests that get different rules: the first ones that match, or those of each owner if their order is not known. */
  differ(cube: Cube, before: readonly Rule[], after: readonly Rule[]): void;
  /** Requests about which it was not found out. */
  undecided(cube: Cube, reason: string): void;
}

/** A rule that some requests of a class may satisfy, and the conditions that not all of them satisfy. */
interface OpenRule {
  readonly rule: Rule;
  readonly open: readonly Literal[];
}

/** Lists that are still to be compared for the requests of a class. */
interface Task {
  readonly before: readonly Rule[];
  readonly after: readonly Rule[];
  readonly cube: Cube;
}

/** Longer lists are divided by the exact values of a header first. */
const LONG = 24;

/** The reason if the limit of work is reached. @internal */
export const TOO_MUCH_WORK = 'it takes too long to compare all combinations of conditions';

/**
 * Finds the classes of requests for which the first rules that match are different in two lists.
 *
 * @param isOrdered Whether the order of the owners of the rules is known. Otherwise the first rule of each owner counts.
 * @internal
 */
export class ListComparison {
  private readonly tasks: Task[] = [];

  constructor(private readonly isOrdered: boolean, private readonly work: Work, private readonly differences: Differences) {}

  /** Compares lists for the requests of a class. */
  public compare(before: readonly Rule[], after: readonly Rule[], all: Cube): void {
    this.tasks.push({ before, after, cube: all });
    for (let task = this.tasks.pop(); task !== undefined; task = this.tasks.pop()) {
      if (this.work.spend(1 + task.before.length + task.after.length)) {
        this.run(task);
      } else {
        this.differences.undecided(all, TOO_MUCH_WORK);
        this.tasks.length = 0;
      }
    }
  }

  private run({ before, after, cube }: Task): void {
    const [b, a] = [openRules(before, cube), openRules(after, cube)];
    if (b.length + a.length > LONG && cube.reading === 'plain' && this.divide(b, a, cube)) return;
    if (this.isOrdered) this.compareFirst(b, a, cube);
    else this.compareOwners(b, a, cube);
  }

  private compareFirst(all: readonly OpenRule[], others: readonly OpenRule[], cube: Cube): void {
    const [before, after] = [untilCertain(all), untilCertain(others)];
    const at = firstDifference(before, after);
    if (at === undefined) return;
    const heads = [before[at], after[at]].filter((head) => head !== undefined);
    const open = heads.find((head) => head.open.length > 0);
    if (open !== undefined) {
      this.split(all, others, open.open[0], cube);
      return;
    }
    const reason = heads.find(({ rule }) => rule.conditions.undecided !== undefined)?.rule.conditions.undecided;
    if (reason !== undefined) {
      this.differences.undecided(cube, reason);
      return;
    }
    // Requests that satisfy a rule that both lists have before are answered alike.
    const earlier = before.slice(0, at).find(({ open: literals }) => literals.length > 0);
    if (earlier !== undefined) this.split(all, others, earlier.open[0], cube);
    else if (at > 0) this.differences.undecided(cube, before[0].rule.conditions.undecided!);
    else this.differences.differ(cube, firstOfEach([before]), firstOfEach([after]));
  }

  private split(before: readonly OpenRule[], after: readonly OpenRule[], literal: Literal, cube: Cube): void {
    for (const isPositive of [!literal.isPositive, literal.isPositive]) {
      const part = cube.with({ ...literal, isPositive }, this.work);
      if (part === 'limit') this.differences.undecided(cube, TOO_MUCH_WORK);
      else if (part !== undefined) this.tasks.push({ before: before.map(({ rule }) => rule), after: after.map(({ rule }) => rule), cube: part });
    }
  }

  /** Each owner offers its first rule that matches, and any of them may be the first one. */
  private compareOwners(before: readonly OpenRule[], after: readonly OpenRule[], cube: Cube): void {
    const [b, a] = [byOwner(before), byOwner(after)];
    const owners = [...new Set([...b.keys(), ...a.keys()])].map((owner) => {
      const lists = [untilCertain(b.get(owner) ?? []), untilCertain(a.get(owner) ?? [])] as const;
      return { lists, at: firstDifference(...lists) };
    });
    const different = owners.filter(({ at }) => at !== undefined);
    if (different.length === 0) return;
    const heads = different.flatMap(({ lists, at }) => lists.flatMap((list) => list[at!] ?? []));
    const rest = owners.flatMap(({ lists }) => lists.flat());
    const open = [...heads, ...rest].find(({ open: literals }) => literals.length > 0);
    if (open !== undefined) {
      this.split(before, after, open.open[0], cube);
      return;
    }
    const reason = rest.find(({ rule }) => rule.conditions.undecided !== undefined)?.rule.conditions.undecided;
    if (reason !== undefined) this.differences.undecided(cube, reason);
    else this.differences.differ(cube, firstOfEach(owners.map(({ lists }) => lists[0])), firstOfEach(owners.map(({ lists }) => lists[1])));
  }

  /** Divides lists by the exact values of the header that most rules require. */
  private divide(before: readonly OpenRule[], after: readonly OpenRule[], cube: Cube): boolean {
    const field = mostFrequentHeader([...before, ...after]);
    if (field === undefined) return false;
    const [b, a] = [byValue(before, field), byValue(after, field)];
    const tests = new Map<string, Test>([...b.tests, ...a.tests]);
    for (const [value, test] of tests) {
      const [some, others] = [b.withValue(value), a.withValue(value)];
      if (!this.work.spend(1 + some.length + others.length)) {
        this.differences.undecided(cube, TOO_MUCH_WORK);
        return true;
      }
      if (haveSameKeys(some, others)) continue;
      const part = cube.with({ field, test, isPositive: true }, this.work);
      if (part === 'limit') this.differences.undecided(cube, TOO_MUCH_WORK);
      else if (part !== undefined) this.tasks.push({ before: some, after: others, cube: part });
    }
    if (haveSameKeys(b.others, a.others)) return true;
    this.tasks.push({ before: b.others, after: a.others, cube: cube.withoutValues(field, [...tests.values()]) });
    return true;
  }
}

function openRules(rules: readonly Rule[], cube: Cube): readonly OpenRule[] {
  const found: OpenRule[] = [];
  for (const rule of rules) {
    const open: Literal[] = [];
    let isRefuted = false;
    for (const literal of rule.conditions.literals) {
      const result = cube.resultOf(literal);
      if (result === false) {
        isRefuted = true;
        break;
      }
      if (result === undefined) open.push(literal);
    }
    if (!isRefuted) found.push({ rule, open });
  }
  return found;
}

function isCertain({ rule, open }: OpenRule): boolean {
  return open.length === 0 && rule.conditions.undecided === undefined;
}

function untilCertain(rules: readonly OpenRule[]): readonly OpenRule[] {
  const last = rules.findIndex(isCertain);
  return last < 0 ? rules : rules.slice(0, last + 1);
}

function firstDifference(before: readonly OpenRule[], after: readonly OpenRule[]): number | undefined {
  const length = Math.max(before.length, after.length);
  for (let i = 0; i < length; i += 1) if (before[i]?.rule.key !== after[i]?.rule.key) return i;
  return undefined;
}

/** Rules for all requests are asked only if no other one matches. They are lists of their own. */
function byOwner(rules: readonly OpenRule[]): ReadonlyMap<string, readonly OpenRule[]> {
  const found = new Map<string, OpenRule[]>();
  for (const each of rules) computeIfAbsent(found, `${each.rule.owner} ${each.rule.isCatchAll}`, () => []).push(each);
  return found;
}

/** Rules for all requests only if there is no other one. */
function firstOfEach(lists: readonly (readonly OpenRule[])[]): readonly Rule[] {
  const all = lists.flatMap((list) => list.slice(0, 1).map(({ rule }) => rule));
  const hasOther = all.some(({ isCatchAll, denial }) => !isCatchAll && denial === undefined);
  return hasOther ? all.filter(({ isCatchAll, denial }) => !isCatchAll || denial !== undefined) : all;
}

function haveSameKeys(a: readonly Rule[], b: readonly Rule[]): boolean {
  return a.length === b.length && a.every(({ key }, i) => key === b[i].key);
}

function exactOn({ open }: OpenRule, key: string): Literal | undefined {
  return open.find(({ field, test, isPositive }) => isPositive && test.kind === 'exact' && field.key === key);
}

function mostFrequentHeader(rules: readonly OpenRule[]): Field | undefined {
  const counts = new Map<string, { readonly field: Field; count: number }>();
  for (const { open } of rules) {
    const keys = new Set<string>();
    for (const { field, test, isPositive } of open) {
      if (!isPositive || test.kind !== 'exact' || field.kind !== 'header' || keys.has(field.key)) continue;
      keys.add(field.key);
      computeIfAbsent(counts, field.key, () => ({ field, count: 0 })).count += 1;
    }
  }
  const [most] = [...counts.values()].sort((a, b) => b.count - a.count);
  return most !== undefined && most.count * 2 >= rules.length ? most.field : undefined;
}

interface ByValue {
  readonly tests: ReadonlyMap<string, Test>;
  readonly others: readonly Rule[];
  /** The rules for a value, in order. */
  withValue(value: string): readonly Rule[];
}

function byValue(rules: readonly OpenRule[], { key }: Field): ByValue {
  const tests = new Map<string, Test>();
  const own = new Map<string, number[]>();
  const others: number[] = [];
  rules.forEach((each, i) => {
    const literal = exactOn(each, key);
    if (literal === undefined) {
      others.push(i);
      return;
    }
    tests.set(literal.test.value, literal.test);
    computeIfAbsent(own, literal.test.value, () => []).push(i);
  });
  return {
    tests,
    others: others.map((i) => rules[i].rule),
    withValue: (value) => [...own.get(value) ?? [], ...others].sort((a, b) => a - b).map((i) => rules[i].rule),
  };
}
