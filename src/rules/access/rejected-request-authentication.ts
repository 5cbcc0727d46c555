import { loginExample } from './access-example';
import { Rejection, rejectedTargets } from './rejected-targets';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind } from '../../cluster/cluster-object';
import { FieldPath, isObject, JsonObject, listOf, objectOf, stringOf } from '../../cluster/json';
import { show } from '../../plan/checks/errors';
import { Level, Problem, Rule } from '../rule';

/** A RequestAuthentication that istiod rejects. */
export const rejectedRequestAuthentication: Rule = {
  id: 'rejected-request-authentication',
  level: Level.ERROR,
  rejects: 'by meaning',
  title: 'A RequestAuthentication is rejected',
  codes: ['IST0106'],
  page: {
    explanation: `
Istio rejects rules about tokens that have neither an issuer nor an address of keys, keys that are not JSON, empty audiences and header
names, and references to kinds that cannot have policies.`,
    wrong: loginExample().replace('https://login.example.com/keys', 'login.example.com/keys'),
    right: loginExample(),
  },
  check: (cluster: Cluster): Problem[] => cluster.all(ClusterKind.REQUEST_AUTHENTICATION).flatMap((object) => [
    ...rejectedTargets(object),
    ...listOf(object.spec.jwtRules).flatMap((rule, i) => (isObject(rule) ? ruleRejections(rule, ['spec', 'jwtRules', i]) : [])),
  ].map((rejection) => ({ object, ...rejection }))),
};

function ruleRejections(rule: JsonObject, field: FieldPath): Rejection[] {
  const found: Rejection[] = [];
  const reject = (at: FieldPath, problem: string, remedy: string) => found.push({ field: [...field, ...at], problem, remedy });
  const uri = stringOf(rule.jwksUri) ?? stringOf(rule.jwks_uri);
  if (stringOf(rule.issuer) === undefined && uri === undefined) reject([], 'the rule has neither issuer nor jwksUri', 'set the issuer of the tokens');
  if (uri !== undefined && !/^https?:\/\//i.test(uri)) reject(['jwksUri'], `${show(uri)} does not start with "https://" or "http://"`, 'write the full address of the keys');
  if (stringOf(rule.jwks) !== undefined && !isJson(String(rule.jwks))) reject(['jwks'], 'jwks is not JSON', 'expected a set of keys, as in {"keys": [...]}, or set jwksUri to its address');
  for (const list of ['audiences', 'fromParams', 'fromCookies']) {
    listOf(rule[list]).forEach((value, i) => { if (value === '') reject([list, i], `${list} has an empty string`, 'remove it'); });
  }
  listOf(rule.fromHeaders).forEach((header, i) => {
    if (stringOf(objectOf(header).name) === undefined) reject(['fromHeaders', i], 'a header of fromHeaders has no name', 'set its name');
  });
  listOf(rule.outputClaimToHeaders).forEach((entry, i) => {
    const [header, claim] = [stringOf(objectOf(entry).header), stringOf(objectOf(entry).claim)];
    if (header === undefined || claim === undefined) reject(['outputClaimToHeaders', i], 'an entry of outputClaimToHeaders has no header or no claim', 'set both');
    else if (!/^[A-Za-z0-9_-]+$/.test(header)) reject(['outputClaimToHeaders', i, 'header'], `${show(header)} is not a valid header name`, 'use letters, digits, "-" and "_"');
  });
  return found;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
