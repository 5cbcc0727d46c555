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
import { diffMemory, diffTime, hardDiffTime } from './changes';
import { comparePrinter } from './cold/printer';
import { checkEqual, compareSynthesis, compilePrograms, Costs, Subject } from './cold/synthesis';
import { LAYOUTS } from './layouts';
import { check, checkLayout, manyRoutes } from './manifests';
import { compare, cpuTimed, median, timed } from './measure';
import { Report } from './report';
import { buildModels, buildPlain, buildSplits, manifestsOf, phases, withForeignRoute } from './splits';

const root = resolve(__dirname, '..');
const SMALL = 1000;
const LARGE = 10000;

/** Numbers of splits, and rounds of processes. A split is three objects. */
const COLD_ROUNDS = [[SMALL, 9], [LARGE, 3], [100 * SMALL, 1]] as const;

const report = new Report();

/** Whole processes, as users start them. What is quicker than plain cdk8s has a ratio below 1. */
async function cold(): Promise<void> {
  const programs = compilePrograms();
  const output = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    await checkEqual(programs, output);
    for (const [splits, rounds] of COLD_ROUNDS) {
      const costs = await compareSynthesis(programs, splits, rounds, output);
      report.addCosts(3 * splits, rounds, costs);
      if (splits === SMALL) compareProcesses(costs);
    }
    const { first, warm } = comparePrinter(programs, manifestsOf(buildSplits(SMALL)), output);
    report.add('printer : JSON.stringify, warm', warm, 3, 1.5);
    report.add('printer : JSON.stringify, first run of a process', first, 10, 5);
  } finally {
    rmSync(output, { recursive: true, force: true });
  }
}

function compareProcesses(costs: Costs): void {
  const add = (ours: Subject, other: Subject, limit: number, aim: number) => {
    const [a, b] = [costs[ours], costs[other]];
    if (a === undefined || b === undefined) return;
    report.add(`${3 * SMALL} objects cold, ${ours} : ${other}`, { ours: 1000 * a.cpu, other: 1000 * b.cpu, ratio: a.cpu / b.cpu }, limit, aim);
  };
  add('library with FastApp', 'helm template', 1.25, 1);
  add('library with FastApp', 'plain cdk8s', 0.7, 0.5);
  add('library with FastApp', 'plain cdk8s with FastApp', 1.8, 1.3);
  add('library', 'plain cdk8s', 1.3, 1.15);
}

function construction(): void {
  const manifests = manifestsOf(buildSplits(SMALL));
  if (buildPlain(manifests).synthYaml() !== buildSplits(SMALL).synthYaml()) throw new Error('the two apps differ in what they write');
  const result = compare(7, () => cpuTimed(() => buildSplits(SMALL).synthYaml()), () => cpuTimed(() => buildPlain(manifests).synthYaml()));
  report.add(`${SMALL} splits (${manifests.length} objects), warm : plain ApiObjects`, result, 1.2, 1.1);
  console.log(`  of that: ${Object.entries(phases(SMALL, 5)).map(([phase, ms]) => `${phase} ${ms.toFixed(0)} ms`).join(', ')}`);
}

function canaries(): void {
  const manifests = manifestsOf(buildCanaries(SMALL));
  if (buildPlainCanaries(manifests).synthYaml() !== buildCanaries(SMALL).synthYaml()) throw new Error('the two apps differ in what they write');
  // More rounds than for splits: there is twice as much code to warm up.
  const result = compare(15, () => cpuTimed(() => buildCanaries(SMALL).synthYaml()), () => cpuTimed(() => buildPlainCanaries(manifests).synthYaml()));
  report.add(`${SMALL} Core 1 canaries (${manifests.length} objects) : plain ApiObjects`, result, 1.4);
}

function growth(): void {
  const perSplit = (count: number) => () => cpuTimed(() => buildSplits(count).synthYaml()) / count;
  const { ours, other, ratio } = compare(3, perSplit(LARGE), perSplit(SMALL));
  report.add(`one split of ${LARGE} : one split of ${SMALL}`, { ours, other, ratio }, 1.05, 1);
}

/** Rules check an app as soon as it has an object that no construct writes. */
function foreignObject(): void {
  const add = (what: string, build: () => App, limit: number) => report.add(
    `${what} and a VirtualService as ApiObject : without it`,
    compare(9, () => timed(() => withForeignRoute(build()).synthYaml()), () => timed(() => build().synthYaml())),
    limit,
  );
  add(`${SMALL} splits`, () => buildSplits(SMALL), 1.6);
  add(`${2 * SMALL} models`, () => buildModels(2 * SMALL), 1.25);
}

/** CPU time of reading and checking manifests, for each VirtualService. */
function checking(): void {
  for (const [what, hosts] of [['on 50 hosts', 50], ['on one host', 1]] as const) {
    const [large, small] = [LARGE, SMALL].map((count) => {
      const text = manyRoutes(count, hosts);
      return () => cpuTimed(() => check(text)) / count;
    });
    report.add(`check: one route of ${LARGE} : one of ${SMALL}, ${what}`, compare(3, large, small), 1.2);
  }
}

