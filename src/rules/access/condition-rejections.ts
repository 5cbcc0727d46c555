import { Rejection } from './rejected-targets';
import { accountRejections, addressRejections, portRejections } from './value-rejections';
import { FieldPath, JsonObject, listOf, stringOf } from '../../cluster/json';
import { show } from '../../plan/checks/errors';
import { nearest } from '../../plan/checks/near-miss';

/** Attributes without brackets. */
const ATTRIBUTES = [
  'source.ip', 'remote.ip', 'source.namespace', 'source.principal', 'source.serviceAccount', 'source.trustDomain', 'request.auth.principal',
  'request.auth.audiences', 'request.auth.presenter', 'destination.ip', 'destination.port', 'connection.sni',
];

/** Attributes with a name in brackets. */
const NAMED = ['request.headers', 'request.auth.claims'];

const REMOVED = /^destination\.(namespace|labels|name|user)\b/;

/**
 * Why istiod rejects a condition, or skips its rule.
 *
 * @internal
 */
export function conditionRejections(condition: JsonObject, field: FieldPath): Rejection[] {
  const key = stringOf(condition.key);
  if (key === undefined) return [{ field, problem: 'the condition has no key', remedy: `expected one of ${[...NAMED.map((name) => `${name}[<name>]`), ...ATTRIBUTES].join(', ')}` }];
  const keyRejection = keyRejections(key, [...field, 'key']);
  if (keyRejection.length > 0) return keyRejection;
  const lists = ['values', 'notValues'].filter((list) => listOf(condition[list]).length > 0);
  if (lists.length === 0) return [{ field, problem: `the condition on ${show(key)} has neither values nor notValues`, remedy: 'set one of them' }];
  return lists.flatMap((list) => [
    ...key === 'source.serviceAccount' && listOf(condition[list]).length > 16
      ? [{ field: [...field, list], problem: `${list} has ${listOf(condition[list]).length} entries`, remedy: 'Istio accepts at most 16' }] : [],
    ...listOf(condition[list]).flatMap((value, i): Rejection[] => {
      const at = [...field, list, i];
      if (typeof value !== 'string') return [{ field: at, problem: `${show(value)} in ${list} is not a string`, remedy: `write it in quotes, as "${String(value)}"` }];
      if (value === '') return [{ field: at, problem: `${list} has an empty string`, remedy: 'set a value, or "*" for any value that is not empty' }];
      if (key.endsWith('.ip')) return addressRejections(value, at);
      if (key === 'destination.port') return portRejections(value, at);
      return key === 'source.serviceAccount' ? accountRejections(value, at) : [];
    }),
  ]);
}

function keyRejections(key: string, field: FieldPath): Rejection[] {
  if (ATTRIBUTES.includes(key) || /^experimental\.envoy\.filters\.[^[]*\[.+\]$/.test(key)) return [];
  const [base] = key.split('[');
  if (NAMED.includes(base)) {
    if (/^request\.headers\[[^\][\s]+\]$/.test(key) || /^request\.auth\.claims(\[[^\][]+\])+$/.test(key)) return [];
    return [{ field, problem: `the key ${show(key)} does not have the form ${base}[<name>]`, remedy: base.endsWith('claims') ? 'write one pair of brackets for each level of a nested claim' : 'write the name of one header in brackets' }];
  }
  if (REMOVED.test(key)) {
    return [{ field, problem: `Istio no longer has the attribute ${show(key)}`, remedy: key.startsWith('destination.namespace') ? 'set the namespace of the policy instead' : 'set the selector of the policy instead' }];
  }
  return [{ field, problem: `there is no attribute ${show(key)}`, remedy: remedyFor(key, base) }];
}

function remedyFor(key: string, base: string): string {
  const dotted = NAMED.find((name) => key.toLowerCase().startsWith(`${name}.`));
  if (dotted !== undefined) return `write ${show(`${dotted}[${key.slice(dotted.length + 1).split('.').join('][')}]`)}`;
  const meant = nearest(base, [...ATTRIBUTES, ...NAMED]);
  if (meant === undefined) return `expected one of ${[...NAMED.map((name) => `${name}[<name>]`), ...ATTRIBUTES].join(', ')}`;
  return `write ${show(NAMED.includes(meant) ? `${meant}${key.includes('[') ? key.slice(key.indexOf('[')) : '[<name>]'}` : meant)}`;
}
