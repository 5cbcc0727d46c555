import { RequestInput } from '../../answers/input/request-input';
import { AnsweredRequest, TrafficModel } from '../../answers/traffic-model';
import { computeIfAbsent } from '../../plan/groups';
import { clusterOf, EmbeddedData, EmbeddedExample } from '../embedded/embedded-clusters';

/**
 * The answers to a request.
 *
 * @internal
 */
export interface StateAnswers {
  /** The answer. */
  readonly now: AnsweredRequest;
  /** The answer before the change, if there is one. */
  readonly before?: AnsweredRequest;
}

/**
 * Answers requests with the objects that are embedded in the page.
 *
 * @internal
 */
export class PreviewModels {
  private readonly models = new Map<readonly number[], TrafficModel>();

  constructor(private readonly data: EmbeddedData) {}

  /** The number of clusters. */
  public get count(): number {
    return this.data.clusters.length;
  }

  /** Requests that the page offers. */
  public get examples(): readonly EmbeddedExample[] {
    return this.data.examples;
  }

  /**
   * Answers a request.
   *
   * @throws InputError if it cannot be understood.
   */
  public ask(index: number, input: RequestInput): StateAnswers {
    const { settings, objects, before } = this.data.clusters[index];
    const build = (indices: readonly number[]) => new TrafficModel(clusterOf(this.data, indices, settings));
    const model = (indices: readonly number[]) => computeIfAbsent(this.models, indices, () => build(indices));
    const now = model(objects).ask(input);
    return before === undefined ? { now } : { now, before: model(before).ask(input) };
  }
}
