import { isObject } from '../../cluster/json';
import { invalid, show } from '../../plan/checks/errors';

/**
 * Checks the two forms in which plain JavaScript often has a request that is not one: a string, and headers by name.
 *
 * @param request What was given.
 * @throws an error that shows how the request is written.
 * @internal
 */
export function checkRequestForm(request: unknown): void {
  if (typeof request === 'string') {
    const remedy = /^curl|^grpcurl/.test(request) ? 'use `command` for command lines' : `write { url: ${show(request)} }`;
    throw invalid('Traffic.request', `the request is the string ${show(request)}`, remedy);
  }
  if (!isObject(request) || !isObject(request.headers)) return;
  const lines = Object.entries(request.headers).map(([name, value]) => `'${name}: ${String(value)}'`);
  throw invalid('Traffic.request', '`headers` is an object, but names of headers can be repeated', `write a list, as in headers: [${lines.join(', ')}]`);
}
