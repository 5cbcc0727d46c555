import { Cluster } from './cluster';

/**
 * How proxies compare a header that a request repeats, unless Envoy joins its lines when it receives them: each line by itself, or all of them as
 * one value, separated by commas.
 *
 * @internal
 */
export type Comparison = 'lines' | 'joined';

/**
 * What differs between releases of Envoy.
 *
 * @internal
 */
export interface EnvoyRelease {
  /** The release of Envoy. */
  readonly envoy: string;
  /** The first release of Istio with it, as major, minor and patch. */
  readonly istio: readonly [major: number, minor: number, patch: number];
  /** How rules of VirtualServices compare repeated headers. */
  readonly routes: Comparison;
  /** How AuthorizationPolicies compare them. */
  readonly policies: Comparison;
  /** Whether Istio leaves it to Envoy to rename the host of mirrored requests. */
  readonly hasShadowHosts: boolean;
}

/**
 * The releases, newest first. Those of 1.37 and later were observed, earlier ones have the code of 1.37.0. Patches that changed policies are
 * those of CVE-2026-26308.
 *
 * @see https://istio.io/latest/docs/releases/supported-releases/#supported-envoy-versions
 * @internal
 */
export const ENVOY_RELEASES: readonly EnvoyRelease[] = [
  { envoy: '1.40', istio: [1, 32, 0], routes: 'lines', policies: 'lines', hasShadowHosts: false },
  { envoy: '1.39', istio: [1, 31, 0], routes: 'lines', policies: 'lines', hasShadowHosts: false },
  { envoy: '1.38', istio: [1, 30, 0], routes: 'joined', policies: 'lines', hasShadowHosts: false },
  { envoy: '1.37.1', istio: [1, 29, 1], routes: 'joined', policies: 'lines', hasShadowHosts: false },
  { envoy: '1.37', istio: [1, 29, 0], routes: 'joined', policies: 'joined', hasShadowHosts: false },
  { envoy: '1.36.5', istio: [1, 28, 5], routes: 'joined', policies: 'lines', hasShadowHosts: false },
  { envoy: '1.36', istio: [1, 28, 0], routes: 'joined', policies: 'joined', hasShadowHosts: false },
  { envoy: '1.35.9', istio: [1, 27, 8], routes: 'joined', policies: 'lines', hasShadowHosts: true },
  { envoy: '1.35 or earlier', istio: [0, 0, 0], routes: 'joined', policies: 'joined', hasShadowHosts: true },
];

/**
 * The newest release.
 *
 * @internal
 */
export const NEWEST_ENVOY: EnvoyRelease = ENVOY_RELEASES[0];

/**
 * The release of Envoy in the proxies of a cluster: the newest one if the release of Istio is not known, and the last patch of a minor release.
 *
 * @internal
 */
export function envoyOf(cluster: Cluster): EnvoyRelease {
  return cluster.derived(readRelease);
}

function readRelease({ settings: { istioVersion } }: Cluster): EnvoyRelease {
  const [, major, minor, patch = Number.MAX_SAFE_INTEGER] = /^v?(\d+)\.(\d+)(?:\.(\d+))?/.exec(istioVersion ?? '') ?? [];
  if (major === undefined) return NEWEST_ENVOY;
  const release = [Number(major), Number(minor), Number(patch)];
  return ENVOY_RELEASES.find(({ istio }) => !isBefore(release, istio))!;
}

function isBefore(release: readonly number[], other: readonly number[]): boolean {
  const different = release.findIndex((part, i) => part !== other[i]);
  return different >= 0 && release[different] < other[different];
}
