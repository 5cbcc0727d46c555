/**
 * The properties that `cdk8s.yaml` can give.
 *
 * @internal
 */
export interface CheckProperties {
  /** The lowest level of findings that fail: `error`, `warning`, `info` or `never`. @default - that of the configuration, or error */
  readonly failOn?: string;
  /** Name of the configuration file. @default - seldon-istio.yaml, if it exists */
  readonly config?: string;
  /** Namespace of objects without one. @default "default" */
  readonly defaultNamespace?: string;
}

/**
 * What a validation of cdk8s-cli gets. Written down here, since apps need no cdk8s-cli at run time.
 *
 * @see https://github.com/cdk8s-team/cdk8s-cli
 * @internal
 */
export interface PluginContext {
  /** Paths of the manifests. */
  readonly manifests: readonly string[];
  /** Paths of constructs, by the name of their object: with several objects of one name, that of the last. */
  readonly metadata: { readonly [resourceName: string]: { readonly path: string } };
  /** Prints messages. */
  readonly logger: {
    /** Prints a line. */
    log(message: string): void;
  };
  /** The report. */
  readonly report: {
    /** Adds a violation. */
    addViolation(violation: Violation): void;
    /** Ends the report. The metadata become rows of its summary. */
    submit(status: 'success' | 'failure', metadata?: { readonly [name: string]: string }): void;
  };
  /** Reads a manifest. Slow. */
  parseManifest(path: string): readonly unknown[];
}

/**
 * A violation in the report of cdk8s-cli.
 *
 * @internal
 */
export interface Violation {
  /** The rule. */
  readonly ruleName: string;
  /** What the rule asks for. */
  readonly recommendation: string;
  /** What to do about it. */
  readonly fix: string;
  /** The objects. */
  readonly violatingResources: readonly {
    /** Name of the object, by which cdk8s-cli looks up the path of its construct. */
    readonly resourceName: string;
    /** Where in the manifest. */
    readonly locations: readonly string[];
    /** Path of the manifest. */
    readonly manifestPath: string;
  }[];
}
