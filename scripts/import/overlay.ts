import { NewerField } from './newer-fields';

/** A CRD, or another object. */
interface Manifest {
  readonly kind: string;
  readonly spec?: any;
}

const stepsOf = (path: string) => path.replace(/\[\]/g, '.[]').split('.');

/** Walks down a schema, and makes the objects on the way when it may. */
function at(schema: any, steps: readonly string[], make: boolean): any {
  let here = schema;
  for (const step of steps) {
    if (step === '[]') {
      here = here?.items;
    } else {
      if (make && here.properties?.[step] === undefined) {
        here.type ??= 'object';
        here.properties = { ...here.properties, [step]: {} };
      }
      here = here?.properties?.[step];
    }
    if (here === undefined) {
      throw new Error(`no ${step} of ${steps.join('.')} in the schema`);
    }
  }
  return here;
}

function schemasOf(crds: readonly Manifest[], kind: string): any[] {
  const crd = crds.find((one) => one.spec.names.kind === kind && /^(mlops\.seldon|(networking|security)\.istio)\.io$/.test(one.spec.group));
  if (crd === undefined) {
    throw new Error(`no CRD of Seldon Core 2 or Istio for ${kind}`);
  }
  return crd.spec.versions.map((version: any) => version.schema.openAPIV3Schema);
}

/** The schema of a field, as the first version of the kind has it; undefined when it has none. */
export function fieldAt(crds: readonly Manifest[], kind: string, path: string): object | undefined {
  let here = schemasOf(crds, kind)[0];
  for (const step of stepsOf(path)) {
    here = step === '[]' ? here?.items : here?.properties?.[step];
  }
  return here;
}

/** The CRDs with the newer fields laid over them; the given ones do not change. */
export function withNewerFields<T extends Manifest>(released: readonly T[], fields: readonly NewerField[]): T[] {
  const crds = structuredClone(released) as T[];
  for (const { kind, path, schema, sameAs } of fields) {
    for (const root of schemasOf(crds, kind)) {
      const steps = stepsOf(path);
      const parent = at(root, steps.slice(0, -1), true);
      const value = sameAs === undefined ? schema : at(schemasOf(released, sameAs.kind)[0], stepsOf(sameAs.path), false);
      parent.type ??= 'object';
      parent.properties = { ...parent.properties, [steps[steps.length - 1]]: value };
    }
  }
  return crds;
}

function remove(value: any, steps: readonly string[]): void {
  const [step, ...rest] = steps;
  if (value === undefined || value === null) {
    return;
  }
  if (step === '[]') {
    (Array.isArray(value) ? value : []).forEach((item: any) => remove(item, rest));
  } else if (rest.length === 0) {
    delete value[step];
  } else {
    remove(value[step], rest);
    // An object that held nothing else would itself be a field that the released CRDs do not know.
    if (rest[0] !== '[]' && typeof value[step] === 'object' && Object.keys(value[step]).length === 0) {
      delete value[step];
    }
  }
}

/** The object without the fields that the CRDs as released do not know. */
export function without<T extends Manifest>(object: T, fields: readonly NewerField[]): T {
  const copy = structuredClone(object) as T;
  for (const { kind, path, isNarrowed } of fields) {
    if (kind === object.kind && !isNarrowed) {
      remove(copy, stepsOf(path));
    }
  }
  return copy;
}
