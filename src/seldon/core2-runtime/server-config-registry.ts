import { IConstruct } from 'constructs';
import { IServerConfig } from './server-config-props';
import { Mesh } from '../../mesh/mesh';
import { computeIfAbsent } from '../../plan/groups';

/** A ServerConfig of this app, as it registers itself. */
interface Registered extends IServerConfig {
  /** Names of the containers of its pod. */
  readonly _containers: ReadonlySet<string>;
}

/**
 * The ServerConfigs of a mesh: of one that this app makes, more is known than Servers say that name it.
 *
 * @internal
 */
export class ServerConfigs {
  /** Those of a construct's mesh. */
  public static of(construct: IConstruct): ServerConfigs {
    return Mesh.of(construct)._part('server-configs', () => new ServerConfigs());
  }

  private readonly byName = new Map<string, Registered[]>();

  /** Adds a ServerConfig of this app. */
  public add(config: Registered): void {
    computeIfAbsent(this.byName, config.serverConfigName, () => []).push(config);
  }

  /** The ServerConfig of this app that a Server names; undefined when there is none, or two operators have one each. */
  public find(config: IServerConfig): Registered | undefined {
    const same = this.byName.get(config.serverConfigName) ?? [];
    return same.find((each) => each === config) ?? (same.length === 1 ? same[0] : undefined);
  }
}
