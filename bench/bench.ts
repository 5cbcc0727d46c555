/**
 * What the library costs compared with plain cdk8s. Times differ from machine to machine, so each figure is a ratio of two runs that
 * alternate.
 */
import { spawnSync } from 'child_process';
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { App } from 'cdk8s';
import { distinctRequests, perSecond, resolverFor } from './answers';
import { buildCanaries, buildPlainCanaries } from './canaries';
import { LAYOUTS } from './layouts';
import { check, checkLayout, manyRoutes } from './manifests';
import { compare, cpuTimed, median, row, timed } from './measure';
import { buildModels, buildPlain, buildSplits, manifestsOf, phases, withForeignRoute } from './splits';

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

/** Rules check an app as soon as it has an object that no construct writes. */
function foreignObject(): void {
  const report = (what: string, build: () => App, limit: number) => console.log(row(
    `${what} and a VirtualService as ApiObject : without it`,
    compare(9, () => timed(() => withForeignRoute(build()).synthYaml()), () => timed(() => build().synthYaml())),
    limit,
  ));
  report(`${SMALL} splits`, () => buildSplits(SMALL), 1.6);
  report(`${2 * SMALL} models`, () => buildModels(2 * SMALL), 1.25);
}

/** CPU time of reading and checking manifests, for each VirtualService. */
function checking(): void {
  for (const [what, hosts] of [['on 50 hosts', 50], ['on one host', 1]] as const) {
    const [large, small] = [LARGE, SMALL].map((count) => {
      const text = manyRoutes(count, hosts);
      return () => cpuTimed(() => check(text)) / count;
    });
    console.log(row(`check: one route of ${LARGE} : one of ${SMALL}, ${what}`, compare(3, large, small), 1.2));
  }
}

/** CPU time of checking other layouts, for each object of which there are many. Where work is limited, the large one takes less. */
function layouts(): void {
  const [small, large] = [SMALL, 4 * SMALL];
  for (const [name, layout] of Object.entries(LAYOUTS)) {
    const perObject = (count: number) => () => cpuTimed(() => checkLayout(layout, count)) / count;
    console.log(row(`check: ${name}, one of ${large} : one of ${small}`, compare(1, perObject(large), perObject(small)), 1.5));
  }
}

/** Different requests answered in a second of CPU time, and the CPU time until all rules are compiled, for each VirtualService. */
function answering(): void {
  for (const [what, hosts] of [['on 50 hosts', 50], ['on one host', 1]] as const) {
    const requests = distinctRequests(LARGE, hosts);
    const resolver = resolverFor(LARGE, hosts);
    const [plain, traced] = [false, true].map((trace) => Math.round(perSecond(resolver, requests, trace)).toLocaleString('en'));
    console.log(`${LARGE} VirtualServices ${what}: ${plain} requests per second (goal 100,000), ${traced} with trace (goal 20,000)`);
    const [large, small] = [LARGE, SMALL].map((count) => {
      const each = distinctRequests(count, hosts);
      return () => cpuTimed(() => {
        const fresh = resolverFor(count, hosts);
        each.forEach((request) => fresh.resolve(request));
      }) / count;
    });
    console.log(row(`load and first answers: one route of ${LARGE} : one of ${SMALL}, ${what}`, compare(3, large, small), 1.3));
  }
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
foreignObject();
checking();
layouts();
answering();
loading();
coldSynth();
