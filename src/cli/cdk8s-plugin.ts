import type * as PluginCheck from './plugin-check';
import { PluginContext, CheckProperties } from './plugin-context';
import { inSentences, show } from '../plan/checks/errors';
import { nearest } from '../plan/checks/near-miss';

const PROPERTIES: readonly (keyof CheckProperties)[] = ['failOn', 'config', 'defaultNamespace'];
const LEVELS: readonly string[] = ['error', 'warning', 'info', 'never'];

/**
 * Checks the manifests of `cdk8s synth` by all rules, as a validation of `cdk8s.yaml`. Findings of level `info` are only counted, unless they fail.
 *
 * @see https://github.com/cdk8s-team/cdk8s-cli
 * @internal
 */
export class Check {
  private readonly properties: CheckProperties;

  /**
   * A validation with the properties of `cdk8s.yaml`.
   *
   * @throws an error if there is no such property, or its value is not allowed.
   */
  constructor(properties: { readonly [name: string]: unknown } = {}) {
    for (const [name, value] of Object.entries(properties)) {
      if (!PROPERTIES.some((known) => known === name)) {
        const near = nearest(name, PROPERTIES);
        throw new Error(inSentences(`unknown property "${name}" of the validation`, near === undefined ? `use ${PROPERTIES.join(', ')}` : `did you mean "${near}"?`));
      }
      if (typeof value !== 'string' || value === '') throw new Error(`property "${name}" of the validation must be a string, but is ${show(value)}`);
    }
    this.properties = properties;
    const { failOn } = this.properties;
    if (failOn !== undefined && !LEVELS.includes(failOn)) throw new Error(`failOn must be error, warning, info or never, but is "${failOn}"`);
  }

  /** Checks manifests and submits the report. */
  public async validate(context: PluginContext): Promise<void> {
    // Programs that import the package for its constructs do not load the rules.
    const { checkManifests } = require('./plugin-check') as typeof PluginCheck;
    checkManifests(context, this.properties, process.cwd());
  }
}
