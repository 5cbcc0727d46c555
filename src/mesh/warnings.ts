import { IConstruct } from 'constructs';
import { inSentences, pathOf } from '../plan/checks/errors';

/** Type of the metadata entries that hold warnings. */
const METADATA = 'cdk8s-seldon-istio:warning';

const STATE = Symbol.for('cdk8s-seldon-istio.warnings.state');

/** The state for all constructs of a tree. */
interface State {
  /** Warnings that have not been printed yet. */
  readonly pending: string[];
  /** Checks that look for warnings once all constructs exist. */
  readonly checks: (() => void)[];
}

/** The root of a tree, which holds the state as a property. */
interface Marked extends IConstruct {
  [STATE]?: State;
}

/**
 * Warnings about settings that are valid but probably unintended, such as a field that Seldon's operator ignores. A warning is metadata
 * of the construct that it is about. Synthesis prints each one once to standard error, and no manifest contains it.
 */
export class Warnings {
  /**
   * Finds the warnings of a construct and of all constructs below it, for tests that expect none or certain ones.
   *
   * @param scope An App, a Chart or any other construct.
   */
  public static find(scope: IConstruct): string[] {
    stateOf(scope).checks.forEach((check) => check());
    return scope.node.findAll().flatMap(({ node }) => node.metadata.filter(({ type }) => type === METADATA).map(({ data }) => data as string));
  }

  /**
   * Adds a warning to a construct, as two sentences like an error: the problem and the remedy. Duplicates are ignored.
   *
   * @internal
   */
  public static _add(at: IConstruct, problem: string, remedy: string): void {
    const text = `${inSentences(problem, remedy)} (at ${pathOf(at)})`;
    if (at.node.metadata.some(({ type, data }) => type === METADATA && data === text)) return;
    at.node.addMetadata(METADATA, text);
    stateOf(at).pending.push(text);
  }

  /**
   * Registers a check that looks for warnings when all constructs exist, before any is printed. A check can run several times.
   *
   * @internal
   */
  public static _later(at: IConstruct, check: () => void): void {
    stateOf(at).checks.push(check);
  }
}

function stateOf(construct: IConstruct): State {
  const root = construct.node.root as Marked;
  if (root[STATE] !== undefined) return root[STATE];
  const state: State = root[STATE] = { pending: [], checks: [] };
  // Validation runs before the files are written, once for each chart.
  root.node.addValidation({
    validate: () => {
      state.checks.forEach((check) => check());
      return print(state.pending.splice(0));
    },
  });
  return state;
}

function print(warnings: readonly string[]): string[] {
  for (const text of warnings) console.warn(`warning: ${text}`);
  return [];
}
