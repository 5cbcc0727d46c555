import { IConstruct } from 'constructs';
import { invalid, show } from './errors';
import { isNearMiss, nearest } from './near-miss';
import { Flaw, flaw, isObject, isPlain, Struct, structNamed, within } from './struct-types';

// The compiler sees to all of this in TypeScript, unless an object is built elsewhere or its types are not checked.

/**
 * Checks props and all that is in them: unknown fields, missing ones, and values of another type.
 *
 * @param at The construct, or what is called.
 * @param name Name of the struct.
 * @param props What was given.
 * @param owner The class that has these props: one that extends it may pass fields of its own.
 * @internal
 */
export function checkProps(at: IConstruct | string, name: string, props: object, owner?: abstract new (...args: never[]) => object): void {
  const found = flawOf(at, name, props, owner);
  if (found !== undefined) report(at, found);
}

/**
 * Checks what is added to a construct or made for one: messages name it.
 *
 * @param at The construct, or what is called.
 * @param of What has these props, as in `step "iris"`.
 * @param name Name of the struct.
 * @param props What was given.
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
    // It says nothing, whatever its name.
    if (given === undefined) continue;
    const field = struct.fields.get(name);
    const found = field === undefined ? unknownField(struct, values, name, extended) : field.check(given);
    if (found !== undefined) return field === undefined ? found : within(name, found);
  }
  const missing = struct.required.find((name) => values[name] === undefined);
  if (missing === undefined) return undefined;
  // Such as a Model in place of an object that names it.
  if (!isPlain(value)) return flaw(value, struct.expected);
  const found = struct.fields.get(missing)!.check(undefined);
  return found && within(missing, found);
}

function unknownField(struct: Struct, values: { readonly [name: string]: unknown }, name: string, extended: boolean): Flaw | undefined {
  // The library's own, between its classes.
  if (name.startsWith('_')) return undefined;
  const wider = extended || struct.open || !isPlain(values);
  const meant = wider ? missedBy(struct, values, name) : nearest(name, struct.fields.keys()) ?? placeOf(struct, name);
  if (wider && meant === undefined) return undefined;
  return {
    path: '',
    problem: (path) => `unknown field ${show(name)}${path === '' ? '' : ` of ${path}`}`,
    remedy: remedyFor(struct, name, meant),
  };
}

/** Fields of the Kubernetes object that are written in another way here. */
const WRITTEN_OTHERWISE: { readonly [field: string]: string } = {
  'PipelineProps.steps': 'add them with pipeline.addStep(model, { inputs: […] })',
  'PipelineProps.output': 'add it with pipeline.addOutput({ steps: […] })',
};

const OF_THE_MANIFEST: readonly string[] = ['apiVersion', 'kind', 'spec'];

function remedyFor(struct: Struct, name: string, meant: string | undefined): string {
  const otherwise = WRITTEN_OTHERWISE[`${struct.name}.${name}`];
  if (otherwise !== undefined) return otherwise;
  if (meant !== undefined) return `did you mean ${meant}?`;
  const expected = `expected ${[...struct.fields.keys()].join(', ')}`;
  return struct.fields.has('metadata') && OF_THE_MANIFEST.includes(name) ? `the fields of the spec are props themselves: ${expected}` : expected;
}

/** A field that is given as well was not missed. */
function missedBy(struct: Struct, values: object, name: string): string | undefined {
  return [...struct.fields.keys()].find((field) => !(field in values) && isNearMiss(name, field));
}

/** Where a field of that name is, one level deeper. */
function placeOf(struct: Struct, name: string): string | undefined {
  for (const [field, { struct: inner, list }] of struct.fields) {
    if (inner !== undefined && structNamed(inner, checkNested).fields.has(name)) return `${field}${list ? '[0]' : ''}.${name}`;
  }
  return undefined;
}
