/** What is known of an object of Seldon Core 2 that lives elsewhere. */
export interface Core2ReferenceOptions {
  /**
   * Namespace of the object.
   *
   * @default - the chart's namespace
   */
  readonly namespace?: string;
}
