import { ObjectSchema, schemaFile } from '../documents/schema';

const NAME = '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$';
const COUNT = '^[0-9]+$';

/**
 * The schema of a models file.
 *
 * @internal
 */
export const MODELS_FILE_SCHEMA: ObjectSchema = {
  description: 'Models that are served, with their versions.',
  type: 'object',
  properties: {
    models: {
      description: 'The models.',
      type: 'array',
      items: {
        description: 'A model, which clients call by its name.',
        type: 'object',
        properties: {
          name: { description: 'Its name, which clients use.', type: 'string', pattern: NAME, examples: ['iris'] },
          requirements: {
            description: 'What a server must be capable of.',
            type: 'array',
            items: { description: 'A capability.', type: 'string', examples: ['sklearn'] },
          },
          memory: { description: 'Memory that it needs.', type: 'string', pattern: '^[1-9][0-9]*(Mi|Gi)$', examples: ['100Mi'] },
          replicas: { description: 'Number of replicas of each version.', type: ['string', 'number'], pattern: COUNT, examples: ['2'] },
          versions: {
            description: 'One version, or two of which the second is the new one.',
            type: 'array',
            items: {
              description: 'A version.',
              type: 'object',
              properties: {
                version: { description: 'Its name, which is appended to that of the model.', type: 'string', pattern: NAME, examples: ['v2'] },
                uri: { description: 'Where its artifact is.', type: 'string', pattern: '^[a-z0-9]+://.+$', examples: ['gs://models/iris/v2'] },
                weight: {
                  description: 'Percentage of the requests that it gets instead of the version before it, from 0 to 100. Without a version before it, it gets all.',
                  type: ['string', 'number'],
                  pattern: '^(100|[1-9]?[0-9])$',
                  examples: ['10'],
                  default: '0',
                },
              },
              required: ['version', 'uri'],
              additionalProperties: false,
            },
          },
        },
        required: ['name', 'versions'],
        additionalProperties: false,
      },
    },
  },
  required: ['models'],
  additionalProperties: false,
};

/**
 * The schema of a models file for editors.
 *
 * @internal
 */
export function modelsSchemaFile(): string {
  return schemaFile('models.yaml', MODELS_FILE_SCHEMA);
}
