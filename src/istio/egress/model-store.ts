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
 * A host of a store.
 *
 * @internal
 */
export interface StoreHost {
  /** DNS name, perhaps a wildcard, or an IP address. */
  readonly host: string;
  /** Port that it listens on. */
  readonly port: number;
  /** Whether it speaks TLS there. */
  readonly tls: boolean;
  /** Addresses that the name stands for, when they were said. */
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
 * Where models are fetched from: hosts, ports and what is spoken there. `ModelStoreEgress` lets pods of the mesh reach it.
 */
export class ModelStore {
  /**
   * Amazon S3, by HTTPS.
   *
   * @param options Region, and what differs from all its buckets.
   * @throws an error when region, bucket or domain is wrong, or a bucket with dots is to be named in the host, for which the
   * certificate of S3 is not good.
   */
  public static s3(options: S3StoreOptions): ModelStore {
    const at = 'ModelStore.s3';
    checkProps('ModelStore.s3', 'S3StoreOptions', options);
    const { region, bucket, style = S3Style.BOTH, dualStack, fips, globalEndpoint, tokenService } = options;
    checkPattern(at, 'region', region, /^[a-z]{2,4}(-[a-z]+)+-\d+$/, 'a region such as "eu-west-1"');
    if (!Object.values(S3Style).includes(style)) throw invalid(at, `style ${show(style)}`, `expected one of ${Object.values(S3Style).join(', ')}`);
    if (bucket !== undefined) checkBucket(at, bucket);
    if (bucket?.includes('.') && style !== S3Style.PATH) {
      throw invalid(at, `bucket ${show(bucket)} with style ${style}`, 'the certificate of S3 is not good for a host with a dot in the bucket: say S3Style.PATH');
    }
    const domain = options.domain ?? PARTITIONS.find(([pattern]) => pattern.test(region))?.[1] ?? 'amazonaws.com';
    checkName(at, 'domain', domain);
    if (globalEndpoint && domain !== 'amazonaws.com') {
      throw invalid(at, `globalEndpoint in the partition of ${domain}`, 'there is none: have clients use the endpoint of the region');
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
   * Google Cloud Storage, by HTTPS, with the sign-in of service account keys.
   *
   * @param options What differs from buckets named in the path.
   * @throws an error when the bucket is wrong.
   */
  public static gcs(options: GcsStoreOptions = {}): ModelStore {
    const at = 'ModelStore.gcs';
    checkProps('ModelStore.gcs', 'GcsStoreOptions', options);
    const { bucket, workloadIdentityFederation } = options;
    if (bucket !== undefined) checkPattern(at, 'bucket', bucket, /^[a-z0-9][a-z0-9_-]{1,61}[a-z0-9]$/, 'a bucket of 3 to 63 letters, digits, hyphens and underscores');
    if (bucket?.includes('_')) throw invalid(at, `bucket ${show(bucket)}`, 'an underscore cannot stand in a host: have clients name the bucket in the path');
    const hosts = ['storage.googleapis.com', 'www.googleapis.com', 'oauth2.googleapis.com'];
    if (bucket !== undefined) hosts.push(`${bucket}.storage.googleapis.com`);
    if (workloadIdentityFederation) hosts.push('sts.googleapis.com', 'iamcredentials.googleapis.com');
    return new ModelStore('gcs', hosts.map(https));
  }

  /**
   * Azure Blob Storage, by HTTPS.
   *
   * @param options The storage account, and what differs from the public cloud.
   * @throws an error when the account or the cloud is wrong.
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
   * The hub of Hugging Face and the hosts that it sends clients to for large files, by HTTPS.
   *
   * @param options What differs from the public hub.
   * @throws an error when a host is wrong.
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
   * A MinIO, or another store that speaks like S3.
   *
   * @param options Host, and what differs from port 9000 without TLS.
   * @throws an error when the host, the port or an address is wrong.
   */
  public static minio(options: MinioStoreOptions): ModelStore {
    const at = 'ModelStore.minio';
    checkProps('ModelStore.minio', 'MinioStoreOptions', options);
    const { host, port = 9000, tls = false, addresses } = options;
    return new ModelStore(`minio ${host}`, [checked(at, { host, port, tls, addresses })]);
  }

  /**
   * Any host.
   *
   * @param host DNS name, or `*.` before one for all names below it, or IP address; no scheme, port or path.
   * @param options What differs from TLS on port 443.
   * @throws an error when the host, the port or an address is wrong.
   */
  public static host(host: string, options: HostStoreOptions = {}): ModelStore {
    checkProps('ModelStore.host', 'HostStoreOptions', options);
    const { tls = true, addresses } = options;
    const port = options.port ?? (tls ? 443 : 80);
    return new ModelStore(host, [checked('ModelStore.host', { host, port, tls, addresses })]);
  }

  /** The hosts, with wildcards. */
  public readonly hosts: string[];

  /**
   * How messages name the store.
   *
   * @internal
   */
  public readonly _description: string;

  /**
   * Hosts, ports and what is spoken there.
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
    if (addresses.length === 0) throw invalid(at, `no addresses of ${host}`, 'name one, or leave them out');
    for (const address of addresses) checkSubnet(at, 'address', address);
    if (isIpAddress(host)) throw invalid(at, `addresses of ${host}`, 'it is an address itself: leave them out, or say a DNS name');
    if (host.startsWith('*')) throw invalid(at, `addresses of ${show(host)}`, 'they stand for one name: say it');
  }
  return store;
}

/** The first thing that people paste is a URL, so it is named. */
function checkStoreHost(at: string, what: string, host: string): void {
  checkText(at, what, host);
  if (/^[a-z0-9+.-]+:\/\//i.test(host)) throw invalid(at, `${what} ${show(host)} with a scheme`, 'say the host alone, such as "models.example.com"');
  if (host.includes('/')) throw invalid(at, `${what} ${show(host)} with a path`, 'Istio distinguishes hosts, not paths: name the host alone');
  if (/:\d+$/.test(host) && !isIpAddress(host)) throw invalid(at, `${what} ${show(host)} with a port`, 'say the host alone; the port is an option of its own');
  if (host === '*' || !isHost(host)) {
    throw invalid(at, `${what} ${show(host)}`, 'expected a DNS name such as "models.example.com", "*." before one, or an IP address');
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
    throw invalid(at, `bucket ${show(bucket)}`, 'expected labels with dots between, and no IP address');
  }
}
