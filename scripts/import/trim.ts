import { Crd, Schema } from './crd';

/** A schema that `cdk8s import` turns into the type `any`, whose values are written unchanged. */
const OPEN_OBJECT: Schema = { 'type': 'object', 'x-kubernetes-preserve-unknown-fields': true };

/** The fields by which an object is recognized as a pod or a container, in any field. */
const POD_SPEC = ['containers', 'restartPolicy', 'volumes'];
const CONTAINER = ['image', 'imagePullPolicy', 'volumeMounts'];

/**
 * Reduces a CRD to the parts from which types are generated. The result accepts every manifest that the original accepts: descriptions
 * have no effect, and schemas that are removed are left open, never closed.
 */
export function trimCrd(crd: Crd): Crd {
  const { group, scope, names, versions } = crd.spec;
  return {
    apiVersion: crd.apiVersion,
    kind: crd.kind,
    metadata: { name: crd.metadata?.name },
    spec: {
      group,
      scope,
      names,
      versions: versions?.map((version) => ({ name: version.name, schema: { openAPIV3Schema: trimRoot(version.schema?.openAPIV3Schema ?? {}) } })),
    },
  };
}

/** Only the controller writes the status, so it needs no type. */
function trimRoot(schema: Schema): Schema {
  const { status, ...properties } = schema.properties ?? {};
  return { type: 'object', required: schema.required, properties: mapValues(properties, trimSchema) };
}

/** Trims a schema and all schemas below it. */
export function trimSchema(schema: Schema): Schema {
  if (isPodSpec(schema) || isContainer(schema) || dropsUnknownFields(schema)) {
    return OPEN_OBJECT;
  }
  const { description, ...trimmed } = schema;
  if (schema.properties !== undefined) {
    const properties = dropSecondSpellings(schema.properties);
    trimmed.properties = mapValues(properties, (property) => trimSchema(repeats(property, schema) ? cutItems(property) : property));
  }
  if (schema.items !== undefined) {
    trimmed.items = trimSchema(schema.items);
  }
  if (typeof schema.additionalProperties === 'object') {
    trimmed.additionalProperties = trimSchema(schema.additionalProperties);
  }
  return trimmed;
}

/**
 * Istio accepts some fields in two spellings, such as `jwksUri` and `jwks_uri`. Both become one TypeScript name, and `cdk8s import`
 * keeps the first in the file: here, the one that Istio documents.
 */
function dropSecondSpellings(properties: Record<string, Schema>): Record<string, Schema> {
  const isSecond = (name: string) => name.includes('_') && name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase()) in properties;
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !isSecond(name)));
}

/** cdk8s-plus-27 has types for pods and containers. Generated ones would be most of all lines. */
function isPodSpec(schema: Schema): boolean {
  return hasAll(schema, POD_SPEC);
}

function isContainer(schema: Schema): boolean {
  return hasAll(schema, CONTAINER);
}

/** The generated functions write only known fields, so an object that also accepts others must be open as a whole. */
function dropsUnknownFields(schema: Schema): boolean {
  const takesOthers = schema['x-kubernetes-preserve-unknown-fields'] === true || Boolean(schema.additionalProperties);
  return schema.properties !== undefined && takesOthers;
}

/**
 * A schema cannot refer to itself, so CRDs define a tree level by level: a field with a list of objects of the same type as the object
 * that contains it. One level has all types that the tree needs.
 */
function repeats(property: Schema, parent: Schema): boolean {
  const names = Object.keys(parent.properties ?? {});
  const inner = property.items?.properties;
  return inner !== undefined && names.length > 1 && Object.keys(inner).length === names.length && names.every((name) => name in inner);
}

function cutItems(property: Schema): Schema {
  return { ...property, items: OPEN_OBJECT };
}

function hasAll(schema: Schema, names: readonly string[]): boolean {
  return names.every((name) => schema.properties !== undefined && name in schema.properties);
}

function mapValues<T, R>(record: Record<string, T>, map: (value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
