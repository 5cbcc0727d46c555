import { ComparedHost } from './compared-host';
import { Work } from '../../plan/expressions/work';
import { RequestClass } from '../change';
import { PathClass, pathClasses, wordOfClass } from '../paths/path-classes';
import { PathSet } from '../paths/path-set';
import { PathAtom } from '../paths/path-tree';
import { conditionTexts } from '../requests/condition-texts';
import { Cube } from '../requests/cube';
import { AtomLists, AtomRules } from '../rules/atom-lists';
import { ListComparison, TOO_MUCH_WORK } from '../rules/list-comparison';
import { Rule } from '../rules/rule';
import { Found } from '../words/find-word';
import { Test } from '../words/string-test';

/**
 * Requests for which the rules of two lists are known.
 *
 * @internal
 */
export interface FoundClass {
  /** Their conditions, apart from those on paths. */
  readonly cube: Cube;
  /** Their paths. */
  readonly paths: ClassPaths;
  /** The first rules that match. */
  readonly before: readonly Rule[];
  readonly after: readonly Rule[];
  /** Whether rules are left out that requests may get. @default false */
  readonly isPartial?: boolean;
}

/**
 * Receives classes of requests.
 *
 * @internal
 */
export interface ClassVisitor {
  /** A class for which the lists have different rules. */
  visit(found: FoundClass): void;
  /** Requests that were not divided further. */
  undecided(requests: RequestClass, reason: string): void;
}

/**
 * The paths of a class.
 *
 * @internal
 */
export class ClassPaths implements PathSet {
  constructor(
    private readonly host: ComparedHost, private readonly atom: PathAtom, private readonly of: PathClass, private readonly rules: AtomRules,
  ) {}

  /** One of them. */
  public get path(): string {
    return this.of.path;
  }

  /** What all of them begin with. */
  public get beginning(): string {
    return this.atom.node.text === '' ? '/' : this.atom.node.text;
  }

  /** Whether it is certain that there is only one. */
  public get isOne(): boolean {
    return this.atom.kind === 'exact';
  }

  /** One of them that satisfies a test, or one that does not. */
  public find(test: Test, isSatisfied: boolean, work: Work): Found {
    return wordOfClass(this.atom, this.rules.expressions, this.of, { test, isSatisfied, includes: (path) => this.includes(path) }, work);
  }

  /** Whether they have a path among them. */
  public includes(path: string): boolean {
    return this.rules.isOf(this.of, path);
  }

  /** The requests with these paths and with some conditions. */
  public requests(cube: Cube): RequestClass {
    return requestsOf(this.host, this.atom, this.of, conditionTexts(cube.literals));
  }
}

/**
 * Paths that all conditions treat alike, and the rules for them.
 *
 * @internal
 */
export interface PathLists {
  /** The paths. */
  readonly paths: ClassPaths;
  /** The rules on one side. */
  readonly before: readonly Rule[];
  /** The rules on the other side. */
  readonly after: readonly Rule[];
  /** Whether rules are left out that requests may get. @default false */
  readonly isPartial?: boolean;
}

/** The part of the work with which paths for expressions are searched, so that those without any are decided in any case. */
const SEARCHES = 4;

/**
 * The classes of the requests for a host for which two lists have different rules.
 *
 * @internal
 */
export class HostClasses {
  private readonly lists: AtomLists;
  private readonly searches: Work;

  /**
   * Prepares to look for classes.
   *
   * @param before The rules of one side.
   * @param after Those of the other side.
   * @param isOrdered Whether the order of all rules is known.
   * @param more Further tests of paths, by which classes are divided.
   */
  constructor(
    private readonly host: ComparedHost, before: readonly Rule[], after: readonly Rule[], private readonly isOrdered: boolean,
    private readonly work: Work, more: readonly Test[] = [],
  ) {
    this.lists = new AtomLists(before, after, isOrdered, more);
    this.searches = new Work(Math.ceil(work.left / SEARCHES));
  }

  /** The classes of paths that may satisfy some rules, with the rules that they may satisfy. */
  public *pathLists(changed: readonly Rule[], undecided: ClassVisitor['undecided']): Iterable<PathLists> {
    for (const { atom, focus } of this.lists.atomsOf(changed)) {
      const rules = this.lists.at(atom);
      const found = this.work.spend(rules.length) ? pathClasses(atom, rules.expressions, focus, this.searches) : undefined;
      if (found === undefined) {
        undecided(requestsOf(this.host, atom, undefined, []), TOO_MUCH_WORK);
        continue;
      }
      for (const of of found) {
        const [before, after] = rules.listsFor(of);
        yield { paths: new ClassPaths(this.host, atom, of, rules), before, after };
      }
    }
  }

  /** Divides the requests with some paths. */
  public divide({ paths, before, after, isPartial }: PathLists, all: Cube, visitor: ClassVisitor): void {
    new ListComparison(this.isOrdered, this.work, {
      differ: (cube, b, a) => visitor.visit({ cube, paths, before: b, after: a, isPartial }),
      undecided: (cube, reason) => visitor.undecided(paths.requests(cube), reason),
    }).compare(before, after, all);
  }
}

function requestsOf(
  { connection: { gateway, port, tls }, pattern }: ComparedHost, { node, kind }: PathAtom, of: PathClass | undefined, conditions: readonly string[],
): RequestClass {
  const expressions = [...of?.matched ?? []].map((key) => `path matches ${JSON.stringify(key.slice('regex '.length))}`);
  const path = { kind: kind === 'exact' ? 'exact' as const : 'prefix' as const, value: node.text === '' ? '/' : node.text };
  return { gateway, port, tls, host: pattern, path, conditions: [...expressions, ...conditions] };
}
