import { Condition, MatchConditions } from '../../cluster/routing/request-match';
import { StringMatchKind } from '../../plan/string-match';

const SUFFIX: { readonly [kind in StringMatchKind]: string } = { [StringMatchKind.EXACT]: '', [StringMatchKind.PREFIX]: '*', [StringMatchKind.REGEX]: '' };

/**
 * The path of a match, for tables: `/v2/models/iris`, `/v2/models/iris/*` for a prefix, or `~` and a regular expression.
 *
 * @internal
 */
export function pathText({ path }: MatchConditions): string {
  if (path === undefined) return '*';
  const { kind, value } = path.written ?? path;
  return `${kind === StringMatchKind.REGEX ? '~' : ''}${value}${SUFFIX[kind]}${path.written === undefined ? '' : ' (any case)'}`;
}

/**
 * All other conditions of a match, such as `seldon-model: iris`.
 *
 * @internal
 */
export function conditionTexts({ method, scheme, authority, headers, withoutHeaders, queryParams }: MatchConditions): string[] {
  return [
    ...method === undefined ? [] : [`method ${valueText(method)}`],
    ...scheme === undefined ? [] : [`scheme ${valueText(scheme)}`],
    ...authority === undefined ? [] : [`authority ${valueText(authority)}`],
    ...[...headers].map(([name, condition]) => (condition === 'present' ? `with ${name}` : `${name}: ${valueText(condition)}`)),
    ...[...withoutHeaders].map(([name, condition]) => (condition === 'present' ? `without ${name}` : `not ${name}: ${valueText(condition)}`)),
    ...[...queryParams].map(([name, condition]) => (condition === 'present' ? `?${name}` : `?${name}=${valueText(condition)}`)),
  ];
}

function valueText(condition: Condition): string {
  if (condition === 'present') return '*';
  return `${condition.kind === StringMatchKind.REGEX ? '~' : ''}${condition.value}${SUFFIX[condition.kind]}`;
}
