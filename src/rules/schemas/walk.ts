import { EXPRESSIONS } from './expressions';
import { InvalidField, SchemaFaults, UnknownField } from './faults';
import { metadataFaults } from './metadata';
import { Schema, schemaAt, schemaOf } from './schema';
import { METADATA_ROW } from './schema-table';
import { typeFaultsOf } from './types';
import { typeFault, ValueFault, valueFaults } from './values';
import { isObject, JsonObject, listOf } from '../../cluster/json';

/** Only the API server writes the status; the metadata have a schema of their own. */
const OUTSIDE_SCHEMA = new Set(['apiVersion', 'kind', 'metadata', 'status']);

/**
 * Compares an object with the schema of its kind; finds only types that do not exist if the kind has none here.
 *
 * @internal
 */
export function schemaFaults(manifest: JsonObject): SchemaFaults {
  const schema = schemaOf(manifest);
  if (schema === undefined) return { unknown: [], invalid: typeFaultsOf(manifest) };
  const walk = new Walk();
  walk.object(manifest, schema, OUTSIDE_SCHEMA);
  walk.metadata(manifest.metadata);
  walk.invalid.push(...metadataFaults(manifest));
  // The API server evaluates expressions when all else fits.
  return { unknown: walk.unknown, invalid: walk.invalid.length > 0 ? walk.invalid : walk.contradicted };
}

class Walk {
  public readonly unknown: UnknownField[] = [];
  public readonly invalid: InvalidField[] = [];
  /** Where expressions do not hold. */
  public readonly contradicted: InvalidField[] = [];
  private readonly path: (string | number)[] = [];
  private readonly around: Schema[] = [];

  /** Compares the metadata of an object. */
  public metadata(value: unknown): void {
    this.path.push('metadata');
    this.property(value, schemaAt(METADATA_ROW));
    this.path.pop();
  }

  /** Compares the fields of an object. */
  public object(value: JsonObject, schema: Schema, others?: ReadonlySet<string>): void {
    const { properties, additionalProperties, required } = schema;
    this.around.push(schema);
    for (const name in value) {
      if (!Object.hasOwn(value, name) || others?.has(name) === true) continue;
      const known = properties !== undefined && Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
      this.path.push(name);
      if (typeof known === 'number') this.property(value[name], schemaAt(known));
      else if (known !== true) this.unknown.push({ field: [...this.path], around: [...this.around] });
      this.path.pop();
    }
    if (required !== undefined) this.missing(value, schema, required);
    this.around.pop();
  }

  private missing(value: JsonObject, { properties = {} }: Schema, required: readonly string[]): void {
    for (const name of required) {
      if (isThere(value, name) || schemaAt(properties[name])?.default !== undefined) continue;
      this.fault({ problem: `has no ${name}`, remedy: `set ${name}` });
    }
  }

  /** The API server drops a property without a value, or fills in its default. */
  private property(value: unknown, schema: Schema): void {
    if (value !== null && value !== undefined) this.value(value, schema);
  }

  private value(value: unknown, schema: Schema): void {
    const fault = typeFault(value, schema);
    if (fault !== undefined) {
      if (value !== null || schema.nullable !== true) this.fault(fault);
      return;
    }
    for (const each of valueFaults(value, schema)) this.fault(each);
    if (Array.isArray(value)) this.list(value, schema);
    else if (isObject(value)) this.object(value, schema);
    if (hasAlternatives(schema)) this.alternatives(value, schema);
    const expressions = schema['x-kubernetes-validations'];
    if (expressions !== undefined) this.evaluate(expressions, value);
  }

  private evaluate(expressions: readonly string[], value: unknown): void {
    for (const expression of expressions) {
      const { holds, ...fault } = EXPRESSIONS[expression];
      if (!holds(value as never)) this.contradicted.push({ field: [...this.path], ...fault });
    }
  }

  private list(value: readonly unknown[], schema: Schema): void {
    if (schema.items === undefined) return;
    const items = schemaAt(schema.items);
    for (const [i, entry] of value.entries()) {
      this.path.push(i);
      this.value(entry, items);
      this.path.pop();
    }
    const keys = schema['x-kubernetes-list-map-keys'];
    if (keys !== undefined) this.duplicates(value, keys, items);
  }

  private duplicates(value: readonly unknown[], keys: readonly string[], { properties = {} }: Schema): void {
    const seen = new Set<string>();
    for (const [i, entry] of value.entries()) {
      if (!isObject(entry)) continue;
      const key = JSON.stringify(keys.map((name) => entry[name] ?? schemaAt(properties[name])?.default ?? null));
      if (seen.has(key)) this.invalid.push({ field: [...this.path, i], problem: `has the same ${keys.join(' and ')} as an entry before it`, remedy: 'remove one of the two' });
      seen.add(key);
    }
  }

  private alternatives(value: unknown, schema: Schema): void {
    if (fitsAlternatives(value, schema)) return;
    const names = [...new Set(requiredIn(schema))];
    const present = isObject(value) ? names.filter((name) => isThere(value, name)) : [];
    if (present.length > 1) this.fault({ problem: `has both ${present.join(' and ')}`, remedy: 'keep one of them' });
    else if (present.length === 0 && names.length > 0) this.fault({ problem: `has none of ${names.join(', ')}`, remedy: 'set one of them' });
    else this.fault({ problem: 'has a value that its schema excludes', remedy: 'compare it with the documentation of the field' });
  }

  private fault(fault: ValueFault): void {
    this.invalid.push({ field: [...this.path], ...fault });
  }
}

function isThere(value: JsonObject, name: string): boolean {
  return Object.hasOwn(value, name) && value[name] !== null && value[name] !== undefined;
}

function hasAlternatives({ oneOf, anyOf, allOf, not }: Schema): boolean {
  return oneOf !== undefined || anyOf !== undefined || allOf !== undefined || not !== undefined;
}

/** These neither know other fields nor fill in defaults. */
function fitsAlternatives(value: unknown, { oneOf, anyOf, allOf, not }: Schema): boolean {
  const isFit = (position: number) => fits(value, schemaAt(position));
  return (oneOf === undefined || oneOf.filter(isFit).length === 1) && (anyOf === undefined || anyOf.some(isFit))
    && (allOf === undefined || allOf.every(isFit)) && (not === undefined || !isFit(not));
}

function fits(value: unknown, schema: Schema): boolean {
  if (typeFault(value, schema) !== undefined) return false;
  return valueFaults(value, schema).length === 0 && (!isObject(value) || hasFields(value, schema)) && fitsAlternatives(value, schema);
}

function hasFields(value: JsonObject, { properties = {}, required = [] }: Schema): boolean {
  return required.every((name) => isThere(value, name))
    && Object.entries(properties).every(([name, position]) => !isThere(value, name) || fits(value[name], schemaAt(position)));
}

/** The fields that alternatives name. */
function requiredIn({ oneOf, anyOf, allOf, not }: Schema): string[] {
  const parts = [...listOf(oneOf), ...listOf(anyOf), ...listOf(allOf), ...not === undefined ? [] : [not]] as number[];
  return parts.map(schemaAt).flatMap((schema) => [...schema.required ?? [], ...requiredIn(schema)]);
}
