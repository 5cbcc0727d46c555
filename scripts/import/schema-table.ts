import { Crd, CrdVersion, Schema } from './crd';
import { METADATA_SCHEMA } from './metadata-schema';
import { EXPRESSIONS } from '../../src/rules/schemas/expressions';

/** API groups of the kinds that the table describes. Types of the others are enough, since people do not write them by hand. */
const GROUPS = /^(machinelearning|mlops)\.seldon\.io$|^(networking|security|telemetry)\.istio\.io$/;
/** Objects that no rule looks at. */
const UNUSED = ['EnvoyFilter', 'ProxyConfig', 'WorkloadEntry', 'WorkloadGroup'];

/** Keywords that the reader of the table knows, and those that make no difference to it. */
const VALUES = [
  'type', 'default', 'enum', 'format', 'required', 'nullable', 'pattern', 'minimum', 'maximum', 'minLength', 'maxLength', 'minItems', 'maxItems',
  'minProperties', 'maxProperties', 'x-kubernetes-int-or-string', 'x-kubernetes-list-map-keys',
];
const WITHOUT_EFFECT = ['description', 'x-kubernetes-map-type'];
const FORMATS = ['int32', 'int64', 'double', 'byte', 'date-time'];

/**
 * Writes the schemas of all served versions of Istio's and Seldon's kinds as a module. Each schema is there once, as one line of JSON, and
 * others refer to it by its position.
 *
 * @throws when a schema has a keyword that the reader of the table does not know.
 */
export function schemaTable(crds: readonly Crd[]): string {
  const table = new Table();
  const kinds: [string, number][] = [];
  for (const { spec: { group, names, versions = [] } } of crds.filter(({ spec }) => GROUPS.test(spec.group) && !UNUSED.includes(spec.names.kind))) {
    for (const version of versions) {
      if (version.served !== false) kinds.push([`${group}/${version.name}/${names.kind}`, table.add(rootOf(schemaOf(version)))]);
    }
  }
  return moduleOf(kinds.sort(([a], [b]) => (a < b ? -1 : 1)), table.add(METADATA_SCHEMA), table.rows);
}

/** The API server reads the number of replicas as that of its own kinds, whatever the schema has. */
function schemaOf({ schema, subresources }: CrdVersion): Schema {
  const root = structuredClone(schema?.openAPIV3Schema ?? {});
  const path = subresources?.scale?.specReplicasPath.split('.').filter((name) => name !== '');
  const replicas = path?.reduce<Schema | undefined>((parent, name) => parent?.properties?.[name], root);
  if (replicas !== undefined) Object.assign(replicas, { type: 'integer', format: 'int32', minimum: 0 });
  return root;
}

/** Only controllers write the status. The metadata are those of all objects. */
function rootOf({ properties = {}, required }: Schema): Schema {
  return { type: 'object', properties: { spec: properties.spec }, required: (required as string[] | undefined)?.filter((name) => name === 'spec') };
}

class Table {
  public readonly rows: string[] = [];
  private readonly positions = new Map<string, number>();

  public add(schema: Schema): number {
    const row = JSON.stringify(this.rowOf(schema));
    const known = this.positions.get(row);
    if (known !== undefined) return known;
    this.positions.set(row, this.rows.length);
    return this.rows.push(row) - 1;
  }

  private rowOf(schema: Schema): object {
    const row: { [keyword: string]: unknown } = {};
    for (const [keyword, value] of Object.entries(schema)) {
      const written = this.written(keyword, value);
      if (written !== undefined) row[keyword] = written;
    }
    return Object.fromEntries(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  private written(keyword: string, value: any): unknown {
    if (keyword === 'properties') return mapValues(value, (property) => this.add(property as Schema));
    if (keyword === 'items' || keyword === 'not') return this.add(value);
    if (keyword === 'additionalProperties') return typeof value === 'object' ? this.add(value) : value;
    if (['allOf', 'anyOf', 'oneOf'].includes(keyword)) return value.map((each: Schema) => this.add(each));
    if (keyword === 'x-kubernetes-validations') return value.map(({ rule }: { rule: string }) => (Object.hasOwn(EXPRESSIONS, rule) ? rule : unknown(rule)));
    if (keyword === 'x-kubernetes-list-type') return value === 'map' ? undefined : unknown(`${keyword}: ${value}`);
    if (keyword === 'format' && !FORMATS.includes(value)) return unknown(`${keyword}: ${value}`);
    if (keyword === 'pattern') new RegExp(value, 'u');
    if (VALUES.includes(keyword)) return value;
    return WITHOUT_EFFECT.includes(keyword) ? undefined : unknown(keyword);
  }
}

function unknown(what: string): never {
  throw new Error(`a CRD has ${what}, which rules do not read. Extend src/rules/schemas/, then scripts/import/schema-table.ts.`);
}

function moduleOf(kinds: readonly [string, number][], metadata: number, rows: readonly string[]): string {
  return `// Made of CRDs by scripts/import.ts: do not edit.

/**
 * The schemas of kinds by API version and kind, each as the position of one of the rows.
 *
 * @internal
 */
export const SCHEMAS_OF_KINDS: { readonly [kind: string]: number } = {
${kinds.map(([kind, position]) => `  '${kind}': ${position},\n`).join('')}};

/**
 * The position of the schema of the metadata of all kinds.
 *
 * @internal
 */
export const METADATA_ROW = ${metadata};

/**
 * Schemas, each a line of JSON. They refer to each other by the number of the line, from 0.
 *
 * @internal
 */
export const SCHEMA_ROWS = \`
${rows.map((row) => row.replace(/[\\`]|\$\{/g, '\\$&')).join('\n')}
\`;
`;
}

function mapValues(record: Record<string, unknown>, map: (value: unknown) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
