/** Describes an existing object of Seldon Core 2. */
export interface Core2ReferenceOptions {
  /**
   * Namespace of the object.
   *
   * @default - the chart's namespace
   */
  readonly namespace?: string;
}
