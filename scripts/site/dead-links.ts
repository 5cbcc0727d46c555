import { posix } from 'path';

/** Links of pages to pages, files or headings that do not exist, as `page: link`. */
export function deadLinks(pages: ReadonlyMap<string, string>, files: ReadonlySet<string> = new Set()): readonly string[] {
  const headings = new Map([...pages].map(([path, text]) => [path, anchorsOf(text)]));
  const leads = (path: string, link: string): boolean => {
    const [to, anchor] = decodeURI(link).split('#');
    const target = to === '' ? path : posix.join(posix.dirname(path), to);
    return pages.has(target) ? anchor === undefined || headings.get(target)!.has(anchor) : files.has(target);
  };
  return [...pages].flatMap(([path, text]) => linksOf(text).filter((link) => !leads(path, link)).map((link) => `${path}: ${link}`));
}

/** Links within the site. */
function linksOf(text: string): readonly string[] {
  const prose = withoutCode(text).replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link).filter((link) => !/^[a-z]+:/i.test(link));
}

/** The anchors of headings, as code hosts and the site make them. */
function anchorsOf(text: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const [, title] of withoutCode(text).matchAll(/^#{1,6} (.+)$/gm)) {
    const anchor = anchorOf(title.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1'));
    let free = anchor;
    for (let count = 1; anchors.has(free); count++) free = `${anchor}-${count}`;
    anchors.add(free);
  }
  return anchors;
}

function withoutCode(text: string): string {
  return text.replace(/^ *(`{3,}).*\n[\s\S]*?^ *\1`*$/gm, '');
}

/** The anchor of a heading: its letters, digits, hyphens and underscores, in lower case. */
export function anchorOf(title: string): string {
  return title.trim().toLowerCase().replace(/[^\p{L}\p{N}\- _]/gu, '').replace(/ /g, '-');
}
