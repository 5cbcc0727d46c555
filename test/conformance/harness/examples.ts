import * as fs from 'fs';
import * as path from 'path';
import { stringify } from 'yaml';
import { Manifest, parse } from './manifests';
import { ROOT } from './tools';

/** The manifests of one example, as they are committed. */
export interface Example {
  /** The folder's name below `dist/`. */
  readonly name: string;
  readonly yaml: string;
  /** The construct that made an object, by the object's name; filled when the example was synthesized with metadata. */
  readonly constructs: ReadonlyMap<string, string>;
}

function constructsIn(folder: string): Map<string, string> {
  const file = path.join(folder, 'construct-metadata.json');
  if (!fs.existsSync(file)) {
    return new Map();
  }
  const { resources } = JSON.parse(fs.readFileSync(file, 'utf8')) as { resources: Record<string, { path: string }> };
  return new Map(Object.entries(resources).map(([name, resource]) => [name, resource.path]));
}

function find(folder: string, name: string): Example[] {
  const entries = fs.readdirSync(folder, { withFileTypes: true }).sort((a, b) => a.name < b.name ? -1 : 1);
  const files = entries.filter((entry) => entry.isFile() && /\.k8s\.yaml$/.test(entry.name));
  const below = entries.filter((entry) => entry.isDirectory())
    .flatMap((entry) => find(path.join(folder, entry.name), name === '' ? entry.name : `${name}/${entry.name}`));
  if (files.length === 0) {
    return below;
  }
  const yaml = files.map((file) => fs.readFileSync(path.join(folder, file.name), 'utf8')).join('\n---\n');
  const constructs = constructsIn(folder);
  const complete = (each: Example) => (each.name.startsWith(`${name}/steps/`) ? { ...each, yaml: withObjects(yaml, each.yaml), constructs } : each);
  return [{ name, yaml, constructs }, ...below.map(complete)];
}

/** The state of a cluster at a step of a rollout: the objects of the step replace those of the app. */
function withObjects(yaml: string, step: string): string {
  const keyOf = ({ kind, metadata: { namespace, name } }: Manifest) => `${kind} ${namespace}/${name}`;
  const replaced = new Set(parse(step).map(keyOf));
  return [...parse(yaml).filter((object) => !replaced.has(keyOf(object))).map((object) => stringify(object)), step].join('\n---\n');
}

/** Every example below `dist/`. */
export function examples(): Example[] {
  const found = find(path.join(ROOT, 'dist'), '');
  if (found.length === 0) {
    throw new Error('dist/ holds no manifests: run `npm run synth` first');
  }
  return found;
}

/** A file of manifests that belongs to the tests. */
export const fixture = (name: string) => fs.readFileSync(path.join(ROOT, 'test', name), 'utf8');
