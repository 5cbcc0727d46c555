import { Disagreement, resolverOf } from './judge';

/** All that helps to understand a disagreement. */
export function describe({ seen, differences }: Disagreement): string {
  const { probe, set, line, rules } = seen;
  const { trace } = resolverOf(set).resolve(probe.request, { trace: true });
  return [
    `seed ${set.seed} (${set.kind}): ${JSON.stringify(probe)}`,
    ...differences.map((difference) => `  ${difference}`),
    `  Envoy: ${JSON.stringify(line)}`,
    `  ${JSON.stringify(rules[0]?.json)}`,
    'TRACE',
    ...trace.map(({ stage, matched, text }) => `  ${stage} ${matched ? '+' : '-'} ${text}`),
    `SET ${JSON.stringify(set.readByResolver ?? set.manifests)}`,
  ].join('\n');
}
