import { IConstruct } from 'constructs';
import { checkWildcard } from './value-checks';
import { Mesh } from '../../mesh/mesh';
import { invalid } from '../../plan/checks/errors';

/** Literal segments of a path with templates. */
const SEGMENT = /^[A-Za-z0-9\-._~%!$&'()+,;:@=]*$/;

/** Envoy rejects the listener if a template is longer. */
const MAX_TEMPLATE = 256;

/**
 * Checks a path of an operation: a string with one wildcard, or a path with templates.
 *
 * @internal
 */
export function checkPath(at: IConstruct, what: string, value: string): void {
  if (!/^[/*{]/.test(value)) throw invalid(at, what, 'expected a path that starts with a slash');
  if (/[?#]/.test(value)) throw invalid(at, what, 'remove the query, since it is not part of the path that is matched');
  if (/[{}]/.test(value)) checkTemplate(at, what, value);
  else checkWildcard(at, what, value);
}

function checkTemplate(at: IConstruct, what: string, value: string): void {
  Mesh.of(at)._release.require(at, `the template ${what}`, '1.22');
  const [start, ...segments] = value.split('/');
  if (start !== '' || segments.slice(0, -1).includes('')) {
    throw invalid(at, what, 'Envoy would crash when it receives this policy. A path with templates must start with one slash and have no empty segment');
  }
  segments.forEach((segment, i) => {
    const isTemplate = segment === '{*}' || segment === '{**}';
    if (!isTemplate && !SEGMENT.test(segment)) throw invalid(at, what, 'expected segments that are "{*}", "{**}" or literal in a path with templates');
    if (isTemplate && segments.slice(0, i).includes('{**}')) throw invalid(at, what, '"{**}" must be the last template');
  });
  const { length } = value.replace(/[{}]/g, '');
  if (length > MAX_TEMPLATE) {
    throw invalid(at, what, `expected a path with templates of at most ${MAX_TEMPLATE} characters without the braces, got ${length}. Envoy would reject the whole listener`);
  }
}
