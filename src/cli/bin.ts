#!/usr/bin/env node
import { main } from './main';
import { readStandardInput } from './standard-input';

// A reader such as `head` may stop before the end.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = main(process.argv.slice(2), {
  cwd: process.cwd(),
  env: process.env,
  isTerminal: process.stdout.isTTY === true,
  columns: process.stdout.columns,
  readInput: readStandardInput,
  write: (text) => process.stdout.write(text),
  writeError: (text) => process.stderr.write(text),
});
