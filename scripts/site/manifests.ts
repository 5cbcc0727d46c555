import { readdirSync, readFileSync, statSync } from 'fs';
import { join } from 'path';

/** The manifests of one cluster. */
export interface Manifests {
  /** The folder below that of the example; empty if it has one cluster. */
  readonly title: string;
  /** Their YAML. */
  readonly yaml: string;
}

/** The manifests of a folder. Environments, which have a folder each, are separate; steps of a rollout, which replace a file, are left out. */
export function manifestsIn(folder: string): readonly Manifests[] {
  const entries = readdirSync(folder).sort();
  const files = entries.filter((name) => name.endsWith('.yaml'));
  if (files.length > 0) return [{ title: '', yaml: files.map((name) => readFileSync(join(folder, name), 'utf8')).join('---\n') }];
  return entries.filter((name) => statSync(join(folder, name)).isDirectory())
    .flatMap((name) => manifestsIn(join(folder, name)).map(({ title, yaml }) => ({ title: title === '' ? name : `${name}/${title}`, yaml })));
}
