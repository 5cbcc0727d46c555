import { IConstruct } from 'constructs';
import { IServerConfig } from './server-config-props';
import { Mesh } from '../../mesh/mesh';
import { computeIfAbsent } from '../../plan/groups';

/** A registered ServerConfig of this app. */
interface Registered extends IServerConfig {
  /** Names of the containers of its pod. */
  readonly _containers: ReadonlySet<string>;
}

/**
 * The ServerConfigs of a mesh that this app defines. Servers that only name one find its capabilities and containers here.
 *
 * @internal
 */
export class ServerConfigs {
  /** The ServerConfigs of a construct's mesh. */
  public static of(construct: IConstruct): ServerConfigs {
    return Mesh.of(construct)._part('server-configs', () => new ServerConfigs());
  }

  private readonly byName = new Map<string, Registered[]>();

  /** Adds a ServerConfig of this app. */
  public add(config: Registered): void {
    computeIfAbsent(this.byName, config.serverConfigName, () => []).push(config);
  }

  /** The ServerConfig of this app that a Server refers to; undefined if there is none, or several of that name for different operators. */
  public find(config: IServerConfig): Registered | undefined {
    const same = this.byName.get(config.serverConfigName) ?? [];
    return same.find((each) => each === config) ?? (same.length === 1 ? same[0] : undefined);
  }
}
