import { createHash } from 'crypto';
import { MeasuredArm, MeasuredRollout } from './rollout-arms';

/** The number of columns of Grafana's grid. */
const COLUMNS = 24;

/** Explains why a Core 2 model has no quantiles. */
const NO_QUANTILES = 'Seldon Core 2 keeps no histogram for each model, so there are no quantiles for it: its mean latency is the quotient of two counters.';

/** A series of a panel. */
interface Target {
  readonly legend: string;
  readonly expr: string;
}

/** The settings in which panels differ. */
interface PanelOptions {
  readonly title: string;
  readonly description?: string;
  readonly unit: string;
  readonly targets: readonly Target[];
  readonly max?: number;
  readonly stacked?: boolean;
}

/** One row of panels. */
type Row = readonly { readonly height: number; readonly panel: (id: number) => object }[];

/**
 * The settings of a dashboard.
 *
 * @internal
 */
export interface DashboardOptions {
  /** Title. */
  readonly title: string;
  /** The UID of the dashboard in links. */
  readonly uid: string;
  /** Latency quantiles, one panel for each. */
  readonly quantiles: readonly number[];
  /** The refresh interval, as Grafana writes it. */
  readonly refresh: string;
  /** Tags of the dashboard in Grafana. */
  readonly tags: readonly string[];
}

/**
 * A UID for a dashboard that is the same in each synthesis. Grafana allows 40 characters.
 *
 * @internal
 */
export function dashboardUid(namespace: string | undefined, name: string): string {
  return createHash('sha256').update(`${namespace ?? ''}/${name}`).digest('hex').slice(0, 32);
}

/**
 * A dashboard that compares the arms of a rollout.
 *
 * @internal
 */
export function dashboardJson(rollout: MeasuredRollout, options: DashboardOptions): string {
  const { window, name } = rollout;
  const arms = rollout.arms.filter(({ shadow }) => !shadow);
  const shadows = rollout.arms.filter(({ shadow }) => shadow);
  const all = [...arms, ...shadows];
  const measured = all.filter(({ metrics }) => metrics.hasQuantiles);
  const of = (from: readonly MeasuredArm[], query: (arm: MeasuredArm) => string) => from.map((arm) => ({
    legend: arm.shadow ? `${arm.name} (shadow)` : arm.name, expr: query(arm),
  }));
  const total = arms.map(({ metrics }) => `(${metrics.requests(window)} or vector(0))`).join(' + ');
  const shares = of(arms, ({ metrics }) => `(${metrics.requests(window)} or vector(0)) / (${total} > 0)`);
  const errors = of(all, ({ metrics }) => metrics.errorRatio(window));
  const means = of(all, ({ metrics }) => metrics.meanLatency(window));
  const over = `Over ${window}.`;

  const rows: Row[] = [
    [stat({ title: 'Share of requests', unit: 'percentunit', targets: shares }), stat({ title: 'Error rate', unit: 'percentunit', targets: errors }),
      stat({ title: 'Mean latency', unit: 's', targets: means })],
    [series({ title: 'Share of requests', description: over, unit: 'percentunit', max: 1, stacked: true, targets: shares }),
      series({ title: 'Requests', description: over, unit: 'reqps', targets: of(arms, ({ metrics }) => metrics.requests(window)) })],
    [series({ title: 'Error rate', description: over, unit: 'percentunit', targets: errors }),
      series({ title: 'Mean latency', description: over, unit: 's', targets: means })],
    quantileRow(all, options.quantiles, (quantile) => of(measured, ({ metrics }) => metrics.quantileLatency(quantile, window)), over),
  ];
  if (shadows.length > 0) {
    rows.push([series({
      title: 'Mirrored requests',
      description: `${over} Requests that are mirrored to shadows, whose responses are discarded.`,
      unit: 'reqps',
      targets: of(shadows, ({ metrics }) => metrics.requests(window)),
    })]);
  }
  return JSON.stringify({
    uid: options.uid,
    title: options.title,
    description: `Arms of the rollout ${name}: ${all.map(({ description, shadow }) => shadow ? `${description} (shadow)` : description).join(', ')}.`,
    tags: options.tags,
    schemaVersion: 39,
    version: 1,
    editable: false,
    graphTooltip: 1,
    refresh: options.refresh,
    time: { from: 'now-1h', to: 'now' },
    timezone: '',
    templating: {
      list: [{ name: 'datasource', label: 'Data source', type: 'datasource', query: 'prometheus', hide: 0, refresh: 1, includeAll: false, multi: false }],
    },
    annotations: { list: [] },
    links: [],
    panels: layOut(rows),
  }, undefined, 2);
}

