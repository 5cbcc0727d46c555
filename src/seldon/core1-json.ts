import type { k8s } from 'cdk8s-plus-27';
import { ComponentSpec } from './component-spec';
import { PredictorManifest } from './core1-manifest';
import { GraphNode } from './graph-node';
import { PredictorExplainer, PredictorProps } from './predictor-props';
import {
  SeldonDeploymentSpecPredictors, SeldonDeploymentSpecPredictorsComponentSpecs, SeldonDeploymentSpecPredictorsExplainer,
  SeldonDeploymentSpecPredictorsGraph, toJson_SeldonDeploymentSpecPredictors, toJson_SeldonDeploymentSpecPredictorsComponentSpecs,
  toJson_SeldonDeploymentSpecPredictorsExplainer, toJson_SeldonDeploymentSpecPredictorsGraph,
} from '../../imports/machinelearning.seldon.io';

/** Loaded only where a pod is given: it takes longer to load than everything else together. */
function plus(): typeof k8s {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return (require('cdk8s-plus-27') as { k8s: typeof k8s }).k8s;
}

/**
 * Writes a predictor, without its traffic.
 *
 * @internal
 */
export function toPredictor(props: PredictorProps, annotations: { [name: string]: string } | undefined): PredictorManifest {
  const { name, graph, componentSpecs, replicas, labels, svcOrchSpec, engineResources, explainer, ssl, progressDeadlineSeconds } = props;
  const written = {
    ...toJson_SeldonDeploymentSpecPredictors({
      name, replicas, labels, annotations, svcOrchSpec, engineResources, ssl, progressDeadlineSeconds, graph: { name },
    } as SeldonDeploymentSpecPredictors),
    graph: toGraph(graph),
    componentSpecs: componentSpecs?.map(toComponent),
    explainer: explainer && toExplainer(explainer),
  };
  return written as unknown as PredictorManifest;
}

function toGraph({ name, type, children, _props: props }: GraphNode): unknown {
  return toJson_SeldonDeploymentSpecPredictorsGraph({
    name,
    type,
    implementation: props.implementation?.name ?? props.builtIn,
    methods: props.methods,
    endpoint: props.endpoint,
    parameters: props.parameters,
    modelUri: props.modelUri,
    serviceAccountName: props.serviceAccountName,
    envSecretRefName: props.envSecretRefName,
    storageInitializerImage: props.storageInitializerImage,
    logger: props.logger,
    children: children.length === 0 ? undefined : children.map(toGraph),
  } as SeldonDeploymentSpecPredictorsGraph);
}

function toComponent({ spec, metadata, replicas, hpaSpec, kedaSpec, pdbSpec }: ComponentSpec): unknown {
  return toJson_SeldonDeploymentSpecPredictorsComponentSpecs({
    spec: plus().toJson_PodSpec(spec),
    metadata,
    replicas,
    hpaSpec: hpaSpec && { minReplicas: hpaSpec.minReplicas, maxReplicas: hpaSpec.maxReplicas, metricsv2: hpaSpec.metrics },
    kedaSpec: kedaSpec && {
      ...kedaSpec,
      advanced: kedaSpec.behavior === undefined && kedaSpec.restoreToOriginalReplicaCount === undefined ? undefined : {
        restoreToOriginalReplicaCount: kedaSpec.restoreToOriginalReplicaCount,
        horizontalPodAutoscalerConfig: kedaSpec.behavior && { behavior: kedaSpec.behavior },
      },
    },
    pdbSpec,
  } as SeldonDeploymentSpecPredictorsComponentSpecs);
}

function toExplainer(explainer: PredictorExplainer): unknown {
  const containerSpec = explainer.containerSpec && plus().toJson_Container(explainer.containerSpec);
  return toJson_SeldonDeploymentSpecPredictorsExplainer({ ...explainer, containerSpec } as SeldonDeploymentSpecPredictorsExplainer);
}
