import * as fs from 'fs';
import * as path from 'path';
import { Manifest, parse } from './manifests';
import { ROOT, TOOLS } from './tools';

/** The variable that names a folder of CRD files. */
export const CRDS_DIR = 'CRDS_DIR';

/** Where the CRDs are published, each at the release that the library's types are made from. */
export function addresses(): string[] {
  const [settings] = parse(fs.readFileSync(path.join(ROOT, 'cdk8s.yaml'), 'utf8'));
  return settings.crds;
}

/** Templates touch only labels and annotations there: what is left without their lines is the CRD. */
const withoutTemplates = (text: string) => text.split('\n').filter((line) => !line.includes('{{')).join('\n');

async function download(address: string): Promise<string> {
  const answer = await fetch(address, { signal: AbortSignal.timeout(60_000) });
  if (!answer.ok) {
    throw new Error(`HTTP ${answer.status}`);
  }
  return answer.text();
}

async function cached(address: string, cache: string): Promise<string> {
  const file = path.join(cache, address.replace(/[^\w.-]+/g, '_'));
  if (!fs.existsSync(file)) {
    const text = await download(address).catch((error) => {
      throw new Error(`no CRDs: ${CRDS_DIR} names no folder, and ${address} cannot be fetched (${error.message})`);
    });
    fs.mkdirSync(cache, { recursive: true });
    fs.writeFileSync(file, text);
  }
  return fs.readFileSync(file, 'utf8');
}

/** The CRDs as their projects release them: from the folder that `CRDS_DIR` names, else from their addresses. */
export async function releasedCrds(cache = path.join(TOOLS, 'crds')): Promise<Manifest[]> {
  const folder = process.env[CRDS_DIR];
  let texts: string[];
  if (folder !== undefined && folder !== '') {
    if (!fs.existsSync(folder)) {
      throw new Error(`${CRDS_DIR} names ${folder}, which is not there`);
    }
    texts = fs.readdirSync(folder).filter((file) => /\.ya?ml$/.test(file)).sort()
      .map((file) => fs.readFileSync(path.join(folder, file), 'utf8'));
  } else {
    texts = await Promise.all(addresses().map((address) => cached(address, cache)));
  }
  const crds = texts.flatMap((text) => parse(withoutTemplates(text))).filter((object) => object.kind === 'CustomResourceDefinition');
  if (crds.length === 0) {
    throw new Error(`no CRDs in ${folder}`);
  }
  return crds;
}

/** Where Argo Rollouts publishes the CRDs of the objects that gates are written for. The library has no types for them. */
const ROLLOUTS = 'https://raw.githubusercontent.com/argoproj/argo-rollouts/v1.10.1/manifests/crds/analysis-template-crd.yaml';

/** The CRD of AnalysisTemplates: from the folder next to that of `CRDS_DIR` whose name ends in `-extra`, else from its address. */
export async function rolloutsCrds(cache = path.join(TOOLS, 'crds')): Promise<Manifest[]> {
  const folder = `${process.env[CRDS_DIR] ?? ''}-extra`;
  const files = fs.existsSync(folder) ? fs.readdirSync(folder).filter((file) => file.startsWith('argo-rollouts')) : [];
  const texts = files.length > 0 ? files.map((file) => fs.readFileSync(path.join(folder, file), 'utf8')) : [await cached(ROLLOUTS, cache)];
  return texts.flatMap((text) => parse(text)).filter(({ spec }) => spec?.names?.kind === 'AnalysisTemplate');
}
