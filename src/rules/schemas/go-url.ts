/** Host and port as Go reads them: letters, digits and these marks, and any character outside ASCII. */
const HOST = /^(?:[\w\-.~!$&'()*+,;=:<>"[\]]|[^\x00-\x7f])*$/;
const CONTROL = /[\x00-\x1f\x7f]/;
const BAD_ESCAPE = /%(?![0-9a-fA-F]{2})/;
const USER = /^(?:[\w\-.:~!$&'()*+,;=%@])*$/;

/**
 * Whether Go reads a text as an address with scheme `http` or `https`.
 *
 * @internal
 */
export function isWebAddress(text: string): boolean {
  const [, rest] = /^https?:(.*)$/is.exec(text) ?? [];
  if (rest === undefined || CONTROL.test(text)) return false;
  // What follows a scheme without a slash is not read.
  if (!rest.startsWith('/')) return true;
  const [beforeQuery] = rest.split('?', 1);
  if (!beforeQuery.startsWith('//') || beforeQuery.startsWith('///')) return !BAD_ESCAPE.test(beforeQuery);
  const end = beforeQuery.indexOf('/', 2);
  const [authority, path] = end < 0 ? [beforeQuery.slice(2), ''] : [beforeQuery.slice(2, end), beforeQuery.slice(end)];
  return isAuthority(authority) && !BAD_ESCAPE.test(path);
}

function isAuthority(authority: string): boolean {
  const at = authority.lastIndexOf('@');
  if (at >= 0 && !USER.test(authority.slice(0, at))) return false;
  const host = authority.slice(at + 1);
  if (host.startsWith('[')) return /^\[[0-9a-fA-F:.]+\](?::\d*)?$/.test(host);
  return HOST.test(host) && /^[^:]*(?::\d*)?$/.test(host.slice(Math.max(0, host.lastIndexOf(':'))));
}
