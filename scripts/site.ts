import { execFileSync } from 'child_process';
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'fs';
import { dirname, join, resolve } from 'path';
import { deadLinks } from './site/dead-links';
import { galleryPages, llmsText, titleOf, withLanguages } from './site/pages';
import { withTabs } from './site/tabs';
import { generatedPages, Pages, writtenPages } from './site/written-pages';

/**
 * Builds the site to .site/dist: the pages of docs/, a page for each construct and each other type, and the gallery. Each page is there as Markdown,
 * too. Links to pages or headings that do not exist are an error.
 */
function main(): void {
  const root = resolve(__dirname, '..');
  const site = join(root, '.site');
  const pages: Pages = new Map([...withLanguages(writtenPages(root), root), ...generatedPages(root), ...galleryPages(root)]);
  const schemas = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.schema.json'));
  const dead = deadLinks(pages, new Set(schemas));
  if (dead.length > 0) throw new Error(`links that lead nowhere:\n${dead.join('\n')}`);

  rmSync(site, { recursive: true, force: true });
  cpSync(join(root, 'site'), join(site, '.vitepress'), { recursive: true });
  write(join(site, '.vitepress/sidebar.json'), JSON.stringify(sidebar(pages)));
  for (const [path, text] of pages) write(join(site, path), withTabs(text));
  const llms = llmsText(pages, 'cdk8s-seldon-istio', 'cdk8s constructs and a command for machine-learning models of Seldon Core behind Istio.');
  write(join(site, 'public/llms.txt'), llms);
  for (const name of schemas) cpSync(join(root, 'docs', name), join(site, 'public', name));

  execFileSync(process.execPath, [join(root, 'node_modules/vitepress/bin/vitepress.js'), 'build', site, '--outDir', join(site, 'dist')], { cwd: root, stdio: 'inherit' });
  for (const [path, text] of pages) write(join(site, 'dist', path), text);
  console.log(`${pages.size} pages in .site/dist`);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

const GUIDES = [
  { text: 'Get started', paths: ['index.md', 'get-started-core2.md', 'get-started-core1.md', 'get-started-model-server.md', 'project.md', 'languages.md', 'concepts.md', 'overview.md'] },
  {
    text: 'Guides',
    paths: [
      'ship-a-version.md', 'rollouts.md', 'core1.md', 'adopt.md', 'model-servers.md', 'testing.md', 'traffic.md', 'preview.md', 'check.md', 'diff.md', 'access.md', 'egress.md', 'telemetry.md', 'gitops.md',
      'rollout-controllers.md', 'troubleshooting.md', 'faq.md', 'upgrading.md', 'versions.md',
    ],
  },
];

function sidebar(pages: Pages): object {
  const item = (path: string) => ({ text: titleOf(pages.get(path)!), link: `/${path.replace(/(index)?\.md$/, '')}` });
  const folder = (text: string, prefix: string) => ({ text, collapsed: true, link: `/${prefix}`, items: [...pages.keys()].filter((path) => path.startsWith(prefix) && !path.endsWith('index.md')).map(item) });
  return [
    ...GUIDES.map(({ text, paths }) => ({ text, items: paths.filter((path) => pages.has(path)).map(item) })),
    folder('Constructs', 'constructs/'),
    folder('Gallery', 'gallery/'),
    { text: 'Reference', items: [item('rules.md'), { text: 'API', link: '/api/' }] },
  ];
}

main();
