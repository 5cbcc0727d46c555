/** The part of jsdom that tests use. Its own types would be those of all code. */
declare module 'jsdom' {
  /** A page. */
  export class JSDOM {
    readonly window: typeof globalThis;
    constructor(html: string);
  }
}
