import { eachObject, FieldFaults } from './field-faults';
import { goDuration } from './go-duration';
import { headerValueFault } from './header-value-fault';
import { show } from '../../plan/checks/errors';
import { checkAsIstio } from '../../plan/expressions/re2';
import { GRPC_STATUSES } from '../../plan/grpc-statuses';
import { FieldPath, isObject, JsonObject, listOf, numberOf, objectOf, stringOf, stringsOf } from '../json';

/**
 * What Istio rejects in the details of an HTTP rule.
 *
 * @internal
 */
export function httpRuleFaults(faults: FieldFaults, field: FieldPath, rule: JsonObject): void {
  eachObject(rule.match, (match, i) => matchFaults(faults, [...field, 'match', i], match));
  headersFaults(faults, [...field, 'headers'], rule.headers);
  authorityFaults(faults, field, rule);
  eachObject(rule.route, (share, i) => {
    headersFaults(faults, [...field, 'route', i, 'headers'], share.headers);
    destinationNameFaults(faults, [...field, 'route', i, 'destination'], share.destination);
  });
  corsFaults(faults, [...field, 'corsPolicy'], rule.corsPolicy);
  faultFaults(faults, [...field, 'fault'], rule.fault);
  mirrorFaults(faults, field, rule);
  redirectFaults(faults, [...field, 'redirect'], rule);
  retryFaults(faults, [...field, 'retries'], rule.retries);
  rewriteFaults(faults, [...field, 'rewrite', 'uriRegexRewrite'], objectOf(rule.rewrite).uriRegexRewrite);
  faults.duration([...field, 'timeout'], rule.timeout);
}

/** The name and the subset; other rules check whether there is a host, and its port. */
function destinationNameFaults(faults: FieldFaults, field: FieldPath, destination: unknown): void {
  const { host, subset } = objectOf(destination);
  if (stringOf(host) !== undefined && host !== '*') faults.host([...field, 'host'], host);
  if (stringOf(subset) !== undefined) faults.label([...field, 'subset'], subset);
}

