/**
 * What a first visit fetches, in bytes of the files as they lie there compressed: no browser, no
 * clock, so that a build that weighs more is noticed before anybody waits for it.
 */
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../../fixtures/project.ts";

interface BuiltFile {
	readonly file: string;
	readonly name?: string;
	readonly imports?: readonly string[];
	readonly css?: readonly string[];
}

const webDir = join(projectRoot, "dist/web");
const kib = 1_024;

function bytesOf(file: string): number {
	const path = join(webDir, file);
	return statSync(existsSync(`${path}.br`) ? `${path}.br` : path).size;
}

/** All that these chunks of the build (web/chunks.ts) bring along, with the page itself. */
function weightOf(chunks: readonly string[]): { readonly kib: number; readonly files: string[] } {
	const text = readFileSync(join(webDir, "first-files.json"), "utf8");
	const manifest: Readonly<Record<string, BuiltFile>> = JSON.parse(text);
	const wanted = new Set<BuiltFile>();
	for (const chunk of chunks) {
		const found = Object.values(manifest).filter(({ name }) => name === chunk);
		expect(found, chunk).toHaveLength(1);
		for (const one of found) wanted.add(one);
	}
	for (const { imports = [] } of wanted) {
		for (const key of imports) {
			const next = manifest[key];
			if (next !== undefined) wanted.add(next);
		}
	}
	const page = readFileSync(join(webDir, "index.html"), "utf8");
	const named = [...page.matchAll(/assets\/[\w.-]+\.(?:js|css)/g)].map(([file]) => file);
	const fetched = [...wanted].flatMap(({ file, css = [] }) => [file, ...css]);
	const files = [...new Set([...named, ...fetched])];
	const bytes = files.reduce((sum, file) => sum + bytesOf(file), bytesOf("index.html"));
	return { kib: bytes / kib, files };
}

/** A little above what they are; whoever needs more writes it here, and why in their commit. */
test.for([
	{ page: "board", chunks: ["room", "board"], kibMax: 79 },
	{ page: "document", chunks: ["room", "document"], kibMax: 102 },
	{
		page: "all of a room",
		chunks: ["room", "document", "board", "chat", "photos"],
		kibMax: 166,
	},
	{ page: "home", chunks: ["home"], kibMax: 32 },
])("$page weighs at most $kibMax KiB", ({ chunks, kibMax }) => {
	const { kib: weight, files } = weightOf(chunks);
	expect(weight, files.join("\n")).toBeLessThanOrEqual(kibMax);
});

test("who comes for the board fetches no other surface", () => {
	const { files } = weightOf(["room", "board"]);
	expect(files.filter((file) => /(document|chat|photos|pictures|parts)-/.test(file))).toEqual([]);
});
