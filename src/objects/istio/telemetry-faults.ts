import { celFault } from './cel-faults';
import { eachObject, FieldFaults } from './field-faults';
import { Fault } from '../fault';
import { FieldPath, isObject, JsonObject, listOf, objectOf, stringOf } from '../json';

/**
 * What Istio rejects in a Telemetry, other than its targets.
 *
 * @internal
 */
export function telemetryFaults(spec: JsonObject): readonly Fault[] {
  const faults = new FieldFaults();
  for (const name of ['metrics', 'tracing', 'accessLogging']) {
    eachObject(spec[name], ({ providers }, i) => providerFaults(faults, ['spec', name, i, 'providers'], providers));
  }
  eachObject(spec.metrics, ({ overrides }, i) => eachObject(overrides, (override, j) => overrideFaults(faults, ['spec', 'metrics', i, 'overrides', j], override)));
  eachObject(spec.tracing, ({ randomSamplingPercentage, customTags }, i) => {
    faults.between(['spec', 'tracing', i, 'randomSamplingPercentage'], randomSamplingPercentage, 0, 100);
    for (const [name, tag] of Object.entries(objectOf(customTags))) tagFaults(faults, ['spec', 'tracing', i, 'customTags', name], name, tag);
  });
  eachObject(spec.accessLogging, ({ filter }, i) => {
    const { expression } = objectOf(filter);
    const fault = isObject(filter) ? celFault(typeof expression === 'string' ? expression : '') : undefined;
    if (fault !== undefined) faults.add(['spec', 'accessLogging', i, 'filter', 'expression'], fault, 'expected an expression in CEL, such as "response.code >= 400"');
  });
  return faults.found;
}

function providerFaults(faults: FieldFaults, field: FieldPath, providers: unknown): void {
  listOf(providers).forEach((provider, i) => {
    if (stringOf(objectOf(provider).name) === undefined) faults.add([...field, i], 'has no name', 'set the name of a provider of the mesh');
  });
}

function overrideFaults(faults: FieldFaults, field: FieldPath, { match, tagOverrides }: JsonObject): void {
  const { customMetric } = objectOf(match);
  if (customMetric === '') faults.add([...field, 'match', 'customMetric'], 'is empty', 'set the name of the metric');
  for (const [name, tag] of Object.entries(objectOf(tagOverrides))) {
    const { operation = 'UPSERT', value } = objectOf(tag);
    if (operation === 'UPSERT' && stringOf(value) === undefined) faults.add([...field, 'tagOverrides', name], 'sets a tag without a value', 'set value');
    if (operation === 'REMOVE' && stringOf(value) !== undefined) faults.add([...field, 'tagOverrides', name], 'removes a tag and has a value', 'remove the value');
  }
}

/** What each type of tag needs. */
const NEEDED: { readonly [type: string]: string } = { literal: 'value', header: 'name', environment: 'name' };

function tagFaults(faults: FieldFaults, field: FieldPath, name: string, tag: unknown): void {
  if (name === '') faults.add(field, 'has no name', 'write the name of the tag');
  for (const [type, needed] of Object.entries(NEEDED)) {
    const part = objectOf(tag)[type];
    if (isObject(part) && stringOf(part[needed]) === undefined) faults.add([...field, type], `has no ${needed}`, `set ${needed}`);
  }
}
