import * as fs from 'fs';
import * as path from 'path';
import { PEER_BINDINGS, bindings, peerBindings } from './bindings';
import { newDirectory } from './directories';
import { must } from './must';
import { ROOT } from './tools';

/** Builds the Go examples against the generated modules, and returns the folder of the programs. */
export async function goPrograms(): Promise<string> {
  const own = await bindings();
  const peers = await peerBindings();
  const project = path.join(newDirectory('go'), 'examples');
  fs.cpSync(path.join(ROOT, 'examples-languages/go'), project, { recursive: true });
  const modules = [own, ...PEER_BINDINGS.map((name) => path.join(peers, name))].map((folder) => moduleIn(path.join(folder, 'go')));
  for (const module of modules) await must('go', ['mod', 'edit', `-replace=${nameOf(module)}=${module}`], { cwd: project });
  await must('go', ['mod', 'tidy'], { cwd: project });
  await must('go', ['vet', './...'], { cwd: project });
  await must('go', ['build', '-o', 'bin/', './...'], { cwd: project });
  return path.join(project, 'bin');
}

function moduleIn(folder: string): string {
  const [name, ...others] = fs.readdirSync(folder);
  if (name === undefined || others.length > 0) throw new Error(`${folder} has not exactly one module`);
  return path.join(folder, name);
}

function nameOf(module: string): string {
  return /^module (\S+)$/m.exec(fs.readFileSync(path.join(module, 'go.mod'), 'utf8'))![1];
}
