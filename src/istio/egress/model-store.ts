import {
  AzureBlobStoreOptions, AzureCloud, GcsStoreOptions, HostStoreOptions, HuggingFaceStoreOptions, MinioStoreOptions, S3StoreOptions, S3Style,
} from './model-store-options';
import { checkPort, isHost, isIpAddress } from '../../plan/checks/checks';
import { invalid, show } from '../../plan/checks/errors';
import { checkProps } from '../../plan/checks/props';
import { checkText, checkTexts } from '../../plan/checks/type-checks';
import { checkSubnet } from '../common/names';

export * from './model-store-options';

/**
 * A host of a model store.
 *
 * @internal
 */
export interface StoreHost {
  /** DNS name, which may be a wildcard, or an IP address. */
  readonly host: string;
  /** Port that it listens on. */
  readonly port: number;
  /** Whether the port uses TLS. */
  readonly tls: boolean;
  /** IP addresses or CIDR blocks of the host, if specified. */
  readonly addresses?: readonly string[];
}

const PARTITIONS: readonly (readonly [region: RegExp, domain: string])[] = [
  [/^cn-/, 'amazonaws.com.cn'],
  [/^us-iso-/, 'c2s.ic.gov'],
  [/^us-isob-/, 'sc2s.sgov.gov'],
  [/^us-isof-/, 'csp.hci.ic.gov'],
  [/^eu-isoe-/, 'cloud.adc-e.uk'],
  [/^eusc-/, 'amazonaws.eu'],
];

const AZURE: { readonly [cloud: string]: { readonly suffix: string; readonly login: string } } = {
  [AzureCloud.PUBLIC]: { suffix: 'core.windows.net', login: 'login.microsoftonline.com' },
  [AzureCloud.CHINA]: { suffix: 'core.chinacloudapi.cn', login: 'login.chinacloudapi.cn' },
  [AzureCloud.US_GOVERNMENT]: { suffix: 'core.usgovcloudapi.net', login: 'login.microsoftonline.us' },
};

/**
 * A store of model artifacts: its hosts and ports, with or without TLS. `ModelStoreEgress` makes it reachable from pods in the mesh.
 */
export class ModelStore {
  /**
   * Amazon S3 over HTTPS.
   *
   * @param options The region, and optionally one bucket.
   * @throws an error when region, bucket or domain is not valid, or when a bucket with dots would be part of the host, which the
   * certificate of S3 does not cover.
   */
  public static s3(options: S3StoreOptions): ModelStore {
    const at = 'ModelStore.s3';
    checkProps('ModelStore.s3', 'S3StoreOptions', options);
    const { region, bucket, style = S3Style.BOTH, dualStack, fips, globalEndpoint, tokenService } = options;
    checkPattern(at, 'region', region, /^[a-z]{2,4}(-[a-z]+)+-\d+$/, 'a region such as "eu-west-1"');
    if (!Object.values(S3Style).includes(style)) throw invalid(at, `style ${show(style)}`, `expected one of ${Object.values(S3Style).join(', ')}`);
    if (bucket !== undefined) checkBucket(at, bucket);
    if (bucket?.includes('.') && style !== S3Style.PATH) {
      throw invalid(at, `bucket ${show(bucket)} with style ${style}`, 'the certificate of S3 does not cover a host with dots in the bucket. Set S3Style.PATH');
    }
    const domain = options.domain ?? PARTITIONS.find(([pattern]) => pattern.test(region))?.[1] ?? 'amazonaws.com';
    checkName(at, 'domain', domain);
    if (globalEndpoint && domain !== 'amazonaws.com') {
      throw invalid(at, `globalEndpoint in the partition of ${domain}`, 'this partition has no global endpoint. Let clients use the endpoint of the region');
    }
    const ends = [
      `s3${fips ? '-fips' : ''}${dualStack ? '.dualstack' : ''}.${region}.${domain}`,
      ...(globalEndpoint ? ['s3.amazonaws.com'] : []),
    ];
    const hosts = ends.flatMap((end) => [
      ...(style === S3Style.VIRTUAL_HOSTED ? [] : [end]),
      ...(style === S3Style.PATH ? [] : [`${bucket ?? '*'}.${end}`]),
    ]);
    if (tokenService) hosts.push(`sts.${region}.${domain}`);
    return new ModelStore(`s3 ${bucket ?? region}`, hosts.map(https));
  }

