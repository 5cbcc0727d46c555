import { DocumentSchema, MapSchema, ObjectSchema, ScalarSchema } from './schema';
import { FieldPath, isObject, JsonObject, showPath } from '../cluster/json';
import { nearest } from '../plan/checks/near-miss';

/**
 * A field that does not fit the schema.
 *
 * @internal
 */
export interface SchemaProblem {
  /** The field. */
  readonly field: FieldPath;
  /** What is wrong, and what was expected. */
  readonly message: string;
}

/**
 * Finds what does not fit a schema.
 *
 * @param value The value. Its scalars are strings.
 * @param schema The schema.
 * @param field Where it is.
 * @internal
 */
export function schemaProblems(value: unknown, schema: DocumentSchema, field: FieldPath = []): SchemaProblem[] {
  if (schema.type === undefined) return [];
  if (schema.type === 'object') return isObject(value) ? fieldProblems(value, schema, field) : [expected('an object', field)];
  if (schema.type === 'array') {
    return Array.isArray(value) ? value.flatMap((entry, i) => schemaProblems(entry, schema.items, [...field, i])) : [expected(`a list${exampleOf(schema.items)}`, field)];
  }
  return typeof value === 'string' && value.trim() !== '' ? scalarProblems(value, schema, field) : [expected('a string that is not empty', field)];
}

function expected(what: string, field: FieldPath): SchemaProblem {
  return { field, message: `${field.length === 0 ? 'the document' : showPath(field)} must be ${what}` };
}

/** How a list of texts is written. */
function exampleOf(items: DocumentSchema): string {
  return items.type === 'string' && items.examples?.length === 1 ? `, such as ["${items.examples[0]}"]` : '';
}

function fieldProblems(value: JsonObject, schema: ObjectSchema | MapSchema, field: FieldPath): SchemaProblem[] {
  if (schema.additionalProperties === false) return objectProblems(value, schema, field);
  const { additionalProperties } = schema;
  return Object.entries(value).flatMap(([name, each]) => schemaProblems(each, additionalProperties, [...field, name]));
}

function objectProblems(value: JsonObject, { properties, required }: ObjectSchema, field: FieldPath): SchemaProblem[] {
  const names = Object.keys(properties);
  return [
    ...Object.keys(value).flatMap((name) => (Object.hasOwn(properties, name)
      ? schemaProblems(value[name], properties[name], [...field, name])
      : [{ field: [...field, name], message: `unknown field "${showPath([...field, name])}". ${suggestion(name, names)}` }])),
    ...required.filter((name) => !Object.hasOwn(value, name)).map((name) => ({ field, message: `${showPath([...field, name])} is required` })),
  ];
}

function scalarProblems(value: string, { type, enum: allowed, pattern, examples = [] }: ScalarSchema, field: FieldPath): SchemaProblem[] {
  const given = `${showPath(field)} is "${value}"`;
  if (type === 'boolean') return value === 'true' || value === 'false' ? [] : [{ field, message: `${given}, but must be true or false` }];
  if (allowed !== undefined && !allowed.includes(value)) {
    return [{ field, message: field[field.length - 1] === 'rule' ? `there is no rule "${value}". ${suggestion(value, allowed)}` : `${given}, but must be ${oneOf(allowed)}` }];
  }
  return pattern === undefined || new RegExp(pattern).test(value) ? [] : [{ field, message: `${given}, but must be like "${examples[0]}"` }];
}

function suggestion(written: string, known: readonly string[]): string {
  const near = nearest(written, known);
  return near === undefined ? `Use ${oneOf(known)}` : `Did you mean "${near}"?`;
}

/** All fields are listed, all rules are not. */
const MOST_LISTED = 20;

function oneOf(values: readonly string[]): string {
  return values.length > MOST_LISTED ? 'one that `seldon-istio rule` lists' : `${values.slice(0, -1).join(', ')} or ${values[values.length - 1]}`;
}