const HEADER_NAME = /^[-!#$%&'*+.^_`|~0-9A-Za-z]+$/;
const PSEUDO_HEADERS = [':method', ':scheme', ':authority', ':path', ':status'];
const CLAIM = /^@request\.auth\.claims(?:\.[^.]|\[[^[\]]+\])/i;

function matchFaults(faults: FieldFaults, field: FieldPath, match: JsonObject): void {
  for (const name of ['headers', 'withoutHeaders']) {
    for (const header of Object.keys(objectOf(match[name]))) {
      if (HEADER_NAME.test(header) || PSEUDO_HEADERS.includes(header) || CLAIM.test(header)) continue;
      faults.add([...field, name, header], header === '' ? 'has no name' : 'is not a valid name of a header', 'write the name of a header');
    }
  }
  if ((numberOf(match.port) ?? 0) !== 0) faults.port([...field, 'port'], match.port);
  faults.labels([...field, 'sourceLabels'], match.sourceLabels);
  faults.gateways([...field, 'gateways'], match.gateways);
  if (stringOf(match.sourceNamespace) !== undefined) faults.label([...field, 'sourceNamespace'], match.sourceNamespace);
}

function headersFaults(faults: FieldFaults, field: FieldPath, headers: unknown): void {
  for (const side of ['request', 'response']) {
    const operations = objectOf(objectOf(headers)[side]);
    for (const operation of ['add', 'set']) {
      for (const [name, value] of Object.entries(objectOf(operations[operation]))) {
        const at = [...field, side, operation, name];
        nameFaults(faults, at, name, side === 'request');
        const fault = typeof value === 'string' ? headerValueFault(value) : undefined;
        if (fault !== undefined) faults.add(at, fault, 'write "%%" for a percent sign, and variables as "%NAME%"');
      }
    }
    stringsOf(operations.remove).forEach((name, i) => nameFaults(faults, [...field, side, 'remove', i], name, false));
  }
}

function nameFaults(faults: FieldFaults, field: FieldPath, name: string, mayBeAuthority: boolean): void {
  if (name === '') return faults.add(field, 'has no name', 'write the name of the header');
  if (mayBeAuthority && isAuthority(name)) return;
  if (name.startsWith(':') || name.toLowerCase() === 'host') faults.add(field, `is ${show(name)}, which cannot be changed here`, 'set the host of requests by rewrite.authority, and remove the entry');
}

function isAuthority(name: string): boolean {
  return [':authority', 'host'].includes(name.toLowerCase());
}

/** Only one place may set the authority. */
function authorityFaults(faults: FieldFaults, field: FieldPath, { rewrite, headers }: JsonObject): void {
  const request = objectOf(objectOf(headers).request);
  let isSet = stringOf(objectOf(rewrite).authority) !== undefined;
  for (const operation of ['set', 'add']) {
    for (const [name, value] of Object.entries(objectOf(request[operation]))) {
      if (!isAuthority(name)) continue;
      if (isSet) faults.add([...field, 'headers', 'request', operation, name], 'sets the authority, which another field of the rule sets too', 'keep one of them');
      isSet ||= stringOf(value) !== undefined;
    }
  }
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', '*'];
const SECOND = /^[+-]?(?:\d+(?:h|m|s))+$|^0$/;

function corsFaults(faults: FieldFaults, field: FieldPath, policy: unknown): void {
  if (!isObject(policy)) return;
  eachObject(policy.allowOrigins, (origin, i) => {
    const text = ['exact', 'prefix', 'regex'].map((kind) => origin[kind]).find((value) => typeof value === 'string');
    if (text === undefined || text === '') faults.add([...field, 'allowOrigins', i], 'is empty', 'set exact, prefix or regex');
    else expressionFaults(faults, [...field, 'allowOrigins', i, 'regex'], origin.regex);
  });
  stringsOf(policy.allowMethods).forEach((method, i) => {
    if (!METHODS.includes(method)) faults.add([...field, 'allowMethods', i], `is ${show(method)}`, `expected one of ${METHODS.join(', ')}`);
  });
  for (const list of ['allowHeaders', 'exposeHeaders']) {
    stringsOf(policy[list]).forEach((name, i) => {
      if (!HEADER_NAME.test(name)) faults.add([...field, list, i], `is ${show(name)}`, 'expected the name of a header, or "*"');
    });
  }
  faults.duration([...field, 'maxAge'], policy.maxAge);
  if (typeof policy.maxAge === 'string' && !SECOND.test(policy.maxAge)) wholeSeconds(faults, [...field, 'maxAge'], policy.maxAge);
}

function wholeSeconds(faults: FieldFaults, field: FieldPath, text: string): void {
  const size = goDuration(text);
  if (size !== undefined && size >= 1e6 && size % 1e6 === 0 && size % 1e9 !== 0) faults.add(field, `is ${show(text)}`, 'expected whole seconds');
}

const MAX_EXPRESSION = 1024;

function expressionFaults(faults: FieldFaults, field: FieldPath, regex: unknown): void {
  if (typeof regex !== 'string') return;
  if (new TextEncoder().encode(regex).length > MAX_EXPRESSION) return faults.add(field, `is longer than ${MAX_EXPRESSION} bytes`, 'write a shorter expression');
  try {
    checkAsIstio(regex);
  } catch (e) {
    if (!(e instanceof SyntaxError)) throw e;
    faults.add(field, `is not valid: ${e.message}`, 'Istio reads expressions as RE2, which has no look-around and no back-references');
  }
}

function faultFaults(faults: FieldFaults, field: FieldPath, fault: unknown): void {
  if (!isObject(fault)) return;
  const { abort, delay } = fault;
  if (!isObject(abort) && !isObject(delay)) faults.add(field, 'is empty', 'set abort or delay');
  if (isObject(abort)) {
    const { grpcStatus, http2Error, httpStatus } = abort;
    faults.percentage([...field, 'abort', 'percentage'], abort.percentage);
    if (typeof grpcStatus === 'string' && !GRPC_STATUSES.includes(grpcStatus)) {
      faults.add([...field, 'abort', 'grpcStatus'], `is ${show(grpcStatus)}`, `expected one of ${GRPC_STATUSES.join(', ')}`);
    }
    if (typeof http2Error === 'string') faults.add([...field, 'abort', 'http2Error'], 'is set', 'set httpStatus or grpcStatus instead');
    faults.between([...field, 'abort', 'httpStatus'], httpStatus, 200, 600);
  }
  if (isObject(delay)) {
    faults.percentage([...field, 'delay', 'percentage'], delay.percentage);
    faults.duration([...field, 'delay', 'fixedDelay'], delay.fixedDelay);
    if (typeof delay.exponentialDelay === 'string') faults.add([...field, 'delay', 'exponentialDelay'], 'is set', 'set fixedDelay instead');
  }
}

function mirrorFaults(faults: FieldFaults, field: FieldPath, rule: JsonObject): void {
  const { mirror, mirrors, mirrorPercent, mirrorPercentage } = rule;
  faults.between([...field, 'mirrorPercent'], mirrorPercent ?? rule.mirror_percent, 0, 100);
  faults.between([...field, 'mirrorPercentage', 'value'], objectOf(mirrorPercentage).value, 0, 100);
  destinationNameFaults(faults, [...field, 'mirror'], mirror);
  eachObject(mirrors, ({ destination, percentage }, i) => {
    destinationNameFaults(faults, [...field, 'mirrors', i, 'destination'], destination);
    faults.between([...field, 'mirrors', i, 'percentage', 'value'], objectOf(percentage).value, 0, 100);
  });
}

function redirectFaults(faults: FieldFaults, field: FieldPath, { redirect, match }: JsonObject): void {
  if (!isObject(redirect)) return;
  const { uri, prefixRewrite, scheme, port } = redirect;
  if (stringOf(prefixRewrite) !== undefined) {
    if (stringOf(uri) !== undefined) faults.add(field, 'has both uri and prefixRewrite', 'keep one of them');
    const isPrefixed = listOf(match).every((each) => !isObject(objectOf(each).uri) || typeof objectOf(objectOf(each).uri).prefix === 'string');
    if (!isPrefixed) faults.add([...field, 'prefixRewrite'], 'is set, and a match has a uri that is not a prefix', 'match prefixes, or set uri');
  }
  if (stringOf(scheme) !== undefined && scheme !== 'http' && scheme !== 'https') faults.add([...field, 'scheme'], `is ${show(scheme)}`, 'expected "http" or "https"');
  if ((numberOf(port) ?? 0) > 0) faults.port([...field, 'port'], port);
}

const RETRY_ON = [
  '5xx', 'gateway-error', 'reset', 'reset-before-request', 'connect-failure', 'retriable-4xx', 'refused-stream', 'retriable-status-codes', 'retriable-headers',
  'envoy-ratelimited', 'http3-post-connect-failure', 'cancelled', 'deadline-exceeded', 'internal', 'resource-exhausted', 'unavailable',
];

function retryFaults(faults: FieldFaults, field: FieldPath, retries: unknown): void {
  if (!isObject(retries)) return;
  faults.notNegative([...field, 'attempts'], retries.attempts);
  for (const name of ['perTryTimeout', 'backoff']) faults.duration([...field, name], retries[name]);
  const unknown = (stringOf(retries.retryOn) ?? '').split(',').find((policy) => policy !== '' && !RETRY_ON.includes(policy) && !isStatus(policy));
  if (unknown === undefined) return;
  faults.add([...field, 'retryOn'], `has ${show(unknown)}`, `expected statuses such as 503, and ${RETRY_ON.join(', ')}, with commas and no spaces`);
}

/** The statuses that have a name. */
const STATUSES = [
  [100, 103], [200, 208], [226, 226], [300, 305], [307, 308], [400, 418], [421, 426], [428, 429], [431, 431], [451, 451], [500, 508], [510, 511],
];

function isStatus(text: string): boolean {
  const number = /^[+-]?\d+$/.test(text) ? Number(text) : 0;
  return STATUSES.some(([first, last]) => number >= first && number <= last);
}

function rewriteFaults(faults: FieldFaults, field: FieldPath, rewrite: unknown): void {
  if (!isObject(rewrite)) return;
  const { match, rewrite: replacement } = rewrite;
  if (stringOf(match) === undefined || stringOf(replacement) === undefined) return faults.add(field, 'has no match or no rewrite', 'set both');
  expressionFaults(faults, [...field, 'match'], match);
}
