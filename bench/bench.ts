/**
 * What the library costs compared with plain cdk8s. Times differ from machine to machine, so each figure is a ratio of two runs that
 * alternate.
 */
import { spawnSync } from 'child_process';
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { buildCanaries, buildPlainCanaries } from './canaries';
import { compare, median, row, timed } from './measure';
import { buildPlain, buildSplits, manifestsOf, phases } from './splits';

const root = resolve(__dirname, '..');
const SMALL = 1000;
const LARGE = 10000;

function construction(): void {
  const manifests = manifestsOf(buildSplits(SMALL));
  if (buildPlain(manifests).synthYaml() !== buildSplits(SMALL).synthYaml()) throw new Error('the two apps differ in what they write');
  const result = compare(7, () => timed(() => buildSplits(SMALL).synthYaml()), () => timed(() => buildPlain(manifests).synthYaml()));
  console.log(row(`${SMALL} splits (${manifests.length} objects) : plain ApiObjects`, result, 1.3));
  console.log(`  of that: ${Object.entries(phases(SMALL, 5)).map(([phase, ms]) => `${phase} ${ms.toFixed(0)} ms`).join(', ')}`);
}

function canaries(): void {
  const manifests = manifestsOf(buildCanaries(SMALL));
  if (buildPlainCanaries(manifests).synthYaml() !== buildCanaries(SMALL).synthYaml()) throw new Error('the two apps differ in what they write');
  // More rounds than for splits: there is twice as much code to warm up.
  const result = compare(15, () => timed(() => buildCanaries(SMALL).synthYaml()), () => timed(() => buildPlainCanaries(manifests).synthYaml()));
  console.log(row(`${SMALL} Core 1 canaries (${manifests.length} objects) : plain ApiObjects`, result, 1.4));
}

function growth(): void {
  const perSplit = (count: number) => () => timed(() => buildSplits(count).synthYaml()) / count;
  const { ours, other, ratio } = compare(3, perSplit(LARGE), perSplit(SMALL));
  console.log(row(`one split of ${LARGE} : one split of ${SMALL}`, { ours, other, ratio }, 1.2));
}

/** Modules are loaded on first use: the cost for an app with a few kinds, and for one that uses everything. */
function loading(): void {
  const script = `
    const t0 = performance.now(); require('cdk8s');
    const t1 = performance.now(); const library = require(${JSON.stringify(join(root, 'lib/src'))});
    for (const name of ['Gateway', 'Model', 'TrafficSplit']) library[name];
    const t2 = performance.now();
    for (const name of Object.keys(library)) library[name];
    console.log(t1 - t0, t2 - t1, performance.now() - t1);`;
  const samples = Array.from({ length: 11 }, () => {
    const { stdout } = spawnSync(process.execPath, ['-e', script], { cwd: root, encoding: 'utf8' });
    return stdout.trim().split(' ').map(Number);
  });
  const [cdk8s, split, all] = [0, 1, 2].map((i) => median(samples.map((sample) => sample[i])));
  const line = (what: string, ms: number, limit: number) => console.log(
    row(`loading cdk8s and ${what} : cdk8s alone`, { ours: cdk8s + ms, other: cdk8s, ratio: (cdk8s + ms) / cdk8s }, 0)
      .replace('(limit 0)', `(the library adds ${ms.toFixed(1)} ms, limit ${limit})`));
  line('what a split needs', split, 30);
  line('all of the library', all, 60);
}

function coldSynth(): void {
  const output = mkdtempSync(join(tmpdir(), 'bench-'));
  const run = (folder: string) => () => timed(() => {
    const { status, stderr } = spawnSync('npx', ['cdk8s', 'synth', '--output', join(output, 'dist')], { cwd: join(root, folder), encoding: 'utf8' });
    if (status !== 0) throw new Error(`cdk8s synth in ${folder} failed: ${stderr}`);
  });
  try {
    console.log(row('npx cdk8s synth: traffic split : one ConfigMap', compare(5, run('examples/core2-traffic-split'), run('bench/configmap')), 1.6));
  } finally {
    rmSync(output, { recursive: true, force: true });
  }
}

console.log(`${''.padEnd(58)} ${'ours'.padStart(12)} ${'other'.padStart(12)}`);
construction();
canaries();
growth();
loading();
coldSynth();
