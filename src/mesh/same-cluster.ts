import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Warnings } from './warnings';
import { pathOf, show } from '../plan/checks/errors';
import { objectKey } from '../plan/object-key';

/** A configured mesh, for this comparison. @internal */
export interface ConfiguredMesh {
  /** The scope that it was configured on. */
  readonly scope: IConstruct;
  /** Its options, written so that equal options are equal strings. */
  readonly options: string;
}

/** A Gateway of a mesh. @internal */
export interface ClusterGateway {
  /** Its construct. */
  readonly at: IConstruct;
  /** Namespace and name. */
  readonly identity: string;
  /** Options of its mesh. */
  readonly options: string;
  /** Path of the scope of its mesh. */
  readonly mesh: string;
}

/** Gateways that two meshes with equal options both have: in one cluster, one would overwrite the other. @internal */
export function findSharedGateways(gateways: readonly ClusterGateway[]): (readonly [ClusterGateway, ClusterGateway])[] {
  const seen = new Map<string, ClusterGateway>();
  return gateways.flatMap((gateway) => {
    const key = `${gateway.identity}\n${gateway.options}`;
    const other = seen.get(key);
    if (other === undefined) seen.set(key, gateway);
    return other === undefined || other.mesh === gateway.mesh ? [] : [[other, gateway] as const];
  });
}

const MESHES = Symbol.for('cdk8s-seldon-istio.meshes');

/** The property that configured meshes add to the root of a tree. */
interface Marked extends IConstruct {
  [MESHES]?: ConfiguredMesh[];
}

/** Warns at synthesis when two meshes of an app are probably in the same cluster. @internal */
export function compareWithOtherMeshes(mesh: ConfiguredMesh): void {
  const root = mesh.scope.node.root as Marked;
  if (root[MESHES] !== undefined) {
    root[MESHES].push(mesh);
    return;
  }
  const meshes = root[MESHES] = [mesh];
  Warnings._later(root, () => warn(meshes));
}

function warn(meshes: readonly ConfiguredMesh[]): void {
  if (meshes.length < 2) return;
  const byScope = new Map(meshes.map((mesh) => [mesh.scope, mesh]));
  const gateways = meshes.flatMap((mesh) => gatewaysOf(mesh, byScope));
  for (const [a, b] of findSharedGateways(gateways)) {
    Warnings._add(b.at,
      `the meshes of ${scopeName(a.mesh)} and of ${scopeName(b.mesh)} have the same options, and both have Gateway ${show(b.identity)} (${pathOf(a.at)} and ${pathOf(b.at)})`,
      'in one cluster, one would overwrite the other, and endpoints of the two are not compared. Configure one mesh on a common scope, '
      + 'or set a different clusterDomain for each cluster');
  }
}

function scopeName(path: string): string {
  return path === '' ? 'the app' : show(path);
}

/** The Gateways below the scope of a mesh, except those of meshes that are configured below it. */
function gatewaysOf(mesh: ConfiguredMesh, byScope: ReadonlyMap<IConstruct, ConfiguredMesh>): ClusterGateway[] {
  const found: ClusterGateway[] = [];
  const visit = (construct: IConstruct): void => {
    if (construct !== mesh.scope && byScope.has(construct)) return;
    if (ApiObject.isApiObject(construct) && construct.kind === 'Gateway' && construct.apiGroup === 'networking.istio.io') {
      found.push({
        at: construct.node.id === 'Resource' ? construct.node.scope! : construct,
        identity: objectKey(construct.metadata.namespace, construct.name),
        options: mesh.options,
        mesh: mesh.scope.node.path,
      });
    }
    for (const child of construct.node.children) visit(child);
  };
  visit(mesh.scope);
  return found;
}
