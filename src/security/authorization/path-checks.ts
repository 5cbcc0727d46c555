import { IConstruct } from 'constructs';
import { checkWildcard } from './value-checks';
import { Mesh } from '../../mesh/mesh';
import { invalid } from '../../plan/checks/errors';

/** Literal segments of a path with templates. */
const SEGMENT = /^[A-Za-z0-9\-._~%!$&'()+,;:@=]*$/;

/** Envoy refuses the listener for a longer template. */
const MAX_TEMPLATE = 256;

/**
 * Checks a path of an operation: a string with one wildcard, or a path with templates.
 *
 * @internal
 */
export function checkPath(at: IConstruct, what: string, value: string): void {
  if (!/^[/*{]/.test(value)) throw invalid(at, what, 'no request has such a path: expected one that starts with a slash');
  if (/[?#]/.test(value)) throw invalid(at, what, 'paths are compared without their query: leave it out');
  if (/[{}]/.test(value)) checkTemplate(at, what, value);
  else checkWildcard(at, what, value);
}

function checkTemplate(at: IConstruct, what: string, value: string): void {
  Mesh.of(at)._release.require(at, `the template ${what}`, '1.22');
  const [start, ...segments] = value.split('/');
  if (start !== '' || segments.slice(0, -1).includes('')) {
    throw invalid(at, what, 'Envoy would terminate as soon as it reads this policy: a path with templates begins with one slash and has no empty segment');
  }
  segments.forEach((segment, i) => {
    const isTemplate = segment === '{*}' || segment === '{**}';
    if (!isTemplate && !SEGMENT.test(segment)) throw invalid(at, what, 'expected whole segments of "{*}" and "{**}" or of plain text in a path with templates');
    if (isTemplate && segments.slice(0, i).includes('{**}')) throw invalid(at, what, 'expected "{**}" after all other templates');
  });
  const { length } = value.replace(/[{}]/g, '');
  if (length > MAX_TEMPLATE) {
    throw invalid(at, what, `Envoy would refuse the whole port: expected a path with templates of at most ${MAX_TEMPLATE} characters without the braces, got ${length}`);
  }
}
