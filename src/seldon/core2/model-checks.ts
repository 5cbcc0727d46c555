import { IConstruct } from 'constructs';
import { ModelParameter, ModelProps } from './model-props';
import { checkCore2Name } from './names';
import { Warnings } from '../../mesh/warnings';
import { unlikelyRemote } from '../../objects/core2/storage-remotes';
import { checkInt32, checkInteger, checkObjectName } from '../../plan/checks/checks';
import { invalid, show } from '../../plan/checks/errors';
import { checkNoPrivateKey } from '../../plan/checks/private-key';

/**
 * Checks the props of a Model. Seldon has no webhook, so it reports invalid values only in a status condition after the apply.
 *
 * @internal
 */
export function checkModel(at: IConstruct, props: ModelProps): void {
  if (typeof props.storageUri !== 'string') {
    throw invalid(at, `storageUri ${show(props.storageUri)}`, 'set the location of the model\'s files, such as "gs://models/iris"');
  }
  checkStorageUri(at, props.storageUri);
  checkCapability(at, 'modelType', props.modelType);
  checkNotEmpty(at, 'schemaUri', props.schemaUri);
  for (const requirement of props.requirements ?? []) checkCapability(at, 'requirement', requirement);
  if (props.secretName !== undefined) checkObjectName(at, 'secretName', props.secretName);
  if (props.server !== undefined) checkObjectName(at, 'server', props.server);
  // Seldon reads an unsigned integer, and Kubernetes validates it as a signed one.
  checkInt32(at, 'artifactVersion', props.artifactVersion);
  if (props.logger?.percent !== undefined) checkInteger(at, 'percent of logger', props.logger.percent, 0, 100);
  checkReplicas(at, props);
  checkParameters(at, props.parameters ?? []);
  checkReferences(at, props);
}

/**
 * Warns of each field that Seldon's operator accepts and ignores.
 *
 * @internal
 */
export function warnOfIgnored(at: IConstruct, { preloaded, dedicated, schemaUri, logger }: ModelProps): void {
  const warn = (field: string): void => Warnings._add(at, field, 'Seldon\'s operator ignores it. Leave it out');
  if (preloaded !== undefined) warn('preloaded');
  if (dedicated !== undefined) warn('dedicated');
  if (schemaUri !== undefined) warn('schemaUri');
  if (logger?.percent !== undefined) Warnings._add(at, 'percent of logger', 'Seldon\'s operator ignores it and logs everything. Leave it out');
}

/** The path of an object may contain a blank, but no other part of the URI. */
function checkStorageUri(at: IConstruct, uri: string): void {
  if (uri.trim() === '') throw invalid(at, 'an empty storageUri', 'set the location of the model\'s files');
  if (/^\s|\s$|[\r\n\t]|^[^:/]*\s[^:/]*:|:\/\/[^/]*\s/.test(uri)) {
    throw invalid(at, `storageUri ${JSON.stringify(uri)} with a blank`, 'rclone would read it as part of the name. Remove the blank');
  }
}

/**
 * Warns of a scheme of a storageUri that rclone reads as the name of a remote, which Seldon's chart does not configure.
 *
 * @internal
 */
export function warnOfRemote(at: IConstruct, { storageUri, secretName }: ModelProps): void {
  const found = unlikelyRemote(storageUri);
  // The Secret defines the remote.
  if (secretName !== undefined || found === undefined) return;
  Warnings._add(at, `storageUri ${show(storageUri)} without a secretName`,
    `Seldon's chart does not configure an rclone remote named ${show(found.remote)}. ${found.remedy}, or set secretName to a Secret that defines the remote`);
}

/** Servers report their capabilities separated by commas, so no capability contains one. */
function checkCapability(at: IConstruct, what: string, value: string | undefined): void {
  checkNotEmpty(at, what, value);
  if (value !== undefined && /[,\s]/.test(value.trim())) {
    throw invalid(at, `${what} ${show(value)}`, 'expected one capability, without commas and spaces. List several in requirements');
  }
}

function checkNotEmpty(at: IConstruct, what: string, value: string | undefined): void {
  if (value?.trim() === '') throw invalid(at, `an empty ${what}`, 'set a value, or leave it out');
}

/**
 * Checks the replicas of a Model or a Server. Seldon reads a maximum of 0 as no limit.
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
    throw invalid(at, `replicas ${replicas} and minReplicas ${minReplicas}`, 'replicas must not be less than minReplicas');
  }
  if (maxReplicas > 0 && replicas > maxReplicas) {
    throw invalid(at, `replicas ${replicas} and maxReplicas ${maxReplicas}`, 'replicas must not exceed maxReplicas');
  }
}

/**
 * Warns of 0 replicas that Seldon reads as 1.
 *
 * @internal
 */
export function warnOfZero(at: IConstruct, { replicas, minReplicas }: Pick<ModelProps, 'replicas' | 'minReplicas'>): void {
  if (replicas !== 0 || minReplicas !== undefined) return;
  Warnings._add(at, 'replicas 0 without minReplicas', 'some releases of Seldon read it as 1. Set minReplicas: 0 as well');
}

function checkParameters(at: IConstruct, parameters: readonly ModelParameter[]): void {
  const names = new Set<string>();
  for (const { name, value } of parameters) {
    if (name === '') throw invalid(at, 'a parameter without a name', 'set the name that the model reads');
    if (names.has(name)) throw invalid(at, `parameter ${show(name)} is set twice`, 'only one of the values would reach the model. Remove one of them');
    names.add(name);
    checkNoPrivateKey(at, `parameter ${show(name)}`, value);
  }
}

function checkReferences(at: IConstruct, { explainer, llm }: ModelProps): void {
  if (explainer !== undefined && llm !== undefined) {
    throw invalid(at, 'both explainer and llm', 'a Model can be only one of them. Remove the other');
  }
  if (explainer?.type.trim() === '') throw invalid(at, 'an empty type of explainer', 'set a type, such as "anchor_tabular"');
  for (const [field, refs] of [['explainer', explainer], ['llm', llm]] as const) {
    if (refs === undefined) continue;
    const { modelRef, pipelineRef } = refs;
    if (modelRef !== undefined) checkCore2Name(at, `modelRef of ${field}`, modelRef);
    if (pipelineRef !== undefined) checkCore2Name(at, `pipelineRef of ${field}`, pipelineRef);
    if (modelRef !== undefined && pipelineRef !== undefined) {
      throw invalid(at, `modelRef ${show(modelRef)} and pipelineRef ${show(pipelineRef)} of ${field}`, 'set only one of them');
    }
    if (field === 'llm' && modelRef === undefined && pipelineRef === undefined) {
      throw invalid(at, 'llm without a modelRef or pipelineRef', 'set one of them');
    }
  }
}
