import { spawn } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { until } from './harness/deadline';
import { newDirectory } from './harness/directories';
import { start, untilUp } from './harness/processes';

// Whatever happens to the tests, nothing that they started may be left on the machine.

const directory = newDirectory('processes');

afterAll(() => fs.rmSync(directory, { recursive: true, force: true }));

const SLEEPER = ['-c', 'echo "pid $$"; exec sleep 600'];

const pidIn = (output: string) => /pid (\d+)/.exec(output)?.[1];

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const gone = (pid: number) => until(`process ${pid} is gone`, () => isAlive(pid) ? undefined : true, 10);

test('a tool that is stopped is gone', async () => {
  const running = start('/bin/sh', SLEEPER, { directory });
  const pid = Number(await untilUp(running, 'a number', () => pidIn(running.output())));
  expect(isAlive(pid)).toBe(true);
  await running.stop();
  await gone(pid);
});

test.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)('a tool is gone when its starter dies of %s', async (signal) => {
  const script = `require(${JSON.stringify(path.join(__dirname, 'harness/processes.ts'))})`
    + `.start('/bin/sh', ${JSON.stringify(SLEEPER)}, { directory: ${JSON.stringify(path.join(directory, signal))} }); setInterval(() => 0, 1000);`;
  const starter = spawn(process.execPath, ['--require', require.resolve('tsx/cjs'), '-e', script], { stdio: 'ignore' });
  const log = path.join(directory, signal, 'sh.log');
  const pid = Number(await until('the tool runs', () => fs.existsSync(log) ? pidIn(fs.readFileSync(log, 'utf8')) : undefined));
  expect(isAlive(pid)).toBe(true);
  starter.kill(signal);
  await gone(pid);
});

test('fails with its output when a tool ends by itself', async () => {
  const running = start('/bin/sh', ['-c', 'echo no such flag; exit 3'], { directory });
  await expect(untilUp(running, 'never', () => undefined)).rejects.toThrow(/sh ended by itself:\nno such flag/);
});
