import * as fs from 'fs';
import * as path from 'path';
import { PEER_BINDINGS, bindings, peerBindings } from './bindings';
import { newDirectory } from './directories';
import { must } from './must';
import { ROOT, TOOLS } from './tools';

const MISSING = 'Java 17 or later and Maven are needed to build the Java examples; install them with your package manager '
  + '(Debian: apt-get install maven default-jdk-headless).';

/** The local repository of Maven, with what the examples need. */
const REPOSITORY = path.join(TOOLS, 'maven');

/** Compiles the Java examples against the generated packages, and returns the folder of their project. */
export async function javaProject(): Promise<string> {
  const project = await newProject();
  await maven(project, 'compile');
  return project;
}

/** Compiles programs, by the names of their classes, and returns the names of the classes that came out. */
export async function compiledJava(programs: ReadonlyMap<string, string>): Promise<readonly string[]> {
  const project = await newProject();
  const folder = path.join(project, 'src/main/java/programs');
  fs.mkdirSync(folder);
  for (const [name, code] of programs) {
    const body = code.replace(/^import .*;\n/gm, '');
    const imports = code.slice(0, code.length - body.length);
    fs.writeFileSync(path.join(folder, `${name}.java`), `package programs;\n${imports}public class ${name} { public static void main(String[] args) {\n${body}} }\n`);
  }
  await maven(project, 'compile');
  return fs.readdirSync(path.join(project, 'target/classes/programs')).map((file) => file.replace('.class', '')).sort();
}

/** A project with the Java examples, and what they need in the local repository. */
async function newProject(): Promise<string> {
  await must('mvn', ['--version'], { cwd: ROOT }).catch((error: Error) => { throw new Error(`${MISSING}\n${error.message}`); });
  const peers = await peerBindings();
  for (const name of PEER_BINDINGS) await install(name, path.join(peers, name, 'java'));
  await install('library', path.join(await bindings(), 'java'));
  const project = path.join(newDirectory('java'), 'examples');
  fs.cpSync(path.join(ROOT, 'examples-languages/java'), project, { recursive: true });
  return project;
}

/** Runs a program of the project. */
export function runJava(project: string, name: string, outdir: string): Promise<string> {
  return maven(project, 'exec:java', `-Dexec.mainClass=examples.${name}`, { CDK8S_OUTDIR: outdir, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' });
}

/** Adds a package to the local repository, unless its last one had the same code. */
async function install(name: string, folder: string): Promise<void> {
  const installed = path.join(REPOSITORY, `${name}.installed`);
  if (fs.existsSync(installed) && fs.readFileSync(installed, 'utf8') === folder) return;
  await maven(folder, 'install');
  fs.writeFileSync(installed, folder);
}

function maven(cwd: string, goal: string, option = '', env: Record<string, string> = {}): Promise<string> {
  const always = ['--quiet', '--batch-mode', `-Dmaven.repo.local=${REPOSITORY}`, '-Dmaven.javadoc.skip=true', '-Dmaven.source.skip=true'];
  return must('mvn', [...always, ...(option === '' ? [] : [option]), goal], { cwd, env });
}
