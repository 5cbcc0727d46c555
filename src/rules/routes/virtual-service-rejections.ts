import { FieldPath, isObject, JsonObject, listOf, numberOf, objectOf, stringOf } from '../../cluster/json';
import { show } from '../../plan/checks/errors';
import { checkAsIstio } from '../../plan/expressions/re2';
import { Problem } from '../rule';

/** What Istio rejects in an object. */
export type Rejection = Pick<Problem, 'field' | 'problem' | 'remedy'>;

/** Matches of text in a match of a request, each alone or by name. */
const TEXTS = ['uri', 'scheme', 'method', 'authority'];
const TEXT_MAPS = ['headers', 'withoutHeaders', 'queryParams'];
const MAX_EXPRESSION = 1024;

/**
 * What Istio rejects in an HTTP rule, other than its weights.
 *
 * @param rule The rule.
 * @param isDelegate Whether it is one of a delegate.
 * @param field Its field.
 * @internal
 */
export function ruleRejections(rule: JsonObject, isDelegate: boolean, field: FieldPath): Rejection[] {
  return [
    ...answerRejections(rule, isDelegate, field),
    ...listOf(rule.match).flatMap((match, i) => (isObject(match) ? matchRejections(match, [...field, 'match', i]) : [])),
    ...destinationRejections(rule, field),
    ...detailRejections(rule, field),
  ];
}

/** A rule has exactly one of a route, a redirect, a direct response and a delegate. */
function answerRejections(rule: JsonObject, isDelegate: boolean, field: FieldPath): Rejection[] {
  const has = (name: string) => (Array.isArray(rule[name]) ? listOf(rule[name]).length > 0 : isObject(rule[name]));
  const delegates = has('delegate');
  // Another rule reports delegates of delegates.
  if (delegates && isDelegate) return [];
  const answers = ['route', 'redirect', 'directResponse'].filter(has);
  if (delegates) {
    return answers.filter((answer) => answer !== 'directResponse').map((answer) => ({
      field: [...field, answer], problem: `a rule has both a delegate and ${answer}`, remedy: 'remove one of the two',
    }));
  }
  if (answers.length === 0) {
    return [{ field, problem: 'a rule has no route, redirect or directResponse', remedy: 'add the destinations as route' }];
  }
  const [answer] = answers;
  if (answers.length > 1) {
    return [{ field: [...field, answers[1]], problem: `a rule has both ${answer} and ${answers[1]}`, remedy: 'write two rules, or remove one of the two' }];
  }
  return answer === 'route' ? [] : ['fault', 'rewrite'].filter(has).map((name) => ({
    field: [...field, name], problem: `a rule has both ${name} and ${answer}`, remedy: `remove ${name}`,
  }));
}

function matchRejections(match: JsonObject, field: FieldPath): Rejection[] {
  return [
    ...TEXTS.flatMap((name) => textRejections(match[name], name, [...field, name])),
    ...TEXT_MAPS.flatMap((name) => Object.entries(objectOf(match[name])).flatMap(([key, text]) => textRejections(text, name, [...field, name, key]))),
  ];
}

function textRejections(text: unknown, name: string, field: FieldPath): Rejection[] {
  if (!isObject(text)) return [];
  if (text.prefix === '' && name !== 'uri') {
    return [{ field: [...field, 'prefix'], problem: 'a prefix is empty', remedy: 'write {} for any value, or remove the match' }];
  }
  if (typeof text.regex !== 'string' || (name === 'withoutHeaders' && text.regex === '*')) return [];
  const why = whyRejected(text.regex);
  return why === undefined ? [] : [{
    field: [...field, 'regex'], problem: `the expression ${show(text.regex)} ${why}`, remedy: 'Istio reads expressions as RE2, which has no look-around and no back-references',
  }];
}

