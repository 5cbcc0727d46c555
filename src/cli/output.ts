import { FailOn } from './configuration';
import { packageVersion } from './version';
import { renderGithub } from '../report/github';
import { renderJson } from '../report/json';
import { renderJunit } from '../report/junit';
import { Report } from '../report/report';
import { renderSarif } from '../report/sarif';
import { renderText } from '../report/text';
import { Level } from '../rules/level';

/**
 * How a report is presented.
 *
 * @internal
 */
export interface OutputOptions {
  /** One of the formats. @default "text" */
  readonly format?: string;
  /** The lowest level of findings that fail. */
  readonly failOn: FailOn;
  /** Whether to list all findings. */
  readonly all: boolean;
  /** Whether to list accepted findings. */
  readonly accepted: boolean;
  /** Whether to use colors. */
  readonly color: boolean;
  /** Columns of a line. @default - those of the format */
  readonly columns?: number;
}

/** The narrowest text that is still easy to read. */
const MIN_COLUMNS = 60;

/** Lines that are longer are hard to read. */
const MAX_COLUMNS = 140;

const RENDERERS: { readonly [format: string]: (report: Report, options: OutputOptions) => string } = {
  text: (report, { all, accepted, color, columns }) => renderText(report, {
    all, accepted, color, ...columns === undefined ? {} : { width: Math.min(Math.max(columns, MIN_COLUMNS), MAX_COLUMNS) },
  }),
  json: (report) => renderJson(report),
  sarif: (report) => renderSarif(report, { version: packageVersion() }),
  github: (report) => renderGithub(report),
  junit: (report, { failOn }) => renderJunit(report, { threshold: failOn as Level | 'never' }),
};

/**
 * The names of the formats.
 *
 * @internal
 */
export const FORMATS: readonly string[] = Object.keys(RENDERERS);

/**
 * Presents a report.
 *
 * @internal
 */
export function render(report: Report, options: OutputOptions): string {
  return RENDERERS[options.format ?? 'text'](report, options);
}
