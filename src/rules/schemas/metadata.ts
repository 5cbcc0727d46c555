import { InvalidField } from './faults';
import { isObject, JsonObject, objectOf } from '../../cluster/json';
import { show } from '../../plan/checks/errors';
import { isLabelValue, isMetadataKey, isObjectName } from '../../plan/checks/metadata-names';

const NAME = 'expected at most 253 lower-case letters, digits, hyphens and dots, starting and ending with a letter or digit';
const KEY = 'expected at most 63 letters, digits, "-", "_" and ".", after an optional DNS name and a slash';
const VALUE = 'expected at most 63 letters, digits, "-", "_" and ".", starting and ending with a letter or digit';

/**
 * Finds names, labels and annotations that Kubernetes does not accept. Values of a wrong type are left out.
 *
 * @internal
 */
export function* metadataFaults(manifest: JsonObject): Iterable<InvalidField> {
  const metadata = objectOf(manifest.metadata);
  yield* nameFaults(metadata);
  for (const [key, value] of entriesOf(metadata.labels)) {
    if (!isMetadataKey(key)) yield { field: ['metadata', 'labels'], problem: `has the key ${show(key)}`, remedy: KEY };
    else if (typeof value === 'string' && !isLabelValue(value)) yield { field: ['metadata', 'labels', key], problem: `is ${show(value)}`, remedy: VALUE };
  }
  for (const [key] of entriesOf(metadata.annotations)) {
    if (!isMetadataKey(key.toLowerCase())) yield { field: ['metadata', 'annotations'], problem: `has the key ${show(key)}`, remedy: KEY };
  }
}

function* nameFaults({ name, generateName }: JsonObject): Iterable<InvalidField> {
  const [isNamed, isGenerated] = [isWritten(name), isWritten(generateName)];
  if (!isNamed && !isGenerated) yield { field: ['metadata'], problem: 'has no name', remedy: 'set metadata.name' };
  if (isNamed && typeof name === 'string' && !isObjectName(name)) yield { field: ['metadata', 'name'], problem: `is ${show(name)}`, remedy: NAME };
  // Letters and digits follow it.
  if (isGenerated && typeof generateName === 'string' && !isObjectName(generateName.replace(/-$/, 'a'))) {
    yield { field: ['metadata', 'generateName'], problem: `is ${show(generateName)}`, remedy: NAME };
  }
}

function isWritten(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

function entriesOf(value: unknown): [string, unknown][] {
  return isObject(value) ? Object.entries(value) : [];
}
