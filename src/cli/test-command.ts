import { Command } from './command';
import { ExitCode } from './terminal';

/** Placeholder until the next commit. @internal */
export const testCommand: Command = { name: 'test', operands: '', summary: '', description: '', options: {}, run: () => ExitCode.FINE };
