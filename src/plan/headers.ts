/**
 * Changes to the headers of a request or a response.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#Headers-HeaderOperations
 */
export interface HeaderChanges {
  /**
   * Headers to set. They replace existing values.
   *
   * @default - none
   */
  readonly set?: { [name: string]: string };

  /**
   * Headers to add to existing values. Cookies must be added, since setting them would delete the model's own.
   *
   * @default - none
   */
  readonly add?: { [name: string]: string };

  /**
   * Headers to remove.
   *
   * @default - none
   */
  readonly remove?: string[];
}
