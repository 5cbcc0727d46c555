/**
 * Implementations of nodes that need no container.
 *
 * @internal
 */
export enum BuiltInNode {
  /** Sends requests to one of two children at random. */
  RANDOM_ABTEST = 'RANDOM_ABTEST',
  /** A test model. */
  SIMPLE_MODEL = 'SIMPLE_MODEL',
  /** The mean of the responses of its children. */
  AVERAGE_COMBINER = 'AVERAGE_COMBINER',
}
