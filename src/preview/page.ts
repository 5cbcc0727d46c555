import { EmbeddedData, EmbeddedExample, EmbeddedObjects } from './embedded/embedded-clusters';
import { htmlOf, jsonInHtml } from './markup/html';
import { Content, element, Markup } from './markup/markup';
import { requestForm } from './request/request-form';
import { changesList } from './sections/changes';
import { diagramOf } from './sections/diagram';
import { findingsList, PreviewFindings } from './sections/findings';
import { routesTable } from './sections/routes';
import { STYLE } from './style';
import { RouteRow } from '../answers/endpoints/routes-table';
import { RequestInput } from '../answers/input/request-input';
import { TrafficModel } from '../answers/traffic-model';
import { Cluster } from '../cluster/cluster';
import { routeRows } from '../proofs/queries/route-examples';
import { TrafficReport } from '../report/changes/traffic-report';
import { counted } from '../report/diagram/limits';
import { printable } from '../report/printable';
import { totalsOf } from '../report/totals';

/**
 * A cluster in a preview.
 *
 * @internal
 */
export interface PreviewCluster {
  /** Its name. */
  readonly name: string;
  /** Its objects. */
  readonly cluster: Cluster;
  /** What a change moves in it, if there is an earlier state. */
  readonly change?: PreviewChange;
}

/**
 * What a change moves.
 *
 * @internal
 */
export interface PreviewChange {
  /** The cluster before the change. */
  readonly before: Cluster;
  /** The differences. */
  readonly report: TrafficReport;
}

/**
 * What a preview shows.
 *
 * @internal
 */
export interface Preview {
  /** What was read, as the title names it. */
  readonly name: string;
  /** The earlier state, if there is one. */
  readonly before?: string;
  /** The clusters. */
  readonly clusters: readonly PreviewCluster[];
  /** The findings about all of them. */
  readonly findings: PreviewFindings;
}

/**
 * The parts of a page that are not in the manifests.
 *
 * @internal
 */
export interface PageTools {
  /** The script that answers requests. */
  readonly script: string;
  /** The SHA-256 hash of a text, in base64. */
  hash(text: string): string;
}

/**
 * What a page that this library wrote begins with.
 *
 * @internal
 */
export const PAGE_START = '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><meta name="generator" content="cdk8s-seldon-istio preview">';

/**
 * A page that shows manifests and answers requests, and needs nothing else. Its bytes depend only on what it shows.
 *
 * @internal
 */
export function renderPreview(preview: Preview, { script, hash }: PageTools): string {
  const { body, data } = contentOf(preview);
  // Nothing is loaded, and no other script or style is used, whatever a manifest contains.
  const policy = [
    'default-src \'none\'', `script-src 'sha256-${hash(script)}'`, `style-src 'sha256-${hash(STYLE)}'`, 'base-uri \'none\'', 'form-action \'none\'',
    'require-trusted-types-for \'script\'', 'trusted-types \'none\'',
  ].join('; ');
  const head = [
    element('meta', { 'http-equiv': 'Content-Security-Policy', 'content': policy }),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    element('meta', { name: 'color-scheme', content: 'light dark' }),
    element('title', {}, titleOf(preview)),
  ];
  return [
    `${PAGE_START}${head.map(htmlOf).join('')}`,
    `<style>${STYLE}</style></head>`,
    htmlOf(body).replace(/<\/body>$/, ''),
    `<script type="application/json" id="data">${jsonInHtml(data)}</script>`,
    `<script>${script}</script>`,
    '</body></html>',
    '',
  ].join('\n');
}

function titleOf({ name }: Preview): string {
  return `Routes of ${name}`;
}

interface PageContent {
  readonly body: Markup;
  readonly data: EmbeddedData;
}

/** A cluster with its table of routes. */
interface RoutedCluster extends PreviewCluster {
  readonly rows: readonly RouteRow[];
}

