import { shownText } from '../markup/html';
import { Markup } from '../markup/markup';

/* The parts of a browser that the script of the page uses. The types of a whole browser would be those of all code. */

/**
 * An element of the page.
 *
 * @internal
 */
export interface PageElement {
  /** Its text. */
  textContent: string | null;
  /** Whether it is left out. */
  hidden: boolean;
  /** The value of a field. */
  value: string;
  /** Whether a box is checked. */
  checked: boolean;
  /** Whether details are shown. */
  open: boolean;
  /** Type of a field. */
  readonly type: string;
  /** Data attributes. */
  readonly dataset: { [name: string]: string | undefined };
  /** Sets an attribute. */
  setAttribute(name: string, value: string): void;
  /** Removes an attribute. */
  removeAttribute(name: string): void;
  /** Adds elements and texts. */
  append(...children: (PageElement | string)[]): void;
  /** Replaces what is in it. */
  replaceChildren(...children: (PageElement | string)[]): void;
  /** Adds an element after it. */
  after(element: PageElement): void;
  /** Moves the focus to it. */
  focus(): void;
  /** Finds elements in it. */
  querySelectorAll(selector: string): Iterable<PageElement>;
  /** The closest element around it, or itself. */
  closest(selector: string): PageElement | null;
  /** Listens to an event. */
  addEventListener(event: string, listener: (event: PageEvent) => void): void;
}

/**
 * Something that a reader does.
 *
 * @internal
 */
export interface PageEvent {
  /** The element. */
  readonly target: PageElement;
  /** Stops what browsers do. */
  preventDefault(): void;
}

/**
 * The page.
 *
 * @internal
 */
export interface Page extends Pick<PageElement, 'querySelectorAll' | 'addEventListener'> {
  /** Finds an element by its id. */
  getElementById(id: string): PageElement | null;
  /** Makes an element. */
  createElement(name: string): PageElement;
  /** Makes an element of a namespace. */
  createElementNS(namespace: string, name: string): PageElement;
}

const SVG: ReadonlySet<string> = new Set(['svg', 'rect']);

/**
 * Finds an element by its id.
 *
 * @internal
 */
export function byId(page: Page, id: string): PageElement {
  const found = page.getElementById(id);
  if (found === null) throw new Error(`there is no element ${id}. Write the page again`);
  return found;
}

/**
 * Makes an element. Texts stay texts: no HTML is read.
 *
 * @internal
 */
export function domOf(page: Page, { tag, attributes, children }: Markup): PageElement {
  const made = SVG.has(tag) ? page.createElementNS('http://www.w3.org/2000/svg', tag) : page.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) made.setAttribute(name, value === true ? '' : shownText(`${value}`));
  }
  made.append(...children.map((child) => (typeof child === 'string' ? shownText(child) : domOf(page, child))));
  return made;
}
