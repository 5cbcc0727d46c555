import { Fault } from '../fault';
import { JsonObject, numberOf, objectOf } from '../json';

const FIELDS = ['replicas', 'minReplicas', 'maxReplicas'] as const;

/**
 * Finds numbers of replicas because of which Seldon rejects a Model or a Server, or reads them as others. Seldon reads a maximum of 0 as
 * no limit.
 *
 * @internal
 */
export function* replicaFaults(manifest: JsonObject): Iterable<Fault> {
  const spec = objectOf(manifest.spec);
  const [replicas, minReplicas, maxReplicas] = FIELDS.map((field) => numberOf(spec[field]));
  const negative = FIELDS.filter((field) => (numberOf(spec[field]) ?? 0) < 0);
  for (const field of negative) yield { field: ['spec', field], problem: `${field} is ${String(spec[field])}`, remedy: 'use 0 or more' };
  if (negative.length > 0) return;
  const [minimum, maximum] = [minReplicas ?? 0, maxReplicas ?? 0];
  if (maximum > 0 && minimum > maximum) {
    yield { field: ['spec', 'minReplicas'], problem: `minReplicas is ${minimum} and maxReplicas is ${maximum}`, remedy: 'minReplicas must not exceed maxReplicas' };
  }
  if (replicas !== undefined && replicas < minimum) {
    yield { field: ['spec', 'replicas'], problem: `replicas is ${replicas} and minReplicas is ${minimum}`, remedy: 'replicas must not be less than minReplicas' };
  }
  if (replicas !== undefined && maximum > 0 && replicas > maximum) {
    yield { field: ['spec', 'replicas'], problem: `replicas is ${replicas} and maxReplicas is ${maximum}`, remedy: 'replicas must not exceed maxReplicas' };
  }
  if (replicas === 0 && minReplicas === undefined) {
    yield {
      field: ['spec', 'replicas'],
      problem: 'replicas is 0 without minReplicas, which some releases of Seldon read as 1',
      remedy: 'set minReplicas: 0 as well',
      level: 'info',
    };
  }
  const isOneSided = (minReplicas === undefined) !== (maxReplicas === undefined);
  if (manifest.kind === 'Server' && isOneSided && !(replicas === 0 && minReplicas === 0)) {
    const [given, missing] = minReplicas === undefined ? ['maxReplicas', 'minReplicas'] : ['minReplicas', 'maxReplicas'];
    yield {
      field: ['spec', given],
      problem: `${given} is set without ${missing}, and Seldon scales a Server only if both are set`,
      remedy: 'set both, or neither',
      level: 'warning',
    };
  }
}
