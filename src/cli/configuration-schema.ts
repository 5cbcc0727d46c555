import { ObjectSchema, schemaFile } from '../documents/schema';

const RELEASE = { type: ['string', 'number'], pattern: '^[0-9]+\\.[0-9]+(\\.[0-9]+)?$' } as const;
/** Older ones are not supported. A tool that writes 1.30 as a number writes 1.3. */
const ISTIO_RELEASE = { ...RELEASE, pattern: '^1\\.([5-9]|[1-9][0-9]+)(\\.[0-9]+)?$' } as const;
const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';

/**
 * The schema of the configuration file.
 *
 * @param rules The names of all rules.
 * @internal
 */
export function configurationSchema(rules: readonly string[]): ObjectSchema {
  return {
    description: 'What manifests do not tell, and findings that are accepted.',
    type: 'object',
    properties: {
      istioVersion: { description: 'Release of Istio, 1.5 or newer.', ...ISTIO_RELEASE, examples: ['1.27'] },
      seldonVersion: { description: 'Release of Seldon Core 2.', ...RELEASE, examples: ['2.10'] },
      clusterDomain: {
        description: 'Domain of Services.', type: 'string', pattern: `^${LABEL}(\\.${LABEL})*$`, examples: ['cluster.local'], default: 'cluster.local',
      },
      rootNamespace: {
        description: 'Namespace of objects that apply to the whole mesh.', type: 'string', pattern: `^${LABEL}$`, examples: ['istio-system'], default: 'istio-system',
      },
      core1Routes: {
        description: 'Who writes the routes of SeldonDeployments: the operator, when its setting istio.enabled is on, or this library.',
        type: 'string',
        enum: ['operator', 'library'],
      },
      healthChecks: {
        description: "The tool that applies the manifests, if it has the health checks for Seldon's kinds, so that it waits until models are ready.",
        type: 'string',
        enum: ['argocd', 'flux'],
      },
      context: {
        description: 'Files and folders of other teams. Their objects are known to the rules, and findings about such objects alone are not reported.',
        type: 'array',
        items: { description: 'A file or a folder, relative to this file.', type: 'string', examples: ['../platform/dist'] },
      },
      failOn: {
        description: 'The lowest level of findings with which the command exits with code 1.',
        type: 'string',
        enum: ['error', 'warning', 'info', 'never'],
        default: 'error',
      },
      accept: {
        description: 'Findings that are accepted. Where objects can be annotated, prefer the annotation.',
        type: 'array',
        items: {
          description: 'Accepts the findings of a rule about objects that have all of the given properties. In patterns, `*` stands for any characters but `/`, '
            + '`**` for any characters, and `?` for one character.',
          type: 'object',
          properties: {
            rule: { description: 'Name of the rule.', type: 'string', enum: rules },
            kind: { description: 'Kind of the objects, or a pattern; any if not specified.', type: 'string', examples: ['VirtualService'] },
            namespace: { description: 'Namespace of the objects, or a pattern; any if not specified.', type: 'string', examples: ['models'] },
            name: { description: 'Name of the objects, or a pattern; any if not specified.', type: 'string', examples: ['iris-*'] },
            file: { description: 'File of the objects as findings show it, or a pattern; any if not specified.', type: 'string', examples: ['dist/**'] },
            reason: { description: 'Why the findings are accepted.', type: 'string', examples: ['the platform team replaces this gateway in May'] },
          },
          required: ['rule', 'reason'],
          additionalProperties: false,
        },
      },
    },
    required: [],
    additionalProperties: false,
  };
}

/**
 * The schema of the configuration file for editors.
 *
 * @param rules The names of all rules.
 * @internal
 */
export function configurationSchemaFile(rules: readonly string[]): string {
  return schemaFile('seldon-istio.yaml', configurationSchema(rules));
}
