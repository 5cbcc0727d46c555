import * as crypto from 'crypto';
import * as fs from 'fs';
import * as https from 'https';
import * as path from 'path';
import { until } from './deadline';
import { count } from './figures';
import { Manifest, nameOf } from './manifests';
import { freePort } from './ports';
import { Running, start, untilUp } from './processes';
import { tool } from './tools';

/** The variables with the addresses of the two API servers for all test files: the path of a kubeconfig. */
export const API = 'CONFORMANCE_API';
/** The one that has the CRDs as released, without the newer fields. */
export const API_RELEASED = 'CONFORMANCE_API_RELEASED';

/** The owner of the fields that the tests apply. */
export const MANAGER = 'conformance';

/** An answer of the API server. */
interface Answer {
  readonly status: number;
  readonly body: any;
}

/** What became of one applied object. */
export interface Applied {
  readonly sent: Manifest;
  /** The object as the server holds it; absent when it was refused. */
  readonly returned?: Manifest;
  /** Why it was refused. */
  readonly refused?: string;
}

/** Starts etcd; resolves to its address. */
export async function startEtcd(directory: string): Promise<{ running: Running; address: string }> {
  const address = `http://127.0.0.1:${await freePort()}`;
  const peers = `http://127.0.0.1:${await freePort()}`;
  const running = start(tool('etcd'), [
    '--data-dir', path.join(directory, 'data'), '--listen-client-urls', address, '--advertise-client-urls', address,
    '--listen-peer-urls', peers, '--initial-advertise-peer-urls', peers, '--initial-cluster', `default=${peers}`,
    '--unsafe-no-fsync', '--log-level', 'warn',
  ], { directory });
  await untilUp(running, 'etcd is healthy', async () => (await fetch(`${address}/health`)).ok ? true : undefined);
  return { running, address };
}

/** Starts an API server with its objects under a separate prefix in etcd; resolves to the path of its kubeconfig. */
export async function startApiServer(directory: string, etcd: string): Promise<{ running: Running; kubeconfig: string }> {
  fs.mkdirSync(directory, { recursive: true });
  const port = await freePort();
  const token = crypto.randomBytes(16).toString('hex');
  const { privateKey } = crypto.generateKeyPairSync('rsa', { modulusLength: 2048 });
  const write = (name: string, content: string) => {
    const file = path.join(directory, name);
    fs.writeFileSync(file, content, { mode: 0o600 });
    return file;
  };
  const key = write('service-accounts.key', privateKey.export({ type: 'pkcs1', format: 'pem' }).toString());
  const running = start(tool('kube-apiserver'), [
    '--etcd-servers', etcd, '--etcd-prefix', `/${path.basename(directory)}`,
    '--bind-address', '127.0.0.1', '--advertise-address', '127.0.0.1', '--secure-port', String(port),
    '--cert-dir', path.join(directory, 'certificates'),
    '--token-auth-file', write('tokens.csv', `${token},${MANAGER},${MANAGER},system:masters\n`),
    '--service-account-issuer', 'https://localhost', '--service-account-signing-key-file', key, '--service-account-key-file', key,
    '--service-cluster-ip-range', '10.96.0.0/16', '--endpoint-reconciler-type', 'none',
    '--disable-admission-plugins', 'ServiceAccount',
  ], { directory });
  const kubeconfig = write('kubeconfig', JSON.stringify({
    'apiVersion': 'v1',
    'kind': 'Config',
    'clusters': [{ name: 'test', cluster: { 'server': `https://127.0.0.1:${port}`, 'insecure-skip-tls-verify': true } }],
    'users': [{ name: MANAGER, user: { token } }],
    'contexts': [{ name: 'test', context: { cluster: 'test', user: MANAGER } }],
    'current-context': 'test',
  }));
  const api = new ApiServer(kubeconfig);
  await untilUp(running, 'the API server is ready', async () => await api.isReady() ? true : undefined);
  return { running, kubeconfig };
}

/** A running API server, as a client sees it. */
export class ApiServer {
  /** The API server that one of the two variables names. */
  public static connect(variable: typeof API | typeof API_RELEASED = API): ApiServer {
    const kubeconfig = process.env[variable];
    if (kubeconfig === undefined) {
      throw new Error(`no API server: ${variable} is not set`);
    }
    return new ApiServer(kubeconfig);
  }

  private readonly url: string;
  private readonly token: string;
  private readonly agent = new https.Agent({ keepAlive: true, maxSockets: 8, rejectUnauthorized: false });
  private readonly kinds = new Map<string, Promise<any[]>>();

  public constructor(public readonly kubeconfig: string) {
    const config = JSON.parse(fs.readFileSync(kubeconfig, 'utf8'));
    this.url = config.clusters[0].cluster.server;
    this.token = config.users[0].user.token;
  }

  /** Whether it accepts requests. */
  public async isReady(): Promise<boolean> {
    return (await this.ask('GET', '/readyz')).status === 200;
  }

