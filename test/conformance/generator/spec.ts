import { Backend } from './backends';
import { GatewaySpec } from './gateways';
import { RouteSpec } from './routes';

/** What Mesh.configure is told. */
export interface MeshSpec {
  readonly istioVersion?: string;
  readonly clusterDomain?: string;
  readonly rootNamespace?: string;
  readonly ingressSelector?: { readonly [label: string]: string };
}

/** Props of a construct that is written as it is given, with tags where they hold objects. */
export interface Raw { readonly id: string; readonly chart: number; readonly props: any }

/** An app as data. */
export interface AppSpec {
  readonly mesh?: MeshSpec;
  readonly gateways: readonly GatewaySpec[];
  readonly backends: readonly Backend[];
  readonly routes: readonly RouteSpec[];
  readonly virtualServices: readonly Raw[];
  readonly destinationRules: readonly Raw[];
}
