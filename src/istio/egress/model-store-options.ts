/** In which style clients name a bucket of S3. */
export enum S3Style {
  /** Both, as clients differ. */
  BOTH = 'both',
  /** In the path: `s3.eu-west-1.amazonaws.com/bucket`. */
  PATH = 'path',
  /** In the host: `bucket.s3.eu-west-1.amazonaws.com`. */
  VIRTUAL_HOSTED = 'virtual-hosted',
}

/** Where models lie in Amazon S3. */
export interface S3StoreOptions {
  /** Region, such as `eu-west-1`; it decides the domain too, such as `amazonaws.com.cn` for `cn-north-1`. */
  readonly region: string;

  /**
   * Bucket. Without one the hosts of all buckets are reached by a wildcard, for which Istio takes the caller's word.
   *
   * @default - all buckets of the region
   */
  readonly bucket?: string;

  /**
   * In which style clients name the bucket. Rclone names it in the path.
   *
   * @default S3Style.BOTH
   */
  readonly style?: S3Style;

  /**
   * Whether the hosts are those with IPv6 addresses too.
   *
   * @default false
   */
  readonly dualStack?: boolean;

  /**
   * Whether the hosts are those with FIPS 140 cryptography.
   *
   * @default false
   */
  readonly fips?: boolean;

  /**
   * Whether `s3.amazonaws.com` is reached too, which clients use when no endpoint is set.
   *
   * @default false
   */
  readonly globalEndpoint?: boolean;

  /**
   * Whether the region's token service is reached too, which pods need that sign in by their service account (IRSA).
   *
   * @default false
   */
  readonly tokenService?: boolean;

  /**
   * Domain of the partition.
   *
   * @default - by the region: `amazonaws.com`, `amazonaws.com.cn`, `amazonaws.eu`, or that of an isolated partition
   */
  readonly domain?: string;
}

/** Where models lie in Google Cloud Storage. */
export interface GcsStoreOptions {
  /**
   * Bucket that clients name in the host, `bucket.storage.googleapis.com`.
   *
   * @default - clients name buckets in the path, as Google's own libraries do
   */
  readonly bucket?: string;

  /**
   * Whether the hosts of workload identity federation are reached too, for pods outside Google's cloud that sign in by their
   * service account.
   *
   * @default false
   */
  readonly workloadIdentityFederation?: boolean;
}

/** One of Microsoft's clouds. */
export enum AzureCloud {
  /** The public one. */
  PUBLIC = 'public',
  /** The one in China. */
  CHINA = 'china',
  /** The one of the US government. */
  US_GOVERNMENT = 'us-government',
}

/** Where models lie in Azure Blob Storage. */
export interface AzureBlobStoreOptions {
  /** Storage account: 3 to 24 lower-case letters and digits. */
  readonly account: string;

  /**
   * The cloud.
   *
   * @default AzureCloud.PUBLIC
   */
  readonly cloud?: AzureCloud;

  /**
   * Whether the account's Data Lake host is reached too.
   *
   * @default false
   */
  readonly dataLake?: boolean;

  /**
   * Whether the sign-in of Microsoft Entra is reached too, which pods need that use no account key and no SAS token.
   *
   * @default false
   */
  readonly entraId?: boolean;
}

/** How models of Hugging Face are fetched. */
export interface HuggingFaceStoreOptions {
  /**
   * The hub, or a mirror of it (`HF_ENDPOINT`).
   *
   * @default "huggingface.co"
   */
  readonly hub?: string;

  /**
   * Hosts that the hub sends clients to for large files. Wildcards cannot be had with TLS origination.
   *
   * @default - `*.huggingface.co` and `*.hf.co`, since they change
   */
  readonly cdnHosts?: string[];
}

/** How a MinIO is reached. */
export interface MinioStoreOptions {
  /**
   * DNS name, or IP address. A name without dots, or one that ends in `.svc` or `.svc.` and the cluster's domain, is a Service of
   * the cluster: the mesh knows it already, so nothing is written for it. `minio.storage` is a host outside of it: write
   * `minio.storage.svc`.
   */
  readonly host: string;

  /**
   * Port, 1 to 65535.
   *
   * @default 9000
   */
  readonly port?: number;

  /**
   * Whether it speaks TLS.
   *
   * @default false
   */
  readonly tls?: boolean;

  /**
   * IP addresses that the name stands for, where DNS does not know it.
   *
   * @default - those that DNS gives
   */
  readonly addresses?: string[];
}

/** How any host is reached. */
export interface HostStoreOptions {
  /**
   * Port, 1 to 65535.
   *
   * @default - 443 with TLS, 80 without
   */
  readonly port?: number;

  /**
   * Whether it speaks TLS.
   *
   * @default true
   */
  readonly tls?: boolean;

  /**
   * IP addresses that the name stands for, or CIDR blocks, where DNS does not know it.
   *
   * @default - those that DNS gives
   */
  readonly addresses?: string[];
}
