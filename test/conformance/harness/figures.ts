import * as fs from 'fs';

/** What is counted; the summary prints these names. */
export type Figure = 'processes started' | 'worlds started' | 'objects applied' | 'objects tried' | 'requests sent' | 'apps generated' | 'apps rejected' | 'checks run' | 'sets of raw routes' | 'overlaps shown by Envoy' | 'overlaps behind other rules' | 'sets of manifests for answers' | 'answers compared' | 'pairs of routes' | 'examples of changes shown by Envoy' | 'pairs that are equivalent' | 'examples sent with curl as printed' | 'examples sent with grpcurl as printed' | 'raw examples sent as printed' | 'examples of HTTP/2 that no program can send' | 'random policies' | 'messages of istioctl that rules repeat';

/** The variable that names the file in which all test processes count. */
export const FIGURES_FILE = 'CONFORMANCE_FIGURES';

const pending = new Map<Figure, number>();

function flush(): void {
  const file = process.env[FIGURES_FILE];
  if (file !== undefined) {
    // Appending one short line is atomic, so several test processes can share the file.
    for (const [figure, amount] of pending) {
      fs.appendFileSync(file, `${amount} ${figure}\n`);
    }
  }
  pending.clear();
}

/** Adds to a figure of the summary. */
export function count(figure: Figure, amount: number): void {
  pending.set(figure, (pending.get(figure) ?? 0) + amount);
  // A request is counted in memory: a file write for each would be most of its cost.
  if (figure !== 'requests sent' || pending.get(figure)! >= 500) {
    flush();
  }
}

/** Writes what is still in memory; called at the end of every test file. */
export function writeFigures(): void {
  flush();
}

/** The sums of all test processes. */
export function readFigures(file: string): Map<string, number> {
  const sums = new Map<string, number>();
  for (const line of fs.existsSync(file) ? fs.readFileSync(file, 'utf8').split('\n') : []) {
    const [, amount, figure] = /^(\d+) (.+)$/.exec(line) ?? [];
    if (figure !== undefined) {
      sums.set(figure, (sums.get(figure) ?? 0) + Number(amount));
    }
  }
  return sums;
}