/** One panel for each quantile, with a note when an arm has no quantiles. */
function quantileRow(all: readonly MeasuredArm[], quantiles: readonly number[], targets: (quantile: number) => Target[], over: string): Row {
  const without = all.filter(({ metrics }) => !metrics.hasQuantiles).map(({ name }) => name);
  if (quantiles.length === 0) return [];
  if (without.length === all.length) return [text('Latency quantiles', NO_QUANTILES)];
  const description = without.length === 0 ? over : `${over} Without ${without.join(', ')}: ${NO_QUANTILES}`;
  return quantiles.map((quantile) => series({ title: `Latency, ${percentile(quantile)}`, description, unit: 's', targets: targets(quantile) }));
}

function percentile(quantile: number): string {
  return `p${Number((quantile * 100).toPrecision(12))}`;
}

function panelOf(type: string, panel: PanelOptions, id: number, custom: object, options: object, instant: boolean): object {
  const { title, description, unit, targets, max } = panel;
  const datasource = { type: 'prometheus', uid: '${datasource}' };
  return {
    id,
    type,
    title,
    ...description === undefined ? {} : { description },
    datasource,
    fieldConfig: { defaults: { unit, min: 0, ...max === undefined ? {} : { max }, custom }, overrides: [] },
    options,
    targets: targets.map(({ legend, expr }, i) => ({
      refId: refId(i), datasource, expr, legendFormat: legend, ...instant ? { instant: true, range: false } : { range: true },
    })),
  };
}

/** A, B, …, Z, AA, AB, … */
function refId(index: number): string {
  const letter = String.fromCharCode(65 + index % 26);
  return index < 26 ? letter : refId(Math.floor(index / 26) - 1) + letter;
}

function stat(options: PanelOptions): Row[0] {
  return {
    height: 5,
    panel: (id) => panelOf('stat', options, id, {}, {
      colorMode: 'none', graphMode: 'none', textMode: 'value_and_name', reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false },
    }, true),
  };
}

function series(options: PanelOptions): Row[0] {
  const stacking = { mode: options.stacked ? 'normal' : 'none' };
  const custom = { drawStyle: 'line', lineWidth: 2, fillOpacity: options.stacked ? 30 : 0, spanNulls: false, stacking };
  return {
    height: 9,
    panel: (id) => panelOf('timeseries', options, id, custom, {
      legend: { displayMode: 'table', placement: 'bottom', calcs: ['mean', 'max', 'lastNotNull'] }, tooltip: { mode: 'multi', sort: 'none' },
    }, false),
  };
}

function text(title: string, content: string): Row[0] {
  return { height: 3, panel: (id) => ({ id, type: 'text', title, options: { mode: 'markdown', content } }) };
}

function layOut(rows: readonly Row[]): object[] {
  const panels: object[] = [];
  let y = 0;
  for (const row of rows) {
    // At most three panels in a line; the rest go below.
    for (let first = 0; first < row.length; first += 3) {
      const line = row.slice(first, first + 3);
      const w = COLUMNS / line.length;
      const h = Math.max(...line.map(({ height }) => height));
      line.forEach(({ panel }, i) => panels.push({ ...panel(panels.length + 1), gridPos: { x: i * w, y, w, h } }));
      y += h;
    }
  }
  return panels;
}