  /** Installs CRDs and waits until their kinds are served. */
  public async install(crds: readonly Manifest[]): Promise<void> {
    await Promise.all(crds.map(async (crd) => {
      const [{ refused }] = await this.apply([crd]);
      if (refused !== undefined) {
        throw new Error(`${nameOf(crd)} is refused: ${refused}`);
      }
      await until(`${crd.metadata.name} is established`, async () => {
        const { body } = await this.ask('GET', `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${crd.metadata.name}`);
        const established = body.status?.conditions?.some((one: any) => one.type === 'Established' && one.status === 'True');
        const served = await this.ask('GET', `/apis/${crd.spec.group}/${crd.spec.versions[0].name}`);
        return established && served.body.resources?.some((one: any) => one.kind === crd.spec.names.kind) ? true : undefined;
      });
    }));
    this.kinds.clear();
  }

  /** Applies objects on the server's side with strict field validation; a refusal is an answer, not an error. */
  public async apply(objects: readonly Manifest[], options: { dryRun?: boolean } = {}): Promise<Applied[]> {
    const query = `?fieldManager=${MANAGER}&fieldValidation=Strict&force=true${options.dryRun ? '&dryRun=All' : ''}`;
    // All at once: as many requests are on their way as the agent has sockets.
    return Promise.all(objects.map(async (sent): Promise<Applied> => {
      const at = await this.pathOf(sent);
      if (at === undefined) {
        return { sent, refused: `the server knows no ${sent.apiVersion} ${sent.kind}` };
      }
      const { status, body } = await this.ask('PATCH', at + query, sent);
      count('objects applied', 1);
      return status < 300 ? { sent, returned: body } : { sent, refused: body.message ?? `HTTP ${status}` };
    }));
  }

  /**
   * Creates objects without storing them, as `kubectl create --dry-run=server` does, with strict field validation.
   *
   * @param namespace Where they are created, if their metadata may be wrong.
   */
  public async tryCreate(objects: readonly Manifest[], namespace?: string): Promise<Applied[]> {
    return Promise.all(objects.map(async (sent): Promise<Applied> => {
      const at = await this.pathOf(namespace === undefined ? sent : { ...sent, metadata: { name: '', namespace } });
      if (at === undefined) {
        return { sent, refused: `the server knows no ${sent.apiVersion} ${sent.kind}` };
      }
      const collection = at.slice(0, at.lastIndexOf('/'));
      const { status, body } = await this.ask('POST', `${collection}?fieldValidation=Strict&dryRun=All`, sent);
      count('objects tried', 1);
      return status < 300 ? { sent, returned: body } : { sent, refused: body.message ?? `HTTP ${status}` };
    }));
  }

  /** Makes sure that the namespaces are there, those of the mesh with the label that a mesh has them carry. */
  public async ensureNamespaces(names: Iterable<string>): Promise<void> {
    await this.apply([...names].map((name) => ({
      apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { 'istio-injection': 'enabled' } },
    })));
  }

  /** The object as the server holds it. */
  public async get(object: Manifest): Promise<Manifest | undefined> {
    const { status, body } = await this.ask('GET', (await this.pathOf(object))!);
    return status === 200 ? body : undefined;
  }

  /**
   * Deletes objects at once; those that are not there are no error.
   *
   * Namespaces stay: what would empty them before they go is a controller, and none runs here.
   */
  public async remove(objects: readonly Manifest[]): Promise<void> {
    for (const object of objects.filter(({ kind }) => kind !== 'Namespace')) {
      const at = await this.pathOf(object);
      if (at !== undefined) {
        await this.ask('DELETE', `${at}?gracePeriodSeconds=0`);
      }
    }
  }

  /** Closes the connections. */
  public close(): void {
    this.agent.destroy();
  }

  private async pathOf(object: Manifest): Promise<string | undefined> {
    const group = object.apiVersion.includes('/') ? `/apis/${object.apiVersion}` : `/api/${object.apiVersion}`;
    if (!this.kinds.has(group)) {
      this.kinds.set(group, this.ask('GET', group).then(({ body }) => body.resources ?? []));
    }
    const resource = (await this.kinds.get(group)!).find((one) => one.kind === object.kind && !one.name.includes('/'));
    if (resource === undefined) {
      return undefined;
    }
    const namespace = resource.namespaced ? `/namespaces/${object.metadata.namespace ?? 'default'}` : '';
    return `${group}${namespace}/${resource.name}/${object.metadata.name}`;
  }

  private ask(method: string, where: string, body?: object): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const request = https.request(this.url + where, {
        method,
        agent: this.agent,
        headers: {
          authorization: `Bearer ${this.token}`,
          accept: 'application/json',
          // The server refuses a type for a request without a body.
          ...(body === undefined ? {} : { 'content-type': method === 'PATCH' ? 'application/apply-patch+yaml' : 'application/json' }),
        },
      }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', reject);
        response.once('end', () => {
          const text = Buffer.concat(chunks).toString();
          const isJson = response.headers['content-type']?.includes('json');
          resolve({ status: response.statusCode!, body: isJson ? JSON.parse(text) : { message: text } });
        });
      });
      request.once('error', reject);
      request.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }
}
