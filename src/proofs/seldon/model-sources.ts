import { pathRewriteOf } from '../../answers/delivery/rewrite';
import { Route } from '../../answers/routes/route';
import { listOf, objectOf } from '../../cluster/json';
import { MODEL_HEADER } from '../../plan/core2-service';
import { PathFunction, pathFunctionOf } from '../paths/path-function';
import { NamingPaths } from '../paths/path-set';
import { Field, headerField } from '../requests/field';
import { Rule } from '../rules/rule';

/**
 * By which parts of requests clients name models, where rules lead to Seldon Core 2.
 *
 * @internal
 */
export interface ModelSources {
  /** Headers that have the name of a model. */
  readonly headers: readonly Field[];
  /** Whether other parts may have it. */
  readonly isOpen: boolean;
  /** The paths of which rules make a path, one for each way, and whether there may be others. */
  pathsFor(target: string): { readonly paths: readonly string[]; readonly isOpen: boolean };
}

/** A variable with all of a header. */
const COPY = /^%(?:REQ|REQUEST_HEADER)\(([^):?]+)\)%$/;

/**
 * Reads by which parts of requests clients name models.
 *
 * @param rules Rules that lead to Seldon Core 2.
 * @param paths The paths of the requests.
 * @internal
 */
export function modelSources(rules: readonly Rule[], paths: NamingPaths): ModelSources {
  const routes = rules.flatMap(({ route }) => route ?? []);
  const values = routes.flatMap(modelValues).filter((value) => value.replace(/%%/g, '').includes('%'));
  const copied = values.map((value) => COPY.exec(value)?.[1].toLowerCase());
  return {
    headers: [...new Set([MODEL_HEADER, ...copied.flatMap((name) => name ?? [])])].map(headerField),
    isOpen: copied.includes(undefined),
    pathsFor: (target) => {
      const found = routes.map((route) => sourceOf(route, target, paths));
      return { paths: [...new Set(found.flatMap(({ path }) => path ?? []))], isOpen: found.some(({ isOpen }) => isOpen) };
    },
  };
}

/** What a rule and its arms write into the header. */
function modelValues({ written: { rule } }: Route): readonly string[] {
  return [rule, ...listOf(rule.route).map(objectOf)].flatMap(({ headers }) => {
    const { set, add } = objectOf(objectOf(headers).request);
    return [set, add].flatMap((map) => Object.entries(objectOf(map)).flatMap(([name, value]) => (
      name.toLowerCase() === MODEL_HEADER && typeof value === 'string' ? [value] : []
    )));
  });
}

/** A path of which a rule makes another one; undefined if there is none. */
function sourceOf(route: Route, target: string, paths: NamingPaths): { readonly path?: string; readonly isOpen: boolean } {
  const made = pathFunctionOf(route, paths.beginning);
  const rewrite = pathRewriteOf(route.written.rule, route.match.path);
  const path = candidatesFor(made, target, paths).find((each) => paths.includes(each) && (rewrite === undefined ? each : rewrite(each)) === target);
  if (path !== undefined) return { path, isOpen: false };
  return { isOpen: made.kind === 'expression' && !namesModel(route) };
}

function candidatesFor(made: PathFunction, target: string, { beginning, path }: NamingPaths): readonly string[] {
  switch (made.kind) {
    case 'constant': return [];
    case 'beginning': return target.startsWith(made.by) ? [path.slice(0, made.length) + target.slice(made.by.length)] : [];
    case 'expression': return [beginning + target.slice(target.indexOf('/', 1) + 1), beginning + target.split('/').slice(3).join('/')];
  }
}

/** Whether it writes the name into the header in any case, so that Seldon does not read the path. */
function namesModel(route: Route): boolean {
  const { rule } = route.written;
  const isSet = ({ headers }: { readonly headers?: unknown }) => (
    Object.keys(objectOf(objectOf(objectOf(headers).request).set)).some((name) => name.toLowerCase() === MODEL_HEADER)
  );
  return isSet(rule) || (listOf(rule.route).length > 0 && listOf(rule.route).every((arm) => isSet(objectOf(arm))));
}
