import { CORE1_KIND, CORE2_KINDS, SeldonKind } from '../seldon-kinds';

/**
 * A script in Lua that tells Argo CD the health of a kind's objects. Argo CD provides no library for strings to it.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/health/
 * @internal
 */
export interface HealthScript {
  /** The kind. */
  readonly kind: SeldonKind;
  /** The script. */
  readonly lua: string;
}

/**
 * The scripts for all kinds of Seldon.
 *
 * @internal
 */
export const HEALTH_SCRIPTS: readonly HealthScript[] = [
  ...CORE2_KINDS.map((kind) => ({ kind, lua: conditionScript(kind) })),
  { kind: CORE1_KIND, lua: stateScript() },
];

/** A failure counts even if the object is ready, since Seldon reports both while an update fails. */
function conditionScript({ canBeSuspended, failures }: SeldonKind): string {
  return lines([
    'local health = { status = "Progressing", message = "Waiting for Seldon to report the status" }',
    ...canBeSuspended ? [
      'if obj.spec ~= nil and obj.spec.replicas == 0 then',
      '  return { status = "Suspended", message = "spec.replicas is 0" }',
      'end',
    ] : [],
    'if obj.status == nil or obj.status.conditions == nil then',
    '  return health',
    'end',
    `local failures = { ${failures.map((reason) => `${reason} = true`).join(', ')} }`,
    'for _, condition in ipairs(obj.status.conditions) do',
    '  if condition.reason ~= nil and failures[condition.reason] then',
    '    return { status = "Degraded", message = condition.reason .. ": " .. (condition.message or "no message") }',
    '  end',
    '  if condition.type == "Ready" then',
    '    if condition.status == "True" then',
    '      health = { status = "Healthy", message = condition.message or "Ready" }',
    '    else',
    '      health = { status = "Progressing", message = condition.message or condition.reason or "Not ready yet" }',
    '    end',
    '  end',
    'end',
    'return health',
  ]);
}

function stateScript(): string {
  return lines([
    'local state = obj.status ~= nil and obj.status.state or nil',
    'local description = obj.status ~= nil and obj.status.description or nil',
    'if state == "Available" then',
    '  return { status = "Healthy", message = description or "Available" }',
    'end',
    'if state == "Failed" then',
    '  return { status = "Degraded", message = description or "Failed" }',
    'end',
    'return { status = "Progressing", message = description or state or "Waiting for Seldon to report the status" }',
  ]);
}

function lines(all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}
