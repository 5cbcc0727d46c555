import * as fs from 'fs';
import * as path from 'path';
import { ApiServer } from './apiserver';
import { newDirectory } from './directories';
import { Finished, run } from './processes';
import { tool } from './tools';

/** A finding of istioctl about manifests. */
export interface Message {
  /** `IST0101` and the like; absent for `validate`. */
  readonly code?: string;
  readonly level?: string;
  /** The object that it is about. */
  readonly origin?: string;
  readonly message: string;
}

async function withFile<T>(yaml: string, use: (file: string) => Promise<T>): Promise<T> {
  const directory = newDirectory('istioctl');
  try {
    const file = path.join(directory, 'manifests.yaml');
    fs.writeFileSync(file, yaml);
    return await use(file);
  } finally {
    fs.rmSync(directory, { recursive: true, force: true });
  }
}

/** `istioctl validate`: the checks that Istio's webhook would make. */
export function validate(yaml: string): Promise<Message[]> {
  return withFile(yaml, async (file) => {
    const { code, stdout, stderr } = await run(tool('istioctl'), ['validate', '-f', file]);
    const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => line.trim() !== '' && !line.includes('is valid'));
    return code === 0 && lines.length === 0 ? [] : [{ message: lines.join('\n') }];
  });
}

function messages({ code, stdout, stderr }: Finished): Message[] {
  let found: Message[];
  try {
    found = JSON.parse(stdout);
  } catch {
    // No list at all: istioctl itself failed, which must not look like nothing found.
    return [{ message: `istioctl analyze: ${stderr || stdout || `exit ${code}`}` }];
  }
  return found;
}

/** `istioctl analyze` on the manifests alone. */
export function analyzeFiles(yaml: string): Promise<Message[]> {
  // Without -A it looks at one namespace, and reports nothing about the others.
  return withFile(yaml, async (file) => messages(await run(tool('istioctl'), ['analyze', '--use-kube=false', '-A', '-o', 'json', file])));
}

/** `istioctl analyze` on what an API server holds. */
export async function analyzeCluster(api: ApiServer): Promise<Message[]> {
  return messages(await run(tool('istioctl'), ['analyze', '--kubeconfig', api.kubeconfig, '-A', '-o', 'json']));
}

/** Why Istio's validation rejects objects, each with all reasons, by kind and name. */
export async function rejections(yaml: string): Promise<ReadonlyMap<string, readonly string[]>> {
  return withFile(yaml, async (file) => {
    const { stderr } = await run(tool('istioctl'), ['validate', '-f', file]);
    const found = new Map<string, string[]>();
    // What comes before are warnings.
    const [, errors = ''] = /^Error: \d+ errors? occurred:\n([^]*)$/m.exec(stderr) ?? [];
    let last: string[] = [];
    for (const entry of errors.split(/^\s*\* /m).slice(1)) {
      const [, kind, name, reason] = /^(\w+)\/[^/]*\/([^\s:]+): ([^]*)$/.exec(entry) ?? [];
      if (name !== undefined) {
        last = found.get(`${kind} ${name}`) ?? [];
        found.set(`${kind} ${name}`, last);
      }
      // Some reasons are lists themselves.
      last.push((reason ?? entry).trim());
    }
    return found;
  });
}
