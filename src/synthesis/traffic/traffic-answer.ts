import { TrafficShare } from './traffic-share';
import { Outcome, Responder } from '../../answers/answer';
import { mismatches } from '../../answers/expectations/check';
import { Expectation } from '../../answers/expectations/expectation';
import { checkNames, checkPolicy, checkSplit } from '../../answers/expectations/known-names';
import { metParts } from '../../answers/expectations/met-parts';
import { isProxy, nameOf } from '../../answers/expectations/responder-names';
import { mirrorShares, percentText, sharesOf } from '../../answers/expectations/shares';
import { Fraction } from '../../answers/fraction';
import { InputError, suggestion } from '../../answers/input/input-error';
import { AnsweredRequest, TrafficModel } from '../../answers/traffic-model';
import { IBackend } from '../../plan/backend';
import { show } from '../../plan/checks/errors';
import { GRPC_STATUSES } from '../../plan/grpc-statuses';
import { conditionClause } from '../../report/answers/condition';
import { renderAnswerJson } from '../../report/answers/json';
import { requestText } from '../../report/answers/request-text';
import { renderAnswer, traceLines } from '../../report/answers/text';
import { mismatchLines } from '../../report/tests/text';

/** Messages of test runners are wide. */
const LAYOUT = { color: false, width: 140 };

/**
 * The answer to a request: who answers which share, what arrives there, and why. Assertions throw errors that show what was expected, the answer and
 * the trace, so that they work with every test runner.
 *
 * What manifests do not tell, such as the age of VirtualServices, is not guessed: the answer then has several cases, each with its condition, and
 * an assertion must hold in all of them.
 */
export class TrafficAnswer {
  /**
   * Creates an answer.
   *
   * @internal
   */
  public static _of(answered: AnsweredRequest, model: TrafficModel, nameOfBackend: (backend: string | IBackend) => string): TrafficAnswer {
    return new TrafficAnswer(answered, model, nameOfBackend);
  }

  private constructor(
    private readonly answered: AnsweredRequest,
    private readonly model: TrafficModel,
    private readonly nameOfBackend: (backend: string | IBackend) => string,
  ) {}

  /** Who answers all requests; undefined if several do, or a proxy does. */
  public get servedBy(): string | undefined {
    return this.common(({ responder }) => (isProxy(responder) ? undefined : nameOf(responder)));
  }

  /** Who answers which share, the largest first. The shares of each condition add up to 100. */
  public get shares(): TrafficShare[] {
    return this.answered.answer.cases.flatMap(({ condition, outcomes }) => sharesOf(outcomes).map(({ responder, share }) => ({
      name: nameOf(responder), percentage: share.percentage, ...condition === undefined ? {} : { condition },
    })));
  }

  /** Who receives which share as mirrored requests. */
  public get mirrors(): TrafficShare[] {
    return this.answered.answer.cases.flatMap(({ condition, mirrors }) => mirrorShares(mirrors).map(({ responder, share }) => ({
      name: nameOf(responder), percentage: share.percentage, ...condition === undefined ? {} : { condition },
    })));
  }

  /** The conditions of the cases; empty if the manifests decide. */
  public get conditions(): string[] {
    return this.answered.answer.cases.flatMap(({ condition }) => condition ?? []);
  }

  /** Whether a policy rejects all requests, with status 403, or with 401 for a token that is not valid. */
  public get denied(): boolean {
    return mismatches(this.answered.answer, { denied: true }).length === 0;
  }

  /** The address to which all requests are redirected; undefined if they are not. */
  public get redirect(): string | undefined {
    return this.common(({ responder }) => (isProxy(responder) ? responder.location : undefined));
  }

  /** The HTTP status with which a proxy answers all requests, which is 200 for gRPC calls; undefined if a backend answers. */
  public get status(): number | undefined {
    return this.common(({ responder }) => (isProxy(responder) ? responder.status : undefined));
  }

