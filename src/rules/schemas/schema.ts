import { SCHEMA_ROWS, SCHEMAS_OF_KINDS } from './schema-table';
import { JsonObject } from '../../cluster/json';

/**
 * A part of the schema of a kind. Other schemas are positions in the table, for `schemaAt`.
 *
 * @internal
 */
export interface Schema {
  readonly 'type'?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  readonly 'enum'?: readonly unknown[];
  readonly 'format'?: 'int32' | 'int64' | 'double' | 'byte' | 'date-time';
  readonly 'nullable'?: boolean;
  readonly 'default'?: unknown;
  readonly 'properties'?: { readonly [name: string]: number };
  readonly 'additionalProperties'?: number | boolean;
  readonly 'items'?: number;
  readonly 'required'?: readonly string[];
  readonly 'allOf'?: readonly number[];
  readonly 'anyOf'?: readonly number[];
  readonly 'oneOf'?: readonly number[];
  readonly 'not'?: number;
  readonly 'pattern'?: string;
  readonly 'minimum'?: number;
  readonly 'maximum'?: number;
  readonly 'minLength'?: number;
  readonly 'maxLength'?: number;
  readonly 'minItems'?: number;
  readonly 'maxItems'?: number;
  readonly 'minProperties'?: number;
  readonly 'maxProperties'?: number;
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
  /** Expressions, as the keys of `EXPRESSIONS`. */
  readonly 'x-kubernetes-validations'?: readonly string[];
}

let schemas: readonly Schema[] | undefined;

/**
 * The schema at a position of the table.
 *
 * @internal
 */
export function schemaAt(position: number): Schema {
  schemas ??= SCHEMA_ROWS.trim().split('\n').map((row) => JSON.parse(row) as Schema);
  return schemas[position];
}

/**
 * The schema of the kind of an object; undefined if it is not known.
 *
 * @internal
 */
export function schemaOf({ apiVersion, kind }: JsonObject): Schema | undefined {
  const key = `${String(apiVersion)}/${String(kind)}`;
  return Object.hasOwn(SCHEMAS_OF_KINDS, key) ? schemaAt(SCHEMAS_OF_KINDS[key]) : undefined;
}
