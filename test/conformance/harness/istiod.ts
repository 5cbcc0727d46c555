import { Manifest } from './manifests';
import { Running, start, untilUp } from './processes';
import { tool } from './tools';

/** What one world looks like to istiod. */
export interface IstiodWorld {
  readonly istio: string;
  readonly kubernetes: string;
  readonly meshConfig: string;
  readonly namespaces: string[];
}

/** A discovery server for one world. */
export interface Discovery {
  /** Where proxies connect to. */
  readonly port: number;
  close(): Promise<void>;
}

/** The variable with the address of the shared istiod. */
export const ISTIOD = 'CONFORMANCE_ISTIOD';

// Plain Envoy has neither of the two filters, and a proxy of a test has no certificate to authenticate with.
const ENVIRONMENT = {
  PILOT_ENABLE_ALPN_FILTER: 'false',
  PILOT_ENABLE_METADATA_EXCHANGE: 'false',
  XDS_AUTH_PLAINTEXT: 'true',
};

/** Starts the process that serves all worlds; resolves to the process and its address. */
export async function startIstiod(directory: string): Promise<{ running: Running; address: string }> {
  const running = start(tool('istiod'), [], { directory, env: ENVIRONMENT });
  const address = await untilUp(running, 'istiod listens', () => /"control":"([^"]+)"/.exec(running.output())?.[1]);
  return { running, address };
}

const addressOf = (given = process.env[ISTIOD]): string => {
  if (given === undefined) {
    throw new Error(`no istiod: ${ISTIOD} is not set`);
  }
  return given;
};

/** Secrets with a certificate that is signed by itself, for the given `namespace/name`s. */
export async function certificateSecrets(names: readonly string[]): Promise<Manifest[]> {
  if (names.length === 0) {
    return [];
  }
  // Both parts come in base64, as a Secret holds them.
  const { certificate, key } = await (await fetch(`${addressOf()}/certificate`)).json() as { certificate: string; key: string };
  return names.map((one) => {
    const [namespace, name] = one.split('/');
    return {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name, namespace },
      type: 'kubernetes.io/tls',
      data: { 'tls.crt': certificate, 'tls.key': key, 'ca.crt': certificate },
    };
  });
}

/** Opens a world in the running istiod. */
export async function openDiscovery(world: IstiodWorld): Promise<Discovery> {
  const address = addressOf();
  const answer = await fetch(`${address}/worlds`, { method: 'POST', body: JSON.stringify(world) });
  if (!answer.ok) {
    throw new Error(`istiod refuses the world: ${await answer.text()}`);
  }
  const { id, ads } = await answer.json() as { id: string; ads: string };
  return {
    port: Number(ads.split(':')[1]),
    close: async () => { await fetch(`${address}/worlds/${id}`, { method: 'DELETE' }); },
  };
}
