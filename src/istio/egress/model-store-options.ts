/** Addressing style of S3 clients. */
export enum S3Style {
  /** Both styles, since clients differ. */
  BOTH = 'both',
  /** The bucket is in the path: `s3.eu-west-1.amazonaws.com/bucket`. */
  PATH = 'path',
  /** The bucket is in the host: `bucket.s3.eu-west-1.amazonaws.com`. */
  VIRTUAL_HOSTED = 'virtual-hosted',
}

/** Options for `ModelStore.s3`. */
export interface S3StoreOptions {
  /** Region, such as `eu-west-1`. It also determines the default domain, such as `amazonaws.com.cn` for `cn-north-1`. */
  readonly region: string;

  /**
   * Bucket. Without one, a wildcard covers the hosts of all buckets, and Istio trusts the caller for the address of the host.
   *
   * @default - all buckets of the region
   */
  readonly bucket?: string;

  /**
   * Addressing style of the clients. Rclone uses the path.
   *
   * @default S3Style.BOTH
   */
  readonly style?: S3Style;

  /**
   * Whether clients use the dual-stack hosts, which also have IPv6 addresses.
   *
   * @default false
   */
  readonly dualStack?: boolean;

  /**
   * Whether clients use the FIPS 140 hosts.
   *
   * @default false
   */
  readonly fips?: boolean;

  /**
   * Whether to add `s3.amazonaws.com`, which clients use when no endpoint is set.
   *
   * @default false
   */
  readonly globalEndpoint?: boolean;

  /**
   * Whether to add the region's token service, which pods need to authenticate with their service account (IRSA).
   *
   * @default false
   */
  readonly tokenService?: boolean;

  /**
   * Domain of the partition.
   *
   * @default - determined by the region: `amazonaws.com`, `amazonaws.com.cn`, `amazonaws.eu`, or that of an isolated partition
   */
  readonly domain?: string;
}

/** Options for `ModelStore.gcs`. */
export interface GcsStoreOptions {
  /**
   * Bucket, for clients with virtual-hosted-style access: `bucket.storage.googleapis.com`.
   *
   * @default - clients use path-style access, as Google's own libraries do
   */
  readonly bucket?: string;

  /**
   * Whether to add the hosts of workload identity federation, for pods outside Google Cloud that authenticate with their
   * service account.
   *
   * @default false
   */
  readonly workloadIdentityFederation?: boolean;
}

/** A cloud environment of Azure. */
export enum AzureCloud {
  /** The public cloud. */
  PUBLIC = 'public',
  /** The cloud in China. */
  CHINA = 'china',
  /** The cloud of the US government. */
  US_GOVERNMENT = 'us-government',
}

/** Options for `ModelStore.azureBlob`. */
export interface AzureBlobStoreOptions {
  /** Storage account: 3 to 24 lower-case letters and digits. */
  readonly account: string;

  /**
   * Cloud environment.
   *
   * @default AzureCloud.PUBLIC
   */
  readonly cloud?: AzureCloud;

  /**
   * Whether to add the account's Data Lake host.
   *
   * @default false
   */
  readonly dataLake?: boolean;

  /**
   * Whether to add the login host of Microsoft Entra ID, which pods without account key and SAS token need.
   *
   * @default false
   */
  readonly entraId?: boolean;
}

/** Options for `ModelStore.huggingFace`. */
export interface HuggingFaceStoreOptions {
  /**
   * The hub, or a mirror of it (`HF_ENDPOINT`).
   *
   * @default "huggingface.co"
   */
  readonly hub?: string;

  /**
   * CDN hosts to which the hub redirects clients for large files. TLS origination does not support wildcards.
   *
   * @default - `*.huggingface.co` and `*.hf.co`, since the hosts change
   */
  readonly cdnHosts?: string[];
}

/** Options for `ModelStore.minio`. */
export interface MinioStoreOptions {
  /**
   * DNS name or IP address. A name without dots, or one that ends in `.svc` or in `.svc.` and the cluster domain, is a Service of the
   * cluster. The mesh already knows it, so no object is created for it. `minio.storage` is a host outside the cluster; for the Service
   * set `minio.storage.svc`.
   */
  readonly host: string;

  /**
   * Port, 1 to 65535.
   *
   * @default 9000
   */
  readonly port?: number;

  /**
   * Whether it uses TLS.
   *
   * @default false
   */
  readonly tls?: boolean;

  /**
   * IP addresses of the host, if DNS does not resolve it.
   *
   * @default - resolved by DNS
   */
  readonly addresses?: string[];
}

/** Options for `ModelStore.host`. */
export interface HostStoreOptions {
  /**
   * Port, 1 to 65535.
   *
   * @default - 443 with TLS, 80 without
   */
  readonly port?: number;

  /**
   * Whether it uses TLS.
   *
   * @default true
   */
  readonly tls?: boolean;

  /**
   * IP addresses or CIDR blocks of the host, if DNS does not resolve it.
   *
   * @default - resolved by DNS
   */
  readonly addresses?: string[];
}
