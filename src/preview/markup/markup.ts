/**
 * An element of a page as data. What it contains is text, whatever the characters.
 *
 * @internal
 */
export interface Markup {
  /** Name of the element. */
  readonly tag: string;
  /** Attributes; those that are undefined are left out, and those that are true have no value. */
  readonly attributes: Attributes;
  /** Elements and texts in it. */
  readonly children: readonly (Markup | string)[];
}

/**
 * Attributes of an element.
 *
 * @internal
 */
export interface Attributes {
  readonly [name: string]: string | number | true | undefined;
}

/**
 * What an element can contain.
 *
 * @internal
 */
export type Content = Markup | string | undefined | readonly Content[];

/**
 * An element of a page.
 *
 * @param tag Name of the element.
 * @param attributes Its attributes.
 * @param content Elements, texts and lists of them.
 * @internal
 */
export function element(tag: string, attributes: Attributes = {}, ...content: readonly Content[]): Markup {
  return { tag, attributes, children: childrenOf(content) };
}

function childrenOf(content: readonly Content[]): (Markup | string)[] {
  return content.flatMap((each): (Markup | string)[] => {
    if (each === undefined) return [];
    return isList(each) ? childrenOf(each) : [each];
  });
}

function isList(content: Markup | string | readonly Content[]): content is readonly Content[] {
  return Array.isArray(content);
}
