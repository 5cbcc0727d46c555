import { readFileSync } from 'node:fs';
import { defineConfig } from 'vitepress';

const sidebar = JSON.parse(readFileSync(new URL('sidebar.json', import.meta.url), 'utf8'));

export default defineConfig({
  title: 'cdk8s-seldon-istio',
  description: 'cdk8s constructs for machine-learning models on Seldon Core behind Istio',
  cleanUrls: false,
  // Without an icon, browsers ask for /favicon.ico.
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  lastUpdated: false,
  themeConfig: {
    search: { provider: 'local' },
    sidebar,
    nav: [{ text: 'Guides', link: '/' }, { text: 'Constructs', link: '/constructs/' }, { text: 'Gallery', link: '/gallery/' }, { text: 'Rules', link: '/rules' }],
    outline: [2, 3],
  },
  markdown: {
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    anchor: { slugify: (title) => title.trim().toLowerCase().replace(/[^\p{L}\p{N}\- _]/gu, '').replace(/ /g, '-') },
    config: (md) => {
      const text = md.renderer.rules.text!;
      md.renderer.rules.text = (...args) => text(...args).replace(/\{\{/g, '<span v-pre>{{</span>');
      const fence = md.renderer.rules.fence!;
      md.renderer.rules.fence = (tokens, i, ...rest) => (tokens[i].info.trim() === 'mermaid'
        ? `<Diagram text="${encodeURIComponent(tokens[i].content)}" />`
        : fence(tokens, i, ...rest));
    },
  },
});
