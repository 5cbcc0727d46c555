/**
 * Text as base64 of its UTF-8, in browsers and in Node.js.
 *
 * @internal
 */
export function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
