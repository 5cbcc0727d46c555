import { IConstruct } from 'constructs';
import { userConstruct } from '../plan/checks/errors';

/**
 * A problem that is found only by comparing objects.
 *
 * @internal
 */
export interface Finding {
  /** The construct that it is about. */
  readonly at: IConstruct;
  /** The problem and its remedy, as two sentences. */
  readonly text: string;
}

/**
 * Reports problems of constructs below a scope before anything is written, each at the construct that it is about: cdk8s prefixes a
 * problem with the path of the construct that reports it.
 *
 * @param scope The scope of the objects that are compared.
 * @param find Finds the problems.
 * @internal
 */
export function reportFindings(scope: IConstruct, find: () => readonly Finding[]): void {
  const found = new Map<IConstruct, string[]>();
  scope.node.addValidation({
    validate: () => {
      for (const texts of found.values()) texts.length = 0;
      for (const { at, text } of find()) textsAt(found, userConstruct(at), scope).push(text);
      return [...found.get(scope) ?? []];
    },
  });
}

/** A construct is validated after the scope that it is in. */
function textsAt(found: Map<IConstruct, string[]>, at: IConstruct, scope: IConstruct): string[] {
  let texts = found.get(at);
  if (texts !== undefined) return texts;
  const made: string[] = [];
  found.set(at, texts = made);
  if (at !== scope) at.node.addValidation({ validate: () => [...made] });
  return texts;
}