  /**
   * Google Cloud Storage over HTTPS, with the token endpoints for service account keys.
   *
   * @param options What differs from path-style access.
   * @throws an error when the bucket is not valid.
   */
  public static gcs(options: GcsStoreOptions = {}): ModelStore {
    const at = 'ModelStore.gcs';
    checkProps('ModelStore.gcs', 'GcsStoreOptions', options);
    const { bucket, workloadIdentityFederation } = options;
    if (bucket !== undefined) checkPattern(at, 'bucket', bucket, /^[a-z0-9][a-z0-9_-]{1,61}[a-z0-9]$/, 'a bucket of 3 to 63 letters, digits, hyphens and underscores');
    if (bucket?.includes('_')) throw invalid(at, `bucket ${show(bucket)}`, 'a host cannot contain an underscore. Let clients use path-style access, and leave bucket out');
    const hosts = ['storage.googleapis.com', 'www.googleapis.com', 'oauth2.googleapis.com'];
    if (bucket !== undefined) hosts.push(`${bucket}.storage.googleapis.com`);
    if (workloadIdentityFederation) hosts.push('sts.googleapis.com', 'iamcredentials.googleapis.com');
    return new ModelStore('gcs', hosts.map(https));
  }

  /**
   * Azure Blob Storage over HTTPS.
   *
   * @param options The storage account, and what differs from the public cloud.
   * @throws an error when the account or the cloud is not valid.
   */
  public static azureBlob(options: AzureBlobStoreOptions): ModelStore {
    const at = 'ModelStore.azureBlob';
    checkProps('ModelStore.azureBlob', 'AzureBlobStoreOptions', options);
    const { account, cloud = AzureCloud.PUBLIC, dataLake, entraId } = options;
    checkPattern(at, 'account', account, /^[a-z0-9]{3,24}$/, '3 to 24 lower-case letters and digits, without a host');
    const names = AZURE[cloud];
    if (names === undefined) throw invalid(at, `cloud ${show(cloud)}`, `expected one of ${Object.values(AzureCloud).join(', ')}`);
    const hosts = [`${account}.blob.${names.suffix}`];
    if (dataLake) hosts.push(`${account}.dfs.${names.suffix}`);
    if (entraId) hosts.push(names.login);
    return new ModelStore(`azure ${account}`, hosts.map(https));
  }

  /**
   * The Hugging Face Hub over HTTPS, and the CDN hosts to which it redirects clients for large files.
   *
   * @param options What differs from the public hub.
   * @throws an error when a host is not valid.
   */
  public static huggingFace(options: HuggingFaceStoreOptions = {}): ModelStore {
    const at = 'ModelStore.huggingFace';
    checkProps('ModelStore.huggingFace', 'HuggingFaceStoreOptions', options);
    const { hub = 'huggingface.co', cdnHosts = ['*.huggingface.co', '*.hf.co'] } = options;
    checkName(at, 'hub', hub);
    checkTexts(at, 'cdnHosts', cdnHosts);
    for (const host of cdnHosts) checkStoreHost(at, 'CDN host', host);
    return new ModelStore('hugging face', [...new Set([hub, ...cdnHosts])].map(https));
  }

  /**
   * A MinIO server, or another S3-compatible store.
   *
   * @param options Host, and what differs from port 9000 without TLS.
   * @throws an error when the host, the port or an address is not valid.
   */
  public static minio(options: MinioStoreOptions): ModelStore {
    const at = 'ModelStore.minio';
    checkProps('ModelStore.minio', 'MinioStoreOptions', options);
    const { host, port = 9000, tls = false, addresses } = options;
    return new ModelStore(`minio ${host}`, [checked(at, { host, port, tls, addresses })]);
  }

