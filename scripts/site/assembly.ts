import { readFileSync } from 'fs';
import { join } from 'path';

/** A type of a property or a parameter. */
export interface TypeReference {
  readonly fqn?: string;
  readonly primitive?: string;
  readonly collection?: { readonly kind: 'array' | 'map'; readonly elementtype: TypeReference };
  readonly union?: { readonly types: readonly TypeReference[] };
}

/** A docstring. */
export interface Docs {
  readonly summary?: string;
  readonly remarks?: string;
  readonly default?: string;
  readonly see?: string;
  readonly returns?: string;
  readonly custom?: { readonly throws?: string };
}

/** A property, a parameter, a method or a member of an enum. */
export interface Member {
  readonly name: string;
  readonly docs?: Docs;
  readonly type?: TypeReference;
  readonly optional?: boolean;
  readonly static?: boolean;
  readonly parameters?: readonly Member[];
  readonly returns?: { readonly type: TypeReference; readonly optional?: boolean };
}

/** A class, a struct, an interface or an enum. */
export interface LibraryType {
  readonly fqn: string;
  readonly name: string;
  readonly kind: 'class' | 'interface' | 'enum';
  readonly abstract?: boolean;
  readonly datatype?: boolean;
  readonly base?: string;
  readonly interfaces?: readonly string[];
  readonly docs?: Docs;
  readonly initializer?: { readonly docs?: Docs; readonly parameters?: readonly Member[] };
  readonly properties?: readonly Member[];
  readonly methods?: readonly Member[];
  readonly members?: readonly Member[];
}

/** The public types, as jsii found them when the library was compiled. */
export class Assembly {
  /** Reads `.jsii` in a folder. */
  public static in(folder: string): Assembly {
    const { types } = JSON.parse(readFileSync(join(folder, '.jsii'), 'utf8')) as { types: { readonly [fqn: string]: LibraryType } };
    return new Assembly(new Map(Object.entries(types)));
  }

  private constructor(private readonly byName: ReadonlyMap<string, LibraryType>) {}

  /** All types, by name. */
  public get types(): readonly LibraryType[] {
    return [...this.byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** The constructs that apps create. */
  public get constructs(): readonly LibraryType[] {
    return this.types.filter((type) => type.kind === 'class' && type.abstract !== true && this.isConstruct(type));
  }

  /** A type of the library. */
  public find(fqn: string | undefined): LibraryType | undefined {
    return fqn === undefined ? undefined : this.byName.get(fqn);
  }

  /** The members of a type and of what it extends: its own first, and each name once. */
  public inherited(type: LibraryType, read: (type: LibraryType) => readonly Member[] | undefined): readonly Member[] {
    const parents = [type.base, ...type.interfaces ?? []].flatMap((name) => this.find(name) ?? []);
    const all = [...read(type) ?? [], ...parents.flatMap((parent) => this.inherited(parent, read))];
    return all.filter(({ name }, i) => all.findIndex((each) => each.name === name) === i);
  }

  private isConstruct({ base }: LibraryType): boolean {
    if (base === 'constructs.Construct') return true;
    const parent = this.find(base);
    return parent !== undefined && this.isConstruct(parent);
  }
}
