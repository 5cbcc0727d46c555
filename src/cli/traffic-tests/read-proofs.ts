import { TrafficProof } from './traffic-test';
import { InputError } from '../../answers/input/input-error';
import { Cluster } from '../../cluster/cluster';
import { JsonObject, objectOf, stringOf, stringsOf } from '../../cluster/json';
import { disjoint } from '../../proofs/queries/disjoint';
import { alwaysServedBy, neverServedBy, neverUnanswered } from '../../proofs/queries/one-state';
import { Proof } from '../../proofs/queries/proof';
import { RequestSet, TextPattern } from '../../proofs/queries/request-set';
import { equivalent, implies } from '../../proofs/queries/two-states';
import { provenForChange, provenForHost, provenForRoutes } from '../diff-rejected';

/** What a statement can be about, and whether it is true. */
interface Statement {
  readonly text: string;
  readonly prove: TrafficProof['prove'];
}

/** The fields that compare with the state before a change. */
const COMPARING: readonly string[] = ['equivalent', 'noNewAccess'];

/**
 * What is wrong with a statement; undefined if it can be read.
 *
 * @internal
 */
export function problemOfProof({ expect, before, requests }: JsonObject): string | undefined {
  const names = Object.keys(objectOf(expect));
  if (names.length !== 1) return `expect must have exactly one field, but has ${names.length === 0 ? 'none' : names.join(', ')}`;
  const [name] = names;
  const value = objectOf(expect)[name];
  if (value === 'false') return `${name} is false. Remove the statement, or state something that must be true`;
  if (COMPARING.includes(name)) {
    if (requests !== undefined) return `${name} is about all requests. Remove \`requests\``;
    return before === undefined ? `${name} compares with an earlier state. Set \`before\` to its folder` : undefined;
  }
  if (before !== undefined) return `${name} is not about a change. Remove \`before\``;
  if (name !== 'disjoint') return undefined;
  if (requests !== undefined) return 'disjoint is about all requests. Remove `requests`';
  return stringsOf(value).length === 2 ? undefined : 'disjoint must have two VirtualServices, as namespace/name';
}

/**
 * Reads a statement about all requests of a set.
 *
 * @param before The folder of the manifests before a change, relative to the working folder.
 * @internal
 */
export function proofOf({ name, requests, expect }: JsonObject, before: string | undefined, line: number): TrafficProof {
  const { text, prove } = statementOf(objectOf(expect), requestSetOf(objectOf(requests)));
  return { name: stringOf(name)!, line, statement: text, before, prove };
}

function statementOf(expect: JsonObject, requests: RequestSet): Statement {
  const [[kind, value]] = Object.entries(expect);
  const name = stringOf(value) ?? '';
  const { host } = requests;
  switch (kind) {
    case 'alwaysServedBy': return { text: `${name} answers all requests`, prove: (cluster) => provenForHost(alwaysServedBy(cluster, requests, name), cluster, host) };
    case 'neverServedBy': return { text: `${name} answers no request`, prove: (cluster) => provenForHost(neverServedBy(cluster, requests, name), cluster, host) };
    case 'neverUnanswered': return { text: 'each request is answered', prove: (cluster) => provenForHost(neverUnanswered(cluster, requests), cluster, host) };
    case 'equivalent': return { text: 'all answers are as before', prove: (cluster, before) => comparing(before, cluster, equivalent) };
    case 'noNewAccess': return { text: 'no request has new access', prove: (cluster, before) => comparing(before, cluster, implies) };
    default: {
      const [first, second] = stringsOf(value);
      return {
        text: `no request satisfies rules of both ${first} and ${second}`,
        prove: (cluster) => provenForRoutes(disjoint(cluster, first, second), cluster, [first, second]),
      };
    }
  }
}

function comparing(before: Cluster | undefined, after: Cluster, prove: (before: Cluster, after: Cluster) => Proof): Proof {
  if (before === undefined) throw new InputError('the earlier state has no manifests', 'check `before`');
  return provenForChange(prove(before, after), before, after);
}

/** All scalars are strings. */
function requestSetOf({ gateway, host, path, method, headers, claims }: JsonObject): RequestSet {
  return {
    gateway: stringOf(gateway),
    host: stringOf(host),
    ...path === undefined ? {} : { path: patternOf(path) },
    ...method === undefined ? {} : { method: patternOf(method) },
    ...headers === undefined ? {} : { headers: patternsOf(headers) },
    ...claims === undefined ? {} : { claims: patternsOf(claims) },
  };
}

function patternsOf(written: unknown): { readonly [name: string]: TextPattern } {
  return Object.fromEntries(Object.entries(objectOf(written)).map(([name, pattern]) => [name, patternOf(pattern)]));
}

function patternOf(written: unknown): TextPattern {
  const { present, ...rest } = objectOf(written);
  return { ...rest as TextPattern, ...present === undefined ? {} : { present: present === 'true' } };
}
