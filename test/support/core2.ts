import { ApiObject, App, Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { IConstruct } from 'constructs';
import { VolumeClaimTemplate } from '../../src/seldon/pods/volume-claim-template';

export function chartOf(namespace: string | undefined = 'models'): Chart {
  return new Chart(new App(), 'chart', { namespace });
}

/** A chart whose namespace is not specified. */
export function chartOfNowhere(): Chart {
  return new Chart(new App(), 'chart');
}

export function specOf(construct: IConstruct): Record<string, unknown> {
  return ApiObject.of(construct).toJson().spec;
}

export function podOf(...names: string[]): k8s.PodSpec {
  return { containers: names.map((name) => ({ name, image: `${name}:1` })) };
}

/** A pod whose agent reports the capabilities of a Server. */
export function podThatCan(...capabilities: string[]): k8s.PodSpec {
  return { containers: [{ name: 'agent', env: [{ name: 'SELDON_SERVER_CAPABILITIES', value: capabilities.join(',') }] }, { name: 'server' }] };
}

export function claimOf(name: string, spec: Partial<k8s.PersistentVolumeClaimSpec> = {}): VolumeClaimTemplate {
  return { name, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: k8s.Quantity.fromString('1Gi') } }, ...spec } };
}
