import { parseAllDocuments, stringify } from 'yaml';

/** Any Kubernetes object. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Record<string, string>;
    readonly annotations?: Record<string, string>;
    readonly resourceVersion?: string;
  };
  readonly spec?: any;
  readonly [field: string]: any;
}

/** The objects of a YAML stream, in its order. */
export function parse(yaml: string): Manifest[] {
  const objects: Manifest[] = [];
  for (const document of parseAllDocuments(yaml)) {
    if (document.errors.length > 0) {
      throw document.errors[0];
    }
    const object = document.toJS();
    if (object !== null) {
      objects.push(object);
    }
  }
  return objects;
}

/** The objects as a stream of JSON documents, which is YAML too: quick to write, and to read. */
export const printJson = (objects: readonly Manifest[]) => objects.map((object) => JSON.stringify(object)).join('\n---\n');

/** The objects as a YAML stream. Istio reads YAML 1.1, where `yes` without quotes is no text. */
export function print(objects: readonly Manifest[]): string {
  return objects.map((object) => stringify(object, { aliasDuplicateObjects: false, version: '1.1' })).join('---\n');
}

/** The API group; empty for the core kinds. */
export const groupOf = (object: Manifest) => object.apiVersion.includes('/') ? object.apiVersion.split('/')[0] : '';

/** Whether Istio reads the object. */
export const isIstio = (object: Manifest) => groupOf(object).endsWith('.istio.io');

/** How messages name an object. */
export const nameOf = (object: Manifest) => `${object.kind} ${object.metadata.namespace ?? '-'}/${object.metadata.name}`;

/** The objects of one kind of Istio or Kubernetes. */
export const ofKind = (objects: readonly Manifest[], kind: string) => objects.filter((object) => object.kind === kind);

/** The namespace that an object lands in. */
export const namespaceOf = (object: Manifest) => object.metadata.namespace ?? 'default';
