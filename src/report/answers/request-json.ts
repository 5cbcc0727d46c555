import { HeaderLine, Request } from '../../answers/request';

/**
 * A request as data.
 *
 * @internal
 */
export function requestJson({ headers, ...request }: Request): object {
  return { ...request, headers: headers.map(lineText) };
}

/**
 * A line of the headers as text.
 *
 * @internal
 */
export function lineText({ name, value }: HeaderLine): string {
  return `${name}: ${value}`;
}