function contentOf(preview: Preview): PageContent {
  const examples: EmbeddedExample[] = [];
  const exampleFor = (cluster: number) => (input: RequestInput) => examples.push({ cluster, input }) - 1;
  const clusters = preview.clusters.map((each): RoutedCluster => ({ ...each, rows: routeRows(new TrafficModel(each.cluster)) }));
  const sections = [
    ...preview.before === undefined ? [] : [section('changes', 'Changes of traffic', perCluster(clusters, ({ change }, i) => (
      change === undefined ? [] : changesList(change.report, exampleFor(i))
    )))],
    section('request', 'Who answers a request?', requestForm(choicesOf(clusters))),
    section('diagram', 'Diagram', [filterOf(clusters), ...perCluster(clusters, ({ rows }) => diagramOf(rows, clusters.length > 1 ? 'h4' : 'h3'))]),
    section('routes', 'Table of routes', perCluster(clusters, ({ name, rows }, i) => [routesTable(rows, `Routes of ${name}`, exampleFor(i))])),
    section('findings', 'Findings', findingsList(preview.findings)),
  ];
  const body = element('body', {},
    element('a', { class: 'skip', href: '#main' }, 'Skip to the content'),
    headerOf(preview, clusters),
    element('main', { id: 'main', tabindex: '-1' }, sections),
    element('footer', {}, 'Answers are computed in this page, from the manifests alone. Nothing is sent.'),
  );
  return { body, data: dataOf(clusters, examples) };
}

function headerOf(preview: Preview, clusters: readonly RoutedCluster[]): Markup {
  const { errors, warnings } = totalsOf(preview.findings.findings.filter(({ accepted }) => accepted === undefined));
  const rules = clusters.reduce((sum, { rows }) => sum + rows.length, 0);
  const links = [...preview.before === undefined ? [] : [['changes', 'Changes']], ['request', 'Request'], ['diagram', 'Diagram'], ['routes', 'Routes'], ['findings', 'Findings']];
  return element('header', {},
    element('h1', {}, titleOf(preview)),
    element('p', {}, [
      `${counted(rules, 'route')}, ${counted(errors, 'error')}, ${counted(warnings, 'warning')}`,
      ...preview.before === undefined ? [] : [`compared with ${preview.before}`],
    ].join(', ')),
    element('nav', { 'aria-label': 'Sections' }, element('ul', {}, links.map(([id, text]) => element('li', {}, element('a', { href: `#${id}` }, text))))),
  );
}

function section(id: string, heading: string, content: readonly Content[]): Markup {
  return element('section', { id, 'aria-labelledby': `${id}-heading` }, element('h2', { id: `${id}-heading` }, heading), content);
}

function perCluster(clusters: readonly RoutedCluster[], content: (cluster: RoutedCluster, i: number) => readonly Content[]): readonly Content[] {
  return clusters.length === 1 ? content(clusters[0], 0) : clusters.flatMap((each, i) => [element('h3', {}, each.name), content(each, i)]);
}

/** The filter for the diagram and the table. */
function filterOf(clusters: readonly RoutedCluster[]): Markup {
  const rules = clusters.reduce((sum, { rows }) => sum + rows.length, 0);
  return element('div', { class: 'filter' },
    element('label', { for: 'filter' }, 'Filter routes by host, path, model or policy'),
    element('input', { id: 'filter', type: 'search', autocomplete: 'off', spellcheck: 'false' }),
    element('p', { 'id': 'filter-status', 'role': 'status', 'data-total': rules }, counted(rules, 'route')),
  );
}

function choicesOf(clusters: readonly RoutedCluster[]): Parameters<typeof requestForm>[0] {
  const rows = clusters.flatMap((each) => each.rows);
  const distinct = (texts: readonly (string | undefined)[]) => [...new Set(texts)].filter((text) => text !== undefined).sort();
  return {
    clusters: clusters.map(({ name }) => printable(name)),
    hosts: distinct(rows.map(({ input }) => input?.host)),
    gateways: distinct(rows.map(({ endpoint }) => endpoint.gateway)),
  };
}

function dataOf(clusters: readonly RoutedCluster[], examples: readonly EmbeddedExample[]): EmbeddedData {
  const objects = new EmbeddedObjects();
  const embedded = clusters.map(({ name, cluster, change }) => ({
    name,
    settings: cluster.settings,
    objects: objects.add(cluster),
    ...change === undefined ? {} : { before: objects.add(change.before) },
  }));
  return { objects: objects.all, clusters: embedded, examples };
}
