import { ALWAYS, allOf, Clauses, NEVER, noneOf, PathLiteral, someOf } from './clause';
import { claimPath } from '../../answers/access/claims';
import { isTemplate, templatePattern } from '../../cluster/path-templates';
import { headerOf, PolicyPart, PolicyRule, valuesOf } from '../../cluster/policies';
import { addressField, claimField, Field, headerField, isManaged, isSendable, METHOD } from '../requests/field';
import { ignoringCase, PRESENT, Test, testFor } from '../words/string-test';

/**
 * What policies of a gateway compare with.
 *
 * @internal
 */
export interface GatewaySetting {
  /** The port of the listener. */
  readonly port: number;
  /** Whether clients have a certificate. */
  readonly hasCertificate: boolean;
  /** The server name of the TLS handshake; empty without one. */
  readonly serverName: string;
  /** The field of the `Host` header. */
  readonly authority: Field;
  /** Whether tokens are read. */
  readonly hasTokens: boolean;
  /** The field of the issuer of the token. */
  readonly issuer: Field;
  /** Addresses that clients may have. */
  readonly addresses: readonly string[];
}

/** The clauses for a value of a list. */
type Compare = (value: string, setting: GatewaySetting) => Clauses;

/**
 * The conditions of a rule of a policy, for requests from outside the mesh.
 *
 * @internal
 */
export function clausesOf({ from, to, when }: PolicyRule, setting: GatewaySetting): Clauses {
  return allOf([
    from.length === 0 ? ALWAYS : someOf(from.map((source) => partClauses(source, SOURCE, setting))),
    to.length === 0 ? ALWAYS : someOf(to.map((operation) => partClauses(operation, OPERATION, setting))),
    ...when.map((condition) => {
      const compare = comparisonFor(condition.key);
      return lists(condition, 'values', 'notValues', compare, setting);
    }),
  ]);
}

function partClauses(part: PolicyPart, all: typeof SOURCE, setting: GatewaySetting): Clauses {
  return allOf(all.map(([list, compare]) => lists(part, list, `not${list[0].toUpperCase()}${list.slice(1)}`, compare, setting)));
}

function lists(part: PolicyPart, list: string, excluded: string, compare: Compare, setting: GatewaySetting): Clauses {
  const [values, others] = [valuesOf(part, list), valuesOf(part, excluded)];
  return allOf([
    ...values.length === 0 ? [] : [someOf(values.map((value) => compare(value, setting)))],
    ...others.length === 0 ? [] : [noneOf(others.map((value) => compare(value, setting)))],
  ]);
}

const onField = (field: Field, test: Test): Clauses => [{ paths: [], literals: [{ field, test, isPositive: true }] }];
const onPath = (test: Test): Clauses => [{ paths: [{ test, isPositive: true } satisfies PathLiteral], literals: [] }];
const constant = (holds: boolean): Clauses => (holds ? ALWAYS : NEVER);

/** Clients outside the mesh have no identity of a workload. */
const ofWorkload: Compare = (_value, { hasCertificate }) => (hasCertificate ? { undecided: 'policies compare identities in client certificates' } : NEVER);
const ofPrincipal: Compare = (value, setting) => (value === '*' ? constant(setting.hasCertificate) : ofWorkload(value, setting));

const ofRequestPrincipal: Compare = (value, { hasTokens, issuer }) => {
  if (!hasTokens) return NEVER;
  const subject = claimField(['sub']);
  if (value === '*') return onField(subject, PRESENT);
  const slash = value.lastIndexOf('/');
  const [iss, sub] = [value.slice(0, slash), value.slice(slash + 1)];
  if (slash < 0 || iss.includes('*') || (sub.includes('*') && sub !== '*')) return { undecided: 'a policy compares parts of issuers or subjects' };
  const literals = [
    { field: issuer, test: testFor('exact', iss), isPositive: true },
    { field: subject, test: sub === '*' ? PRESENT : testFor('exact', sub), isPositive: true },
  ];
  return [{ paths: [], literals }];
};

