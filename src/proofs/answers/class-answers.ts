import { answerValue } from './answer-value';
import { copiedHeaders, copiesIn } from './copies';
import { corsRequests } from './cors-requests';
import { pathDifferences } from './path-differences';
import { Answer, DeliveredRequest, Place } from '../../answers/answer';
import { answeredBy } from '../../answers/cases';
import { Request } from '../../answers/request';
import { canonical } from '../../cluster/canonical';
import { listOf, showPath } from '../../cluster/json';
import { Work } from '../../plan/expressions/work';
import { PathSet } from '../paths/path-set';
import { Cube } from '../requests/cube';
import { Client, Variation, witnessOf } from '../requests/witness';
import { TOO_MUCH_WORK } from '../rules/list-comparison';
import { areDenied, Rule } from '../rules/rule';
import { Side } from '../rules/side';

/**
 * A side, and how clients of a class reach it. Gateways may have other names there.
 *
 * @internal
 */
export interface ReachedSide {
  readonly side: Side;
  /** Undefined if nothing listens there. */
  readonly client: Client | undefined;
}

/**
 * The answers to a request on both sides.
 *
 * @internal
 */
export interface AnswerPair {
  /** The request, as it is sent before. */
  readonly request: Request;
  readonly before: Answer;
  readonly after: Answer;
}

/**
 * Different answers to a request.
 *
 * @internal
 */
export interface DifferentAnswers {
  readonly pair: AnswerPair;
  /** What the request has in addition to the class, as a condition; undefined if nothing. */
  readonly text: string | undefined;
}

/**
 * How the answers to the requests of a class compare.
 *
 * @internal
 */
export type ClassAnswers =
  | { readonly verdict: 'equal' }
  | { readonly verdict: 'different'; readonly examples: readonly DifferentAnswers[] }
  | { readonly verdict: 'undecided'; readonly reason: string };

/**
 * The first rules that match the requests of a class.
 *
 * @internal
 */
export interface ClassRules {
  readonly before: readonly Rule[];
  readonly after: readonly Rule[];
  /** Whether requests may get other rules. @default false */
  readonly isPartial?: boolean;
}

/**
 * Compares what happens to the requests of a class, for which the rules are known.
 *
 * @internal
 */
export class ClassComparison {
  constructor(private readonly before: ReachedSide, private readonly after: ReachedSide, private readonly work: Work) {}

  /** Compares the answers to the requests of a class with some paths. */
  public compare(cube: Cube, paths: PathSet, { before, after, isPartial = false }: ClassRules): ClassAnswers {
    if (areDenied(before) && areDenied(after)) return { verdict: 'equal' };
    const { path } = paths;
    const actual = this.actual(cube, path);
    if (isDifferent(actual)) return { verdict: 'different', examples: [{ pair: actual, text: undefined }] };
    if (!isPartial && !this.isTypical(cube, path, before, after)) return { verdict: 'undecided', reason: 'policies or tokens keep the example from the rules that it satisfies' };
    const found = this.firstDifference(cube, paths, before, after);
    if (found === 'limit') return { verdict: 'undecided', reason: TOO_MUCH_WORK };
    if (found === 'open') return { verdict: 'undecided', reason: 'rules rewrite paths in different ways, and examples show no difference' };
    if (found !== undefined) return this.admitted(cube, path, found);
    const ofBrowsers = this.forOrigins(cube, path, before, after);
    if (ofBrowsers !== undefined) return ofBrowsers;
    if (this.podPoliciesOf(this.before, before) !== this.podPoliciesOf(this.after, after)) {
      return { verdict: 'undecided', reason: 'the policies or filters of the pods that answer are different' };
    }
    if (copiesIn(before) !== copiesIn(after)) return { verdict: 'undecided', reason: 'rules copy parts of requests in different ways, and examples show no difference' };
    return { verdict: 'equal' };
  }

  /** Whether the example gets the rules of its class on both sides. */
  public isTypical(cube: Cube, path: string, before: readonly Rule[], after: readonly Rule[]): boolean {
    if (areDenied(before) || areDenied(after)) return false;
    const open = this.open(cube, path);
    return satisfiesOnly(open.before, before) && satisfiesOnly(open.after, after);
  }

  /** The answers to a request of a class as if no policy denied any. */
  public open(cube: Cube, path: string): AnswerPair {
    return this.pair(cube, path, undefined, true);
  }

  /** The answers to a request of a class. */
  public actual(cube: Cube, path: string): AnswerPair {
    return this.pair(cube, path, undefined, false);
  }

  /**
   * What is special of the first of a few requests with different answers, regardless of who sends it. What rules change, they change in one
   * of these requests.
   */
  private firstDifference(cube: Cube, paths: PathSet, before: readonly Rule[], after: readonly Rule[]): Variation | 'limit' | 'open' | undefined {
    const { path } = paths;
    const first = this.pair(cube, path, undefined, true);
    if (isDifferent(first)) return {};
    const copied = [...new Set([...copiedHeaders(before), ...copiedHeaders(after)])];
    const variations = isChanged(first, path) || copied.length > 0 ? this.variations(cube, first, copied) : [];
    if (variations === undefined) return 'limit';
    const isRead = isSeen(first) || arePassedOn(before, after);
    const { paths: others, isOpen } = isRead ? pathDifferences(paths, before, after, this.work) : { paths: [], isOpen: false };
    const found = [...others.map((other): Variation => ({ path: other })), ...variations]
      .find((variation) => isDifferent(this.pair(cube, path, variation, true)));
    return found ?? (isOpen ? 'open' : undefined);
  }

