/** Options for `Traffic.diagram`. */
export interface TrafficDiagramOptions {
  /**
   * The hosts to draw, such as `models.example.com`, or patterns of the table of routes. At each gateway, the most specific pattern that matches a host
   * has its routes.
   *
   * @default - all hosts
   */
  readonly hosts?: string[];
}