  /** The gRPC status, such as `PERMISSION_DENIED`, with which a proxy answers all requests; undefined if they are not gRPC calls, or a backend answers. */
  public get grpcStatus(): string | undefined {
    return this.common(({ responder }) => (isProxy(responder) ? responder.grpcStatus : undefined));
  }

  /** Why a proxy answers all requests; undefined if a backend answers. */
  public get reason(): string | undefined {
    return this.common(({ responder }) => (isProxy(responder) ? responder.reason : undefined));
  }

  /** The path, with the query, that all backends receive; undefined if they receive different ones, or none. */
  public get deliveredPath(): string | undefined {
    return this.common(({ delivered }) => delivered?.path);
  }

  /** The `Host` header that all backends receive; undefined if they receive different ones, or none. */
  public get deliveredHost(): string | undefined {
    return this.common(({ delivered }) => delivered?.authority);
  }

  /** The headers that a backend receives, as `name: value`; those of the largest share if several receive requests. */
  public get deliveredHeaders(): string[] {
    const delivered = this.answered.answer.cases[0].outcomes.find((outcome) => outcome.delivered !== undefined)?.delivered;
    return (delivered?.headers ?? []).map(({ name, value }) => `${name}: ${value}`);
  }

  /** The time limit, as the route sets it; undefined if there is none. */
  public get timeout(): string | undefined {
    const timeouts = new Set(this.answered.answer.cases.map(({ timeout }) => timeout));
    return timeouts.size === 1 ? [...timeouts][0] : undefined;
  }

  /** How long a fault delays requests, as written; undefined if none does. */
  public get delay(): string | undefined {
    const delays = new Set(this.answered.answer.cases.map(({ delay }) => delay?.duration));
    return delays.size === 1 ? [...delays][0] : undefined;
  }

  /** The share of the requests that a fault delays, from 0 to 100; undefined if it depends on what the manifests do not tell. */
  public get delayedPercentage(): number | undefined {
    const percentages = new Set(this.answered.answer.cases.map(({ delay }) => delay?.percentage ?? 0));
    return percentages.size === 1 ? [...percentages][0] : undefined;
  }

  /** Each step on the way of the request, with its object, file or construct, and field: one for each line, `+` if it applies. */
  public get trace(): string {
    return traceLines(this.answered.answer.trace, LAYOUT).join('\n');
  }

  /** The request, its answer and the trace, for people. */
  public get text(): string {
    return renderAnswer(this.answered, LAYOUT);
  }

  /** The request, its answer and the trace as JSON, as the command `trace` writes it. */
  public get json(): string {
    return renderAnswerJson(this.answered);
  }

  /**
   * Asserts who answers all requests.
   *
   * @param backend A model, pipeline, predictor or other backend, or its name, with the namespace where the name is not unique.
   * @throws an error if someone else does, or there is no such backend.
   */
  public assertServedBy(backend: string | IBackend): void {
    const servedBy = this.nameOfBackend(backend);
    this.assert({ servedBy }, [servedBy]);
  }

  /**
   * Asserts who answers which share of the requests. There are no others.
   *
   * @param shares Shares in percent, by name.
   * @throws an error if the shares are different or do not add up to 100, or there is no backend of a name.
   */
  public assertSplit(shares: { [name: string]: number }): void {
    this.assert({ split: shares }, Object.keys(shares));
  }

  /**
   * Asserts that requests are mirrored.
   *
   * @param backend Who receives them: a backend or its name.
   * @param percentage The share of the requests, from 0 to 100. Any share if it is not specified.
   * @throws an error if they are not, or there is no such backend.
   */
  public assertMirrorTo(backend: string | IBackend, percentage?: number): void {
    const name = this.nameOfBackend(backend);
    this.assert({ mirrorTo: { [name]: percentage } }, [name]);
  }

  /**
   * Asserts that no request is mirrored.
   *
   * @throws an error if one is.
   */
  public assertNoMirrors(): void {
    this.assert({ noMirrors: true });
  }

