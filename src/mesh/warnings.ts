import { IConstruct } from 'constructs';
import { inSentences, pathOf } from '../plan/checks/errors';

/** Type of the metadata entries that hold warnings. */
const METADATA = 'cdk8s-seldon-istio:warning';

const STATE = Symbol.for('cdk8s-seldon-istio.warnings.state');

/** What is kept for all constructs of a tree. */
interface State {
  /** Warnings that are not printed yet. */
  readonly pending: string[];
  /** What looks for warnings once all constructs are there. */
  readonly checks: (() => void)[];
}

/** The root of a tree, on which the state is kept together with its own properties. */
interface Marked extends IConstruct {
  [STATE]?: State;
}

/**
 * What deserves a look but is no error, such as a field that Seldon's operator ignores. Warnings are metadata of the construct
 * that they are about: synthesis prints each of them once to standard error, and no manifest holds them.
 */
export class Warnings {
  /**
   * The warnings of a construct and of all below it, for a test that wants none or certain ones.
   *
   * @param scope An App, a Chart or any other construct.
   */
  public static find(scope: IConstruct): string[] {
    stateOf(scope).checks.forEach((check) => check());
    return scope.node.findAll().flatMap(({ node }) => node.metadata.filter(({ type }) => type === METADATA).map(({ data }) => data as string));
  }

  /**
   * Leaves a warning on a construct, in the form of the errors: what is strange, and what to do about it. The same one twice
   * is one.
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
   * Looks for warnings when all constructs are there, before any is printed. A check may run several times.
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
  // Validation is what comes before the files are written; it runs again for each chart.
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
