/** The logarithms of the factorials up to a number. */
function logFactorials(limit: number): Float64Array {
  const logs = new Float64Array(limit + 1);
  for (let i = 2; i <= limit; i++) logs[i] = logs[i - 1] + Math.log(i);
  return logs;
}

/**
 * The probability of a count that is at least as far out as the one seen, on either side, if each of so many requests is counted with
 * a probability: the exact binomial distribution.
 */
export function binomialTail(seen: number, requests: number, probability: number): number {
  if (probability === 0 || probability === 1) return seen === requests * probability ? 1 : 0;
  const logs = logFactorials(requests);
  const chance = (k: number) => Math.exp(
    logs[requests] - logs[k] - logs[requests - k] + k * Math.log(probability) + (requests - k) * Math.log(1 - probability),
  );
  let below = 0;
  for (let k = 0; k < seen; k++) below += chance(k);
  const own = chance(seen);
  return Math.min(1, 2 * Math.min(below + own, 1 - below));
}
