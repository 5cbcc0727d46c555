/**
 * A JSON schema, as far as the documents that people write need it. All scalars are read as strings.
 *
 * @internal
 */
export type DocumentSchema = ObjectSchema | MapSchema | ListSchema | ScalarSchema | AnySchema;

/**
 * The schema of an object. Other fields are errors.
 *
 * @internal
 */
export interface ObjectSchema {
  /** What it means, for editors. */
  readonly description: string;
  /** Its type. */
  readonly type: 'object';
  /** Its fields. */
  readonly properties: { readonly [name: string]: DocumentSchema };
  /** The fields that it must have. */
  readonly required: readonly string[];
  /** Other fields are errors. */
  readonly additionalProperties: false;
}

/**
 * The schema of an object whose fields have any name.
 *
 * @internal
 */
export interface MapSchema {
  /** What it means, for editors. */
  readonly description: string;
  /** Its type. */
  readonly type: 'object';
  /** The values of its fields. */
  readonly additionalProperties: DocumentSchema;
}

/**
 * The schema of any value.
 *
 * @internal
 */
export interface AnySchema {
  /** What it means, for editors. */
  readonly description: string;
  /** It has no type. */
  readonly type?: undefined;
}

/**
 * The schema of a list.
 *
 * @internal
 */
export interface ListSchema {
  /** What it means, for editors. */
  readonly description: string;
  /** Its type. */
  readonly type: 'array';
  /** Its entries. */
  readonly items: DocumentSchema;
}

/**
 * The schema of a value.
 *
 * @internal
 */
export interface ScalarSchema {
  /** What it means, for editors. */
  readonly description: string;
  /** Editors read `1.22` without quotes as a number. */
  readonly type: 'string' | 'boolean' | readonly ['string', 'number'];
  /** The allowed values. */
  readonly enum?: readonly string[];
  /** A regular expression that the value matches. */
  readonly pattern?: string;
  /** How it looks. */
  readonly examples?: readonly string[];
  /** Its value if it is not specified. */
  readonly default?: string;
}

/**
 * A schema as a file for editors.
 *
 * @param title Name of the documents.
 * @param schema Their schema.
 * @internal
 */
export function schemaFile(title: string, { description, ...schema }: ObjectSchema): string {
  return `${JSON.stringify({ $schema: 'http://json-schema.org/draft-07/schema#', title, description, ...schema }, undefined, 2)}\n`;
}