/** CPU time of checking other layouts, for each object of which there are many. Where work is limited, the large one takes less. */
function layouts(): void {
  const [small, large] = [SMALL, 4 * SMALL];
  for (const [name, layout] of Object.entries(LAYOUTS)) {
    const perObject = (count: number) => () => cpuTimed(() => checkLayout(layout, count)) / count;
    report.add(`check: ${name}, one of ${large} : one of ${small}`, compare(1, perObject(large), perObject(small)), 1.5);
  }
}

/** Different requests answered in a second of CPU time, and the CPU time until all rules are compiled, for each VirtualService. */
function answering(): void {
  for (const [what, hosts] of [['on 50 hosts', 50], ['on one host', 1]] as const) {
    const requests = distinctRequests(LARGE, hosts);
    const resolver = resolverFor(LARGE, hosts);
    report.addFigure(`${LARGE} VirtualServices ${what}: answers`, Math.round(perSecond(resolver, requests, false)), 'per second', { limit: 100_000, isMinimum: true });
    report.addFigure(`${LARGE} VirtualServices ${what}: answers with trace`, Math.round(perSecond(resolver, requests, true)), 'per second', { limit: 20_000, isMinimum: true });
    const [large, small] = [LARGE, SMALL].map((count) => {
      const each = distinctRequests(count, hosts);
      return () => cpuTimed(() => {
        const fresh = resolverFor(count, hosts);
        each.forEach((request) => fresh.resolve(request));
      }) / count;
    });
    report.add(`load and first answers: one route of ${LARGE} : one of ${SMALL}, ${what}`, compare(3, large, small), 1.3);
  }
}

/** CPU time of comparing two states with 1 % of the weights changed, with reading, and of 200 expressions, of which each tenth changes. */
function comparing(): void {
  const measure = (what: string, limit: number, run: () => number) => (
    report.addFigure(`diff: ${what}`, median([run(), run(), run()]), 'ms of CPU time', { limit })
  );
  for (const [count, limit] of [[SMALL, 500], [LARGE, 4000]] as const) {
    measure(`${count} routes on 50 hosts`, limit, () => diffTime(count, 50, 'paths and headers', 100));
    measure(`${count} routes on one host`, limit, () => diffTime(count, 1, 'paths and headers', 100));
    measure(`${count} routes of gRPC on one host`, limit, () => diffTime(count, 1, 'gRPC', 100));
  }
  measure('200 anchored expressions on one host', 2000, () => diffTime(200, 1, 'expressions', 10));
  measure('40 expressions with .* on both sides, on one host', 2000, () => diffTime(40, 1, 'unanchored expressions', 10));
  measure('200 expressions that may be too hard, next to another host', 5000, () => hardDiffTime(200));
  for (const hosts of [50, 1]) {
    report.addFigure(`diff: memory for ${LARGE} routes, hosts: ${hosts}`, diffMemory(LARGE, hosts, 'paths and headers', 100), 'MiB', { limit: 512 });
  }
}

/** Modules are loaded on first use: the cost for an app with a few kinds, and for one that uses everything. */
function loading(): void {
  const script = `
    const now = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };
    const t0 = now(); require('cdk8s');
    const t1 = now(); const library = require(${JSON.stringify(join(root, 'lib/src'))});
    for (const name of ['Gateway', 'Model', 'TrafficSplit']) library[name];
    const t2 = now();
    for (const name of Object.keys(library)) library[name];
    console.log(t1 - t0, t2 - t1, now() - t1);`;
  const samples = Array.from({ length: 11 }, () => {
    const { stdout } = spawnSync(process.execPath, ['-e', script], { cwd: root, encoding: 'utf8' });
    return stdout.trim().split(' ').map(Number);
  });
  const [cdk8s, split, all] = [0, 1, 2].map((i) => median(samples.map((sample) => sample[i])));
  report.addFigure('loading cdk8s', cdk8s, 'ms of CPU time');
  report.addFigure('loading what a split needs, added to that', split, 'ms of CPU time', { limit: 25, aim: 15 });
  report.addFigure('loading all of the library, added to that', all, 'ms of CPU time', { limit: 60 });
}

function coldSynth(): void {
  const output = mkdtempSync(join(tmpdir(), 'bench-'));
  const run = (folder: string) => () => timed(() => {
    const { status, stderr } = spawnSync('npx', ['cdk8s', 'synth', '--output', join(output, 'dist')], { cwd: join(root, folder), encoding: 'utf8' });
    if (status !== 0) throw new Error(`cdk8s synth in ${folder} failed: ${stderr}`);
  });
  try {
    report.add('npx cdk8s synth: traffic split : one ConfigMap', compare(5, run('examples/core2-traffic-split'), run('bench/configmap')), 1.6);
  } finally {
    rmSync(output, { recursive: true, force: true });
  }
}

const PARTS: { readonly [name: string]: () => void | Promise<void> } = {
  cold, loading, construction, canaries, growth, foreignObject, checking, layouts, answering, comparing, coldSynth,
};

async function main(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !Object.hasOwn(PARTS, name));
  if (unknown.length > 0) throw new Error(`there is no part ${unknown.join(', ')}. Use ${Object.keys(PARTS).join(', ')}`);
  const file = join(__dirname, names.length === 0 ? 'results.json' : '../packages/bench/results.json');
  for (const name of names.length === 0 ? Object.keys(PARTS) : names) {
    await PARTS[name]();
    report.write(file, name);
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
