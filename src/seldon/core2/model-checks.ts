import { IConstruct } from 'constructs';
import { ModelParameter, ModelProps } from './model-props';
import { checkCore2Name } from './names';
import { Warnings } from '../../mesh/warnings';
import { checkInt32, checkInteger, checkObjectName } from '../../plan/checks/checks';
import { invalid, show } from '../../plan/checks/errors';
import { checkNoPrivateKey } from '../../plan/checks/private-key';

/** Schemes of other tools, and what Seldon understands. */
const UNLIKELY_REMOTES: { readonly [scheme: string]: string } = {
  gcs: 'write gs:// for Google Cloud Storage',
  http: 'copy the files to a storage that Seldon\'s rclone knows',
  https: 'copy the files to a storage that Seldon\'s rclone knows',
  file: 'write the path alone for files of the server\'s pods',
  pvc: 'write the path alone for files of the server\'s pods',
};

/**
 * Checks what a Model takes. Seldon has no webhook: what it does not like ends in a status condition after the apply.
 *
 * @internal
 */
export function checkModel(at: IConstruct, props: ModelProps): void {
  if (typeof props.storageUri !== 'string') {
    throw invalid(at, `storageUri ${show(props.storageUri)}`, 'say where the files of the model are, such as "gs://models/iris"');
  }
  checkStorageUri(at, props.storageUri);
  checkCapability(at, 'modelType', props.modelType);
  checkNotEmpty(at, 'schemaUri', props.schemaUri);
  for (const requirement of props.requirements ?? []) checkCapability(at, 'requirement', requirement);
  if (props.secretName !== undefined) checkObjectName(at, 'secretName', props.secretName);
  if (props.server !== undefined) checkObjectName(at, 'server', props.server);
  // Seldon reads an unsigned number, and Kubernetes checks it as a signed one.
  checkInt32(at, 'artifactVersion', props.artifactVersion);
  if (props.logger?.percent !== undefined) checkInteger(at, 'percent of logger', props.logger.percent, 0, 100);
  checkReplicas(at, props);
  checkParameters(at, props.parameters ?? []);
  checkReferences(at, props);
}

/**
 * Leaves a warning for each field that Seldon's operator takes and does nothing with.
 *
 * @internal
 */
export function warnOfIgnored(at: IConstruct, { preloaded, dedicated, schemaUri, logger }: ModelProps): void {
  for (const [field, value] of Object.entries({ preloaded, dedicated, schemaUri })) {
    if (value !== undefined) Warnings._add(at, field, 'Seldon\'s operator ignores it: leave it out');
  }
  if (logger?.percent !== undefined) Warnings._add(at, 'percent of logger', 'Seldon\'s operator ignores it and logs everything: leave it out');
}

/** A blank may stand in the path of an object, and nowhere else. */
function checkStorageUri(at: IConstruct, uri: string): void {
  if (uri.trim() === '') throw invalid(at, 'an empty storageUri', 'say where the files of the model are');
  if (/^\s|\s$|[\r\n\t]|^[^:/]*\s[^:/]*:|:\/\/[^/]*\s/.test(uri)) {
    throw invalid(at, `storageUri ${JSON.stringify(uri)} with a blank`, 'rclone would look for another name: remove the blank');
  }
}

/**
 * Leaves a warning for the start of a storageUri that rclone reads as a remote of that name, which Seldon's chart does not set up.
 *
 * @internal
 */
export function warnOfRemote(at: IConstruct, { storageUri, secretName }: ModelProps): void {
  const [, remote] = /^([^:/]+):\/\//.exec(storageUri) ?? [];
  // A Secret brings the remote.
  if (secretName !== undefined || remote === undefined || !Object.hasOwn(UNLIKELY_REMOTES, remote)) return;
  Warnings._add(at, `storageUri ${show(storageUri)} without a secretName`,
    `rclone looks for a remote named ${show(remote)}, which Seldon's chart does not set up: ${UNLIKELY_REMOTES[remote]}, or set secretName to the Secret with such a remote`);
}

