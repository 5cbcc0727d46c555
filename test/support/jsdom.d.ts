/** The part of jsdom that tests use. Its own types would be those of all code. */
declare module 'jsdom' {
  /** An element of a page. */
  export interface PageElement {
    innerHTML: string;
    readonly textContent: string | null;
    readonly children: ArrayLike<PageElement>;
    value: string;
    checked: boolean;
    open: boolean;
    readonly id: string;
    readonly hidden: boolean;
    querySelectorAll(selector: string): Iterable<PageElement>;
    getAttribute(name: string): string | null;
    click(): void;
    dispatchEvent(event: object): void;
  }

  /** A page. */
  export interface Page {
    readonly activeElement: PageElement | null;
    readonly head: PageElement;
    createElement(name: string): PageElement;
    getElementById(id: string): PageElement | null;
    querySelectorAll(selector: string): Iterable<PageElement>;
  }

  /** A browser with a page. */
  export class JSDOM {
    readonly window: { readonly document: Page; readonly Event: new (name: string, options?: { readonly bubbles: boolean }) => object };
    constructor(html: string, options?: { readonly runScripts?: 'dangerously' });
  }
}
