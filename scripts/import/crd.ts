/** The part of an OpenAPI schema that the import command reads. Other fields of a node are kept. */
export interface Schema {
  [keyword: string]: unknown;
  type?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  additionalProperties?: Schema | boolean;
}

/** One version of a CRD. */
export interface CrdVersion {
  readonly name: string;
  readonly served?: boolean;
  readonly schema?: { readonly openAPIV3Schema?: Schema };
  readonly subresources?: { readonly scale?: { readonly specReplicasPath: string } };
}

/** A custom resource definition, as a cluster accepts it. */
export interface Crd {
  readonly apiVersion: string;
  readonly kind: 'CustomResourceDefinition';
  readonly metadata?: { readonly name?: string };
  readonly spec: {
    readonly group: string;
    readonly scope?: string;
    readonly names: { readonly kind: string; readonly plural?: string };
    readonly versions?: readonly CrdVersion[];
  };
}

/** A string with CRDs, and its origin (a path or URL, for messages). */
export interface Source {
  readonly origin: string;
  readonly text: string;
}