  /**
   * Asserts that a policy rejects all requests, with status 403, or with 401 for a token that is not valid.
   *
   * @param policy The policy, with its namespace where the name is not unique. Any policy if it is not specified.
   * @throws an error if some requests pass.
   */
  public assertDenied(policy?: string): void {
    this.assert(policy === undefined ? { denied: true } : { deniedBy: policy });
  }

  /**
   * Asserts that all requests are redirected.
   *
   * @param location The whole address.
   * @throws an error if they are not.
   */
  public assertRedirectTo(location: string): void {
    this.assert({ redirectTo: location });
  }

  /**
   * Asserts that a proxy answers all requests with a status of gRPC. The HTTP status of such answers is 200.
   *
   * @param status The name of the status, such as `PERMISSION_DENIED`.
   * @throws an error if it does not, or there is no such status.
   */
  public assertGrpcStatus(status: string): void {
    this.assert({ grpcStatus: status });
  }

  /**
   * Asserts that a fault delays requests, regardless of who answers them.
   *
   * @param duration How long, such as `2s`.
   * @param percentage The share of the requests, from 0 to 100. Any share if it is not specified.
   * @throws an error if none does, or for another time or share.
   */
  public assertDelayed(duration: string, percentage?: number): void {
    this.assert({ delay: { duration, percentage } });
  }

  /**
   * Asserts that there is no one who could answer: status 404, 503, or a closed connection.
   *
   * @throws an error if there is.
   */
  public assertUnanswered(): void {
    this.assert({ unanswered: true });
  }

  /**
   * Compares the answer with what is expected.
   *
   * @returns the text of the error; undefined if all is as expected.
   * @internal
   */
  public _problem(expectation: Expectation, names: readonly string[] = []): string | undefined {
    const { answer, request } = this.answered;
    this.check(expectation, names);
    const found = mismatches(answer, expectation);
    if (found.length === 0) return undefined;
    return [requestText(request), ...found.flatMap((each) => mismatchLines(each, LAYOUT)), ...traceLines(answer.trace, LAYOUT)].join('\n');
  }

  /**
   * Compares the answer with what is expected of no request.
   *
   * @returns the text of the error; undefined if it is true of no request, in no case.
   * @internal
   */
  public _contraryProblem(expectation: Expectation, names: readonly string[] = []): string | undefined {
    this.check(expectation, names);
    const parts = metParts(this.answered.answer, expectation);
    if (parts.length === 0) return undefined;
    const texts = parts.map(({ share, condition }) => (
      `${share.equals(Fraction.ALL) ? 'all requests' : `${percentText(share)} of them`}${condition === undefined ? '' : ` ${conditionClause(condition)}`}`
    ));
    return `expected that this is so for no request, but it is for ${texts.join('; and for ')}:\n${this.text}`;
  }

  /**
   * The name by which expectations refer to a backend.
   *
   * @internal
   */
  public _nameOf(backend: string | IBackend): string {
    return this.nameOfBackend(backend);
  }

  private check({ split, deniedBy, grpcStatus }: Expectation, names: readonly string[]): void {
    checkNames(this.model.cluster, names, this.answered.answer);
    if (split !== undefined) checkSplit(split);
    if (deniedBy !== undefined) checkPolicy(this.model.cluster, deniedBy);
    if (grpcStatus !== undefined && !GRPC_STATUSES.includes(grpcStatus)) {
      throw new InputError(`there is no gRPC status ${show(grpcStatus)}`, suggestion(`${grpcStatus}`.toUpperCase(), GRPC_STATUSES, 'gRPC statuses'));
    }
  }

  private assert(expectation: Expectation, names: readonly string[] = []): void {
    throwIf(this._problem(expectation, names));
  }

  /** What all outcomes of all cases have in common. */
  private common<T>(read: (outcome: Outcome & { readonly responder: Responder }) => T | undefined): T | undefined {
    const values = new Set(this.answered.answer.cases.flatMap(({ outcomes }) => outcomes.map(read)));
    return values.size === 1 ? [...values][0] : undefined;
  }
}

function throwIf(problem: string | undefined): void {
  if (problem !== undefined) throw new Error(problem);
}
