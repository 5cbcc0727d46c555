import { ComponentSpec } from './component-spec';
import { GraphNode } from './graph-node';
import { PredictorExplainer, PredictorProps } from './predictor-props';
import type * as core1 from '../../../imports/machinelearning.seldon.io';
import { PredictorManifest } from '../../cluster/core1-operator/manifest';
import { plus } from '../pods/pod-json';

/** Loaded with the first SeldonDeployment: most apps have none. */
function types(): typeof core1 {
  return require('../../../imports/machinelearning.seldon.io') as typeof core1;
}

/**
 * Writes a predictor, without its traffic.
 *
 * @internal
 */
export function toPredictor(props: PredictorProps, annotations: { [name: string]: string } | undefined): PredictorManifest {
  const { name, graph, componentSpecs, replicas, labels, svcOrchSpec, engineResources, explainer, ssl, progressDeadlineSeconds } = props;
  const written = {
    ...types().toJson_SeldonDeploymentSpecPredictors({
      name, replicas, labels, annotations, svcOrchSpec, engineResources, ssl, progressDeadlineSeconds, graph: { name },
    } as core1.SeldonDeploymentSpecPredictors),
    graph: toGraph(graph),
    componentSpecs: componentSpecs?.map(toComponent),
    explainer: explainer && toExplainer(explainer),
  };
  return written as unknown as PredictorManifest;
}

function toGraph({ name, type, children, _props: props }: GraphNode): unknown {
  return types().toJson_SeldonDeploymentSpecPredictorsGraph({
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
  } as core1.SeldonDeploymentSpecPredictorsGraph);
}

function toComponent({ spec, metadata, replicas, hpaSpec, kedaSpec, pdbSpec }: ComponentSpec): unknown {
  return types().toJson_SeldonDeploymentSpecPredictorsComponentSpecs({
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
  } as core1.SeldonDeploymentSpecPredictorsComponentSpecs);
}

function toExplainer(explainer: PredictorExplainer): unknown {
  const containerSpec = explainer.containerSpec && plus().toJson_Container(explainer.containerSpec);
  return types().toJson_SeldonDeploymentSpecPredictorsExplainer({ ...explainer, containerSpec } as core1.SeldonDeploymentSpecPredictorsExplainer);
}
