import { HOLDS, Proof } from './proof';
import { checkHost, cubeOf, hostsIn, RequestSet, testOf } from './request-set';
import { Answer, AnswerCase } from '../../answers/answer';
import { writeCommand } from '../../answers/command-line/write-command';
import { checkNames } from '../../answers/expectations/known-names';
import { isProxy, nameOf, namesOf } from '../../answers/expectations/responder-names';
import { InputError } from '../../answers/input/input-error';
import { Cluster } from '../../cluster/cluster';
import { Work } from '../../plan/expressions/work';
import { ClassComparison } from '../answers/class-answers';
import { clientOf, ComparedHost, HostSide } from '../connections/compared-host';
import { hostsOf } from '../connections/compared-hosts';
import { connectionsOf } from '../connections/connections';
import { filterDoubt } from '../connections/filter-doubt';
import { FoundClass, HostClasses } from '../connections/host-classes';
import { hostRules } from '../connections/host-rules';
import { Cube, Reading } from '../requests/cube';
import { readingOfRepeated, repeatedDoubt } from '../requests/repeated-headers';
import { TOO_MUCH_WORK } from '../rules/list-comparison';
import { areDenied, constantRule } from '../rules/rule';
import { Side } from '../rules/side';
import { modelClasses } from '../seldon/model-classes';
import { passes, Test } from '../words/string-test';

/** Steps for each virtual host. */
const STEPS = 20_000_000;

/** What is wrong with an answer, as a sentence without full stop; undefined if nothing is. */
type Judge = (answer: Answer) => string | undefined;

/**
 * Whether a model, or another backend, answers all requests of a set. Requests that a policy denies do not count.
 *
 * @param name Its name, with the namespace where it is not unique.
 * @throws InputError if there is no such backend, or no such request.
 * @internal
 */
export function alwaysServedBy(cluster: Cluster, requests: RequestSet, name: string): Proof {
  checkNames(cluster, [name], NO_ANSWER);
  const isOther = ({ outcomes }: AnswerCase) => outcomes.find(({ responder }) => !namesOf(responder).includes(name));
  return new Query(cluster, requests, (answer) => {
    const other = answer.cases.map(isOther).find((found) => found !== undefined);
    return other === undefined ? undefined : `${nameOf(other.responder)} answers`;
  }).answer(['plain']);
}

/**
 * Whether a model, or another backend, answers no request of a set, those with repeated headers included.
 *
 * @param name Its name, with the namespace where it is not unique.
 * @throws InputError if there is no such backend, or no such request.
 * @internal
 */
export function neverServedBy(cluster: Cluster, requests: RequestSet, name: string): Proof {
  checkNames(cluster, [name], NO_ANSWER);
  const isServed = ({ cases }: Answer) => cases.some(({ outcomes }) => outcomes.some(({ responder }) => namesOf(responder).includes(name)));
  return new Query(cluster, requests, (answer) => (isServed(answer) ? `${name} answers` : undefined)).answer(['plain', 'repeated']);
}

/**
 * Whether each request of a set is answered: it does not get 404 or 503 from a proxy, and its connection is not closed.
 *
 * @throws InputError if there is no such request.
 * @internal
 */
export function neverUnanswered(cluster: Cluster, requests: RequestSet): Proof {
  return new Query(cluster, requests, ({ cases }) => {
    const failure = cases.flatMap(({ outcomes }) => outcomes).find(({ responder: { kind } }) => UNANSWERED.includes(kind));
    return failure === undefined || !isProxy(failure.responder) ? undefined : `there is no answer: ${failure.responder.reason}`;
  }).answer(['plain']);
}

const UNANSWERED: readonly string[] = ['not-found', 'unavailable', 'refused'];

const NO_ANSWER: Answer = { cases: [], trace: [] };

/** What has an answer for all other requests. */
const OTHERS = constantRule('asked');

/** A question about all requests of a set. */
class Query {
  private readonly side: Side;
  private found: Proof | undefined;
  private reason: string | undefined;
  private count = 0;

  constructor(private readonly cluster: Cluster, private readonly requests: RequestSet, private readonly judge: Judge) {
    this.side = new Side(cluster);
  }

