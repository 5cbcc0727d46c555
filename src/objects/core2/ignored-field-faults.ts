import { Fault } from '../fault';
import { FieldPath, isObject, JsonObject, listOf, objectOf } from '../json';

/**
 * Finds fields of Models, Pipelines and Servers that Seldon's operator accepts and does not read.
 *
 * @internal
 */
export function* ignoredFieldFaults(manifest: JsonObject): Iterable<Fault> {
  const spec = objectOf(manifest.spec);
  switch (manifest.kind) {
    case 'Model':
      for (const field of ['preloaded', 'dedicated', 'schemaUri']) {
        if (isSet(spec[field])) yield ignored(['spec', field]);
      }
      if (isSet(objectOf(spec.logger).percent)) yield ignored(['spec', 'logger', 'percent'], 'Seldon logs all requests. Remove it');
      return;
    case 'Pipeline':
      for (const [i, step] of listOf(spec.steps).entries()) {
        if (isSet(objectOf(objectOf(step).batch).rolling)) yield ignored(['spec', 'steps', i, 'batch', 'rolling']);
      }
      return;
    case 'Server':
      if (isObject(spec.imageOverrides)) yield ignored(['spec', 'imageOverrides'], 'set the images in podSpec instead');
      if (listOf(spec.capabilities).length > 0 && listOf(spec.extraCapabilities).length > 0) {
        yield {
          field: ['spec', 'extraCapabilities'],
          problem: 'Seldon ignores extraCapabilities if capabilities is set',
          remedy: 'list all of them in capabilities',
          level: 'warning',
        };
      }
  }
}

/** `false` is what Seldon does anyway. */
function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false;
}

function ignored(field: FieldPath, remedy = 'remove it'): Fault {
  return { field, problem: `Seldon's operator does not read ${field.slice(1).filter((part) => typeof part === 'string').join('.')}`, remedy, level: 'info' };
}
