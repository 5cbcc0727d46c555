import { readFileSync, readdirSync, statSync } from 'fs';
import { join } from 'path';
import { types } from 'util';
import { parse } from 'yaml';
import { Source } from './crd';

/** The part of `fetch` that is used, so that tests can pass their own. */
export type Fetch = (address: string, init: { signal: AbortSignal }) => Promise<Response>;

/** Requests that take longer are aborted. */
const FETCH_TIMEOUT_MS = 60_000;

/** Reads every YAML file of a folder, in the order of their names. */
export function readFolder(folder: string): Source[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new Error(`cannot read CRDs from "${folder}": expected an existing folder of .yaml files`);
  }
  const files = readdirSync(folder).filter((name) => /\.ya?ml$/.test(name)).sort();
  if (files.length === 0) {
    throw new Error(`no .yaml file in "${folder}": expected the CRD files of Istio, Seldon, prometheus-operator and cert-manager`);
  }
  return files.map((name) => join(folder, name)).map((path) => ({ origin: path, text: readFileSync(path, 'utf8') }));
}

/** Reads the upstream URLs under `crds` in `cdk8s.yaml`. */
export function readAddresses(configFile: string): string[] {
  const addresses: unknown = parse(readFileSync(configFile, 'utf8'))?.crds;
  if (!Array.isArray(addresses) || addresses.length === 0) {
    throw new Error(`"crds" in ${configFile} is ${JSON.stringify(addresses) ?? 'missing'}: expected a list of URLs of CRD files`);
  }
  for (const address of addresses) {
    if (typeof address !== 'string' || !URL.canParse(address)) {
      throw new Error(`"crds" in ${configFile} contains ${JSON.stringify(address)}: expected a URL such as https://example.com/crds.yaml`);
    }
  }
  return addresses;
}

/** Fetches every URL. All failures are reported together, so that one run is enough to correct the list. */
export async function fetchAll(addresses: readonly string[], fetch: Fetch): Promise<Source[]> {
  const results = await Promise.allSettled(addresses.map(async (address) => ({ origin: address, text: await fetchText(address, fetch) })));
  const failures = results.flatMap((result) => result.status === 'rejected' ? [`  ${messageOf(result.reason)}`] : []);
  if (failures.length > 0) {
    throw new Error(`cannot fetch ${failures.length} of ${addresses.length} CRD files:\n${failures.join('\n')}\n`
      + 'without a network, pass a folder of CRD files: npm run import <folder>');
  }
  return results.flatMap((result) => result.status === 'fulfilled' ? [result.value] : []);
}

async function fetchText(address: string, fetch: Fetch): Promise<string> {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) });
    if (!response.ok) {
      throw new Error(`got HTTP status ${response.status}, expected 200`);
    }
    return await response.text();
  } catch (error) {
    throw new Error(`${address}: ${messageOf(error)}`);
  }
}

/** `fetch` hides the reason, such as a name that does not resolve, in the cause of its "fetch failed". */
function messageOf(error: unknown): string {
  if (!types.isNativeError(error)) {
    return String(error);
  }
  return error.cause === undefined ? error.message : `${error.message} (${messageOf(error.cause)})`;
}
