import { parseAllDocuments } from 'yaml';
import { Cluster, ClusterSettings } from '../../src/cluster/cluster';
import { ClusterObject } from '../../src/cluster/cluster-object';
import { isObject } from '../../src/cluster/json';
import { readManifests } from '../../src/cluster/yaml/read-manifests';
import type * as RouteProofs from '../../src/proofs/queries/route-proofs';
import { Level } from '../../src/rules/level';
import { LoadProofs } from '../../src/rules/proofs';
import { Rule } from '../../src/rules/rule';
import { findingsOf } from '../../src/rules/run';

/** A cluster that holds the objects of a YAML text, with an earlier state if there is one. */
export function clusterOf(yaml: string, settings: ClusterSettings = {}, before?: string): Cluster {
  const parsed = parseAllDocuments(yaml);
  // Only the command's own reader keeps what another one rejects.
  if (parsed.some(({ errors }) => errors.some(({ code }) => code === 'DUPLICATE_KEY'))) return new Cluster(readManifests(yaml, { file: 'test.yaml' }).objects, settings);
  const documents = parsed.map((document): unknown => {
    if (document.errors.length > 0) throw document.errors[0];
    return document.toJS();
  });
  return new Cluster(documents.filter(isObject).map((manifest) => new ClusterObject(manifest, { file: 'test.yaml' })), settings, before === undefined ? undefined : clusterOf(before, settings));
}

/** Loads what decides questions about all requests, as the command does. */
export const loadProofs: LoadProofs = () => require('../../src/proofs/queries/route-proofs') as typeof RouteProofs;

/** A finding in a form that is easy to read in a test. */
export interface ReadableProblem {
  /** Level and object: `error at VirtualService models/iris spec.http[0]`. */
  readonly at: string;
  readonly problem: string;
  readonly remedy: string;
  /** The other objects. */
  readonly related: readonly string[];
}

/** What a rule finds in a YAML text. */
export function problemsOf(rule: Rule, yaml: string, settings?: ClusterSettings, before?: string): ReadableProblem[] {
  const found = findingsOf(clusterOf(yaml, settings, before), [rule], loadProofs);
  return found.map(({ level, kind, namespace, name, field, problem, remedy, related }) => ({
    at: [level, 'at', kind, `${namespace}/${name}`, ...field.length === 0 ? [] : [pathText(field)]].join(' '),
    problem,
    remedy,
    related: related.map((place) => [place.kind, `${place.namespace}/${place.name}`, ...place.field.length === 0 ? [] : [pathText(place.field)]].join(' ')),
  }));
}

/** The requests that show what a rule finds in a YAML text, with who answers them. */
export function examplesOf(rule: Rule, yaml: string, settings?: ClusterSettings): string[] {
  return findingsOf(clusterOf(yaml, settings), [rule], loadProofs).map(({ example }) => {
    if (example === undefined) return 'none';
    const { command: { text }, misrouted, answeredBy, intended, ifFirst } = example;
    return `${text}: ${misrouted} % get ${answeredBy} instead of ${intended}${ifFirst === undefined ? '' : `, if ${ifFirst} comes first`}`;
  });
}

/** The levels of what a rule finds, in order. */
export function levelsOf(rule: Rule, yaml: string, settings?: ClusterSettings): Level[] {
  return findingsOf(clusterOf(yaml, settings), [rule], loadProofs).map(({ level }) => level);
}

function pathText(path: readonly (string | number)[]): string {
  return path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`)).join('').replace(/^\./, '');
}