/** What a Server can do is told as one text with commas: no Server has a capability with one. */
function checkCapability(at: IConstruct, what: string, value: string | undefined): void {
  checkNotEmpty(at, what, value);
  if (value !== undefined && /[,\s]/.test(value.trim())) {
    throw invalid(at, `${what} ${show(value)}`, 'expected one capability, without commas and spaces: name several in requirements');
  }
}

function checkNotEmpty(at: IConstruct, what: string, value: string | undefined): void {
  if (value?.trim() === '') throw invalid(at, `an empty ${what}`, 'say what it is, or leave it out');
}

/**
 * Checks how many replicas there are, of a Model or a Server. A most of 0 is none for Seldon.
 *
 * @internal
 */
export function checkReplicas(
  at: IConstruct,
  { replicas, minReplicas = 0, maxReplicas = 0 }: Pick<ModelProps, 'replicas' | 'minReplicas' | 'maxReplicas'>,
): void {
  checkInt32(at, 'replicas', replicas);
  checkInt32(at, 'minReplicas', minReplicas);
  checkInt32(at, 'maxReplicas', maxReplicas);
  if (maxReplicas > 0 && minReplicas > maxReplicas) {
    throw invalid(at, `minReplicas ${minReplicas} and maxReplicas ${maxReplicas}`, 'minReplicas must not exceed maxReplicas');
  }
  if (replicas === undefined) return;
  if (replicas < minReplicas) {
    throw invalid(at, `replicas ${replicas} and minReplicas ${minReplicas}`, 'give at least as many replicas as the fewest');
  }
  if (maxReplicas > 0 && replicas > maxReplicas) {
    throw invalid(at, `replicas ${replicas} and maxReplicas ${maxReplicas}`, 'give at most as many replicas as the most');
  }
}

/**
 * Leaves a warning where nothing is meant to run, and something does.
 *
 * @internal
 */
export function warnOfZero(at: IConstruct, { replicas, minReplicas }: Pick<ModelProps, 'replicas' | 'minReplicas'>): void {
  if (replicas !== 0 || minReplicas !== undefined) return;
  Warnings._add(at, 'replicas 0 without minReplicas', 'releases of Seldon take it for 1: say minReplicas 0 as well');
}

function checkParameters(at: IConstruct, parameters: readonly ModelParameter[]): void {
  const names = new Set<string>();
  for (const { name, value } of parameters) {
    if (name === '') throw invalid(at, 'a parameter without a name', 'give it the name that the model reads');
    if (names.has(name)) throw invalid(at, `parameter ${show(name)} is given twice`, 'only one of its values would reach the model');
    names.add(name);
    checkNoPrivateKey(at, `parameter ${show(name)}`, value);
  }
}

function checkReferences(at: IConstruct, { explainer, llm }: ModelProps): void {
  if (explainer !== undefined && llm !== undefined) {
    throw invalid(at, 'both explainer and llm', 'Seldon takes one of them');
  }
  if (explainer?.type.trim() === '') throw invalid(at, 'an empty type of explainer', 'say which, such as "anchor_tabular"');
  for (const [field, refs] of [['explainer', explainer], ['llm', llm]] as const) {
    if (refs === undefined) continue;
    const { modelRef, pipelineRef } = refs;
    if (modelRef !== undefined) checkCore2Name(at, `modelRef of ${field}`, modelRef);
    if (pipelineRef !== undefined) checkCore2Name(at, `pipelineRef of ${field}`, pipelineRef);
    if (modelRef !== undefined && pipelineRef !== undefined) {
      throw invalid(at, `modelRef ${show(modelRef)} and pipelineRef ${show(pipelineRef)} of ${field}`, 'give one of them');
    }
    if (field === 'llm' && modelRef === undefined && pipelineRef === undefined) {
      throw invalid(at, 'llm without a modelRef or pipelineRef', 'name what it asks');
    }
  }
}