function whyRejected(source: string): string | undefined {
  if (source === '') return 'is empty';
  if (new TextEncoder().encode(source).length > MAX_EXPRESSION) return `is longer than ${MAX_EXPRESSION} bytes`;
  try {
    checkAsIstio(source);
    return undefined;
  } catch (e) {
    if (!(e instanceof SyntaxError)) throw e;
    return `is not valid: ${e.message}`;
  }
}

function destinationRejections(rule: JsonObject, field: FieldPath): Rejection[] {
  const found: Rejection[] = [];
  for (const list of ['route', 'mirrors']) {
    for (const [i, entry] of listOf(rule[list]).entries()) {
      if (!isObject(entry)) continue;
      if (!isObject(entry.destination)) {
        found.push({ field: [...field, list, i], problem: `an entry of ${list} has no destination`, remedy: 'set its destination' });
      } else {
        found.push(...hostRejections(entry.destination, [...field, list, i, 'destination']));
      }
    }
  }
  if (isObject(rule.mirror)) found.push(...hostRejections(rule.mirror, [...field, 'mirror']));
  if (isObject(rule.mirror) && listOf(rule.mirrors).length > 0) {
    found.push({ field: [...field, 'mirror'], problem: 'a rule has both mirror and mirrors', remedy: 'move all of them to mirrors' });
  }
  return found;
}

function hostRejections({ host, port }: JsonObject, field: FieldPath): Rejection[] {
  if (stringOf(host) === undefined || host === '' || host === '*') {
    return [{ field, problem: host === '*' ? 'a destination has host "*"' : 'a destination has no host', remedy: 'set the name of the Service' }];
  }
  const written = objectOf(port).number;
  const number = numberOf(written) ?? 0;
  // The API server names what is no number.
  return !isObject(port) || typeof written === 'string' || (number >= 1 && number <= 65535) ? [] : [{
    field: [...field, 'port'], problem: 'a destination has a port without a number from 1 to 65535', remedy: 'set port: {number: ...}',
  }];
}

const REDIRECT_FIELDS = ['uri', 'prefixRewrite', 'authority', 'scheme', 'port', 'derivePort'];

function detailRejections({ redirect, directResponse, rewrite, retries }: JsonObject, field: FieldPath): Rejection[] {
  const found: Rejection[] = [];
  const reject = (at: FieldPath, problem: string, remedy: string) => found.push({ field: [...field, ...at], problem, remedy });
  if (isObject(redirect)) {
    const code = numberOf(redirect.redirectCode) ?? 0;
    if (code !== 0 && (code < 300 || code > 399)) reject(['redirect', 'redirectCode'], `the code of a redirect is ${code}`, 'expected 300 to 399');
    const isEmpty = REDIRECT_FIELDS.every((name) => redirect[name] === undefined || redirect[name] === '');
    if (isEmpty) reject(['redirect'], 'a redirect changes nothing', 'set uri, authority, scheme or port');
  }
  if (isObject(directResponse)) {
    const status = numberOf(directResponse.status) ?? 0;
    if (status < 200 || status > 600) reject(['directResponse', 'status'], `the status of a direct response is ${status}`, 'expected 200 to 599');
  }
  if (isObject(rewrite)) {
    const texts = ['uri', 'authority'].filter((name) => typeof rewrite[name] === 'string' && rewrite[name] !== '');
    if (texts.includes('uri') && isObject(rewrite.uriRegexRewrite)) reject(['rewrite'], 'a rewrite has both uri and uriRegexRewrite', 'remove one of the two');
    else if (texts.length === 0 && !isObject(rewrite.uriRegexRewrite)) reject(['rewrite'], 'a rewrite has neither uri, uriRegexRewrite nor authority', 'set one of them, such as uri: /');
  }
  if (isObject(retries) && (retries.attempts ?? 0) === 0) {
    const unused = ['perTryTimeout', 'retryOn', 'retryRemoteLocalities'].find((name) => retries[name] !== undefined && retries[name] !== '');
    if (unused !== undefined) reject(['retries'], `retries have ${unused} and no attempts`, 'set attempts above 0');
  }
  return found;
}
