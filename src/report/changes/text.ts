import { shareText } from './difference';
import { entranceText } from './request-class-text';
import { TrafficChange } from './traffic-change';
import { TrafficReport } from './traffic-report';
import { Undecided } from '../../proofs/change';
import { Layout, styled, wrapped } from '../lines';
import { withFullStop } from '../place';

/**
 * Options of the report as text.
 *
 * @internal
 */
export interface ChangesTextOptions {
  /** Whether to list all changes, not only the biggest. @default false */
  readonly all?: boolean;
  /** Whether to use the colors of a terminal. @default false */
  readonly color?: boolean;
  /** Columns of a line. @default 100 */
  readonly width?: number;
}

/** So many changes are listed unless all are asked for. */
const SHOWN = 20;

/**
 * What a change of manifests moves, for people.
 *
 * @internal
 */
export function renderChanges(reports: readonly TrafficReport[], { all = false, color = false, width = 100 }: ChangesTextOptions = {}): string {
  const layout = { color, width };
  const shown = reports.length === 1 ? reports : reports.filter((report) => !isUnchanged(report));
  const texts = shown.map((report) => [
    ...report.cluster === undefined ? [] : [styled(`# ${report.cluster}`, 'bold', layout), ''],
    ...reportLines(report, all, layout),
  ]);
  return [...texts, ...othersTexts(reports.length, shown.length).map((text) => [text])].map((lines) => lines.map((line) => `${line}\n`).join('')).join('\n');
}

/**
 * Whether nothing changes in a cluster.
 *
 * @internal
 */
export function isUnchanged({ changes, repeated, undecided }: TrafficReport): boolean {
  return changes.length + repeated.length + undecided.length === 0;
}

/**
 * What holds for clusters that are not shown, as a sentence.
 *
 * @internal
 */
export function othersTexts(all: number, shown: number): string[] {
  if (all === shown) return [];
  return [shown === 0 ? `Nothing changes in ${all} clusters.` : `Nothing changes in ${all - shown === 1 ? 'the other cluster' : `the other ${all - shown} clusters`}.`];
}

function reportLines(report: TrafficReport, all: boolean, layout: Layout): string[] {
  const { changes, violations } = report;
  const shown = all ? changes : changes.slice(0, SHOWN);
  return [
    ...shown.flatMap((change) => [...changeLines(change, report, layout), '']),
    ...shown.length === changes.length ? [] : [`${changes.length - shown.length} smaller changes are not shown. List them with --all.`],
    ...summaryTexts(report).flatMap((text) => wrapped(text, 0, layout)),
    ...violations.flatMap(({ option, text, change }) => (
      wrapped(`${option}: ${text} (${subjectText(change)})`, 0, layout).map((line) => styled(line, 'bold', layout))
    )),
  ];
}

function changeLines(change: TrafficChange, { commandFor }: TrafficReport, layout: Layout): string[] {
  const { difference, changes: [first] } = change;
  const { kind, text, notes } = commandFor(first);
  const intro = kind === 'raw' ? 'such as this request, which neither curl nor grpcurl can send:' : undefined;
  return [
    ...wrapped(`${subjectText(change)}:`, 0, layout).map((line) => styled(line, 'bold', layout)),
    ...[...difference.shares.map(shareText), ...difference.others].flatMap((line) => wrapped(line, 2, layout)),
    ...intro === undefined ? [] : [`  ${intro}`],
    // Commands are copied, and not broken.
    ...text.split('\n').map((line) => `  ${styled(line, 'dim', layout)}`),
    ...notes.flatMap((note) => wrapped(withFullStop(note), 2, layout)),
  ];
}

/**
 * The requests of a change: `requests for /v2/models/iris* on models.example.com (istio-system/gateway:80)`.
 *
 * @internal
 */
export function subjectText({ host, entrances, requests }: TrafficChange): string {
  const calls = requests.filter((text) => text.startsWith('gRPC'));
  const paths = requests.filter((text) => !text.startsWith('gRPC'));
  const all = [...paths.length === 0 ? [] : [`requests for ${listText(paths)}`], ...calls];
  return `${capital(listText(all))} on ${host} (${entrances.join(', ')})`;
}

const LISTED = 6;

function listText(texts: readonly string[]): string {
  const shown = texts.slice(0, LISTED);
  const all = texts.length > LISTED ? [...shown, `${texts.length - LISTED} more`] : shown;
  return all.length === 1 ? all[0] : `${all.slice(0, -1).join(', ')} and ${all[all.length - 1]}`;
}

function capital(text: string): string {
  return text.startsWith('requests') ? `R${text.slice(1)}` : text;
}

/**
 * What holds for all other requests, as sentences.
 *
 * @internal
 */
export function summaryTexts({ changes, repeated, undecided }: TrafficReport): string[] {
  const hosts = [...new Set(repeated.map(({ host }) => host))].sort();
  const rest = changes.length === 0 ? 'Nothing changes' : 'Nothing else changes';
  return [
    ...hosts.map((host) => `On ${host}, more changes for requests that send a header twice.`),
    ...undecided.map((each) => `Not decided: ${undecidedText(each)}.`),
    undecided.length > 0 ? `${rest} for all other requests.` : hosts.length > 0 ? `${rest} for requests that send no header twice.` : `${rest}.`,
  ];
}

/**
 * What is not decided, as a clause.
 *
 * @internal
 */
export function undecidedText({ requests, reason }: Undecided): string {
  const { gateway, port, tls, host, path } = requests;
  const where = [
    ...path === undefined ? [] : [`for ${path.value}${path.kind === 'prefix' ? '*' : ''}`],
    ...host === undefined ? [] : [`on ${host}`],
    ...gateway === undefined || port === undefined ? [] : [`to ${entranceText({ gateway, port, tls: tls === true })}`],
  ];
  return `${where.length === 0 ? 'requests' : `requests ${where.join(' ')}`}, since ${reason}`;
}
