import { IConstruct } from 'constructs';
import { CookieAttributes } from '../plan/checks/cookie-attributes';
import { invalid, show } from '../plan/checks/errors';
import { StringMatch } from '../plan/string-match';

const COOKIE_NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const COOKIE_VALUE = /^[!#-+\--:<-[\]-~]*$/;

/** Browsers accept cookies with such a name only with matching attributes. */
const PROMISING_NAME = /^__(host|secure)-/i;

/** @internal */
export function checkCookieName(at: IConstruct | string, name: string): void {
  if (typeof name !== 'string' || !COOKIE_NAME.test(name)) {
    throw invalid(at, `cookie name ${show(name)}`, "expected letters, digits and !#$%&'*+-.^_`|~, which browsers accept");
  }
}

/**
 * Checks the name of a cookie in responses.
 *
 * @internal
 */
export function checkNewCookieName(at: IConstruct, name: string, { secure, domain }: CookieAttributes, path: string): void {
  checkCookieName(at, name);
  const [, promise] = PROMISING_NAME.exec(name) ?? [];
  if (promise === undefined) return;
  const isForHost = promise.toLowerCase() === 'host';
  if (secure === true && (!isForHost || (domain === undefined && path === '/'))) return;
  throw invalid(at, `cookie name ${show(name)}`, isForHost
    ? 'browsers keep cookies of this beginning only with secure: true, path "/" and without a domain. Set these, or choose another name'
    : 'browsers keep cookies of this beginning only with secure: true. Set it, or choose another name');
}

/** @internal */
export function checkCookieValue(at: IConstruct | string, name: string, value: string): void {
  if (typeof value !== 'string' || !COOKIE_VALUE.test(value)) {
    throw invalid(at, `value ${show(value)} of cookie ${name}`, 'expected ASCII characters without spaces, quotes, commas, semicolons and backslashes');
  }
}

/**
 * A match of the header `cookie` that contains a cookie with this value, among others.
 *
 * @internal
 */
export function cookieMatch(name: string, value: string): StringMatch {
  return StringMatch.regex(`(.*;\\s*)?${literal(name)}=${literal(value)}(\\s*;.*)?`);
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]]/g, '\\$&');
}
