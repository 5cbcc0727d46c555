import { InputError } from './input-error';
import { HeaderLine } from '../request';

const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/**
 * Reads header lines, as `name: value`. Their order and repetition are kept.
 *
 * @param lines The lines.
 * @param what What they are, for errors: `header` or `metadata`.
 * @throws InputError if one is not a header.
 * @internal
 */
export function headerLines(lines: readonly string[], what: string): HeaderLine[] {
  return lines.map((line) => {
    const colon = line.indexOf(':');
    if (line.startsWith(':')) throw new InputError(`${what} "${line}" is a pseudo-header of HTTP/2`, `use ${FIELDS[line.split(':')[1]] ?? 'a header'} instead`);
    if (colon < 0) throw new InputError(`${what} "${line}" has no colon`, `write it as in "${line.includes('=') ? line.replace(/ *= */, ': ') : 'x-tester: yes'}"`);
    const name = line.slice(0, colon);
    if (!NAME.test(name)) throw new InputError(`${what} "${line}" has the name "${name}", which is not valid`, 'use letters, digits and hyphens, with the colon right after the name');
    const value = line.slice(colon + 1).replace(/^[ \t]+|[ \t]+$/g, '');
    if (/[\0\r\n]/.test(value)) throw new InputError(`${what} "${name}" has a value with a line break`, 'a header is one line. Write another header for the rest');
    return { name: name.toLowerCase(), value };
  });
}

const FIELDS: { readonly [pseudoHeader: string]: string } = { authority: '`host`', method: '`method`', path: '`path`', scheme: '`scheme`' };
