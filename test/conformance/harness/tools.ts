import * as fs from 'fs';
import * as path from 'path';

/** The root of the repository. */
export const ROOT = path.resolve(__dirname, '../../..');

/** Where `npm run conformance:tools` puts what it builds. */
export const TOOLS = path.resolve(process.env.CONFORMANCE_TOOLS_DIR ?? path.join(ROOT, '.conformance'));

/** The programs that judge the manifests. */
export type Program = 'etcd' | 'kube-apiserver' | 'kubectl' | 'istioctl' | 'istiod' | EnvoyProgram | 'grpcurl' | 'promtool';

/** The newest release of Envoy, and older ones. */
export type EnvoyProgram = 'envoy' | 'envoy-1.39' | 'envoy-1.38' | 'envoy-1.37';

/** The path of a program; an error explains how to install it. */
export function tool(program: Program): string {
  const file = path.join(TOOLS, 'bin', program);
  if (!fs.existsSync(file)) {
    throw new Error(`${program} is not in ${path.dirname(file)}: run \`npm run conformance:tools\` first`);
  }
  return file;
}
