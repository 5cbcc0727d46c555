import { IConstruct } from 'constructs';
import { AuthorizationCondition } from './authorization-rule';
import { checkAccount, checkAccountCount, checkAddresses, checkNoContradiction, checkWildcard } from './value-checks';
import { Mesh } from '../../mesh/mesh';
import { checkPort, isHeaderToken } from '../../plan/checks/checks';
import { invalid, show } from '../../plan/checks/errors';
import { checkText, checkTexts } from '../../plan/checks/type-checks';

const ACCOUNT = 'source.serviceAccount';

/** Attributes as they are, and the release that brought them. */
const PLAIN: { readonly [key: string]: string | undefined } = {
  'source.ip': undefined,
  'remote.ip': undefined,
  'source.namespace': undefined,
  'source.principal': undefined,
  [ACCOUNT]: '1.25',
  'request.auth.principal': undefined,
  'request.auth.audiences': undefined,
  'request.auth.presenter': undefined,
  'destination.ip': undefined,
  'destination.port': undefined,
  'connection.sni': undefined,
};

/** What takes the place of attributes that Istio no longer takes. */
const GONE: { readonly [key: string]: string } = {
  'destination.namespace': 'the namespace of the policy says it',
  'destination.labels': 'the selector of the policy says it',
  'destination.name': 'the selector of the policy says it',
  'destination.user': 'the selector of the policy says it',
};

/**
 * Checks a further condition of a rule.
 *
 * @internal
 */
export function checkCondition(at: IConstruct, what: string, condition: AuthorizationCondition): void {
  const { key, values, notValues } = condition;
  checkText(at, `key of ${what}`, key);
  checkKey(at, what, key);
  if (values === undefined && notValues === undefined) throw invalid(at, `${what} has neither values nor notValues`, 'say what the attribute must be');
  for (const [name, list] of [['values', values], ['notValues', notValues]] as const) {
    if (list === undefined) continue;
    checkTexts(at, `${name} of ${what}`, list);
    if (list.length === 0) throw invalid(at, `empty ${name} of ${what}`, 'leave them out');
    if (key === ACCOUNT) checkAccountCount(at, `${name} of ${what}`, list);
    for (const value of list) {
      if (value === '') throw invalid(at, `an empty string in ${name} of ${what}`, 'Istio refuses the policy: give a value, "*" for any that is not empty');
      checkValue(at, key, `${show(value)} in ${name} of ${what}`, value);
    }
  }
  checkNoContradiction(at, what, key, values, notValues);
}

function checkKey(at: IConstruct, what: string, key: string): void {
  const base = key.replace(/\[.*$/, '');
  if (GONE[base] !== undefined) throw invalid(at, `key ${show(key)} of ${what}`, GONE[base]);
  if (Object.hasOwn(PLAIN, key)) {
    if (PLAIN[key] !== undefined) Mesh.of(at)._release.require(at, `key ${key} of ${what}`, PLAIN[key]);
    return;
  }
  const header = /^request\.headers\[([^\][]+)\]$/.exec(key)?.[1];
  if (header !== undefined) {
    // Envoy calls the path and the method of a request headers, too.
    if (isHeaderToken(header.replace(/^:/, ''))) return;
    throw invalid(at, `key ${JSON.stringify(key)} of ${what}`, 'no request has such a header: expected letters, digits and signs such as "-", without a space');
  }
  if (/^request\.auth\.claims(\[[^\][]+\])+$/.test(key)) return;
  if (/^experimental\.envoy\.filters\.[^[\]]+\[.+\]$/.test(key)) return;
  throw invalid(at, `key ${show(key)} of ${what}`,
    `expected request.headers[<name>], request.auth.claims[<name>] or one of ${Object.keys(PLAIN).join(', ')}`);
}

function checkValue(at: IConstruct, key: string, what: string, value: string): void {
  if (key.endsWith('.ip')) {
    checkAddresses(at, what, value);
  } else if (key === 'destination.port') {
    if (!/^\d+$/.test(value)) throw invalid(at, what, 'expected the number of a port');
    checkPort(at, what, Number(value));
  } else if (key === ACCOUNT) {
    checkAccount(at, what, value);
  } else if (!key.startsWith('experimental.')) {
    checkWildcard(at, what, value);
  }
}
