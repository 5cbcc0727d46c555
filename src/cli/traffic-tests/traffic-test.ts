import { Mismatch } from '../../answers/expectations/expectation';
import { RequestInput } from '../../answers/input/request-input';
import { Statements } from '../../answers/tests/coverage';
import { AnsweredRequest, TrafficModel } from '../../answers/traffic-model';
import { Cluster } from '../../cluster/cluster';
import { Proof } from '../../proofs/queries/proof';

/**
 * A test of one request.
 *
 * @internal
 */
export interface TrafficTest {
  /** Its name. */
  readonly name: string;
  /** Its line in the file. */
  readonly line: number;
  /** What it states, for the coverage. */
  readonly states: Statements;
  /**
   * The request.
   *
   * @throws InputError if it cannot be understood.
   */
  input(model: TrafficModel): RequestInput;
  /**
   * Compares the answer with what is expected.
   *
   * @throws InputError if it expects someone who does not exist.
   */
  judge(answered: AnsweredRequest, model: TrafficModel): readonly Mismatch[];
}

/**
 * A statement about all requests of a set.
 *
 * @internal
 */
export interface TrafficProof {
  /** Its name. */
  readonly name: string;
  /** Its line in the file. */
  readonly line: number;
  /** What must be true, as a sentence without full stop. */
  readonly statement: string;
  /** The manifests before a change, relative to the working folder; undefined if it is not about a change. */
  readonly before: string | undefined;
  /**
   * Finds out whether it is true.
   *
   * @param before The state before a change.
   * @throws InputError if it cannot be understood.
   */
  prove(cluster: Cluster, before: Cluster | undefined): Proof;
}

/**
 * A file with tests.
 *
 * @internal
 */
export interface TestsFile {
  /** Its name, relative to the working folder. */
  readonly file: string;
  /** Its manifests, relative to the working folder; undefined if it does not tell. */
  readonly manifests: readonly string[] | undefined;
  /** Its context, relative to the working folder. */
  readonly context: readonly string[];
  /** Its tests. */
  readonly tests: readonly TrafficTest[];
  /** Its statements about all requests of a set. */
  readonly proofs: readonly TrafficProof[];
}
