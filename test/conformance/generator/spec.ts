import { Backend } from './backends';
import { GatewaySpec } from './gateways';
import { RouteSpec } from './routes';

/** The props of Mesh.configure. */
export interface MeshSpec {
  readonly istioVersion?: string;
  readonly clusterDomain?: string;
  readonly rootNamespace?: string;
  readonly ingressSelector?: { readonly [label: string]: string };
}

/** Props of a construct that is written as it is given, with tags where they hold objects. */
export interface Raw { readonly id: string; readonly chart: number; readonly props: any }

/** A policy at a gateway: who may call some endpoints and models. */
export interface AccessSpec {
  /** Position of the gateway; one that the app does not have is the first. */
  readonly gateway: number;
  /** Positions of routes; those that the app does not have are left out. */
  readonly routes?: readonly number[];
  /** Positions of backends. */
  readonly models?: readonly number[];
  /** Groups in the token, of which callers have one; none means that any token will do. */
  readonly groups?: readonly string[];
  readonly sharesModels?: boolean;
}

/** How a backend is called. */
export interface BackendPolicySpec {
  readonly chart: number;
  /** Position of the backend. */
  readonly backend: number;
  readonly policy: any;
}

/** An app as data. */
export interface AppSpec {
  readonly mesh?: MeshSpec;
  readonly gateways: readonly GatewaySpec[];
  readonly backends: readonly Backend[];
  readonly routes: readonly RouteSpec[];
  readonly virtualServices: readonly Raw[];
  readonly destinationRules: readonly Raw[];
  readonly serviceEntries: readonly Raw[];
  readonly backendPolicies: readonly BackendPolicySpec[];
  readonly access: readonly AccessSpec[];
}
