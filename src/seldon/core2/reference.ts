import { Construct, IConstruct } from 'constructs';
import { namespaceOf } from '../../mesh/manifest';
import { checkNoNamespace } from '../../plan/checks/checks';
import { checkProps } from '../../plan/checks/props';

/** Options for a reference to an existing object of Seldon Core 2. */
export interface Core2ReferenceOptions {
  /**
   * Namespace of the object.
   *
   * @default - the chart's namespace
   */
  readonly namespace?: string;
}

/** The object of a reference. */
interface Referenced {
  readonly kind: string;
  readonly name: string;
  readonly checkName: (at: IConstruct, what: string, name: string) => void;
}

/**
 * A reference to an existing object of Seldon Core 2.
 *
 * @internal
 */
export abstract class Core2Reference extends Construct {
  protected readonly objectName: string;
  protected readonly objectNamespace?: string;

  protected constructor(
    scope: Construct, id: string, { kind, name, checkName }: Referenced, struct: string, options: Core2ReferenceOptions,
  ) {
    super(scope, id);
    checkProps(this, struct, options);
    checkNoNamespace(this, kind, name);
    checkName(this, `name of ${kind}`, name);
    this.objectName = name;
    this.objectNamespace = namespaceOf(this, options);
  }
}
