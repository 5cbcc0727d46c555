import { SeldonDeploymentManifest } from './manifest';
import { invalid, show } from '../../plan/checks/errors';

/** The form of a value: a type, a list, a map of strings, or an object of which some fields are required. */
type Form = 'string' | 'number' | 'boolean' | 'strings' | { readonly list: () => Form } | Fields;

interface Fields {
  readonly fields: { readonly [name: string]: Form };
  readonly required?: readonly string[];
}

const CONTAINER: Fields = {
  fields: { name: 'string', ports: { list: () => ({ fields: { name: 'string', containerPort: 'number' }, required: ['containerPort'] }) } },
};
const CONTAINERS: Form = { list: () => ({ ...CONTAINER, required: ['name'] }) };
const UNIT: Fields = {
  fields: { name: 'string', implementation: 'string', modelUri: 'string', children: { list: () => UNIT } }, required: ['name'],
};
const COMPONENT: Fields = {
  fields: {
    metadata: { fields: { name: 'string', labels: 'strings' } },
    spec: {
      fields: {
        containers: CONTAINERS, initContainers: CONTAINERS, volumes: { list: () => ({ fields: { name: 'string' }, required: ['name'] }) },
      },
    },
  },
};
const PREDICTOR: Fields = {
  fields: {
    name: 'string',
    graph: UNIT,
    componentSpecs: { list: () => COMPONENT },
    annotations: 'strings',
    labels: 'strings',
    traffic: 'number',
    shadow: 'boolean',
    explainer: { fields: { type: 'string', endpoint: { fields: { service_port: 'number' } }, containerSpec: CONTAINER } },
  },
  required: ['name', 'graph'],
};
const DEPLOYMENT: Fields = {
  fields: {
    metadata: { fields: { name: 'string', namespace: 'string', annotations: 'strings' }, required: ['name'] },
    spec: { fields: { protocol: 'string', predictors: { list: () => PREDICTOR }, annotations: 'strings' }, required: ['predictors'] },
  },
  required: ['metadata', 'spec'],
};

/** More than any graph that the CRD accepts. */
const MAX_DEPTH = 100;

/**
 * Checks that a manifest has the form that the API server requires, as far as the operator's objects depend on it.
 *
 * @param at What errors name as the origin of the manifest.
 * @param manifest The manifest, such as parsed YAML. Fields that are null count as missing.
 * @throws an error that names the field, its value and the expected type.
 * @internal
 */
export function checkForm(at: string, manifest: unknown): asserts manifest is SeldonDeploymentManifest {
  check(at, 'the manifest', manifest, DEPLOYMENT, 0);
}

function check(at: string, path: string, value: unknown, form: Form, depth: number): void {
  if (depth > MAX_DEPTH) throw invalid(at, `${path} is nested ${depth} levels deep`, 'flatten the graph');
  if (form === 'strings') return checkStrings(at, path, value);
  if (typeof form === 'string') return expectType(at, path, value, typeof value === form, `a ${form}`);
  if (!('list' in form)) return checkFields(at, path, value, form, depth);
  expectType(at, path, value, Array.isArray(value), 'a list');
  (value as unknown[]).forEach((entry, i) => check(at, `${path}[${i}]`, entry, form.list(), depth + 1));
}

function checkFields(at: string, path: string, value: unknown, { fields, required = [] }: Fields, depth: number): void {
  expectType(at, path, value, isObject(value), 'an object');
  const given = value as { readonly [name: string]: unknown };
  const prefix = depth === 0 ? '' : `${path}.`;
  const missing = required.find((name) => isMissing(given[name]));
  if (missing !== undefined) throw invalid(at, `${prefix}${missing} is missing`, 'the API server rejects a SeldonDeployment without it');
  for (const [name, form] of Object.entries(fields)) {
    if (!isMissing(given[name])) check(at, `${prefix}${name}`, given[name], form, depth + 1);
  }
}

function checkStrings(at: string, path: string, value: unknown): void {
  expectType(at, path, value, isObject(value), 'an object');
  for (const [name, text] of Object.entries(value as object)) {
    if (!isMissing(text)) expectType(at, `${path}[${show(name)}]`, text, typeof text === 'string', 'a string');
  }
}

function expectType(at: string, path: string, value: unknown, isExpected: boolean, expected: string): void {
  if (!isExpected) throw invalid(at, `${path} ${show(value)}`, `expected ${expected}`);
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null;
}
