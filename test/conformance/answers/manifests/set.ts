import { ClusterSettings } from '../../../../src/cluster/cluster';
import { Manifest } from '../../harness/manifests';
import { InnerWorld } from '../../harness/seldon-envoy';
import { ServicePort } from '../../harness/services';

/** A Service that stands behind rules. */
export interface SetService {
  readonly name: string;
  readonly namespace: string;
  readonly ports: ServicePort[];
}

/** A way into the mesh for the requests of a set. */
export type EntryPoint =
  | {
    readonly kind: 'gateway';
    readonly proxy: string;
    readonly gateway?: string;
    readonly port: number;
    readonly tls?: EntryTls;
    readonly hosts: readonly string[];
    /** Whether connections are forwarded as they are; stubs read HTTP/1.1 from them. */
    readonly isOpaque?: boolean;
  }
  | { readonly kind: 'client'; readonly proxy: string; readonly port: number; readonly hosts: readonly string[] };

/** What is known about the TLS of a server. */
export interface EntryTls {
  readonly mutual: boolean;
}

/** Manifests that share nothing with other sets of a world. */
export interface AnswerSet {
  readonly seed: number;
  /** Position in its world, which its namespaces, hosts and ports contain. */
  readonly index: number;
  /** What istiod and the resolver read, Services excluded. */
  readonly manifests: readonly Manifest[];
  /** The Services that exist. */
  readonly services: readonly SetService[];
  /** Services that rules name and that do not exist, as `<service>.<namespace>`. */
  readonly absent: readonly string[];
  readonly entryPoints: readonly EntryPoint[];
  readonly settings: ClusterSettings;
  /** More workloads of the mesh that send requests. */
  readonly clients?: readonly SetClient[];
  /** What the resolver reads instead of the manifests, such as a SeldonDeployment for which an operator creates objects. */
  readonly readByResolver?: readonly Manifest[];
  /** What runs in Seldon Core 2, by namespace. */
  readonly inner?: { readonly [namespace: string]: InnerWorld };
  /** Paths and headers near which requests are made, in addition to those of rules. */
  readonly hints?: { readonly paths: readonly string[]; readonly headers: readonly (readonly [name: string, value: string])[] };
  /** What the set has, for the table of coverage. */
  readonly kind: string;
}

/** A workload of the mesh that sends requests. */
export interface SetClient {
  readonly name: string;
  readonly namespace: string;
  readonly labels: { [name: string]: string };
  /** Whether the Sidecar is one of the manifests. Default: it knows everything. */
  readonly hasSidecar?: boolean;
}

/** Workloads of the mesh that send requests, in every world. */
export const CLIENTS: readonly SetClient[] = [
  { name: 'client', namespace: 'clients', labels: { app: 'client' } },
  { name: 'caller', namespace: 'callers', labels: { app: 'caller', version: 'v1' } },
];

/** Names of a set. */
export class Names {
  /** Namespaces of routes and Services. */
  public readonly a: string;
  public readonly b: string;
  /** The domain that no other set of the world has. */
  public readonly domain: string;
  /** The first of its ten ports. */
  public readonly port: number;

  constructor(public readonly index: number) {
    this.a = `a${index}`;
    this.b = `b${index}`;
    // With two labels it could be the name of a Service and a namespace.
    this.domain = `s${index}.sets.test`;
    this.port = 2_000 + index * 10;
  }

  /** Hosts of routes and servers. */
  public get hosts(): { readonly [name in 'a' | 'b' | 'below' | 'wild' | 'wildBelow' | 'external']: string } {
    const { domain } = this;
    return { a: `a.${domain}`, b: `b.${domain}`, below: `x.b.${domain}`, wild: `*.${domain}`, wildBelow: `*.b.${domain}`, external: `ext.${domain}` };
  }

  /** The Services, none of which is called `absent`. */
  public get services(): SetService[] {
    const [http, other] = [{ number: 80, name: 'http' }, { number: 8001, name: 'http-more' }];
    return [
      { name: 'one', namespace: this.a, ports: [http, other] },
      { name: 'two', namespace: this.a, ports: [other] },
      { name: 'three', namespace: this.b, ports: [http] },
    ];
  }
}

/** The Deployment of the pods of a gateway. */
export const gatewayPods = (name: string, namespace: string, labels: object): Manifest => ({
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace }, spec: { template: { metadata: { labels } } },
});