  /** The differences for requests of browsers; undefined if there are none. */
  private forOrigins(cube: Cube, path: string, before: readonly Rule[], after: readonly Rule[]): ClassAnswers | undefined {
    const requests = corsRequests(cube, before, after, this.work);
    if (requests === 'limit') return { verdict: 'undecided', reason: TOO_MUCH_WORK };
    const found = requests.filter((each) => isDifferent(this.pair(each.cube, path, undefined, true)))
      .map((each) => this.admitted(each.cube, path, { text: each.text }));
    const examples = found.flatMap((each) => (each.verdict === 'different' ? each.examples : []));
    return examples.length === 0 ? found[0] : { verdict: 'different', examples };
  }

  private variations(cube: Cube, { before, after }: AnswerPair, copied: readonly string[]): readonly Variation[] | undefined {
    const headers = [...new Set([...changedHeaders(before), ...changedHeaders(after), ...copied])];
    const values: Variation[] = [];
    for (const key of ['authority', ...headers.map((name) => `header ${name}`)]) {
      const found = cube.otherValue(key, this.work);
      if (found === 'limit') return undefined;
      if (found !== 'none') values.push({ value: [key, found.word], text: `${key} is ${JSON.stringify(found.word)}` });
    }
    return [
      { hasQuery: true, text: 'the path has a query' },
      { hasPort: true, text: 'authority has a port' },
      ...headers.map((header): Variation => ({ header, ...cube.mentions(`header ${header}`) ? {} : { text: `header ${header} is present` } })),
      ...values,
    ];
  }

  private podPoliciesOf({ side: { actions } }: ReachedSide, rules: readonly Rule[]): string {
    return distinct(rules.flatMap(({ route }) => (route === undefined ? [] : [actions.podPoliciesOf(route)])).filter((key) => key !== ''));
  }

  /** Policies that are the same on both sides may deny all requests of the class. */
  private admitted(cube: Cube, path: string, variation: Variation): ClassAnswers {
    const pair = this.pair(cube, path, isEmpty(variation) ? undefined : variation, false);
    if (isDifferent(pair)) return { verdict: 'different', examples: [{ pair, text: variation.text }] };
    return { verdict: 'undecided', reason: 'policies deny the example, and may allow other requests' };
  }

  private pair(cube: Cube, path: string, variation: Variation | undefined, isOpen: boolean): AnswerPair {
    const [request, same] = [this.before, this.after].map(({ client }) => (
      client === undefined ? undefined : witnessOf(cube, path, client, variation)
    ));
    const resolve = ({ side }: ReachedSide, sent: Request | undefined) => (
      sent === undefined ? NOTHING_LISTENS : (isOpen ? side.open : side.resolver).resolve(sent)
    );
    return { request: (request ?? same)!, before: resolve(this.before, request), after: resolve(this.after, same) };
  }
}

/** Whether an answer comes from some rules. What comes from no rule has none in an answer either. */
function satisfiesOnly({ cases }: Answer, rules: readonly Rule[]): boolean {
  if (rules.some(({ route, denial }) => route === undefined && denial === undefined)) return true;
  const places = new Set(rules.flatMap(({ route }) => (route === undefined ? [] : [placeOf(route.written)])));
  return cases.every(({ rule }) => (rule === undefined ? places.size === 0 : places.has(placeOf(rule))));
}

/** The rule, without its match. */
function placeOf({ object, field }: Place): string {
  return `${object.toString()} ${showPath(field.slice(0, RULE_FIELD.length))}`;
}

const RULE_FIELD = ['spec', 'http', 0];

function isEmpty(variation: Variation): boolean {
  return Object.keys(variation).length === 0;
}

/** The answer where no gateway listens. @internal */
export const NOTHING_LISTENS: Answer = { cases: [answeredBy({ kind: 'refused', reason: 'no gateway listens' })], trace: [] };

function isDifferent({ before, after }: AnswerPair): boolean {
  return answerValue(before) !== answerValue(after);
}

function deliveredIn({ cases }: Answer): readonly DeliveredRequest[] {
  return cases.flatMap(({ outcomes, mirrors }) => (
    [...outcomes.flatMap(({ delivered }) => delivered ?? []), ...mirrors.map(({ delivered }) => delivered)]
  ));
}

function changedHeaders(answer: Answer): readonly string[] {
  return deliveredIn(answer).flatMap(({ set, added, removed }) => [...set.keys(), ...added.map(({ name }) => name), ...removed]);
}

/** Whether rules send requests to backends, of which a proxy in front may refuse the example by its path. */
function arePassedOn(...rules: readonly (readonly Rule[])[]): boolean {
  return rules.flat().some(({ route }) => listOf(route?.written.rule.route).length > 0);
}

/** Whether backends or clients get to know the path. */
function isSeen({ before, after }: AnswerPair): boolean {
  return [before, after].some((answer) => (
    deliveredIn(answer).length > 0 || answer.cases.some(({ outcomes }) => outcomes.some(({ responder: { kind } }) => kind === 'redirect'))
  ));
}

/** Whether rules change anything of the request, or send an address that depends on it. */
function isChanged({ request, before, after }: AnswerPair, path: string): boolean {
  return [before, after].some((answer) => (
    changedHeaders(answer).length > 0
    || deliveredIn(answer).some((delivered) => delivered.path.split('?')[0] !== path || delivered.authority !== request.authority)
    || answer.cases.some(({ outcomes }) => outcomes.some(({ responder }) => responder.kind === 'redirect' || responder.kind === 'response'))
  ));
}

function distinct(values: readonly unknown[]): string {
  return canonical([...new Set(values.map((value) => canonical(value)))].sort());
}
