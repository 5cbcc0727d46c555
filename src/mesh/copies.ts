import { App, LazyResolver } from 'cdk8s';
import { IConstruct } from 'constructs';
import { inSentences, invalid } from '../plan/checks/errors';

/** The part of an App that recognizes lazy values. */
type Resolving = Partial<Pick<App, 'resolvers'>>;

const TWO_COPIES = 'remove one of the two copies of cdk8s: "npm ls cdk8s" lists them, and "npm dedupe" removes those that are not needed';

/**
 * Rejects an App of another copy of cdk8s. It would fail later, without the reason, since it does not recognize values of this copy.
 *
 * @internal
 */
export function checkCopyOfCdk8s(at: IConstruct): void {
  const { resolvers } = at.node.root as IConstruct & Resolving;
  if (resolvers === undefined || resolvers.some((resolver) => resolver instanceof LazyResolver)) return;
  throw invalid(at, 'the App is of another copy of cdk8s than the constructs of this library', TWO_COPIES);
}

/**
 * Adds the remedy to the error of cdk8s for a lazy value of another copy. Other errors remain as they are.
 *
 * @internal
 */
export function withRemedyForCopies(error: unknown): unknown {
  return error instanceof Error && error.message.endsWith("can't render non-simple object of type 'Lazy'")
    ? new Error(inSentences(error.message, TWO_COPIES)) : error;
}
