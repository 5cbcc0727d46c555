import { readFileSync } from 'fs';
import { join } from 'path';
import Ajv, { ValidateFunction } from 'ajv';

/** The official schema of SARIF 2.1.0, as OASIS publishes it with errata 01. */
const SCHEMA = join(__dirname, '../fixtures/sarif/sarif-schema-2.1.0.json');

const FORMATS: { readonly [name: string]: RegExp } = {
  'uri': /^[a-z][a-z0-9+.-]*:[\w\-.~:/?#[\]@!$&'()*+,;=%]*$/i,
  'uri-reference': /^[\w\-.~:/?#[\]@!$&'()*+,;=%]*$/,
  'date-time': /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/,
};

let validate: ValidateFunction | undefined;

/** What a SARIF log has that the schema does not allow. */
export function sarifFaults(log: unknown): readonly string[] {
  validate ??= compiled();
  validate(log);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

function compiled(): ValidateFunction {
  const { $schema, id, ...schema } = JSON.parse(readFileSync(SCHEMA, 'utf8')) as { readonly $schema: string; readonly id: string };
  // Nothing else of the schema differs between draft 4 and draft 7, which ajv reads.
  expect($schema).toBe('http://json-schema.org/draft-04/schema#');
  const ajv = new Ajv({ allErrors: true, formats: { ...FORMATS } });
  return ajv.compile({ $id: id, ...schema });
}
