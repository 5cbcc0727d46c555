import { IConstruct } from 'constructs';
import { AuthorizationCondition } from './authorization-rule';
import { checkAccount, checkAccountCount, checkAddresses, checkNoContradiction, checkWildcard } from './value-checks';
import { Mesh } from '../../mesh/mesh';
import { checkPort } from '../../plan/checks/checks';
import { invalid, show } from '../../plan/checks/errors';
import { checkText, checkTexts } from '../../plan/checks/type-checks';
import { isHeaderToken } from '../../plan/header-checks';

const ACCOUNT = 'source.serviceAccount';

/** Attributes without brackets. */
const ATTRIBUTES: readonly string[] = [
  'source.ip',
  'remote.ip',
  'source.namespace',
  'source.principal',
  ACCOUNT,
  'request.auth.principal',
  'request.auth.audiences',
  'request.auth.presenter',
  'destination.ip',
  'destination.port',
  'connection.sni',
];

/** Replacements of attributes that Istio no longer supports. */
const REMOVED: { readonly [key: string]: string } = {
  'destination.namespace': 'set the namespace of the policy instead',
  'destination.labels': 'set the selector of the policy instead',
  'destination.name': 'set the selector of the policy instead',
  'destination.user': 'set the selector of the policy instead',
};

/**
 * Checks an additional condition of a rule.
 *
 * @internal
 */
export function checkCondition(at: IConstruct, what: string, condition: AuthorizationCondition): void {
  const { key, values, notValues } = condition;
  checkText(at, `key of ${what}`, key);
  checkKey(at, what, key);
  if (values === undefined && notValues === undefined) throw invalid(at, `${what} has neither values nor notValues`, 'set at least one of them');
  for (const [name, list] of [['values', values], ['notValues', notValues]] as const) {
    if (list === undefined) continue;
    checkTexts(at, `${name} of ${what}`, list);
    if (list.length === 0) throw invalid(at, `empty ${name} of ${what}`, 'add a value, or leave the list out');
    if (key === ACCOUNT) checkAccountCount(at, `${name} of ${what}`, list);
    for (const value of list) {
      if (value === '') throw invalid(at, `an empty string in ${name} of ${what}`, 'set a value, or "*" for any value that is not empty, since Istio would reject the policy');
      checkValue(at, key, `${show(value)} in ${name} of ${what}`, value);
    }
  }
  checkNoContradiction(at, what, key, values, notValues);
}

function checkKey(at: IConstruct, what: string, key: string): void {
  const [base] = key.split('[');
  if (Object.hasOwn(REMOVED, base)) throw invalid(at, `key ${show(key)} of ${what}`, REMOVED[base]);
  if (key === ACCOUNT) Mesh.of(at)._release.require(at, `key ${key} of ${what}`, '1.25');
  if (ATTRIBUTES.includes(key)) return;
  const header = /^request\.headers\[([^\][]+)\]$/.exec(key)?.[1];
  if (header !== undefined) {
    // Envoy represents the path and the method of a request as headers, too.
    if (isHeaderToken(header.replace(/^:/, ''))) return;
    throw invalid(at, `key ${JSON.stringify(key)} of ${what}`, 'expected a header name of letters, digits and characters such as "-", without spaces');
  }
  if (/^request\.auth\.claims(\[[^\][]+\])+$/.test(key)) return;
  if (/^experimental\.envoy\.filters\.[^[\]]+\[.+\]$/.test(key)) return;
  throw invalid(at, `key ${show(key)} of ${what}`,
    `expected request.headers[<name>], request.auth.claims[<name>] or one of ${ATTRIBUTES.join(', ')}`);
}

function checkValue(at: IConstruct, key: string, what: string, value: string): void {
  if (key.endsWith('.ip')) {
    checkAddresses(at, what, value);
  } else if (key === 'destination.port') {
    if (!/^\d+$/.test(value)) throw invalid(at, what, 'expected a port number');
    checkPort(at, what, Number(value));
  } else if (key === ACCOUNT) {
    checkAccount(at, what, value);
  } else if (!key.startsWith('experimental.')) {
    checkWildcard(at, what, value);
  }
}
