import { spawnSync } from 'child_process';
import { writeFileSync } from 'fs';
import { join } from 'path';
import { Comparison, median } from '../measure';

const PROCESSES = 9;
const WARM_ROUNDS = 25;

/** A comparison in the first round of a process, and one in later rounds. */
export interface PrinterComparison {
  readonly first: Comparison;
  readonly warm: Comparison;
}

/** Compares the CPU milliseconds of the printer with those of `JSON.stringify`. */
export function comparePrinter(programs: string, documents: readonly object[], folder: string): PrinterComparison {
  const file = join(folder, 'documents.json');
  writeFileSync(file, JSON.stringify(documents));
  const rounds = (printer: string, count: number): number[] => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [join(programs, 'print.js'), file, String(count), printer], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`the printer fails: ${stderr}`);
    return JSON.parse(stdout) as number[];
  };
  const compared = (sample: (printer: string) => number): Comparison => {
    const pairs = Array.from({ length: PROCESSES }, () => [sample('YAML'), sample('JSON')]);
    const [ours, other] = [0, 1].map((i) => median(pairs.map((pair) => pair[i])));
    return { ours, other, ratio: ours / other };
  };
  return {
    first: compared((printer) => rounds(printer, 1)[0]),
    warm: compared((printer) => median(rounds(printer, WARM_ROUNDS).slice(5))),
  };
}
