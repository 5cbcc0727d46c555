import { IConstruct } from 'constructs';
import { invalid, show } from './errors';
import { isNearMiss, nearest } from './near-miss';
import { Flaw, flaw, isObject, isPlain, Struct, structNamed, within } from './struct-types';

// TypeScript's compiler checks most of this, but not for objects that are built at run time or in plain JavaScript.

/**
 * Checks props and everything nested in them for unknown fields, missing fields, and values of the wrong type.
 *
 * @param at The construct, or what is called.
 * @param name Name of the struct.
 * @param props The value to check.
 * @param owner The class that has these props. A subclass may pass additional fields.
 * @internal
 */
export function checkProps(at: IConstruct | string, name: string, props: object, owner?: abstract new (...args: never[]) => object): void {
  const found = flawOf(at, name, props, owner);
  if (found !== undefined) report(at, found);
}

/**
 * Checks the props of a part of a construct. Messages name the part.
 *
 * @param at The construct, or what is called.
 * @param of The part that has these props, as in `step "iris"`.
 * @param name Name of the struct.
 * @param props The value to check.
 * @internal
 */
export function checkPart(at: IConstruct | string, of: string, name: string, props: object): void {
  const found = flawOf(at, name, props, undefined);
  if (found !== undefined) report(at, { ...found, problem: (path) => found.problem(path === '' ? of : `${path} of ${of}`) });
}

function flawOf(at: IConstruct | string, name: string, props: object, owner: object | undefined): Flaw | undefined {
  const struct = structNamed(name, checkNested);
  return isObject(props) ? checkStruct(struct, props, owner !== undefined && at.constructor !== owner) : flaw(props, struct.expected);
}

function report(at: IConstruct | string, { path, problem, remedy }: Flaw): never {
  throw invalid(at, problem(path), remedy);
}

function checkNested(struct: Struct, value: unknown): Flaw | undefined {
  return isObject(value) ? checkStruct(struct, value, false) : flaw(value, struct.expected);
}

function checkStruct(struct: Struct, value: object, extended: boolean): Flaw | undefined {
  const values = value as { readonly [name: string]: unknown };
  for (const name of Object.keys(values)) {
    const given = values[name];
    // An undefined field is not written, whatever its name.
    if (given === undefined) continue;
    const field = struct.fields.get(name);
    const found = field === undefined ? unknownField(struct, values, name, extended) : field.check(given);
    if (found !== undefined) return field === undefined ? found : within(name, found);
  }
  const missing = struct.required.find((name) => values[name] === undefined);
  if (missing === undefined) return undefined;
  // Such as a Model instead of an object that names it.
  if (!isPlain(value)) return flaw(value, struct.expected);
  const found = struct.fields.get(missing)!.check(undefined);
  return found && within(missing, found);
}

function unknownField(struct: Struct, values: { readonly [name: string]: unknown }, name: string, extended: boolean): Flaw | undefined {
  // Internal fields that the library's classes pass to each other.
  if (name.startsWith('_')) return undefined;
  const wider = extended || struct.open || !isPlain(values);
  const intended = wider ? unsetNearMiss(struct, values, name) : nearest(name, struct.fields.keys()) ?? nestedPathOf(struct, name);
  if (wider && intended === undefined) return undefined;
  return {
    path: '',
    problem: (path) => `unknown field ${show(name)}${path === '' ? '' : ` of ${path}`}`,
    remedy: remedyFor(struct, name, intended),
  };
}

/** Fields of the Kubernetes object that a method of the construct sets. */
const SET_BY_METHODS: { readonly [field: string]: string } = {
  'PipelineProps.steps': 'add them with pipeline.addStep(model, { inputs: […] })',
  'PipelineProps.output': 'add it with pipeline.addOutput({ steps: […] })',
};

const MANIFEST_FIELDS: readonly string[] = ['apiVersion', 'kind', 'spec'];

function remedyFor(struct: Struct, name: string, intended: string | undefined): string {
  const method = SET_BY_METHODS[`${struct.name}.${name}`];
  if (method !== undefined) return method;
  if (intended !== undefined) return `did you mean ${intended}?`;
  const fields = [...struct.fields.keys()].join(', ');
  return struct.fields.has('metadata') && MANIFEST_FIELDS.includes(name)
    ? `set the fields of the spec as props. Expected ${fields}` : `expected ${fields}`;
}

/** A known field with a similar name. One that is also set cannot be the intended one. */
function unsetNearMiss(struct: Struct, values: object, name: string): string | undefined {
  return [...struct.fields.keys()].find((field) => !(field in values) && isNearMiss(name, field));
}

/** The path of a nested field with that name, one level deeper. */
function nestedPathOf(struct: Struct, name: string): string | undefined {
  for (const [field, { struct: inner, list }] of struct.fields) {
    if (inner !== undefined && structNamed(inner, checkNested).fields.has(name)) return `${field}${list ? '[0]' : ''}.${name}`;
  }
  return undefined;
}
