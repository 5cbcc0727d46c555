import { readExperiment } from './experiment';
import { show } from '../../plan/checks/errors';
import { nearest } from '../../plan/checks/near-miss';
import { Fault } from '../fault';
import { JsonObject, stringOf } from '../json';

const TYPES = ['model', 'pipeline'];

/**
 * Finds candidates, mirrors and defaults because of which Seldon's scheduler rejects an Experiment.
 *
 * @internal
 */
export function* experimentFaults(manifest: JsonObject): Iterable<Fault> {
  const { candidates, mirror, defaultCandidate, kind, spec } = readExperiment(manifest);
  const isWritten = Array.isArray(spec.candidates) && spec.candidates.length > 0;
  if (!isWritten && mirror === undefined) {
    yield { field: ['spec'], problem: 'the Experiment has neither a candidate nor a mirror', remedy: 'add at least one candidate' };
  }
  const names = new Set<string>();
  for (const { name, field } of candidates) {
    if (names.has(name)) yield { field, problem: `${kind} ${show(name)} is a candidate twice`, remedy: 'list it once, with the sum of the weights' };
    names.add(name);
  }
  if (mirror !== undefined && names.has(mirror.name)) {
    yield {
      field: mirror.field,
      problem: `${kind} ${show(mirror.name)} is both a candidate and the mirror`,
      remedy: 'mirror the requests to another one, or remove the mirror',
    };
  }
  if (defaultCandidate !== undefined && !names.has(defaultCandidate)) {
    const near = nearest(defaultCandidate, names);
    yield {
      field: ['spec', 'default'],
      problem: `the default, ${show(defaultCandidate)}, is not a candidate`,
      remedy: near !== undefined ? `did you mean ${show(near)}?` : 'add it to the candidates, or remove the default',
    };
  }
  const type = stringOf(spec.resourceType);
  if (type !== undefined && !TYPES.includes(type)) {
    const near = nearest(type, TYPES);
    yield {
      field: ['spec', 'resourceType'],
      problem: `resourceType is ${show(type)}, which Seldon reads as "model"`,
      remedy: near === undefined ? `expected one of ${TYPES.map(show).join(', ')}` : `did you mean ${show(near)}?`,
      level: 'warning',
    };
  }
}
