import { existsSync, readFileSync, statSync } from 'fs';
import { dirname, join, relative, resolve } from 'path';
import { configurationSchema } from './configuration-schema';
import { CannotRun } from './terminal';
import { ClusterSettings } from '../cluster/cluster';
import { ClusterObject } from '../cluster/cluster-object';
import { JsonObject, objectOf, stringOf, stringsOf } from '../cluster/json';
import { readPlainDocument } from '../documents/plain-document';
import { schemaProblems } from '../documents/schema-problems';
import { configurationObject } from '../rules/configuration-object';
import { Level } from '../rules/level';

/**
 * The name of the configuration file in the working folder.
 *
 * @internal
 */
export const CONFIGURATION_FILE = 'seldon-istio.yaml';

/**
 * The lowest level of findings with which the command fails.
 *
 * @internal
 */
export type FailOn = `${Level}` | 'never';

/**
 * What a configuration file tells.
 *
 * @internal
 */
export interface Configuration {
  /** What is true of the cluster. */
  readonly settings: ClusterSettings;
  /** Files and folders of other teams, relative to the working folder. */
  readonly context: readonly string[];
  /** The lowest level of findings with which the command fails. */
  readonly failOn?: FailOn;
  /** The configuration as an object that findings can be about, if there is a file. */
  readonly object?: ClusterObject;
}

/**
 * Reads the configuration.
 *
 * @param cwd The working folder.
 * @param file Name of the file; that of the working folder, if there is one, if undefined.
 * @param rules Finds the names of all rules.
 * @throws CannotRun if it cannot be read, or has a mistake.
 * @internal
 */
export function readConfiguration(cwd: string, file: string | undefined, rules: () => readonly string[]): Configuration {
  const name = file ?? CONFIGURATION_FILE;
  if (file === undefined && !existsSync(join(cwd, name))) return { settings: {}, context: [] };
  return parseConfiguration(textOf(cwd, name), name, cwd, rules);
}

function textOf(cwd: string, name: string): string {
  const path = resolve(cwd, name);
  if (!existsSync(path)) throw new CannotRun([`${name} does not exist. Give the configuration file with --config`]);
  if (statSync(path).isDirectory()) throw new CannotRun([`${name} is a folder. Give the configuration file with --config`]);
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new CannotRun([`${name} could not be read: ${(error as Error).message}`]);
  }
}

function parseConfiguration(text: string, name: string, cwd: string, rules: () => readonly string[]): Configuration {
  const document = readPlainDocument(text);
  if ('message' in document) throw new CannotRun([`${name}:${document.line}:${document.column}: ${document.message}`]);
  const problems = schemaProblems(document.content, configurationSchema(rules()));
  if (problems.length > 0) {
    throw new CannotRun(problems.map(({ field, message }) => {
      const { line, column } = document.position(field);
      return `${name}:${line}:${column}: ${message}`;
    }));
  }
  const content = objectOf(document.content);
  return {
    settings: settingsOf(content),
    context: stringsOf(content.context).map((path) => relative(cwd, resolve(cwd, dirname(name), path)) || '.'),
    failOn: stringOf(content.failOn) as FailOn | undefined,
    object: configurationObject(content, name, document.position),
  };
}

function settingsOf({ istioVersion, seldonVersion, clusterDomain, rootNamespace, core1Routes, healthChecks }: JsonObject): ClusterSettings {
  return {
    istioVersion: stringOf(istioVersion),
    seldonVersion: stringOf(seldonVersion),
    clusterDomain: stringOf(clusterDomain),
    rootNamespace: stringOf(rootNamespace),
    core1Routes: stringOf(core1Routes) as ClusterSettings['core1Routes'],
    healthChecks: stringOf(healthChecks) as ClusterSettings['healthChecks'],
  };
}
