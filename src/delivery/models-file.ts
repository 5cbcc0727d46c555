import { readFileSync } from 'fs';
import { Size } from 'cdk8s';
import { MODELS_FILE_SCHEMA } from './models-file-schema';
import { FieldPath, JsonObject, listOf, objectOf, stringsOf } from '../cluster/json';
import { PlainDocument, readPlainDocument } from '../documents/plain-document';
import { SchemaProblem, schemaProblems } from '../documents/schema-problems';

/** A version of a model in a models file. */
export interface ListedVersion {
  /** Its name, such as `v2`. */
  readonly version: string;

  /** Where its artifact is, such as `gs://models/iris/v2`. */
  readonly uri: string;

  /** Percentage of the requests that it gets instead of the version before it, 0 to 100. */
  readonly weight: number;
}

/** A model in a models file. */
export interface ListedModel {
  /** Its name, which clients use. */
  readonly name: string;

  /** What a server must be capable of. */
  readonly requirements: string[];

  /**
   * Memory that it needs.
   *
   * @default - not specified
   */
  readonly memory?: Size;

  /**
   * Number of replicas of each version.
   *
   * @default - not specified
   */
  readonly replicas?: number;

  /** The version that answers without a new one. */
  readonly stable: ListedVersion;

  /**
   * The new version.
   *
   * @default - none
   */
  readonly next?: ListedVersion;
}

const MOST_VERSIONS = 2;

/**
 * A list of models that data scientists edit, without any knowledge of Kubernetes: names, versions, artifacts and the weight of the new
 * version. An app reads it and creates the models and their routes.
 *
 * ```yaml
 * # yaml-language-server: $schema=node_modules/cdk8s-seldon-istio/docs/models.schema.json
 * models:
 *   - name: iris
 *     requirements: [sklearn]
 *     versions:
 *       - { version: v2, uri: gs://models/iris/v2 }
 *       - { version: v3, uri: gs://models/iris/v3, weight: 10 }
 * ```
 *
 * Each step of shipping a version changes one line: add it with weight 0, raise its weight, and remove the version before it.
 *
 * @example
 * for (const { name, requirements, stable, next } of ModelsFile.read('models.yaml')) {
 *   const current = new Model(chart, `${name}-${stable.version}`, { storageUri: stable.uri, requirements });
 *   if (next === undefined) {
 *     new ModelRoute(chart, name, { gateways: [gateway], backend: current });
 *   } else {
 *     const candidate = new Model(chart, `${name}-${next.version}`, { storageUri: next.uri, requirements });
 *     new Canary(chart, name, { gateways: [gateway], stable: current, canary: candidate, weight: next.weight });
 *   }
 * }
 */
export class ModelsFile {
  /**
   * Reads a models file.
   *
   * @param path Path of the file.
   * @throws an error with file, line and column for each mistake: a field that does not exist, a value that is missing or not allowed, two models
   * or two versions of one name, or more than two versions of a model.
   */
  public static read(path: string): ListedModel[] {
    return ModelsFile.parse(readFileSync(path, 'utf8'), path);
  }

  /**
   * Reads the text of a models file.
   *
   * @param text The text.
   * @param name Name of the file, for errors.
   * @throws an error as `read` does.
   */
  public static parse(text: string, name: string): ListedModel[] {
    const document = readPlainDocument(text);
    if ('message' in document) throw new Error(`${name}:${document.line}:${document.column}: ${document.message}`);
    const invalid = schemaProblems(document.content, MODELS_FILE_SCHEMA);
    const problems = invalid.length > 0 ? invalid : modelProblems(objectOf(document.content));
    if (problems.length > 0) throw new Error(problems.map((problem) => `${name}:${placeOf(document, problem)}: ${problem.message}`).join('\n'));
    return listOf(objectOf(document.content).models).map((model) => readModel(objectOf(model)));
  }

  private constructor() {}
}

function placeOf(document: PlainDocument, { field }: SchemaProblem): string {
  const { line, column } = document.position(field);
  return `${line}:${column}`;
}

function modelProblems({ models }: JsonObject): SchemaProblem[] {
  const entries = listOf(models).map(objectOf);
  return [
    ...duplicates(entries, 'name', ['models']).map(({ field, value }) => ({ field, message: `model "${value}" is listed twice. Use one entry for each model, with its versions` })),
    ...entries.flatMap(({ name, versions }, i) => versionProblems(String(name), listOf(versions).map(objectOf), ['models', i, 'versions'])),
  ];
}

function versionProblems(model: string, versions: readonly JsonObject[], field: FieldPath): SchemaProblem[] {
  if (versions.length === 0) return [{ field, message: `model "${model}" has no version. Add one` }];
  if (versions.length > MOST_VERSIONS) {
    return [{ field: [...field, MOST_VERSIONS], message: `model "${model}" has ${versions.length} versions. Remove the first before you add the next` }];
  }
  return duplicates(versions, 'version', field)
    .map((found) => ({ field: found.field, message: `version "${found.value}" of model "${model}" is listed twice. Give the new version another name` }));
}

function duplicates(entries: readonly JsonObject[], key: string, field: FieldPath): { readonly field: FieldPath; readonly value: string }[] {
  const values = entries.map((entry) => String(entry[key]));
  return values.flatMap((value, i) => (values.indexOf(value) < i ? [{ field: [...field, i, key], value }] : []));
}

function readModel({ name, requirements, memory, replicas, versions }: JsonObject): ListedModel {
  const [stable, next] = listOf(versions).map((version) => readVersion(objectOf(version)));
  return {
    name: String(name),
    requirements: [...stringsOf(requirements)],
    stable,
    ...memory === undefined ? {} : { memory: readMemory(String(memory)) },
    ...replicas === undefined ? {} : { replicas: Number(replicas) },
    ...next === undefined ? {} : { next },
  };
}

function readMemory(memory: string): Size {
  const amount = Number.parseInt(memory, 10);
  return memory.endsWith('Gi') ? Size.gibibytes(amount) : Size.mebibytes(amount);
}

function readVersion({ version, uri, weight }: JsonObject): ListedVersion {
  return { version: String(version), uri: String(uri), weight: Number(weight ?? 0) };
}
