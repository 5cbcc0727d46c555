import { MODEL_HEADER, ROUTE_HEADER } from '../../plan/core2-service';
import { HeaderLine } from '../request';

/** Paths that name a Model or a Pipeline, with the suffix of its name. */
const NAMING_PATHS: readonly { readonly prefix: string; readonly suffix: string; readonly needsSlash: boolean }[] = [
  { prefix: '/v2/models/', suffix: '', needsSlash: false },
  { prefix: '/v2/pipelines/', suffix: '.pipeline', needsSlash: true },
];

/**
 * The values of a header, one for each line.
 *
 * @internal
 */
export function linesOf(headers: readonly HeaderLine[], name: string): readonly string[] {
  let found: string[] | undefined;
  for (const line of headers) {
    if (line.name !== name) continue;
    if (found === undefined) found = [line.value];
    else found.push(line.value);
  }
  return found ?? NO_LINES;
}

const NO_LINES: readonly string[] = [];

/**
 * The values of `seldon-model` as routes see them. Seldon's Envoy adds the name in the path if neither this header nor `x-seldon-route` has
 * a value.
 *
 * @param headers All headers.
 * @param path The path with the query.
 * @internal
 */
export function requestedNames(headers: readonly HeaderLine[], path: string): readonly string[] {
  const written = linesOf(headers, MODEL_HEADER);
  const inPath = hasValue(written) || hasValue(linesOf(headers, ROUTE_HEADER)) ? undefined : nameIn(path);
  return inPath === undefined ? written : [...written, inPath];
}

/**
 * Why a request names nothing, as a clause.
 *
 * @param path The path with the query.
 * @internal
 */
export function whyUnnamed(path: string): string {
  return nameIn(path) === undefined ? `neither the header ${MODEL_HEADER} nor the path names a model`
    : `with ${ROUTE_HEADER} the path is not looked at, and there is no header ${MODEL_HEADER}`;
}

/** Envoy joins the lines, so two empty ones have a value. */
function hasValue(lines: readonly string[]): boolean {
  return lines.length > 1 || (lines.length === 1 && lines[0] !== '');
}

/** The query belongs to the name if no slash follows it. */
function nameIn(path: string): string | undefined {
  const naming = NAMING_PATHS.find(({ prefix }) => path.startsWith(prefix));
  if (naming === undefined) return undefined;
  const rest = path.slice(naming.prefix.length);
  const slash = rest.indexOf('/');
  if (slash < 0) return naming.needsSlash ? undefined : rest;
  return rest.slice(0, slash) + naming.suffix;
}
