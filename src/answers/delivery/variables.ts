import { Fill } from './changed-headers';
import { NormalRequest } from '../normal-request';

/** A doubled percent sign, or a variable that reads a header of the request, with an alternative and a length. */
const VARIABLE = /%%|%(?:REQ|REQUEST_HEADER)\(([^)?]+)(?:\?([^)]+))?\)(?::(\d+))?%|%PROTOCOL%/g;

/**
 * Fills the variables of a request into the value of a header. Those that depend on the connection stay as they are.
 *
 * @internal
 */
export function fillFrom(request: NormalRequest): Fill {
  return (value) => value.replace(VARIABLE, (text: string, name?: string, other?: string, length?: string) => {
    if (text === '%%') return '%';
    if (text === '%PROTOCOL%') return request.http === '2' ? 'HTTP/2' : 'HTTP/1.1';
    const found = headerOf(request, name!) ?? (other === undefined ? undefined : headerOf(request, other)) ?? '';
    return length === undefined ? found : found.slice(0, Number(length));
  });
}

function headerOf({ method, authority, scheme, path, query, headers }: NormalRequest, written: string): string | undefined {
  const name = written.toLowerCase();
  switch (name) {
    case ':method': return method;
    case ':scheme': return scheme;
    case ':authority':
    case 'host': return authority;
    case ':path': return query === undefined ? path : `${path}?${query}`;
    default: return headers.valuesOf(name)[0];
  }
}
