const OTHERWISE = 'otherwise';
const FURTHER = `${OTHERWISE}, and `;

/**
 * The condition of a case as a clause: `if the Service exists`, `otherwise`, or `otherwise, if the Service exists`.
 *
 * @internal
 */
export function conditionClause(condition: string): string {
  if (condition === OTHERWISE) return OTHERWISE;
  return condition.startsWith(FURTHER) ? `${OTHERWISE}, if ${condition.slice(FURTHER.length)}` : `if ${condition}`;
}

/**
 * The condition of a case as the heading of what holds then: `If the Service exists:`.
 *
 * @internal
 */
export function conditionHeading(condition: string): string {
  const clause = conditionClause(condition);
  return `${clause[0].toUpperCase()}${clause.slice(1)}:`;
}