  /**
   * A store on any host.
   *
   * @param host DNS name, wildcard such as `*.example.com`, or IP address, without scheme, port or path.
   * @param options What differs from TLS on port 443.
   * @throws an error when the host, the port or an address is not valid.
   */
  public static host(host: string, options: HostStoreOptions = {}): ModelStore {
    checkProps('ModelStore.host', 'HostStoreOptions', options);
    const { tls = true, addresses } = options;
    const port = options.port ?? (tls ? 443 : 80);
    return new ModelStore(host, [checked('ModelStore.host', { host, port, tls, addresses })]);
  }

  /** The hosts, including wildcards. */
  public readonly hosts: string[];

  /**
   * Description of the store in messages.
   *
   * @internal
   */
  public readonly _description: string;

  /**
   * Hosts and ports, with or without TLS.
   *
   * @internal
   */
  public readonly _hosts: readonly StoreHost[];

  private constructor(description: string, hosts: readonly StoreHost[]) {
    this._description = description;
    this._hosts = hosts;
    this.hosts = hosts.map(({ host }) => host);
  }
}

function https(host: string): StoreHost {
  return { host, port: 443, tls: true };
}

function checked(at: string, store: StoreHost): StoreHost {
  const { host, port, addresses } = store;
  checkStoreHost(at, 'host', host);
  checkPort(at, 'port', port);
  if (addresses !== undefined) {
    checkTexts(at, 'addresses', addresses);
    if (addresses.length === 0) throw invalid(at, `no addresses of ${host}`, 'list at least one, or leave addresses out');
    for (const address of addresses) checkSubnet(at, 'address', address);
    if (isIpAddress(host)) throw invalid(at, `addresses of ${host}`, 'the host is itself an IP address. Leave addresses out, or set a DNS name as the host');
    if (host.startsWith('*')) throw invalid(at, `addresses of ${show(host)}`, 'addresses belong to one DNS name. Set that name as the host');
  }
  return store;
}

/** Users often paste a URL, so its parts get their own messages. */
function checkStoreHost(at: string, what: string, host: string): void {
  checkText(at, what, host);
  if (/^[a-z0-9+.-]+:\/\//i.test(host)) throw invalid(at, `${what} ${show(host)} with a scheme`, 'set only the host, such as "models.example.com"');
  if (host.includes('/')) throw invalid(at, `${what} ${show(host)} with a path`, 'Istio distinguishes hosts, not paths. Set only the host');
  if (/:\d+$/.test(host) && !isIpAddress(host)) throw invalid(at, `${what} ${show(host)} with a port`, 'set only the host, and use the option for the port');
  if (host === '*' || !isHost(host)) {
    throw invalid(at, `${what} ${show(host)}`, 'expected a DNS name such as "models.example.com", a wildcard such as "*.example.com", or an IP address');
  }
}

function checkName(at: string, what: string, host: string): void {
  checkStoreHost(at, what, host);
  if (host.startsWith('*') || isIpAddress(host)) throw invalid(at, `${what} ${show(host)}`, 'expected a DNS name');
}

function checkPattern(at: string, what: string, value: string, pattern: RegExp, expected: string): void {
  if (typeof value !== 'string' || !pattern.test(value)) throw invalid(at, `${what} ${show(value)}`, `expected ${expected}`);
}

function checkBucket(at: string, bucket: string): void {
  checkPattern(at, 'bucket', bucket, /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'a bucket of 3 to 63 lower-case letters, digits, hyphens and dots');
  if (isIpAddress(bucket) || bucket.includes('..') || /\.-|-\./.test(bucket)) {
    throw invalid(at, `bucket ${show(bucket)}`, 'expected labels separated by dots, and not an IP address');
  }
}
