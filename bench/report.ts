import { execFileSync } from 'child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'fs';
import { cpus, loadavg } from 'os';
import { dirname, join } from 'path';
import { Costs } from './cold/synthesis';
import { Comparison } from './measure';

const root = join(__dirname, '..');

/** A ratio, and what it should not exceed. */
interface Row extends Comparison {
  readonly what: string;
  readonly limit: number;
  readonly aim?: number;
  readonly isMissed: boolean;
}

/** What a figure should not exceed, or what it should reach. */
export interface Goal {
  readonly limit: number;
  readonly aim?: number;
  /** Whether more is better. */
  readonly isMinimum?: boolean;
}

/** A figure that is not compared with another one. */
interface Figure extends Partial<Goal> {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly isMissed?: boolean;
}

/** The results of a run: printed at once, and kept for a file. */
export class Report {
  private readonly parts: string[] = [];
  private readonly rows: Row[] = [];
  private readonly costs: { [objects: string]: Costs } = {};
  private readonly figures: Figure[] = [];
  private readonly load = loadavg()[0];

  /** Adds two figures in milliseconds, and their ratio. */
  public add(what: string, { ours, other, ratio }: Comparison, limit: number, aim?: number): void {
    this.rows.push({ what, ours, other, ratio, limit, aim, isMissed: ratio > limit });
    const goal = aim === undefined ? `limit ${limit}` : `limit ${limit}, aim ${aim}`;
    console.log(`${what.padEnd(66)} ${show(ours).padStart(9)} ms ${show(other).padStart(9)} ms   ratio ${ratio.toFixed(2)} (${goal})${ratio > limit ? ' MISSED' : ''}`);
  }

  /** Adds a figure that is not compared with another one. Without a goal it is only for comparison. */
  public addFigure(what: string, value: number, unit: string, goal?: Goal): void {
    const isMissed = goal && (goal.isMinimum ? value < goal.limit : value > goal.limit);
    this.figures.push({ what, value, unit, ...goal, isMissed });
    console.log(`${what.padEnd(66)} ${number(value)} ${unit} (${describe(goal)})${isMissed ? ' MISSED' : ''}`);
  }

  /** Adds the cost of whole processes. */
  public addCosts(objects: number, rounds: number, costs: Costs): void {
    this.costs[objects] = costs;
    console.log(`${objects.toLocaleString('en')} objects, whole processes, medians of ${rounds}:`);
    for (const [subject, cost] of Object.entries(costs)) {
      const memory = cost.memory === undefined ? '' : `, ${cost.memory.toFixed(0)} MB at most`;
      console.log(`  ${subject.padEnd(28)} ${cost.cpu.toFixed(2)} s of CPU time, ${cost.wall.toFixed(2)} s${memory}`);
    }
  }

  /** Writes all results so far, with what they depend on, after a part. */
  public write(file: string, part: string): void {
    this.parts.push(part);
    const { parts, rows, costs, figures } = this;
    const machine = { cpu: cpus()[0]?.model, cores: cpus().length, loadBefore: this.load, loadAfter: loadavg()[0] };
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify({ machine, versions: versions(), parts, rows, costs, figures }, rounded, 2)}\n`);
  }
}

function versions(): { readonly [name: string]: string | undefined } {
  const packages = ['cdk8s', 'constructs', 'cdk8s/node_modules/yaml'].map((name) => [name.split('/').pop(), versionOf(join(root, 'node_modules', name))]);
  const commit = execFileSync('git', ['describe', '--always', '--dirty'], { cwd: root, encoding: 'utf8' }).trim();
  const helm = /helm\.sh\/helm\/v4 (\S+)/.exec(readFileSync(join(root, 'test/conformance/tools/helm/go.mod'), 'utf8'))?.[1];
  return { commit, node: process.version, platform: `${process.platform} ${process.arch}`, helm, ...Object.fromEntries(packages) as object };
}

function versionOf(folder: string): string | undefined {
  const file = join(folder, 'package.json');
  if (existsSync(file)) return (JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string }).version;
  // A package that is not bundled is next to the one that needs it.
  return folder.includes('/node_modules/yaml') && dirname(folder) !== join(root, 'node_modules') ? versionOf(join(root, 'node_modules/yaml')) : undefined;
}

function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(4)) : value;
}

function describe(goal: Goal | undefined): string {
  if (goal === undefined) return 'for comparison';
  const { limit, aim, isMinimum } = goal;
  return `${isMinimum ? 'at least' : 'limit'} ${number(limit)}${aim === undefined ? '' : `, aim ${number(aim)}`}`;
}

function number(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: 1 });
}

/** Times of single objects are short. */
function show(ms: number): string {
  return ms.toFixed(ms < 10 ? 3 : 1);
}
