/** The part of Lua's C interface that tests use. */
declare module 'fengari' {
  interface State { readonly lua_State: never }
  type Bytes = Uint8Array;
  type Open = (state: State) => number;

  export function to_luastring(text: string): Bytes;
  export function to_jsstring(bytes: Bytes): string;
  export const lauxlib: {
    luaL_newstate(): State;
    luaL_requiref(state: State, name: Bytes, open: Open, global: 0 | 1): void;
    luaL_loadstring(state: State, script: Bytes): number;
  };
  export const lualib: { readonly luaopen_base: Open; readonly luaopen_table: Open };
  export const lua: {
    lua_pop(state: State, count: number): void;
    lua_setglobal(state: State, name: Bytes): void;
    lua_getfield(state: State, index: number, name: Bytes): number;
    lua_pcall(state: State, args: number, results: number, handler: number): number;
    lua_tostring(state: State, index: number): Bytes;
    lua_isnil(state: State, index: number): boolean;
    lua_pushnil(state: State): void;
    lua_pushboolean(state: State, value: boolean): void;
    lua_pushnumber(state: State, value: number): void;
    lua_pushstring(state: State, value: Bytes): void;
    lua_newtable(state: State): void;
    lua_settable(state: State, index: number): void;
  };
}
