import { findAnnotationProblems } from './annotation-names';
import { ANNOTATION } from './annotations';
import { readDeployment } from './deployment';
import { show } from '../../plan/checks/errors';
import { Fault } from '../fault';
import { FieldPath, JsonObject, objectOf, stringOf } from '../json';

/** Annotations that the operator reads only in the spec. */
const ON_SPEC_ONLY: readonly string[] = [
  ANNOTATION.separateEngine, ANNOTATION.noStorageInitializer, ANNOTATION.restTimeout, ANNOTATION.grpcTimeout, ANNOTATION.grpcMaxMessageSize,
];

/** Annotations that the operator reads only at a predictor. */
const ON_PREDICTOR_ONLY: readonly string[] = [ANNOTATION.noEngine, ANNOTATION.serviceName];

/** As Go reads a whole number. */
const WHOLE_NUMBER = /^[-+]?\d+$/;

/**
 * Finds annotations of a SeldonDeployment that Seldon cannot read, or does not read where they are.
 *
 * @internal
 */
export function* annotationFaults(manifest: JsonObject): Iterable<Fault> {
  const { predictors, spec } = readDeployment(manifest);
  const metadata = objectOf(objectOf(manifest.metadata).annotations);
  const onSpec = objectOf(spec.annotations);
  yield* retryFaults(metadata, onSpec);
  yield* misplaced(metadata, ['metadata', 'annotations'], ON_SPEC_ONLY, 'move it to spec.annotations');
  yield* misplaced(metadata, ['metadata', 'annotations'], ON_PREDICTOR_ONLY, 'move it to the annotations of the predictor');
  yield* misplaced(onSpec, ['spec', 'annotations'], ON_PREDICTOR_ONLY, 'move it to the annotations of the predictor');
  yield* misread(metadata, ['metadata', 'annotations'], [...ON_SPEC_ONLY, ...ON_PREDICTOR_ONLY]);
  yield* misread(onSpec, ['spec', 'annotations'], ON_PREDICTOR_ONLY);
  for (const { field, annotations, components } of predictors) {
    yield* misread(annotations, [...field, 'annotations'], []);
    for (const component of components) {
      yield* misread(objectOf(objectOf(component.json.metadata).annotations), [...component.field, 'metadata', 'annotations'], []);
    }
  }
}

/** The operator reads the annotations of the spec first. It fails at a number that it cannot read, and reads the timeout only for retries. */
function* retryFaults(metadata: JsonObject, onSpec: JsonObject): Iterable<Fault> {
  const find = (name: string): { value: string; field: FieldPath } | undefined => {
    const [value, outer] = [stringOf(onSpec[name]), stringOf(metadata[name])];
    if (value !== undefined) return { value, field: ['spec', 'annotations', name] };
    return outer === undefined ? undefined : { value: outer, field: ['metadata', 'annotations', name] };
  };
  const [retries, timeout] = [find(ANNOTATION.istioRetries), find(ANNOTATION.istioRetriesTimeout)];
  if (retries !== undefined && !WHOLE_NUMBER.test(retries.value)) {
    yield {
      field: retries.field,
      problem: `annotation ${ANNOTATION.istioRetries} is ${show(retries.value)}, which the operator cannot read`,
      remedy: 'use a whole number, such as "3"',
    };
  }
  if (timeout === undefined) return;
  const problem = `annotation ${ANNOTATION.istioRetriesTimeout} is ${show(timeout.value)}`;
  if (retries === undefined) {
    yield { field: timeout.field, problem: `${problem}, and the operator reads it only together with ${ANNOTATION.istioRetries}`, remedy: 'set both, or neither', level: 'warning' };
  } else if (!WHOLE_NUMBER.test(timeout.value)) {
    yield { field: timeout.field, problem: `${problem}, which the operator cannot read`, remedy: 'use a whole number of seconds without a unit, such as "5"' };
  } else if (Number(timeout.value) < 1 && Number(retries.value) > 0) {
    yield { field: timeout.field, problem: `${problem}, so Istio rejects the route of the operator`, remedy: 'use 1 second or more' };
  }
}

function* misplaced(annotations: JsonObject, field: FieldPath, names: readonly string[], remedy: string): Iterable<Fault> {
  for (const name of names) {
    if (annotations[name] === undefined) continue;
    yield { field: [...field, name], problem: `the operator does not read annotation ${name} in ${field.join('.')}`, remedy, level: 'warning' };
  }
}

function* misread(annotations: JsonObject, field: FieldPath, reported: readonly string[]): Iterable<Fault> {
  const texts = Object.fromEntries(Object.entries(annotations).filter((entry): entry is [string, string] => (
    typeof entry[1] === 'string' && !reported.includes(entry[0])
  )));
  for (const { name, value, remedy, obsolete } of findAnnotationProblems(texts)) {
    const problem = `annotation ${name} is ${show(value)}`;
    yield { field: [...field, name], problem, remedy, level: obsolete ? 'info' : 'warning' };
  }
}
