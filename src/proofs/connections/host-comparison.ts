import { Connection } from './connection';
import { authorityWords } from './host-words';
import { GatewayHost } from '../../answers/gateways/gateway-hosts';
import { GatewayEntry } from '../../answers/request';
import { JsonObject } from '../../cluster/json';
import { Work } from '../../plan/expressions/work';
import { answerValue } from '../answers/answer-value';
import { ClassComparison, ReachedSide } from '../answers/class-answers';
import { Change, RequestClass, Undecided } from '../change';
import { otherPath, OrderedExpression, PathClass, pathClasses } from '../paths/path-classes';
import { PathAtom } from '../paths/path-tree';
import { conditionTexts } from '../requests/condition-texts';
import { Cube, Reading } from '../requests/cube';
import { authorityField, Field } from '../requests/field';
import { witnessOf } from '../requests/witness';
import { AtomLists } from '../rules/atom-lists';
import { changedRules } from '../rules/changed-rules';
import { ListComparison, TOO_MUCH_WORK } from '../rules/list-comparison';
import { constantRule, REDIRECT, Rule, rulesOf } from '../rules/rule';
import { Side } from '../rules/side';

/**
 * A host whose requests are compared.
 *
 * @internal
 */
export interface ComparedHost {
  readonly connection: Connection;
  /** The host pattern. */
  readonly pattern: string;
  /** A host for which it is the most specific pattern. */
  readonly host: string;
  /** Whether that is so for another host. */
  isOwn(host: string): boolean;
}

/**
 * A host on one side.
 *
 * @internal
 */
export interface HostSide {
  readonly side: Side;
  /** The connection; undefined if nothing listens. */
  readonly entry: GatewayEntry | undefined;
  /** Whether virtual hosts answer. */
  readonly isRouted: boolean;
  /** The virtual host; undefined if there is none. */
  readonly found: GatewayHost | undefined;
  /** Claims of tokens that are accepted. */
  readonly claims: JsonObject | undefined;
}

/**
 * What was found about the requests for a host.
 *
 * @internal
 */
export interface HostResult {
  readonly changes: readonly Change[];
  readonly repeated: readonly Change[];
  readonly undecided: readonly Undecided[];
  /** Whether the rules are not the same ones. */
  readonly isDifferent: boolean;
}

const SAME: HostResult = { changes: [], repeated: [], undecided: [], isDifferent: false };

/**
 * Compares the answers for all requests for a host.
 *
 * @param steps The limit of work.
 * @internal
 */
export function compareHost(compared: ComparedHost, sides: readonly [HostSide, HostSide], steps: number): HostResult {
  const matches = sides.flatMap(({ found }) => found?.virtualHost.routes.map(({ match }) => match) ?? []);
  const authority = authorityField(authorityWords(compared.host, matches, compared.isOwn));
  const isOrdered = sides.every(({ found }) => found?.virtualHost.isOrdered ?? true);
  const [before, after] = sides.map((side) => rulesAt(side, compared, authority, isOrdered));
  const changed = changedRules(before, after);
  if (changed.length === 0) return SAME;
  return new HostComparison(compared, sides, isOrdered, new Work(steps)).compare(before, after, changed);
}

function rulesAt(
  { side, entry, isRouted, found }: HostSide, { connection, host }: ComparedHost, authority: Field, isOrdered: boolean,
): readonly Rule[] {
  if (entry === undefined) return [constantRule('nothing listens')];
  if (!isRouted) {
    const answer = side.resolver.resolve(witnessOf(Cube.all('plain'), '/', { entry, authority: host }));
    return [constantRule(answerValue(answer))];
  }
  if (found === undefined) return [];
  const scheme = connection.tls ? 'https' as const : 'http' as const;
  if (found.redirect !== undefined && scheme === 'http') return [REDIRECT];
  return rulesOf(found.virtualHost.routes, side, { scheme, authority, hasTokens: side.hasTokens }, isOrdered);
}

