import { IConstruct } from 'constructs';

/** Type of the metadata entries that hold warnings. */
const METADATA = 'cdk8s-seldon-istio:warning';

const PENDING = Symbol.for('cdk8s-seldon-istio.warnings.pending');

/** What warnings leave on the root of a tree, beside its own properties: those that nobody has seen yet. */
interface Marked extends IConstruct {
  [PENDING]?: string[];
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
  public static of(scope: IConstruct): string[] {
    return scope.node.findAll().flatMap(({ node }) => node.metadata.filter(({ type }) => type === METADATA).map(({ data }) => data as string));
  }

  /**
   * Leaves a warning on a construct, in the form of the errors: what is strange, and what to do about it. The same one twice
   * is one.
   *
   * @internal
   */
  public static _add(at: IConstruct, problem: string, remedy: string): void {
    const text = `${problem}: ${remedy} (at ${at.node.path === '' ? 'the app' : at.node.path})`;
    if (at.node.metadata.some(({ type, data }) => type === METADATA && data === text)) return;
    at.node.addMetadata(METADATA, text);
    const root = at.node.root as Marked;
    if (root[PENDING] === undefined) {
      root[PENDING] = [];
      // Validation is what comes before the files are written; it runs again for each chart.
      root.node.addValidation({ validate: () => print(root[PENDING]!.splice(0)) });
    }
    root[PENDING].push(text);
  }
}

function print(warnings: readonly string[]): string[] {
  for (const text of warnings) console.warn(`warning: ${text}`);
  return [];
}