const ofAddress = (name: 'source' | 'client'): Compare => (value, { addresses }) => onField(addressField(name, addresses), testFor('block', value));

const SOURCE: readonly (readonly [list: string, compare: Compare])[] = [
  ['principals', ofPrincipal],
  ['namespaces', ofWorkload],
  ['serviceAccounts', ofWorkload],
  ['trustDomains', ofWorkload],
  ['requestPrincipals', ofRequestPrincipal],
  ['ipBlocks', ofAddress('source')],
  ['remoteIpBlocks', ofAddress('client')],
];

const OPERATION: typeof SOURCE = [
  ['hosts', (value, { authority }) => onField(authority, hostTest(value))],
  ['methods', (value) => onField(METHOD, valueTest(value))],
  ['paths', (value) => onPath(pathTest(value))],
  ['ports', (value, { port }) => constant(Number(value) === port)],
];

function comparisonFor(key: string): Compare {
  const header = headerOf({ key });
  if (header !== undefined) return ofHeader(header);
  if (key.startsWith('request.auth.claims')) return ofClaim(claimPath(key.slice('request.auth.claims'.length)));
  switch (key) {
    case 'request.auth.principal': return ofRequestPrincipal;
    case 'request.auth.audiences': return ofClaim(['aud']);
    case 'request.auth.presenter': return ofClaim(['azp']);
    case 'source.ip': return ofAddress('source');
    case 'remote.ip': return ofAddress('client');
    case 'source.principal': return ofPrincipal;
    case 'source.namespace':
    case 'source.serviceAccount':
    case 'source.trustDomain': return ofWorkload;
    case 'destination.port': return (value, { port }) => constant(Number(value) === port);
    case 'connection.sni': return (value, { serverName }) => constant(matches(value, serverName));
    default: return () => ({ undecided: `policies compare ${key}` });
  }
}

/** An asterisk is satisfied by an empty header too. */
function ofHeader(name: string): Compare {
  if (isManaged(name) || /^:|^host$/.test(name)) return () => ({ undecided: `a policy compares the header ${name}` });
  return (value) => (isSendable(name) ? onField(headerField(name), value === '*' ? PRESENT : valueTest(value)) : NEVER);
}

function ofClaim(path: readonly string[]): Compare {
  return (value, { hasTokens, issuer }) => {
    if (!hasTokens) return NEVER;
    return onField(path.join() === 'iss' ? issuer : claimField(path), valueTest(value));
  };
}

/** A value may begin or end with an asterisk. */
function valueTest(value: string): Test {
  if (value === '*') return testFor('regex', '(?s:.+)');
  if (value.startsWith('*')) return testFor('suffix', value.slice(1));
  return value.endsWith('*') ? testFor('prefix', value.slice(0, -1)) : testFor('exact', value);
}

function matches(value: string, text: string): boolean {
  if (value === '*') return text !== '';
  if (value.startsWith('*')) return text.endsWith(value.slice(1));
  return value.endsWith('*') ? text.startsWith(value.slice(0, -1)) : text === value;
}

function hostTest(value: string): Test {
  const { kind, value: text } = valueTest(value);
  if (kind === 'exact' || kind === 'prefix') return ignoringCase(kind, text);
  return kind === 'suffix' ? testFor('regex', `(?i)(?s:.*)${literal(text.toLowerCase())}`) : testFor(kind, text);
}

/** Paths are compared with expressions instead of with their ends. */
function pathTest(value: string): Test {
  if (isTemplate(value)) return testFor('regex', templatePattern(value).source.slice(1, -1));
  const test = valueTest(value);
  return test.kind === 'suffix' ? testFor('regex', `(?s:.*)${literal(test.value)}`) : test;
}

function literal(text: string): string {
  return text.replace(/[^\w/]/g, (char) => (char.charCodeAt(0) < 128 ? `\\${char}` : char));
}
