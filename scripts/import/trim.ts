import { Crd, Schema } from './crd';

/** A schema that `cdk8s import` turns into the type `any`, passed on as it was given. */
const OPEN_OBJECT: Schema = { 'type': 'object', 'x-kubernetes-preserve-unknown-fields': true };

/** What makes an object a pod or a container, whatever the field is called that holds it. */
const POD_SPEC = ['containers', 'restartPolicy', 'volumes'];
const CONTAINER = ['image', 'imagePullPolicy', 'volumeMounts'];

/**
 * Keeps of a CRD what types are made from. Manifest for manifest the result accepts all that the original accepts:
 * descriptions say nothing to a machine, and what is cut is left open, never forbidden.
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

/** The status is the controller's to write, so it gets no type. */
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
 * Istio takes some fields under two spellings, such as `jwksUri` and `jwks_uri`. Both become one TypeScript name, and
 * `cdk8s import` keeps the first in the file: ours is the one that Istio documents.
 */
function dropSecondSpellings(properties: Record<string, Schema>): Record<string, Schema> {
  const isSecond = (name: string) => name.includes('_') && name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase()) in properties;
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !isSecond(name)));
}

/** cdk8s-plus-27 has types for pods and containers, and ours would be most of all lines. */
function isPodSpec(schema: Schema): boolean {
  return hasAll(schema, POD_SPEC);
}

function isContainer(schema: Schema): boolean {
  return hasAll(schema, CONTAINER);
}

/** The generated functions write known fields only, so an object that takes others beside them must be open as a whole. */
function dropsUnknownFields(schema: Schema): boolean {
  const takesOthers = schema['x-kubernetes-preserve-unknown-fields'] === true || Boolean(schema.additionalProperties);
  return schema.properties !== undefined && takesOthers;
}

/**
 * A schema cannot refer to itself, so CRDs spell a tree out level by level: a field that lists objects of the shape of
 * the object it is in. One level has all types that the tree needs.
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
