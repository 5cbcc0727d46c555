import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import type { OperatorIstioOptions } from './annotations';
import type { OperatorEndpoint, ServedDeployment } from './operator-endpoints';
import type { ISeldonDeployment } from './predictor';
import type { Shares } from './route-owner';
import type { OwnedService } from '../../cluster/core1-operator/services';
import { Finding, reportFindings } from '../../mesh/findings';
import { Mesh } from '../../mesh/mesh';
import { objectsOf } from '../../mesh/objects';
import type { BackendTarget, BackendUse } from '../../plan/backend';
import { pathOf, show } from '../../plan/checks/errors';
import { objectKey } from '../../plan/object-key';

/** The owner of an object that Seldon's operator may create. */
interface Owned {
  readonly deployment: IConstruct;
  readonly sure: boolean;
}

/** Istio objects that Seldon's operator writes for a SeldonDeployment. @internal */
export interface OperatorNames {
  /** Names of its VirtualServices. */
  readonly virtualServices: string[];
  /** Names of its DestinationRules. */
  readonly destinationRules: string[];
  /** Whether it is known to write any. */
  readonly sure: boolean;
}

/** A Service that the operator creates for a SeldonDeployment. @internal */
export interface OwnedBy {
  /** The SeldonDeployment. */
  readonly deployment: RegisteredDeployment;
  /** The Service. */
  readonly service: OwnedService;
}

/** A SeldonDeployment, whose operator may own Istio objects. @internal */
export interface OperatorOwned extends ISeldonDeployment {
  /** The objects that the operator may create. */
  _operatorObjects(): OperatorNames;
}

/** A SeldonDeployment of this app. @internal */
export interface RegisteredDeployment extends OperatorOwned, ServedDeployment {
  /** Whether it is known who routes to it. */
  readonly _isRouted: boolean;
  /** Claims its routes for a construct that routes to one of its predictors. */
  _routeBy(by: IConstruct, target: BackendTarget, use: BackendUse): void;
  /** Lets Seldon's operator route the requests of callers. */
  _leaveToOperator(by: IConstruct, shares: Shares, istio: OperatorIstioOptions): void;
  /** The Services that the operator creates for it. */
  _services(): OwnedService[];
  /** The operator's own routes. */
  _operatorEndpoints(): OperatorEndpoint[];
  /** Finds problems of its percentages. */
  _findProblems(): string[];
}

/**
 * The SeldonDeployments of a mesh, by namespace and name, and the Istio objects that their operator owns.
 *
 * @internal
 */
export class SeldonDeployments {
  /** The instance of a construct's mesh. */
  public static of(construct: IConstruct): SeldonDeployments {
    return Mesh.of(construct)._part('seldon-deployments', (scope) => new SeldonDeployments(scope));
  }

  private readonly deployments = new Map<string, RegisteredDeployment>();
  private readonly references: OperatorOwned[] = [];
  private readonly services = new Map<string, OwnedBy>();
  private readonly problems: Finding[] = [];

  private constructor(private readonly scope: IConstruct) {
    reportFindings(scope, () => this.validate());
  }

  /** Adds a deployment of this app. */
  public add(deployment: RegisteredDeployment): void {
    const { deploymentNamespace: namespace, deploymentName } = deployment;
    this.deployments.set(objectKey(namespace, deploymentName), deployment);
    for (const service of deployment._services()) this.addService(objectKey(namespace, service.name), { deployment, service });
  }

  /** Adds a reference to an existing deployment. */
  public refer(reference: OperatorOwned): void {
    this.references.push(reference);
  }

  /** Finds a deployment of this app. */
  public find(namespace: string | undefined, name: string): RegisteredDeployment | undefined {
    return this.deployments.get(objectKey(namespace, name));
  }

  /** The operator's own routes, where it creates Istio objects. */
  public get operatorEndpoints(): OperatorEndpoint[] {
    return [...this.deployments.values()].flatMap((deployment) => deployment._operatorEndpoints());
  }

  /** Finds a Service that the operator creates for a deployment of this app. */
  public findService(namespace: string | undefined, name: string): OwnedBy | undefined {
    return this.services.get(objectKey(namespace, name));
  }

  /** The operator creates one Service of a name: requests for the other predictors or nodes of that name would reach the wrong pods. */
  private addService(key: string, own: OwnedBy): void {
    const other = this.services.get(key);
    if (other === undefined) {
      this.services.set(key, own);
      return;
    }
    const text = `Service ${show(own.service.name)} of ${other.service.of} of ${pathOf(other.deployment)} and of ${own.service.of} of ${pathOf(own.deployment)}. `
      + 'Requests for one would reach the pods of the other: give one of them another name';
    this.problems.push({ at: own.deployment, text });
  }

  private validate(): Finding[] {
    const problems: Finding[] = [...this.deployments.values()]
      .flatMap((deployment) => deployment._findProblems().map((text) => ({ at: deployment, text })));
    problems.push(...this.problems);
    const owned = new Map<string, Owned>();
    for (const deployment of [...this.references, ...this.deployments.values()]) {
      const { deploymentNamespace: namespace } = deployment;
      const { virtualServices, destinationRules, sure } = deployment._operatorObjects();
      for (const name of virtualServices) owned.set(`VirtualService ${objectKey(namespace, name)}`, { deployment, sure });
      if (!sure) continue;
      for (const name of destinationRules) owned.set(`DestinationRule ${objectKey(namespace, name)}`, { deployment, sure });
    }
    for (const object of objectsOf(this.scope, 'networking.istio.io', 'VirtualService', 'DestinationRule')) {
      const owner = owned.get(`${object.kind} ${objectKey(object.metadata.namespace, object.name)}`);
      if (owner !== undefined) problems.push({ at: object, text: collision(object, owner) });
    }
    return problems;
  }
}

function collision(object: ApiObject, { deployment, sure }: Owned): string {
  return `${object.kind} "${object.name}" (${pathOf(object)}) has the name that Seldon's operator gives to its own for ${pathOf(deployment)}. `
    + `${sure ? 'The operator overwrites it' : 'Where the operator creates Istio objects, it overwrites this one'}: set another name, by metadata.name or the construct id`;
}
