import { lauxlib, lua, lualib, to_jsstring, to_luastring } from 'fengari';

/**
 * Runs a script as Argo CD does, with the object as `obj` and only the libraries for basic functions and tables.
 *
 * @returns the table that the script returns.
 * @throws an error if the script fails.
 */
export function runAsArgoCd(script: string, object: unknown): { readonly [field: string]: string | undefined } {
  const state = lauxlib.luaL_newstate();
  for (const [name, open] of [['_G', lualib.luaopen_base], ['table', lualib.luaopen_table]] as const) {
    lauxlib.luaL_requiref(state, to_luastring(name), open, 1);
    lua.lua_pop(state, 1);
  }
  push(state, object);
  lua.lua_setglobal(state, to_luastring('obj'));
  const failed = lauxlib.luaL_loadstring(state, to_luastring(script)) || lua.lua_pcall(state, 0, 1, 0);
  if (failed) throw new Error(to_jsstring(lua.lua_tostring(state, -1)));
  return Object.fromEntries(['status', 'message'].map((field) => {
    lua.lua_getfield(state, -1, to_luastring(field));
    const value = lua.lua_isnil(state, -1) ? undefined : to_jsstring(lua.lua_tostring(state, -1));
    lua.lua_pop(state, 1);
    return [field, value];
  }));
}

type State = ReturnType<typeof lauxlib.luaL_newstate>;

function push(state: State, value: unknown): void {
  if (value === null || value === undefined) lua.lua_pushnil(state);
  else if (typeof value === 'boolean') lua.lua_pushboolean(state, value);
  else if (typeof value === 'number') lua.lua_pushnumber(state, value);
  else if (typeof value === 'string') lua.lua_pushstring(state, to_luastring(value));
  else pushTable(state, Array.isArray(value) ? value.map((each, i) => [i + 1, each] as const) : Object.entries(value));
}

function pushTable(state: State, entries: readonly (readonly [number | string, unknown])[]): void {
  lua.lua_newtable(state);
  for (const [key, value] of entries) {
    push(state, key);
    push(state, value);
    lua.lua_settable(state, -3);
  }
}
