import { Attributes } from './attributes';
import { claimPath, claimStrings } from './claims';
import { Comparison, showStrings } from './condition';
import { ValueSet } from '../../cluster/policy-values';

/**
 * Compares strings of a claim: the claim itself, or the elements of its list.
 *
 * @param brackets The name of the claim in brackets, or the names on the way to it.
 * @internal
 */
export function claimOf(brackets: string, values: readonly string[]): Comparison {
  const path = claimPath(brackets);
  const set = new ValueSet(values);
  const stringsOf = ({ payload }: Attributes) => (payload === undefined ? [] : claimStrings(payload, path));
  return {
    subject: `claim ${path.join('.')}`,
    values,
    matches: (attributes) => stringsOf(attributes).some((value) => set.matches(value)),
    shown: (attributes) => showStrings(stringsOf(attributes)),
  };
}

/** Tests a string. */
type StringTest = Pick<ValueSet, 'matches'>;

/** Tests of an issuer and a subject. */
interface Principal {
  readonly issuer: StringTest;
  readonly subject: StringTest;
}

/**
 * Compares the issuer and the subject of the token.
 *
 * @internal
 */
export function requestPrincipalOf(values: readonly string[]): Comparison {
  const exact = new Set(values.filter((value) => !value.includes('*') && value.includes('/')));
  const others = values.filter((value) => !exact.has(value)).map(readPrincipal);
  const read = ({ payload }: Attributes) => ({ issuer: payload?.iss, subject: payload?.sub });
  return {
    subject: 'principal of the token',
    values,
    matches: (attributes) => {
      const { issuer, subject } = read(attributes);
      if (typeof issuer !== 'string' || typeof subject !== 'string') return false;
      if (!subject.includes('/') && exact.has(`${issuer}/${subject}`)) return true;
      return others.some((each) => each.issuer.matches(issuer) && each.subject.matches(subject));
    },
    shown: (attributes) => {
      const { issuer, subject } = read(attributes);
      return typeof issuer === 'string' && typeof subject === 'string' ? JSON.stringify(`${issuer}/${subject}`) : undefined;
    },
  };
}

const ANY: StringTest = new ValueSet(['*']);

/** A value in which an asterisk has no meaning. */
function literal(value: string): StringTest {
  return { matches: (text) => text === value };
}

/** The last slash separates the subject, since issuers are often URLs. */
function readPrincipal(value: string): Principal {
  if (value === '*') return { issuer: ANY, subject: ANY };
  const slash = value.lastIndexOf('/');
  if (slash < 0) return withoutSubject(value);
  const [issuer, subject] = [value.slice(0, slash), value.slice(slash + 1)];
  // An asterisk counts only at the beginning of the whole value, or otherwise at its end.
  if (value.startsWith('*')) return { issuer: new ValueSet([issuer]), subject: literal(subject) };
  return { issuer: literal(issuer), subject: value.endsWith('*') ? new ValueSet([subject]) : literal(subject) };
}

function withoutSubject(value: string): Principal {
  if (value.startsWith('*')) return { issuer: ANY, subject: new ValueSet([value]) };
  return value.endsWith('*') ? { issuer: new ValueSet([value]), subject: ANY } : { issuer: literal(value), subject: literal('') };
}
