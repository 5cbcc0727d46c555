import { Mismatch } from '../../answers/expectations/expectation';
import { RequestInput } from '../../answers/input/request-input';
import { AnsweredRequest, TrafficModel } from '../../answers/traffic-model';

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
  /** Whether it states who answers. */
  readonly statesShares: boolean;
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
}
