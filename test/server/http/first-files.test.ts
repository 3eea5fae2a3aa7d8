import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type FirstFiles, firstFilesIn } from "../../../server/http/first-files.ts";

let webDir: string;
let firstFiles: FirstFiles;

beforeEach(() => {
	webDir = mkdtempSync(join(tmpdir(), "weft-first-files-"));
	firstFiles = firstFilesIn(webDir, "/weft/");
});
afterEach(() => rmSync(webDir, { recursive: true }));

/** What the bundler would write of a build whose files are called so. */
function build(name: string): string {
	return JSON.stringify({
		_base: { file: `${name}/base.js`, name: "base" },
		_room: { file: `${name}/room.js`, name: "room", imports: ["_base"], css: [`${name}/room.css`] },
		_home: { file: `${name}/home.js`, name: "home", imports: ["_base"] },
		_document: { file: `${name}/document.js`, name: "document", imports: ["_base"] },
	});
}

const write = (text: string) => writeFileSync(join(webDir, "first-files.json"), text);
const script = (file: string) => `</weft/${file}>; rel=modulepreload; crossorigin`;
const sheet = (file: string) => `</weft/${file}>; rel=preload; as=style; crossorigin`;
/** What a room begins with: its own files, a surface's, and last what both of them need. */
const room = (name: string, ...surface: readonly string[]) =>
	[
		...[script(`${name}/room.js`), sheet(`${name}/room.css`)],
		...[...surface, `${name}/base.js`].map(script),
	].join(", ");

test.for([
	["/", [script("one/home.js"), script("one/base.js")].join(", ")],
	["/r/garden", room("one")],
	["/r/garden/document", room("one", "one/document.js")],
	["/r/garden/home", room("one")], // There is a file of that name, but no such surface.
	["/r/a%23b", null],
	["/device", null],
] as const)("a page begins with its own files: %s", async ([path, links]) => {
	write(build("one"));
	expect(await firstFiles(path)).toBe(links);
});

test("a build that takes the place of another is told of from then on", async () => {
	write(build("one"));
	expect(await firstFiles("/r/garden")).toBe(room("one"));
	write(build("two"));
	expect(await firstFiles("/r/garden")).toBe(room("two"));
});

test.for([
	["not there", null],
	["half written", build("one").slice(0, 40)],
	["of another kind", '{ "_room": { "name": "room", "file": 7 } }'],
] as const)("while the build's list is %s, pages are told nothing", async ([, text]) => {
	if (text !== null) write(text);
	expect(await firstFiles("/r/garden")).toBeNull();
	write(build("one"));
	expect(await firstFiles("/r/garden")).toBe(room("one"));
});
