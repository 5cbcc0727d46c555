import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { buildSync } from 'esbuild';
import { parseAllDocuments } from 'yaml';
import type { Variant } from './app';
import { Cost, measure } from './processes';
import { median } from '../measure';

const root = join(__dirname, '../..');
const HELM = join(process.env.CONFORMANCE_TOOLS_DIR ?? join(root, '.conformance'), 'bin/helm');

/** What writes the manifests. */
export type Subject = Variant | 'helm template';

/** The cost of each subject. */
export type Costs = { readonly [subject in Subject]?: Cost };

const VARIANTS: readonly Variant[] = ['library', 'library with FastApp', 'plain cdk8s', 'plain cdk8s with FastApp'];

/** Compiles the programs, so that the time of a compiler is not measured. They find their packages from where they are. */
export function compilePrograms(): string {
  const folder = join(root, 'packages/bench');
  const entryPoints = ['app', 'plain-splits', 'print'].map((name) => join(__dirname, `${name}.ts`));
  buildSync({ entryPoints, outdir: folder, platform: 'node', target: 'node20', format: 'cjs', logLevel: 'warning' });
  return folder;
}

function commandOf(subject: Subject, programs: string, splits: number, output: string): readonly string[] {
  return subject === 'helm template'
    ? [HELM, 'template', 'splits', join(__dirname, 'chart'), '--set', `count=${splits}`, '--output-dir', output]
    : [process.execPath, join(programs, 'app.js'), subject, String(splits), output];
}

/** Which subjects there are: Helm only after `npm run bench:helm`. */
export function subjects(): readonly Subject[] {
  return existsSync(HELM) ? [...VARIANTS, 'helm template'] : VARIANTS;
}

/**
 * Runs all subjects in turn, so that a machine that slows down slows all of them.
 *
 * @returns the medians of all rounds, after a first one that does not count.
 */
export async function compareSynthesis(programs: string, splits: number, rounds: number, output: string): Promise<Costs> {
  const samples = new Map<Subject, Cost[]>(subjects().map((subject) => [subject, []]));
  for (let round = rounds > 1 ? -1 : 0; round < rounds; round++) {
    for (const [subject, costs] of samples) {
      const cost = await measure(commandOf(subject, programs, splits, join(output, subject)));
      if (round >= 0 && cost !== undefined) costs.push(cost);
    }
  }
  return Object.fromEntries([...samples].filter(([, costs]) => costs.length === rounds).map(([subject, costs]) => [subject, medians(costs)]));
}

function medians(costs: readonly Cost[]): Cost {
  const memory = costs.flatMap((cost) => cost.memory ?? []);
  return {
    cpu: median(costs.map(({ cpu }) => cpu)),
    wall: median(costs.map(({ wall }) => wall)),
    memory: memory.length === 0 ? undefined : median(memory),
  };
}

/** Fails unless all subjects write the same objects. */
export async function checkEqual(programs: string, output: string): Promise<void> {
  const written: string[] = [];
  for (const subject of subjects()) {
    const folder = join(output, subject);
    if (await measure(commandOf(subject, programs, 3, folder)) === undefined) throw new Error(`${subject} fails`);
    written.push(objectsIn(folder));
  }
  if (new Set(written).size !== 1) throw new Error('the programs write different objects');
}

function objectsIn(folder: string): string {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'));
  return files.flatMap((file) => parseAllDocuments(readFileSync(join(folder, file), 'utf8'))).map((document) => sorted(document.toJSON()))
    .filter((text) => text !== 'null').sort().join('\n');
}

function sorted(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) => (typeof each === 'object' && each !== null && !Array.isArray(each)
    ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1))) : each));
}
