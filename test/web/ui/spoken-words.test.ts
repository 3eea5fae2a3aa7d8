/** English words come with the code that says them: no chunk speaks before its words are there. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { expect, test } from "vitest";
import { english } from "../../../web/ui/language.ts";
import { projectRoot } from "../../fixtures/project.ts";

const web = join(projectRoot, "web");
/** Each table of words, by its file; some have a folder of their own. */
const tables = [
	...["ui/messages", "ui/board-words", "ui/text-words"].flatMap((folder) =>
		readdirSync(join(web, folder)).map((name) => join(web, folder, name)),
	),
	join(web, "ui/admin/words.ts"),
];

interface Source {
	/** Files that come along with this one. */
	readonly imports: readonly string[];
	/** Files that it fetches later. */
	readonly fetches: readonly string[];
	/** What may be keys of the table; of `frame.room.${name}` the part before the gap. */
	readonly keys: readonly string[];
}

function readSource(file: string): Source {
	const code = readFileSync(file, "utf8").replace(/import type [^;]*;|typeof import\(/g, "");
	const paths = (pattern: RegExp) =>
		[...code.matchAll(pattern)]
			.map(([, path = ""]) => resolve(dirname(file), path))
			.filter((path) => path.startsWith(web) && path.endsWith(".ts") && existsSync(path));
	return {
		imports: paths(/^(?:import|export) (?:[^;"]* from )?"(\.[^"]+)"/gm),
		fetches: paths(/import\(\s*"(\.[^"]+)"/g),
		keys: [...code.matchAll(/["`]([a-z]+\.[\w.]+)(?=["`]|\$\{)/gi)].map(([, key = ""]) => key),
	};
}

const files = readdirSync(web, { recursive: true, encoding: "utf8" })
	.filter((name) => name.endsWith(".ts") && !/^ui\/(german|admin\/german)/.test(name))
	.map((name) => join(web, name));
const sources = new Map(files.map((file) => [file, readSource(file)]));

/** All that comes along with a file, itself among it. */
function closureOf(file: string): Set<string> {
	const closure = new Set([file]);
	for (const one of closure) for (const next of sources.get(one)?.imports ?? []) closure.add(next);
	return closure;
}

/** Key to the file of its table. */
function tableOfKeys(): Map<string, string> {
	const homes = new Map<string, string>();
	for (const file of tables) {
		for (const [, key = ""] of readFileSync(file, "utf8").matchAll(/^\t"([\w.]+)":/gm)) {
			homes.set(key, file);
		}
	}
	return homes;
}

const homes = tableOfKeys();
const entry = join(web, "main.ts");
/** What is fetched, and by whom: those are there before. */
const fetchers = new Map<string, Set<string>>([[entry, new Set()]]);
for (const [file, { fetches }] of sources) {
	for (const fetched of fetches) {
		fetchers.set(fetched, (fetchers.get(fetched) ?? new Set()).add(file));
	}
}
const closures = new Map([...fetchers.keys()].map((file) => [file, closureOf(file)]));

/** Tables that are there for sure when a chunk begins: its own, and what all who fetch it have. */
function tablesOf(chunk: string, seen: ReadonlySet<string> = new Set()): Set<string> {
	const own = [...(closures.get(chunk) ?? [])].filter((file) => tables.includes(file));
	const before = [...(fetchers.get(chunk) ?? [])].flatMap((file) =>
		[...closures].filter(([, closure]) => closure.has(file)).map(([holder]) => holder),
	);
	const others = before.filter((holder) => holder !== chunk && !seen.has(holder));
	const sets = others.map((holder) => tablesOf(holder, new Set([...seen, chunk])));
	const shared = [...(sets[0] ?? [])].filter((table) => sets.every((set) => set.has(table)));
	return new Set([...own, ...shared]);
}

/** The tables of a key, or of the keys that begin so. */
function homesOf(key: string): Set<string> {
	const isWhole = homes.has(key);
	const found = [...homes].filter(
		([known]) =>
			known === key ||
			(!isWhole && known.startsWith(`${key}.`)) ||
			(!isWhole && key.endsWith(".") && known.startsWith(key)),
	);
	return new Set(found.map(([, home]) => home));
}

test("each English word is in one table", () => {
	expect(Object.keys(english).sort()).toEqual([...homes.keys()].sort());
});

test("what a chunk says is there when it begins", () => {
	const missing = [...closures].flatMap(([chunk, closure]) => {
		const here = tablesOf(chunk);
		const keys = [...closure].flatMap((file) => sources.get(file)?.keys ?? []);
		const unknown = keys.filter((key) => [...homesOf(key)].some((home) => !here.has(home)));
		return unknown.map((key) => `${chunk.slice(web.length)}: ${key}`);
	});
	expect(missing).toEqual([]);
});
