import { Caller, callersFor } from './callers';
import { MeshHosts } from '../../answers/mesh/mesh-hosts';
import { WorkloadEntry } from '../../answers/request';
import { VirtualHost } from '../../answers/routes/virtual-host';
import { Cluster } from '../../cluster/cluster';
import { ClusterObject } from '../../cluster/cluster-object';
import { Services } from '../../cluster/services';
import { Work } from '../../plan/expressions/work';
import { computeIfAbsent } from '../../plan/groups';
import { hostCovers } from '../../plan/hosts';
import { answerValue } from '../answers/answer-value';
import { ClassComparison } from '../answers/class-answers';
import { gainedBy } from '../answers/gained';
import { Change, RequestClass, Undecided } from '../change';
import { ComparedHost } from '../connections/compared-host';
import { ExplainedRules } from '../connections/explained-rules';
import { FoundClass, HostClasses } from '../connections/host-classes';
import { areaOf, mostSpecific, patternWord } from '../connections/host-words';
import { LeftOutAccess } from '../connections/left-out-access';
import { Cube } from '../requests/cube';
import { authorityField } from '../requests/field';
import { readingOfRepeated } from '../requests/repeated-headers';
import { witnessOf } from '../requests/witness';
import { changedRules } from '../rules/changed-rules';
import { constantRule, Rule, rulesOf } from '../rules/rule';
import { Side } from '../rules/side';
import { oneOf } from '../words/domain';

/**
 * What changes for the requests of workloads to a host.
 *
 * @internal
 */
export interface MeshResult {
  readonly changes: readonly Change[];
  readonly repeated: readonly Change[];
  readonly undecided: readonly Undecided[];
}

/**
 * One state of the mesh.
 *
 * @internal
 */
export class MeshSide {
  /** What sidecars do with requests. */
  public readonly hosts: MeshHosts;

  /**
   * Prepares a comparison.
   *
   * @param owners The VirtualServices for sidecars, by their hosts.
   */
  constructor(public readonly side: Side, public readonly owners: ReadonlyMap<string, readonly ClusterObject[]>) {
    this.hosts = new MeshHosts(side.resolver.cluster);
  }

  /** The cluster, with the objects that operators create. */
  public get cluster(): Cluster {
    return this.side.resolver.cluster;
  }
}

/** More Services below a wildcard are not looked at. */
const MAX_HOSTS = 20;

const DIFFERENT = 'rules for workloads inside the mesh are different';

/**
 * Compares the answers to all requests of workloads to the hosts of a pattern.
 *
 * @param steps The limit of work.
 * @internal
 */
export function compareMeshHost(pattern: string, sides: readonly [MeshSide, MeshSide], steps: number): MeshResult {
  const owners = sides.flatMap(({ cluster, owners: all }) => (all.get(pattern) ?? []).map((owner) => [cluster, owner] as const));
  const callers = callersFor(sides.map(({ cluster }) => cluster), owners);
  const hosts = hostsOf(pattern, sides);
  if (callers === undefined || hosts === undefined) return undecidedFor(pattern, `${DIFFERENT}, and there are too many kinds of callers`);
  const work = new Work(steps);
  const results = hosts.map((host) => new MeshHostComparison(pattern, host, sides, work).compare(callers));
  return {
    changes: results.flatMap(({ changes }) => changes),
    repeated: results.flatMap(({ repeated }) => repeated),
    undecided: results.flatMap(({ undecided }) => undecided),
  };
}

function undecidedFor(host: string, reason: string): MeshResult {
  return { changes: [], repeated: [], undecided: [{ requests: { host }, reason }] };
}

/** The hosts of a pattern that sidecars treat in different ways: those of Services, and another one. */
function hostsOf(pattern: string, sides: readonly [MeshSide, MeshSide]): readonly string[] | undefined {
  if (!pattern.startsWith('*')) return [pattern];
  const patterns = new Set(sides.flatMap(({ owners }) => [...owners.keys()]));
  const known = sides.flatMap(({ cluster }) => [...Services.of(cluster).all()].map(({ host }) => host));
  const services = new Set(known.filter((host) => hostCovers(pattern, host)));
  const own = [...services].filter((host) => !host.startsWith('*') && mostSpecific(host, patterns) === pattern);
  return own.length > MAX_HOSTS ? undefined : [patternWord(pattern, new Set([...patterns, ...services])), ...own];
}

/** What a caller gets on one side. */
interface CallerSide {
  readonly key: string;
  /** Undefined if which rules apply depends on what the manifests do not tell. */
  readonly rules: readonly Rule[] | undefined;
}

/** Callers that get the same rules on both sides. */
interface CallerGroup {
  readonly callers: Caller[];
  readonly before: readonly Rule[];
  readonly after: readonly Rule[];
}

/** Compares the answers to the requests to one host. */
class MeshHostComparison {
  private readonly undecided: Undecided[] = [];

  constructor(
    private readonly pattern: string, private readonly host: string, private readonly sides: readonly [MeshSide, MeshSide],
    private readonly work: Work,
  ) {}

  public compare(callers: readonly Caller[]): MeshResult {
    const groups = new Map<string, CallerGroup>();
    for (const caller of callers) {
      const [before, after] = this.sides.map((side) => this.callerSide(side, caller));
      if (before.key === after.key) continue;
      const { rules: old } = before;
      const { rules: now } = after;
      if (old === undefined || now === undefined) return undecidedFor(this.pattern, DIFFERENT);
      computeIfAbsent(groups, `${before.key} → ${after.key}`, () => ({ callers: [], before: old, after: now })).callers.push(caller);
    }
    const different = [...groups.values()];
    const found = different.map((group) => this.compareGroup(group, group.callers.length < callers.length));
    return {
      changes: found.flatMap(({ changes }) => changes),
      repeated: found.flatMap(({ repeated }) => repeated),
      undecided: this.undecided,
    };
  }

