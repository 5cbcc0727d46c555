/**
 * Facts about the object of a construct that its manifest does not contain. Objects of any other origin have no facts.
 *
 * @internal
 */
export interface ObjectFacts {
  /**
   * Whether someone wrote it field by field with the construct for its kind, which has a field for each intention. What is probably
   * unintended is an error then.
   */
  readonly isTyped?: boolean;
  /** Whether a construct derived it from something else, so that rules about what people write leave it out. */
  readonly isDerived?: boolean;
  /** Whether JSON patches change what its construct writes. They may add fields that the construct does not have. */
  readonly isPatched?: boolean;
}

const FACTS = new WeakMap<object, ObjectFacts>();

/**
 * Declares facts about the object of a construct. Those that are declared later take precedence.
 *
 * @param object The object.
 * @param facts What is known of it.
 * @internal
 */
export function declareFacts(object: object, facts: ObjectFacts): void {
  FACTS.set(object, { ...FACTS.get(object), ...facts });
}

/**
 * The facts that are declared about an object.
 *
 * @internal
 */
export function factsAbout(object: object): ObjectFacts {
  return FACTS.get(object) ?? {};
}
