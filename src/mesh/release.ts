import { IConstruct } from 'constructs';
import { invalid, show } from '../plan/checks/errors';

/** Istio 1.5 was the last release that renamed kinds. */
const OLDEST: Release = { major: 1, minor: 5 };

/** A minor release. @internal */
export interface Release {
  /** The first number. */
  readonly major: number;
  /** The second number. */
  readonly minor: number;
}

/**
 * The API version in which a release serves a kind, newest first. A kind without an entry for a release does not exist there yet.
 *
 * @see https://istio.io/latest/docs/releases/supported-releases/
 */
const API_VERSIONS: { readonly [kind: string]: readonly (readonly [since: string, apiVersion: string])[] } = {
  Gateway: [['1.22', 'networking.istio.io/v1'], ['1.5', 'networking.istio.io/v1beta1']],
  VirtualService: [['1.22', 'networking.istio.io/v1'], ['1.5', 'networking.istio.io/v1beta1']],
  DestinationRule: [['1.22', 'networking.istio.io/v1'], ['1.5', 'networking.istio.io/v1beta1']],
  ServiceEntry: [['1.22', 'networking.istio.io/v1'], ['1.5', 'networking.istio.io/v1beta1']],
  Sidecar: [['1.22', 'networking.istio.io/v1'], ['1.5', 'networking.istio.io/v1beta1']],
  AuthorizationPolicy: [['1.17', 'security.istio.io/v1'], ['1.5', 'security.istio.io/v1beta1']],
  RequestAuthentication: [['1.17', 'security.istio.io/v1'], ['1.5', 'security.istio.io/v1beta1']],
  PeerAuthentication: [['1.22', 'security.istio.io/v1'], ['1.5', 'security.istio.io/v1beta1']],
  Telemetry: [['1.22', 'telemetry.istio.io/v1'], ['1.11', 'telemetry.istio.io/v1alpha1']],
};

/**
 * The API versions and fields of the configured Istio release. Without one, the newest API versions are used and no field is rejected.
 *
 * @internal
 */
export class IstioRelease {
  /** No release is configured. */
  public static readonly UNSPECIFIED = new IstioRelease('', undefined);

  public static parse(at: IConstruct, text: string): IstioRelease {
    const parsed = parseRelease(text);
    if (parsed === undefined) throw invalid(at, `istioVersion ${show(text)}`, 'expected a release such as "1.22" or "1.22.3"');
    if (isBefore(parsed, OLDEST)) throw invalid(at, `istioVersion ${show(text)}`, 'expected 1.5 or later');
    return new IstioRelease(text, parsed);
  }

  private constructor(private readonly text: string, private readonly release: Release | undefined) {}

  /** The API version in which the release serves a kind. */
  public apiVersion(at: IConstruct, kind: string): string {
    const versions = API_VERSIONS[kind];
    const found = versions.find(([since]) => this.isAtLeast(since));
    if (found === undefined) {
      throw invalid(at, `a ${kind} with istioVersion ${show(this.text)}`, `Istio has this kind only since ${versions[versions.length - 1][0]}. Leave it out, or set the istioVersion that the mesh has`);
    }
    return found[1];
  }

  /** Whether the release is the given one or later. */
  public isAtLeast(since: string): boolean {
    return this.release === undefined || !isBefore(this.release, parseRelease(since)!);
  }

  /** Rejects a field that the configured release does not have. */
  public require(at: IConstruct, field: string, since: string): void {
    if (!this.isAtLeast(since)) {
      throw invalid(at, `${field} with istioVersion ${show(this.text)}`, `Istio has this field only since ${since}. Older releases drop or reject it. Leave it out, or set the istioVersion that the mesh has`);
    }
  }
}

/** @internal */
export function parseRelease(text: string): Release | undefined {
  const match = /^v?(\d+)\.(\d+)(\.\d+)?(-[0-9A-Za-z.-]+)?$/.exec(text);
  return match === null ? undefined : { major: Number(match[1]), minor: Number(match[2]) };
}

/** @internal */
export function isBefore(a: Release, b: Release): boolean {
  return a.major !== b.major ? a.major < b.major : a.minor < b.minor;
}
