import type { RE2JS } from 're2js';
import { bytesOf } from '../../plan/expressions/re2';
import { computeIfAbsent } from '../../plan/groups';

const compiled = new Map<string, RE2JS>();

/**
 * Replaces all parts of a text that an expression matches, as Envoy does with `uriRegexRewrite`: `\1` stands for the first group. If there
 * is no such group, the text stays as it is.
 *
 * @internal
 */
export function replaceAll(expression: string, text: string, substitution: string): string {
  const matcher = engineOf(expression).matcher(text);
  if (highestGroup(substitution) > matcher.groupCount()) return text;
  let result = '';
  let position = 0;
  let lastEnd = -1;
  while (position <= text.length && matcher.find(position)) {
    const [start, end] = [matcher.start(), matcher.end()];
    result += text.slice(position, start);
    if (start === lastEnd && end === start) {
      // An empty match right after another one is skipped.
      result += text.slice(start, start + 1);
      position = start + 1;
      continue;
    }
    result += substitution.replace(/\\([0-9\\])/g, (_escape, group: string) => (group === '\\' ? '\\' : matcher.group(Number(group)) ?? ''));
    position = lastEnd = end;
  }
  return result + text.slice(position);
}

function highestGroup(substitution: string): number {
  return Math.max(0, ...[...substitution.matchAll(/\\([0-9\\])/g)].map(([, group]) => (group === '\\' ? 0 : Number(group))));
}

function engineOf(expression: string): RE2JS {
  return computeIfAbsent(compiled, expression, () => {
    const { RE2JS: Engine } = require('re2js') as typeof import('re2js');
    return Engine.compile(bytesOf(expression));
  });
}
