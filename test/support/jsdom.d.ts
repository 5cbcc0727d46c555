/** The part of jsdom that tests use. Its own types would be those of all code. */
declare module 'jsdom' {
  /** An element of a page. */
  export interface PageElement {
    innerHTML: string;
    readonly textContent: string | null;
    readonly children: ArrayLike<PageElement>;
  }

  /** A page. */
  export interface Page {
    createElement(name: string): PageElement;
  }

  /** A browser with a page. */
  export class JSDOM {
    readonly window: { readonly document: Page };
    constructor(html: string);
  }
}
