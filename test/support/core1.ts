import { ApiObject, App, Chart } from 'cdk8s';
import { messageOf } from './errors';
import { GraphNode } from '../../src/seldon/core1/graph-node';
import { PredictorProps } from '../../src/seldon/core1/predictor-props';
import { PrepackagedServer } from '../../src/seldon/core1/prepackaged-server';
import { SeldonDeployment } from '../../src/seldon/core1/seldon-deployment';
import { SeldonDeploymentProps } from '../../src/seldon/core1/seldon-deployment-props';

export const CLASSIFIER = GraphNode.model({ name: 'classifier', implementation: PrepackagedServer.SKLEARN_SERVER, modelUri: 'gs://x' });

export function chartOf(namespace: string | undefined = 'seldon'): Chart {
  return new Chart(new App(), 'chart', { namespace });
}

export function predictor(name = 'main', rest: Partial<PredictorProps> = {}): PredictorProps {
  return { name, graph: CLASSIFIER, ...rest };
}

export function deployment(props: Partial<SeldonDeploymentProps> = {}, id = 'iris', chart = chartOf()): SeldonDeployment {
  return new SeldonDeployment(chart, id, { predictors: [predictor()], ...props });
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any
export function specOf(made: SeldonDeployment): any {
  return ApiObject.of(made).toJson().spec;
}

/** What the app reports before it writes. */
export function problemsOf(made: SeldonDeployment): string {
  return messageOf(() => App.of(made).synthYaml());
}
