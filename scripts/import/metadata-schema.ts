import { Schema } from './crd';

const TEXT = { type: 'string' };
const TEXTS = { type: 'object', additionalProperties: TEXT };

/** The metadata that all kinds have in common, which no CRD describes. Those that only the API server writes have any type. */
export const METADATA_SCHEMA: Schema = {
  type: 'object',
  properties: {
    annotations: TEXTS,
    creationTimestamp: {},
    deletionGracePeriodSeconds: {},
    deletionTimestamp: {},
    finalizers: { type: 'array', items: TEXT },
    generateName: TEXT,
    generation: {},
    labels: TEXTS,
    managedFields: {},
    name: TEXT,
    namespace: TEXT,
    ownerReferences: {},
    resourceVersion: {},
    selfLink: {},
    uid: {},
  },
};
