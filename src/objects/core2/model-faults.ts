import { CORE2_NAME, isCore2Name } from './core2-names';
import { isWholeBytes } from './memory-quantity';
import { show } from '../../plan/checks/errors';
import { Fault } from '../fault';
import { isObject, JsonObject, listOf, objectOf, stringOf, stringsOf } from '../json';

/**
 * Finds fields because of which Seldon rejects a Model, or cannot load it.
 *
 * @internal
 */
export function* modelFaults(manifest: JsonObject): Iterable<Fault> {
  const spec = objectOf(manifest.spec);
  yield* storageFaults(spec);
  const memory = typeof spec.memory === 'number' ? String(spec.memory) : stringOf(spec.memory);
  if (memory !== undefined && !isWholeBytes(memory)) {
    yield {
      field: ['spec', 'memory'],
      problem: `memory is ${show(memory)}, which Seldon's operator cannot convert to bytes`,
      remedy: 'expected a whole number, alone or with Ki, Mi or Gi, such as "1536Mi" instead of "1.5Gi"',
    };
  }
  for (const [i, requirement] of stringsOf(spec.requirements).entries()) yield* capabilityFaults(requirement, ['spec', 'requirements', i], 'requirement');
  yield* capabilityFaults(stringOf(spec.modelType), ['spec', 'modelType'], 'modelType');
  yield* parameterFaults(spec);
  yield* referenceFaults(spec);
}

function* storageFaults({ storageUri }: JsonObject): Iterable<Fault> {
  if (typeof storageUri !== 'string') {
    yield { field: ['spec'], problem: 'the Model has no storageUri', remedy: 'set the location of its files, such as "gs://models/iris"' };
  } else if (storageUri.trim() === '') {
    yield { field: ['spec', 'storageUri'], problem: 'storageUri is empty', remedy: 'set the location of the model\'s files, such as "gs://models/iris"' };
  } else if (/^\s|\s$|[\r\n\t]|^[^:/]*\s[^:/]*:|:\/\/[^/]*\s/.test(storageUri)) {
    yield {
      field: ['spec', 'storageUri'],
      problem: `storageUri ${JSON.stringify(storageUri)} has a blank, which rclone reads as part of the name`,
      remedy: 'remove the blank',
      level: 'warning',
    };
  }
}

/** Servers report their capabilities separated by commas. */
function* capabilityFaults(value: string | undefined, field: Fault['field'], what: string): Iterable<Fault> {
  if (value?.includes(',') !== true) return;
  yield {
    field,
    problem: `${what} ${show(value)} has a comma, and no Server has such a capability`,
    remedy: 'list each capability by itself in requirements',
  };
}

function* parameterFaults(spec: JsonObject): Iterable<Fault> {
  const names = new Set<string>();
  for (const [i, parameter] of listOf(spec.parameters).entries()) {
    const name = isObject(parameter) ? stringOf(parameter.name) : undefined;
    if (name === undefined) continue;
    if (names.has(name)) {
      yield {
        field: ['spec', 'parameters', i],
        problem: `parameter ${show(name)} is set twice`,
        remedy: 'only one of the values reaches the model. Remove the other one',
        level: 'warning',
      };
    }
    names.add(name);
  }
}

function* referenceFaults(spec: JsonObject): Iterable<Fault> {
  if (isObject(spec.explainer) && isObject(spec.llm)) {
    yield { field: ['spec', 'llm'], problem: 'the Model has both explainer and llm, but can be only one of them', remedy: 'remove one of them' };
  }
  for (const field of ['explainer', 'llm'] as const) {
    if (!isObject(spec[field])) continue;
    const { modelRef, pipelineRef, type } = spec[field];
    const path = ['spec', field];
    if (field === 'explainer' && (typeof type !== 'string' || type.trim() === '')) {
      yield { field: path, problem: 'the explainer has no type', remedy: 'set a type, such as "anchor_tabular"', level: 'warning' };
    }
    for (const [name, value] of Object.entries({ modelRef, pipelineRef })) {
      if (stringOf(value) === undefined || isCore2Name(value)) continue;
      yield { field: [...path, name], problem: `no ${name === 'modelRef' ? 'Model' : 'Pipeline'} can have the name ${show(value)}`, remedy: CORE2_NAME };
    }
    const given = [modelRef, pipelineRef].filter((each) => stringOf(each) !== undefined);
    if (given.length === 2) {
      yield { field: path, problem: `${field} has both modelRef ${show(modelRef)} and pipelineRef ${show(pipelineRef)}`, remedy: 'set only one of them', level: 'warning' };
    } else if (field === 'llm' && given.length === 0) {
      yield { field: path, problem: 'llm has neither a modelRef nor a pipelineRef', remedy: 'set one of them', level: 'warning' };
    }
  }
}
