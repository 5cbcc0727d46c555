import * as fs from 'fs';
import * as path from 'path';
import { NEWER_FIELDS } from '../../../scripts/import/newer-fields';
import { withNewerFields } from '../../../scripts/import/overlay';
import { API, API_RELEASED, ApiServer, startApiServer, startEtcd } from '../harness/apiserver';
import { releasedCrds } from '../harness/crds';
import { runDirectory } from '../harness/directories';
import { FIGURES_FILE } from '../harness/figures';
import { ISTIOD, startIstiod } from '../harness/istiod';
import { Running } from '../harness/processes';
import { Program, tool } from '../harness/tools';

/** What the end of the run reads about its start. */
export interface Run {
  readonly directory: string;
  readonly running: Running[];
  readonly begin: number;
  readonly ready: number;
}

async function startServer(directory: string, etcd: string, crds: readonly any[], running: Running[]): Promise<string> {
  const server = await startApiServer(directory, etcd);
  running.push(server.running);
  const api = new ApiServer(server.kubeconfig);
  await api.install(crds);
  api.close();
  return server.kubeconfig;
}

/** Starts what all tests share: etcd, two API servers with their CRDs, and istiod. */
export default async function start(): Promise<void> {
  const begin = Date.now();
  const programs: Program[] = ['etcd', 'kube-apiserver', 'kubectl', 'istioctl', 'istiod', 'envoy', 'promtool'];
  programs.forEach(tool);
  const released = await releasedCrds();

  const directory = runDirectory();
  const running: Running[] = [];
  process.env[FIGURES_FILE] = path.join(directory, 'figures');
  try {
    const istiod = startIstiod(path.join(directory, 'istiod'));
    const etcd = await startEtcd(path.join(directory, 'etcd'));
    running.push(etcd.running);
    const [api, asReleased] = await Promise.all([
      startServer(path.join(directory, 'newer'), etcd.address, withNewerFields(released, NEWER_FIELDS), running),
      // Only the CRDs of Seldon Core 2 differ.
      startServer(path.join(directory, 'released'), etcd.address, released.filter((crd) => crd.spec.group === 'mlops.seldon.io'), running),
    ]);
    running.push((await istiod).running);
    process.env[API] = api;
    process.env[API_RELEASED] = asReleased;
    process.env[ISTIOD] = (await istiod).address;
  } catch (error) {
    await Promise.all(running.map((one) => one.stop()));
    fs.rmSync(directory, { recursive: true, force: true });
    throw error;
  }
  (globalThis as { conformanceRun?: Run }).conformanceRun = { directory, running, begin, ready: Date.now() };
}
