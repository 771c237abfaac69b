/**
 * `npm run bench -- peers [ROUNDS]`: the programs of src/bench/programs here and, written anew in Lua and JavaScript (src/bench/peers), in other interpreters
 * that a page can load: wasmoon (Lua in WebAssembly), fengari (Lua in JavaScript), QuickJS in WebAssembly. All in Node, each in a process of its
 * own, all programs in it, in turn; results must agree. Two of the three need WebAssembly, which the policy of a page may not allow.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT, say } from './setup.mjs';

const CALLS = 6;
const names = readdirSync(join(ROOT, 'src/bench/programs')).map((f) => f.replace(/\.tcl$/, ''));
/** @param {string} file */
const program = (file) => readFileSync(join(ROOT, 'src/bench/peers', file), 'utf8');

/** Each makes an engine with the programs in it, and gives what calls one of them. @type {Record<string, () => Promise<(name: string) => unknown>>} */
const ENGINES = {
  async wasmoon() {
    const { LuaFactory } = await import('wasmoon');
    const lua = await new LuaFactory().createEngine();
    await lua.doString(program('programs.lua'));
    return (name) => lua.global.get(`bench_${name}`)();
  },
  async fengari() {
    // It has no types.
    const { lua, lauxlib, lualib, to_luastring } = /** @type {any} */ (await import(/** @type {string} */ ('fengari'))).default;
    const L = lauxlib.luaL_newstate();
    lualib.luaL_openlibs(L);
    if (lauxlib.luaL_dostring(L, to_luastring(program('programs.lua'))) !== 0) throw new Error(lua.lua_tojsstring(L, -1));
    return (name) => {
      lua.lua_getglobal(L, to_luastring(`bench_${name}`));
      lua.lua_call(L, 0, 1);
      const result = lua.lua_tojsstring(L, -1);
      lua.lua_settop(L, 0);
      return result;
    };
  },
  async quickjs() {
    const { newQuickJSWASMModuleFromVariant } = await import('quickjs-emscripten-core');
    const { default: variant } = await import('@jitl/quickjs-wasmfile-release-sync');
    const vm = (await newQuickJSWASMModuleFromVariant(variant)).newContext();
    vm.unwrapResult(vm.evalCode(program('programs.js'))).dispose();
    return (name) => {
      const result = vm.unwrapResult(vm.evalCode(`bench[${JSON.stringify(name)}]()`));
      const text = vm.dump(result);
      result.dispose();
      return text;
    };
  },
};

/** In a process of its own: times an engine. @param {string} engine */
async function timeEngine(engine) {
  const call = await ENGINES[engine]?.();
  if (call === undefined) throw new Error(`no such engine: ${engine}`);
  for (let i = 0; i < CALLS; i++) {
    for (const name of names) {
      const start = performance.now();
      const result = call(name);
      console.log(`${name}\t${performance.now() - start}\t${result}`);
    }
  }
  process.exit(0);
}

/** @typedef {Map<string, { ms: number, result: string }>} Times */
/** The fastest call of each program. @param {string} output @param {Times} into */
function read(output, into) {
  for (const line of output.trim().split('\n')) {
    const [name = '', ms = '', result = ''] = line.split('\t');
    const known = into.get(name);
    into.set(name, { ms: Math.min(Number(ms), known?.ms ?? Infinity), result });
  }
}

/** @param {readonly string[]} args */
function outputOf(args) {
  const r = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (r.status !== 0) throw new Error(r.stderr || String(r.error));
  return r.stdout;
}

/** @param {number} rounds */
export function benchPeers(rounds) {
  const folder = join(ROOT, 'src/bench/programs');
  const programs = names.map((n) => readFileSync(join(folder, `${n}.tcl`), 'utf8')).join('\n');
  const calls = `for {set i 0} {$i < ${CALLS}} {incr i} { foreach name {${names.join(' ')}} {
    set us [lindex [time {set result [bench_$name]}] 0]; puts "$name\\t[expr {$us / 1000.0}]\\t$result" } }`;
  mkdirSync(join(ROOT, '.cache'), { recursive: true });
  const file = join(ROOT, '.cache/peers.tcl');
  writeFileSync(file, `${programs}\n${calls}`);
  /** @type {Times} */
  const ours = new Map();
  /** @type {Map<string, Times>} */
  const peers = new Map(Object.keys(ENGINES).map((engine) => [engine, new Map()]));
  for (let i = 0; i < rounds; i++) {
    read(outputOf([join(ROOT, 'dist/tclet.js'), 'run', '--trusted', file]), ours);
    for (const [engine, times] of peers) read(outputOf([fileURLToPath(import.meta.url), engine]), times);
  }
  say('fastest calls in ms, and how many times as fast we are');
  console.log('program'.padEnd(14) + 'here'.padStart(9) + [...peers.keys()].map((e) => e.padStart(11) + 'x'.padStart(8)).join(''));
  let wrong = 0;
  const logs = [...peers].map(() => 0);
  for (const name of names) {
    const own = ours.get(name);
    if (own === undefined) continue;
    let line = name.padEnd(14) + own.ms.toFixed(2).padStart(9);
    for (const [i, [engine, times]] of [...peers].entries()) {
      const its = times.get(name);
      if (its === undefined) continue;
      if (its.result !== own.result) {
        wrong++;
        console.error(`${name}: ${own.result} here, ${its.result} in ${engine}`);
      }
      logs[i] = (logs[i] ?? 0) + Math.log(its.ms / own.ms) / names.length;
      line += its.ms.toFixed(2).padStart(11) + (its.ms / own.ms).toFixed(2).padStart(8);
    }
    console.log(line);
  }
  console.log('geometric mean'.padEnd(23) + logs.map((l) => Math.exp(l).toFixed(2).padStart(19)).join(''));
  return wrong === 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await timeEngine(process.argv[2] ?? '');