  private callerSide({ side, hosts }: MeshSide, caller: Caller): CallerSide {
    const lists = hosts.find(this.entryOf(caller), this.host).map(({ virtualHosts }) => {
      const [virtualHost, ...others] = virtualHosts;
      if (virtualHost === undefined) return [this.direct(side, caller)];
      // Which one is used depends on their age.
      if (others.length === 0) return rulesIn(virtualHost, side, this.host);
      return virtualHosts.flatMap((each) => [ownerRule(each), ...rulesIn(each, side, this.host)]);
    });
    const keys = new Set(lists.map((rules) => rules.map(({ key }) => key).join('\n')));
    const [rules] = lists;
    return { key: side.keys.of([...keys].join('\n\n')), rules: keys.size > 1 || rules.some(isOpen) ? undefined : rules };
  }

  /** What happens without a VirtualService. */
  private direct(side: Side, caller: Caller): Rule {
    return constantRule(answerValue(side.resolver.resolve(witnessOf(Cube.all('plain'), '/', { entry: this.entryOf(caller), authority: this.host }))));
  }

  private entryOf({ namespace, labels, port }: Caller): WorkloadEntry {
    return { kind: 'workload', namespace, labels, serviceAccount: 'default', port };
  }

  private compareGroup({ callers, before, after }: CallerGroup, isPart: boolean): Pick<MeshResult, 'changes' | 'repeated'> {
    const [caller] = callers;
    const area = areaOf(this.host, new Set([this.host]));
    const compared: ComparedHost = { connection: { gateway: 'mesh', port: caller.port, tls: false }, pattern: this.pattern, host: this.host, area };
    const client = { entry: this.entryOf(caller), authority: this.host };
    const [b, a] = this.sides.map(({ side }) => ({ side, client }));
    const answers = new ClassComparison(b, a, this.work);
    const classes = new HostClasses(compared, before, after, true, this.work);
    const explained = new ExplainedRules();
    const undecided = (requests: RequestClass, reason: string) => this.undecided.push({ requests, reason });
    const described = (requests: RequestClass, text: string | undefined) => (
      { ...requests, conditions: [...isPart ? callerTexts(callers) : [], ...requests.conditions, ...text === undefined ? [] : [text]] }
    );
    const changesIn = (found: FoundClass): Change[] => {
      const { cube, paths } = found;
      const result = answers.compare(cube, paths, found);
      if (result.verdict === 'undecided') undecided(described(paths.requests(cube), undefined), result.reason);
      if (result.verdict !== 'different') return [];
      if (cube.reading === 'plain') explained.add(found.before, found.after);
      else if (explained.includes(found.before, found.after)) return [];
      return result.examples.map(({ text, pair }) => (
        { requests: described(paths.requests(cube), text), witness: pair.request, before: pair.before, after: pair.after }
      ));
    };
    const [changes, repeated]: [Change[], Change[]] = [[], []];
    const lists = [...classes.pathLists(changedRules(before, after), undecided)];
    const add = (all: Change[]) => ({ undecided, visit: (found: FoundClass) => { all.push(...changesIn(found)); } });
    for (const each of lists) classes.divide(each, Cube.all('plain'), add(changes));
    const reading = readingOfRepeated(this.sides[1].cluster);
    if (reading !== 'plain') for (const each of lists) classes.divide(explained.rest(each), Cube.all(reading), add(repeated));
    if (reading !== 'plain' && ![...changes, ...repeated].some((change) => gainedBy(change).length > 0)) {
      const access = new LeftOutAccess(true, reading, answers, [b.side, a.side], this.work);
      for (const each of lists) {
        const found = access.find(each, explained.leftOut(each));
        if (found === undefined) continue;
        if ('undecided' in found) {
          this.undecided.push(found.undecided);
          continue;
        }
        repeated.push({ ...found.change, requests: described(found.change.requests, undefined) });
        break;
      }
    }
    return { changes, repeated };
  }
}

function rulesIn({ routes }: VirtualHost, side: Side, host: string): readonly Rule[] {
  return rulesOf(routes, side, { scheme: 'http', authority: authorityField(oneOf([host])), hasTokens: false }, true);
}

const OWNER = 'owner ';

/** The VirtualService of a virtual host that is one of several. */
function ownerRule({ owners }: VirtualHost): Rule {
  return constantRule(`${OWNER}${owners.map(({ virtualService }) => virtualService.toString()).join(' ')}`);
}

/** Whether a rule compares what workloads write as host, which may be a short name, or is one of several VirtualServices. */
function isOpen({ route, match }: Rule): boolean {
  if (route === undefined) return match.startsWith(OWNER);
  const { authority, headers, withoutHeaders } = route.match;
  return authority !== undefined || [headers, withoutHeaders].some((each) => each.has('host') || each.has(':authority'));
}

/** Who sends the requests, if not all workloads do. */
function callerTexts(callers: readonly Caller[]): readonly string[] {
  const { namespace, labels } = callers[0];
  const text = Object.entries(labels).map(([name, value]) => `${name}=${value}`).sort().join(',');
  return [`the caller is in namespace ${JSON.stringify(namespace)}`, ...text === '' ? [] : [`the caller has labels ${text}`]];
}