  public answer(asked: readonly Reading[]): Proof {
    checkHost(this.requests);
    const readings = [...new Set(asked.map((reading) => (reading === 'plain' ? reading : readingOfRepeated(this.cluster))))];
    if (asked.includes('repeated')) this.reason = repeatedDoubt(this.cluster);
    const { listeners } = this.side.resolver.entrances;
    for (const connection of connectionsOf(listeners, listeners)) {
      if (this.requests.gateway !== undefined && connection.gateway !== this.requests.gateway) continue;
      for (const paired of hostsOf(connection, [this.side, this.side])) {
        const compared = hostsIn(this.requests, paired);
        if (compared !== undefined) this.ask(compared, paired.sides[0], readings);
      }
    }
    if (this.count === 0 && this.reason === undefined) throw new InputError('no request to a gateway matches the patterns', 'check the gateway, the host and the path');
    if (this.found !== undefined) return this.found;
    return this.reason === undefined ? HOLDS : { verdict: 'undecided', reason: this.reason };
  }

  private ask(compared: ComparedHost, side: HostSide, readings: readonly Reading[]): void {
    const doubt = filterDoubt([side]);
    if (doubt !== undefined) {
      this.reason = doubt.reason;
      return;
    }
    const work = new Work(STEPS);
    const { path } = this.requests;
    const test = path === undefined ? undefined : testOf('the path', path);
    const { lists: [rules], isOrdered } = hostRules(compared, [side]);
    const classes = new HostClasses(compared, rules, [OTHERS], isOrdered, work, test === undefined ? [] : [test]);
    const visitor = new ClassJudge(this.side, new ClassComparison(...twice({ side: this.side, client: clientOf(side, compared) }), work), work);
    for (const lists of classes.pathLists([OTHERS], (_requests, reason) => { this.reason = reason; })) {
      if (this.found !== undefined) return;
      if (!isWanted(test, lists.paths.path)) continue;
      for (const reading of readings) {
        const cube = cubeOf(this.requests, reading, work);
        if (cube === undefined) continue;
        if (cube === 'limit') {
          this.reason = TOO_MUCH_WORK;
          continue;
        }
        classes.divide(lists, cube, {
          undecided: (_requests, reason) => { this.reason = reason; },
          visit: (found) => this.note(visitor, found),
        });
      }
    }
  }

  private note(visitor: ClassJudge, found: FoundClass): void {
    this.count += 1;
    if (this.found !== undefined) return;
    const proof = visitor.judge(found, this.judge);
    if (proof.verdict === 'fails') this.found = proof;
    if (proof.verdict === 'undecided') this.reason = proof.reason;
  }
}

function twice<T>(value: T): [T, T] {
  return [value, value];
}

function isWanted(test: Test | undefined, path: string): boolean {
  return test === undefined || passes(test, path);
}

/** Judges the answer to one request of a class, and to one for each model that it may name. */
class ClassJudge {
  constructor(private readonly side: Side, private readonly answers: ClassComparison, private readonly work: Work) {}

  public judge({ cube, paths, before }: FoundClass, judge: Judge): Proof {
    if (areDenied(before)) return HOLDS;
    const first = this.judgeOne(cube, paths.path, judge);
    if (first.verdict !== 'holds') return first;
    const [filter] = before.flatMap(({ route }) => (route === undefined ? [] : this.side.actions.podFiltersOf(route)));
    if (filter !== undefined) return { verdict: 'undecided', reason: `${filter.toString()} can change requests and answers at the pods that answer` };
    const { classes, reason } = modelClasses(cube, paths, [[this.side, before]], this.work, true);
    for (const { cube: part, path = paths.path } of classes) {
      const proof = this.judgeOne(part, path, judge);
      if (proof.verdict !== 'holds') return proof;
    }
    return reason === undefined ? HOLDS : { verdict: 'undecided', reason };
  }

  /** Policies may deny a request that routes would send to a backend. */
  private judgeOne(cube: Cube, path: string, judge: Judge): Proof {
    const { before: open } = this.answers.open(cube, path);
    const problem = judge(open);
    if (problem === undefined) return HOLDS;
    const { request, before: answer } = this.answers.actual(cube, path);
    const actual = judge(answer);
    if (actual !== undefined && !isDenied(answer)) {
      const command = writeCommand(request, (sent) => judge(this.side.resolver.resolve(sent)) === actual);
      return { verdict: 'fails', counterexample: { request, answer, problem: actual, command } };
    }
    return { verdict: 'undecided', reason: 'policies deny the example, and may allow other requests' };
  }
}

function isDenied({ cases }: Answer): boolean {
  return cases.every(({ outcomes }) => outcomes.every(({ responder: { kind } }) => kind === 'denied' || kind === 'unauthenticated'));
}
