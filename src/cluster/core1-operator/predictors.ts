import { ANNOTATION } from './annotations';
import { EXPLAINER_PORT, PredictorPorts } from './defaults';
import { PredictorManifest, SeldonDeploymentManifest } from './manifest';
import { componentDeployment, containerService, deploymentId, explainerService, orchestratorDeployment, predictorService } from './names';
import { OperatorPods } from './objects';
import { Orchestrator, PlacedContainer, placeContainers, servedComponents } from './units';

const ENGINE = 'seldon-container-engine';

/** A Service of the operator. @internal */
export interface PlannedService {
  /** Name. */
  readonly name: string;
  /** Ports by name. */
  readonly ports: { readonly [name: string]: number };
  /** Labels of its pods. */
  readonly selector: { readonly [label: string]: string };
  /** Whether clients outside the graph use it. */
  readonly external: boolean;
}

/** The Services and pods that the operator creates for one predictor. @internal */
export interface PlannedPredictor {
  /** The predictor. */
  readonly predictor: PredictorManifest;
  /** Name of its Service. */
  readonly service: string;
  /** Ports of its Service. */
  readonly ports: PredictorPorts;
  /** Value of the label `version`. */
  readonly version: string;
  /** Its explainer's Service and port. */
  readonly explainer?: { readonly service: string; readonly port: number };
  /** All Services. */
  readonly services: PlannedService[];
  /** All pods. */
  readonly pods: OperatorPods[];
}

/**
 * The Services and pods that the operator creates.
 *
 * @internal
 */
export function planPredictors({ metadata: { name }, spec }: SeldonDeploymentManifest, engine: PredictorPorts): PlannedPredictor[] {
  const placed = placeContainers(spec.predictors, spec.protocol);
  return spec.predictors.map((predictor, i) => {
    const orchestrator = orchestratorOf(spec, predictor);
    const { components, orchestrated } = placed[i];
    const served = servedComponents(placed[i], orchestrator);
    const service = predictor.annotations?.[ANNOTATION.serviceName] ?? predictorService(name, predictor.name);
    const unit = components.flat().find((container) => container.unit);
    const ports = orchestrator === Orchestrator.NONE && unit !== undefined ? { http: unit.ports.http, grpc: unit.ports.grpc } : engine;
    const version = predictor.labels?.version ?? predictor.name;
    const labels = { ...predictor.labels, version };
    const enginePorts = { http: engine.http, metrics: engine.http, grpc: engine.grpc };
    const services: PlannedService[] = [{ name: service, ports: { ...ports }, selector: { 'seldon-app': service }, external: true }];
    const pods: OperatorPods[] = [];
    if (orchestrator === Orchestrator.SEPARATE) {
      pods.push({
        deployment: orchestratorDeployment(name, predictor.name),
        // The operator writes the name of the Service here, instead of the name of the deployment.
        labels: { ...labels, 'seldon-app': service, 'seldon-deployment-id': service },
        containers: { [ENGINE]: enginePorts },
      });
    }
    components.forEach((containers, j) => {
      const units = containers.filter((container) => container.unit);
      const joined = orchestrator === Orchestrator.JOINED && j === orchestrated;
      services.push(...units.map((container) => containerServiceOf(name, predictor.name, container)));
      const { metadata } = predictor.componentSpecs?.[j] ?? {};
      pods.push({
        deployment: componentDeployment(name, predictor.name, j, metadata?.name ?? containers.map((container) => container.name).join('-')),
        labels: {
          ...labels,
          ...metadata?.labels,
          'seldon-deployment-id': deploymentId(name),
          ...Object.assign({}, ...units.map((container) => containerServiceOf(name, predictor.name, container).selector)),
          ...served.has(j) ? { 'seldon-app': service } : {},
        },
        containers: {
          ...Object.fromEntries(containers.map((container) => [container.name, { ...container.ports }])),
          ...joined ? { [ENGINE]: enginePorts } : {},
        },
      });
    });
    const explainer = planExplainer(name, predictor);
    if (explainer === undefined) return { predictor, service, ports, version, services, pods };
    services.push({ name: explainer.service, ports: { http: explainer.port }, selector: { 'seldon-app': explainer.service }, external: true });
    pods.push({
      deployment: explainer.service,
      labels: { ...labels, 'seldon-deployment-id': deploymentId(name), 'seldon-app': explainer.service },
      containers: { [explainer.container]: { http: explainer.containerPort } },
    });
    return { predictor, service, ports, version, services, pods, explainer };
  });
}

/**
 * Where the orchestrator of a predictor runs.
 *
 * @internal
 */
export function orchestratorOf({ annotations }: SeldonDeploymentManifest['spec'], predictor: PredictorManifest): Orchestrator {
  if (isTrue(predictor.annotations?.[ANNOTATION.noEngine])) return Orchestrator.NONE;
  return isTrue(annotations?.[ANNOTATION.separateEngine]) ? Orchestrator.SEPARATE : Orchestrator.JOINED;
}

/** The operator ignores case here, and treats every other value as false. */
function isTrue(value: string | undefined): boolean {
  return value?.toLowerCase() === 'true';
}

function containerServiceOf(deployment: string, predictor: string, { name, ports }: PlacedContainer): PlannedService {
  const service = containerService(deployment, predictor, name);
  return { name: service, ports: { http: ports.http, grpc: ports.grpc }, selector: { [`seldon-app-svc-${name}`]: service }, external: false };
}

/** A port in the container changes the port on which it listens, but not the port of the Service. */
function planExplainer(
  deployment: string, { name, explainer }: PredictorManifest,
): { service: string; port: number; container: string; containerPort: number } | undefined {
  if (!explainer?.type) return undefined;
  const service = explainerService(deployment, name);
  const port = explainer.endpoint?.service_port || EXPLAINER_PORT;
  const own = explainer.containerSpec?.ports?.find((each) => each.name === 'http');
  return { service, port, container: explainer.containerSpec?.name || service, containerPort: own?.containerPort ?? port };
}
