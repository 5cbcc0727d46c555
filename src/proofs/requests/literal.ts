import { claimField, Field, headerField, isManaged, isSendable, METHOD, parameterField } from './field';
import { claimPath } from '../../answers/matching/claims';
import { Condition, MatchConditions } from '../../cluster/routing/request-match';
import { passes, PRESENT, Test, testFor } from '../words/string-test';

/**
 * A condition on one field: that a value satisfies a test, or that none does.
 *
 * @internal
 */
export interface Literal {
  /** The field. */
  readonly field: Field;
  /** The test. */
  readonly test: Test;
  /** Whether a value must satisfy it. */
  readonly isPositive: boolean;
}

/**
 * What a match compares apart from the path.
 *
 * @internal
 */
export interface Conditions {
  /** Whether no request satisfies them. */
  readonly isDead: boolean;
  /** The conditions, all of which must hold. */
  readonly literals: readonly Literal[];
  /** Why they cannot be decided, as a clause; undefined if they can. */
  readonly undecided?: string;
}

/**
 * What the requests of a class have in common.
 *
 * @internal
 */
export interface Setting {
  /** The scheme. */
  readonly scheme: 'http' | 'https';
  /** What clients send as `Host` header. */
  readonly authority: Field;
  /** Whether tokens are read, so that there are claims. */
  readonly hasTokens: boolean;
}

const NEVER: Conditions = { isDead: true, literals: [] };

/**
 * The conditions of a match as literals.
 *
 * @internal
 */
export function conditionsOf({ method, scheme, authority, headers, withoutHeaders, queryParams }: MatchConditions, setting: Setting): Conditions {
  const all: Literal[] = [];
  const undecided: string[] = [];
  if (scheme !== undefined && !passes(testOf(scheme), setting.scheme)) return NEVER;
  if (method !== undefined) all.push({ field: METHOD, test: testOf(method), isPositive: true });
  if (authority !== undefined) all.push({ field: setting.authority, test: testOf(authority), isPositive: true });
  for (const [name, condition] of queryParams) {
    if (name === '' || /[&=#\s]/.test(name)) return NEVER;
    all.push({ field: parameterField(name), test: testOf(condition), isPositive: true });
  }
  for (const [entries, isPositive] of [[headers, true], [withoutHeaders, false]] as const) {
    for (const [name, condition] of entries) {
      const found = onHeader(name, testOf(condition), isPositive, setting);
      if (found === 'never') return NEVER;
      if (typeof found === 'string') undecided.push(found);
      else all.push(...found);
    }
  }
  return { isDead: false, literals: all, ...undecided.length === 0 ? {} : { undecided: undecided[0] } };
}

function testOf(condition: Condition): Test {
  return condition === 'present' ? PRESENT : testFor(condition.kind, condition.value);
}

/** An absent header counts as empty where a value is excluded. */
function onHeader(name: string, test: Test, isPositive: boolean, setting: Setting): readonly Literal[] | 'never' | string {
  const claim = claimPath(name);
  if (claim !== undefined) {
    if (!setting.hasTokens) return isPositive ? 'never' : [];
    return [{ field: claimField(claim), test, isPositive }];
  }
  switch (name) {
    case ':path': return 'a match compares the path with its query';
    case ':scheme': return passes(test, setting.scheme) === isPositive ? [] : 'never';
    case ':method': return [{ field: METHOD, test, isPositive }];
    case 'host':
    case ':authority': return [{ field: setting.authority, test, isPositive }];
    default: break;
  }
  if (isManaged(name)) return `Envoy itself sets, changes or removes the header ${name}`;
  const field = headerField(name);
  const isNever = !isSendable(name);
  if (isPositive) return isNever ? 'never' : [{ field, test, isPositive }];
  const excludesAbsent = test.kind !== 'present' && passes(test, '');
  if (isNever) return excludesAbsent ? 'never' : [];
  return [{ field, test, isPositive }, ...excludesAbsent ? [{ field, test: PRESENT, isPositive: true }] : []];
}

