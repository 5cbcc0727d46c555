#!/usr/bin/env node
import { main } from './main';
import { readStandardInput } from './standard-input';
import { ExitCode } from './terminal';
import { TOOL } from '../report/tool';

// A reader such as `head` may stop before the end.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return;
  process.stderr.write(`${TOOL}: the output could not be written: ${error.message}.\n`);
  process.exit(ExitCode.COULD_NOT_RUN);
});
process.stderr.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') process.exit(ExitCode.COULD_NOT_RUN);
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
