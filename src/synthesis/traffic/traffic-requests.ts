import { TrafficModel } from '../../answers/traffic-model';
import { provenForHost } from '../../cli/diff-rejected';
import { IBackend } from '../../plan/backend';
import { alwaysServedBy, neverServedBy, neverUnanswered } from '../../proofs/queries/one-state';
import { Proof } from '../../proofs/queries/proof';
import { RequestSet } from '../../proofs/queries/request-set';
import { proofProblem } from '../../report/proofs/text';

/**
 * All requests of a set. An assertion holds for each of them, not only for examples: the requests are divided into classes that all rules and
 * policies treat alike, and one request of each class is answered. If an assertion does not hold, its error has a request that shows it. It also
 * throws an error if it is not decided whether it holds, as is so if an object for these requests is rejected by Istio or the API server.
 */
export class TrafficRequests {
  /**
   * Creates a set.
   *
   * @internal
   */
  public static _of(requests: RequestSet, model: TrafficModel, nameOfBackend: (backend: string | IBackend) => string): TrafficRequests {
    return new TrafficRequests(requests, model, nameOfBackend);
  }

  private constructor(
    private readonly requests: RequestSet,
    private readonly model: TrafficModel,
    private readonly nameOfBackend: (backend: string | IBackend) => string,
  ) {}

  /**
   * Asserts that a backend answers all requests. Requests that a policy denies do not count.
   *
   * @param backend A model, pipeline, predictor or other backend, or its name, with the namespace where the name is not unique.
   * @throws an error if someone else answers one, there is no such backend, or it is not decided.
   */
  public assertAlwaysServedBy(backend: string | IBackend): void {
    check(this._alwaysServedBy(backend));
  }

  /**
   * Asserts that a backend answers no request, those with repeated headers included.
   *
   * @param backend A model, pipeline, predictor or other backend, or its name, with the namespace where the name is not unique.
   * @throws an error if it answers one, there is no such backend, or it is not decided.
   */
  public assertNeverServedBy(backend: string | IBackend): void {
    check(this._neverServedBy(backend));
  }

  /**
   * Asserts that each request is answered: no proxy answers with 404 or 503 since there is no one to answer, and no connection is closed.
   *
   * @throws an error if one is not, or it is not decided.
   */
  public assertNeverUnanswered(): void {
    check(this._neverUnanswered());
  }

  /**
   * Why a backend does not answer all requests; undefined if it does.
   *
   * @internal
   */
  public _alwaysServedBy(backend: string | IBackend): string | undefined {
    return this.problemOf(alwaysServedBy(this.model.cluster, this.requests, this.nameOfBackend(backend)));
  }

  /**
   * Why it is not so that a backend answers no request; undefined if it is.
   *
   * @internal
   */
  public _neverServedBy(backend: string | IBackend): string | undefined {
    return this.problemOf(neverServedBy(this.model.cluster, this.requests, this.nameOfBackend(backend)));
  }

  /**
   * Why not all requests are answered; undefined if they are.
   *
   * @internal
   */
  public _neverUnanswered(): string | undefined {
    return this.problemOf(neverUnanswered(this.model.cluster, this.requests));
  }

  private problemOf(proof: Proof): string | undefined {
    return proofProblem(provenForHost(proof, this.model.cluster, this.requests.host));
  }
}

function check(problem: string | undefined): void {
  if (problem !== undefined) throw new Error(problem);
}