/** What a class of requests has besides its conditions. */
interface Paths {
  readonly atom: PathAtom;
  readonly of: PathClass;
  readonly expressions: readonly OrderedExpression[];
}

class HostComparison {
  private readonly changes: Change[] = [];
  private readonly repeated: Change[] = [];
  private readonly undecided: Undecided[] = [];
  private readonly explained = new Set<Rule>();
  private readonly answers: ClassComparison;

  constructor(
    private readonly compared: ComparedHost, sides: readonly [HostSide, HostSide], private readonly isOrdered: boolean, private readonly work: Work,
  ) {
    const [before, after] = sides.map(({ side, entry, claims }): ReachedSide => (
      { side, client: entry === undefined ? undefined : { entry, authority: compared.host, claims } }
    ));
    this.answers = new ClassComparison(before, after, work);
  }

  public compare(before: readonly Rule[], after: readonly Rule[], changed: readonly Rule[]): HostResult {
    const lists = new AtomLists(before, after, this.isOrdered);
    const classes: { readonly paths: Paths; readonly b: readonly Rule[]; readonly a: readonly Rule[] }[] = [];
    for (const { atom, focus } of lists.atomsOf(changed)) {
      const { expressions, listsFor, length } = lists.at(atom);
      const found = this.work.spend(length) ? pathClasses(atom, expressions, focus, this.work) : undefined;
      if (found === undefined) {
        this.undecided.push({ requests: this.requestsOf(atom, undefined, []), reason: TOO_MUCH_WORK });
        continue;
      }
      for (const of of found) {
        const [b, a] = listsFor(of.matched);
        classes.push({ paths: { atom, of, expressions }, b, a });
        this.compareLists(b, a, { atom, of, expressions }, 'plain');
      }
    }
    for (const { paths, b, a } of classes) {
      // What single headers notice, repeated ones do, too.
      const known = (rule: Rule) => !this.explained.has(rule);
      if (this.repeated.length > 0) break;
      this.compareLists(b.filter(known), a.filter(known), paths, 'repeated');
    }
    return { changes: this.changes, repeated: this.repeated, undecided: this.undecided, isDifferent: true };
  }

  private compareLists(before: readonly Rule[], after: readonly Rule[], paths: Paths, reading: Reading): void {
    const { atom, of, expressions } = paths;
    const comparison = new ListComparison(this.isOrdered, this.work, {
      differ: (cube, b, a) => {
        const found = this.answers.compare(cube, { path: of.path, other: otherPath(atom, of, expressions), isOnly: atom.kind === 'exact' }, b, a);
        const requests = this.requestsOf(atom, of, conditionTexts(cube.literals));
        if (found.verdict === 'undecided') this.undecided.push({ requests, reason: found.reason });
        if (found.verdict !== 'different') return;
        const { request: witness, before: x, after: y } = found.pair;
        (reading === 'plain' ? this.changes : this.repeated).push({ requests, witness, before: x, after: y });
        if (reading === 'plain') [...b, ...a].forEach((rule) => this.explained.add(rule));
      },
      undecided: (cube, reason) => this.undecided.push({ requests: this.requestsOf(atom, of, conditionTexts(cube.literals)), reason }),
    });
    comparison.compare(before, after, Cube.all(reading));
  }

  private requestsOf({ node, kind }: PathAtom, of: PathClass | undefined, conditions: readonly string[]): RequestClass {
    const { connection: { gateway, port, tls }, pattern } = this.compared;
    const expressions = [...of?.matched ?? []].map((key) => `path matches ${JSON.stringify(key.slice('regex '.length))}`);
    const path = { kind: kind === 'exact' ? 'exact' as const : 'prefix' as const, value: node.text === '' ? '/' : node.text };
    return { gateway, port, tls, host: pattern, path, conditions: [...expressions, ...conditions] };
  }
}
