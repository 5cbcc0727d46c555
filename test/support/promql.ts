import type { LRParser } from '@lezer/lr';

// It has types for its ES module alone, and the tests load the other one.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { parser } = require('@prometheus-io/lezer-promql') as { parser: LRParser };

/** Where Prometheus' own grammar does not understand a query; nothing when it does. */
export function syntaxErrors(query: string): string[] {
  const errors: string[] = [];
  parser.parse(query).iterate({
    enter: ({ type, from, to }) => {
      if (type.isError) errors.push(`${query.slice(0, from)}⟨${query.slice(from, to)}⟩${query.slice(to)}`);
    },
  });
  return errors;
}

/** A panel of a dashboard. */
export interface Panel {
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly options: { readonly content?: string };
  readonly targets?: readonly { readonly refId: string; readonly expr: string; readonly legendFormat: string }[];
}

/** A dashboard of Grafana. */
export interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly refresh: string;
  readonly panels: readonly Panel[];
}

/** All queries of a dashboard. */
export function queriesOf({ panels }: Dashboard): string[] {
  return panels.flatMap(({ targets }) => (targets ?? []).map(({ expr }) => expr));
}
