/**
 * What is done to the headers of a request or an answer.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#Headers-HeaderOperations
 */
export interface HeaderChanges {
  /**
   * Headers to write, replacing every value that is there.
   *
   * @default - none
   */
  readonly set?: { [name: string]: string };

  /**
   * Headers to write beside the values that are there. A cookie is added: setting it would delete the model's own.
   *
   * @default - none
   */
  readonly add?: { [name: string]: string };

  /**
   * Headers to take away.
   *
   * @default - none
   */
  readonly remove?: string[];
}
