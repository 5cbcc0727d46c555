import { Attributes, SPIFFE } from './attributes';
import { Comparison, showStrings } from './condition';
import { Maybe } from '../../cluster/maybe';
import { ValueSet } from '../../cluster/policy-values';

/** Compares the identities in a certificate. */
function identities(subject: string, values: readonly string[], matches: (principal: string) => boolean): Comparison {
  return {
    subject,
    values,
    matches: ({ principals }) => principals?.some(matches),
    shown: ({ principals }) => showStrings(principals ?? []),
  };
}

/**
 * Compares the identity of the caller.
 *
 * @internal
 */
export function principalOf(values: readonly string[]): Comparison {
  // A value that begins with an asterisk ends in an expression.
  const [ends, others] = [values.filter(isEnd), values.filter((value) => !isEnd(value))];
  const set = new ValueSet(others);
  const patterns = ends.flatMap((value) => compiled(`^${SPIFFE}.*${value.slice(1)}$`));
  const comparison = identities('principal', values, (principal) => set.matches(principal) || patterns.some((pattern) => pattern.test(SPIFFE + principal)));
  // Any certificate has a name of some kind.
  return { ...comparison, matches: (attributes: Attributes): Maybe => (set.hasAny ? attributes.hasCertificate : comparison.matches(attributes)) };
}

/** None for an expression that is not valid, which Envoy would reject too. */
function compiled(expression: string): RegExp[] {
  try {
    return [new RegExp(expression)];
  } catch {
    return [];
  }
}

function isEnd(value: string): boolean {
  return value !== '*' && value.startsWith('*');
}

/**
 * Compares the namespace of the caller.
 *
 * @internal
 */
export function namespaceOf(values: readonly string[]): Comparison {
  return patternsOf('namespace of the caller', values, (value) => `.*/ns/${value.split('*').map(quote).join('.*')}/.*`);
}

/**
 * Compares the service account of the caller.
 *
 * @param own Namespace of the policy, which is that of service accounts without one.
 * @internal
 */
export function serviceAccountOf(values: readonly string[], own: string): Comparison {
  return patternsOf('service account of the caller', values, (value) => {
    const slash = value.indexOf('/');
    const [namespace, account] = slash < 0 ? [own, value] : [value.slice(0, slash), value.slice(slash + 1)];
    return `${SPIFFE}.+/ns/${quote(namespace)}/(.+/|)sa/${quote(account)}(/.+)?`;
  });
}

/**
 * Compares the trust domain of the caller.
 *
 * @internal
 */
export function trustDomainOf(values: readonly string[]): Comparison {
  return patternsOf('trust domain of the caller', values, (value) => {
    if (value === '*') return `${SPIFFE}.*`;
    return `${SPIFFE}${value.split('*').map(quote).join('[^/]*')}/.*`;
  });
}

/** Identities that match one of several expressions. */
function patternsOf(subject: string, values: readonly string[], expressionOf: (value: string) => string): Comparison {
  const pattern = new RegExp(`^(?:${values.map(expressionOf).join('|')})$`);
  return identities(subject, values, (principal) => pattern.test(SPIFFE + principal));
}

function quote(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');
}
