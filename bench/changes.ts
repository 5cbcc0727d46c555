import { spawnSync } from 'child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { cpuTimed } from './measure';
import type { main as Main } from '../src/cli/main';

// Users run the compiled package.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { main }: { main: typeof Main } = require('../lib/src/cli/main');

const COMMAND = join(__dirname, '../lib/src/cli/bin');
const ARGS = ['diff', '--before', 'before', 'after.yaml', '--output', 'json'];

const GATEWAY = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: gateway, namespace: istio-system }
spec:
  selector: { istio: ingressgateway }
  servers:
    - port: { number: 80, name: http, protocol: HTTP }
      hosts: ["*"]
`;

/** What rules compare. */
export type Kind = 'paths and headers' | 'gRPC' | 'expressions' | 'unanchored expressions' | 'nested expressions';

/**
 * The CPU time of `diff`, with reading, in milliseconds.
 *
 * @param count Number of VirtualServices.
 * @param hosts Number of hosts that they share.
 * @param kind What their rules compare.
 * @param every Each VirtualService with such a multiple as its number changes its weights.
 */
export function diffTime(count: number, hosts: number, kind: Kind, every: number): number {
  return inFolder(count, hosts, kind, every, (folder) => cpuTimed(() => runDiff(folder, Math.ceil(count / every))));
}

/**
 * The CPU time of `diff` with expressions that may be too hard, in milliseconds. The host of another rule is decided in any case.
 *
 * @param count Number of VirtualServices with one expression each.
 */
export function hardDiffTime(count: number): number {
  return inFolder(count, 1, 'nested expressions', 10, (folder) => cpuTimed(() => runDiff(folder, 1, [0, 3])));
}

/** The memory of a process that runs `diff`, in MiB. The arguments are those of `diffTime`. */
export function diffMemory(count: number, hosts: number, kind: Kind, every: number): number {
  return inFolder(count, hosts, kind, every, (folder) => {
    const program = `process.on('exit', () => process.stderr.write(String(process.resourceUsage().maxRSS))); require(${JSON.stringify(COMMAND)});`;
    const { status, stderr } = spawnSync(process.execPath, ['-e', program, '--', 'diff', ...ARGS], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
    if (status !== 0) throw new Error(`diff ended with ${status}: ${stderr.toString()}`);
    return Math.round(Number(stderr.toString()) / 1024);
  });
}

function inFolder(count: number, hosts: number, kind: Kind, every: number, measure: (folder: string) => number): number {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    mkdirSync(join(folder, 'before'));
    writeFileSync(join(folder, 'before', 'routes.yaml'), manifests(count, hosts, kind, () => 90));
    writeFileSync(join(folder, 'after.yaml'), manifests(count, hosts, kind, (i) => (i % every === 0 ? 70 : 90)));
    return measure(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function runDiff(cwd: string, changed: number, codes: readonly number[] = [0]): void {
  let [output, problems] = ['', ''];
  const code = main(ARGS, {
    cwd, env: {}, isTerminal: false, readInput: () => '', write: (text) => { output += text; }, writeError: (text) => { problems += text; },
  });
  const found = output.split('"example":').length - 1;
  if (!codes.includes(code) || found < changed) throw new Error(`diff ended with ${code} and found ${found} of ${changed} changes: ${problems}`);
}

function manifests(count: number, hosts: number, kind: Kind, weightOf: (i: number) => number): string {
  const others = kind === 'nested expressions' ? [virtualService(count, hosts, 'gRPC', weightOf(0))] : [];
  return [GATEWAY, ...Array.from({ length: count }, (_, i) => virtualService(i, i % hosts, kind, weightOf(i))), ...others].join('---\n');
}

function virtualService(i: number, host: number, kind: Kind, weight: number): string {
  const route = `
      route:
        - destination: { host: iris-${i}, port: { number: 80 } }
          weight: ${weight}
        - destination: { host: canary-${i}, port: { number: 80 } }
          weight: ${100 - weight}`;
  return `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: model-${i}, namespace: models${kind === 'unanchored expressions' ? `, creationTimestamp: '2026-01-01T00:00:${10 + i}Z'` : ''} }
spec:
  hosts: [host-${host}.example.com]
  gateways: [istio-system/gateway]
  http:${matchesOf(i, kind).map((match) => `\n    - match:\n        - ${match}${route}`).join('')}
`;
}

function matchesOf(i: number, kind: Kind): readonly string[] {
  const grpc = `{ uri: { prefix: /inference.GRPCInferenceService/ }, headers: { seldon-model: { exact: model-${i} } } }`;
  switch (kind) {
    case 'paths and headers': return [`{ uri: { prefix: /v2/models/model-${i}/ } }`, grpc];
    case 'gRPC': return [grpc];
    case 'expressions': return [`{ uri: { regex: '/v[0-9]+/models/model-${i}(-[a-z]+)?/(infer|ready)' } }`];
    case 'nested expressions': return [`{ uri: { regex: '/a/.*/model-${i}/.*/infer' } }`];
    case 'unanchored expressions': return [`{ uri: { regex: '.*model-${i}x.*' } }`];
  }
}
