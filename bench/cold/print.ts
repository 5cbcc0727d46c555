/** A program that prints documents: `node print.js <file of documents> <rounds> <printer>`. It writes the CPU milliseconds of each round. */
import { readFileSync } from 'fs';
import { join } from 'path';
import type * as Printing from '../../src/printing/manifest-printer';

const [, , file, rounds, printer] = process.argv;
const documents = JSON.parse(readFileSync(file, 'utf8')) as unknown[];
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { ManifestPrinter } = require(join(__dirname, '../../lib/src/printing/manifest-printer')) as typeof Printing;
const ours = new ManifestPrinter(() => { throw new Error('a document is not printed by the printer'); });
const print = printer === 'JSON' ? (document: unknown) => JSON.stringify(document) : (document: unknown) => ours.print(document);

const times = Array.from({ length: Number(rounds) }, () => {
  const start = process.cpuUsage();
  // Bytes, so that no work is put off.
  Buffer.from(documents.map(print).join('---\n'));
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
});
console.log(JSON.stringify(times));
