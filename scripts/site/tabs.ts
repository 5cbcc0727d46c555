const GROUP = /```ts\n([^`]*)```\n((?:\n<details><summary>[^<]*<\/summary>\n\n```\w+\n[^`]*```\n\n<\/details>\n)+)/g;
const UNFOLDED = /<summary>([^<]*)<\/summary>\n\n(```\w+)\n([^`]*```\n)/g;

/** A page whose programs in several languages, which code hosts unfold, are tabs of the site. */
export function withTabs(text: string): string {
  return text.replace(GROUP, (_group, typescript: string, others: string) => {
    const tabs = [...others.matchAll(UNFOLDED)].map(([, title, fence, code]) => `\n${fence} [${title}]\n${code}`);
    return `::: code-group\n\n\`\`\`ts [TypeScript]\n${typescript}\`\`\`\n${tabs.join('')}\n:::\n`;
  });
}
