import { execFileSync } from 'child_process';
import { createHash } from 'crypto';
import { mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { JSDOM, Page, PageElement } from 'jsdom';
import { Cluster } from '../../src/cluster/cluster';
import { clustersIn } from '../../src/cluster/partition';
import { readManifests } from '../../src/cluster/yaml/read-manifests';
import { Preview, renderPreview } from '../../src/preview/page';
import { RULES } from '../../src/rules/all';
import { findingsOf } from '../../src/rules/run';

let script: string | undefined;

/** The script of the page, made from the sources. */
export function previewScript(): string {
  return script ??= makeScript();
}

function makeScript(): string {
  const folder = mkdtempSync(join(tmpdir(), 'preview-'));
  try {
    const file = join(folder, 'page-script.js');
    execFileSync(process.execPath, [require.resolve('tsx/cli'), 'scripts/preview-script.ts', file], { cwd: resolve(__dirname, '../..') });
    return readFileSync(file, 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A preview of manifests, without a change. */
export function previewOf(text: string): Preview {
  const { objects, problems } = readManifests(text, { file: 'dist/a.yaml' });
  return {
    name: 'dist',
    clusters: clustersIn(objects).map((cluster) => ({ name: 'dist', cluster: new Cluster(cluster) })),
    findings: { findings: findingsOf(new Cluster(objects), RULES), problems: problems.map((problem) => ({ file: 'dist/a.yaml', ...problem })) },
  };
}

/** The page of a preview. */
export function pageOf(preview: Preview, text: string = 'void 0;'): string {
  return renderPreview(preview, { script: text, hash: (hashed) => createHash('sha256').update(hashed).digest('base64') });
}

/** A page in a browser without a screen, as a reader uses it. */
export class Reader {
  public readonly page: Page;
  private readonly dom: JSDOM;

  constructor(html: string, runs: boolean = true) {
    this.dom = new JSDOM(html, runs ? { runScripts: 'dangerously' } : {});
    this.page = this.dom.window.document;
  }

  /** The elements of a selector. */
  public all(selector: string): PageElement[] {
    return [...this.page.querySelectorAll(selector)];
  }

  /** Texts of the elements of a selector, without those that are hidden. */
  public texts(selector: string): string[] {
    return this.all(selector).filter((element) => !element.hidden).map(({ textContent }) => textContent ?? '');
  }

  /** An element by its id. */
  public byId(id: string): PageElement {
    return this.page.getElementById(id)!;
  }

  /** Fills a field in. */
  public fill(id: string, value: string): void {
    this.byId(id).value = value;
    this.byId(id).dispatchEvent(new this.dom.window.Event('input', { bubbles: true }));
  }

  /** Presses the button that answers. */
  public answer(): void {
    this.all('.primary')[0].click();
  }
}
