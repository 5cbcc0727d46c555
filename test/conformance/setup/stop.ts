import * as fs from 'fs';
import { Run } from './start';
import { FIGURES_FILE, readFigures } from '../harness/figures';

/** Ends what the start began, and prints the figures. */
export default async function stop(): Promise<void> {
  const run = (globalThis as { conformanceRun?: Run }).conformanceRun;
  if (run === undefined) {
    return;
  }
  await Promise.all(run.running.map((one) => one.stop()));
  const figures = [...readFigures(process.env[FIGURES_FILE]!)].map(([figure, sum]) => `${sum.toLocaleString('en-US')} ${figure}`);
  const seconds = (from: number, to: number) => ((to - from) / 1000).toFixed(0);
  console.log(`\nFigures: ${figures.join(', ')}; ${seconds(run.begin, Date.now())} seconds, `
    + `${seconds(run.begin, run.ready)} of them until the API servers were ready`);
  fs.rmSync(run.directory, { recursive: true, force: true });
}
