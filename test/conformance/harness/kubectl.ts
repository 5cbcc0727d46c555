import * as path from 'path';
import { ApiServer, MANAGER } from './apiserver';
import { Manifest } from './manifests';
import { Finished, run } from './processes';
import { tool } from './tools';

function kubectl(api: ApiServer, args: string[], yaml: string): Promise<Finished> {
  const cache = path.join(path.dirname(api.kubeconfig), 'kubectl-cache');
  return run(tool('kubectl'), ['--kubeconfig', api.kubeconfig, '--cache-dir', cache, ...args, '-f', '-'], { input: yaml });
}

/** `kubectl apply` on the server's side with strict field validation. */
export function kubectlApply(api: ApiServer, yaml: string): Promise<Finished> {
  return kubectl(api, ['apply', '--server-side', '--field-manager', MANAGER, '--validate=strict'], yaml);
}

/** `kubectl apply` as most people use it: an annotation contains what was applied last. */
export function kubectlApplyOnClient(api: ApiServer, yaml: string): Promise<Finished> {
  return kubectl(api, ['apply'], yaml);
}

/** `kubectl diff`; it exits with 0 when the objects on the server equal the manifests. */
export function kubectlDiff(api: ApiServer, yaml: string): Promise<Finished> {
  return kubectl(api, ['diff', '--server-side', '--field-manager', MANAGER], yaml);
}

/** How many replicas an autoscaler sees of the objects: what is written at the path that their kind names for it. */
export async function kubectlReplicas(api: ApiServer, yaml: string): Promise<string> {
  const { stdout, stderr } = await kubectl(api, ['get', '--subresource', 'scale', '-o', 'jsonpath={.items[*].spec.replicas}'], yaml);
  return stdout + stderr;
}

/** `kubectl apply` on the server's side by another owner of fields, who overrides what others own. */
export function kubectlApplyAs(api: ApiServer, manager: string, yaml: string): Promise<Finished> {
  return kubectl(api, ['apply', '--server-side', '--force-conflicts', '--field-manager', manager], yaml);
}

/** What an autoscaler does: it writes the scale of an object. */
export function kubectlScale(api: ApiServer, yaml: string, replicas: number): Promise<Finished> {
  return kubectl(api, ['scale', '--replicas', String(replicas)], yaml);
}

/** A label that nothing else has. */
const READ = 'conformance/read';

/** What kubectl reads from the files of a folder, without a cluster. */
export interface KubectlRead {
  readonly objects: readonly Manifest[];
  /** One for each file or object that it rejects, with the path of the file. */
  readonly errors: readonly string[];
}

/** Reads the files of a folder as all of kubectl's commands do; this one prints the objects. */
export async function kubectlRead(directory: string): Promise<KubectlRead> {
  const { stdout, stderr } = await run(tool('kubectl'), ['label', '--local', '--recursive', '-f', directory, '-o', 'json', `${READ}=yes`]);
  const objects = stdout.split(/^(?=\{$)/m).filter((text) => text.trim() !== '').map((text) => withoutMark(JSON.parse(text) as Manifest));
  return { objects, errors: stderr.split(/\n(?=error |unable |metadata)/) };
}

function withoutMark({ metadata, ...object }: Manifest): Manifest {
  const { [READ]: _read, ...labels } = metadata?.labels ?? {};
  return { ...object, metadata: { ...metadata, labels: Object.keys(labels).length === 0 ? undefined : labels } } as Manifest;
}
