import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { dropFolder, makeFolder, projectRoot, writeTree } from "../fixtures/project.ts";

let folder: string;

beforeEach(() => {
	folder = makeFolder();
});

afterEach(() => dropFolder(folder));

function breaks(files: Readonly<Record<string, string>>): string[] {
	writeTree(folder, files);
	const house = spawnSync(process.execPath, [join(projectRoot, "scripts/house.mjs"), folder]);
	const lines = String(house.stdout).split("\n").filter(Boolean);
	expect(String(house.stderr)).toBe("");
	expect(house.status).toBe(lines.length === 0 ? 0 : 1);
	return lines;
}

/** Written so that this file does not break the rule itself. */
const later = `TO${"DO"}`;
const alone = `on${"ly"}`;
const off = `sk${"ip"}`;

describe("the house", () => {
	test("has nothing to say about a tidy tree", () => {
		expect(
			breaks({
				"package.json": "{}",
				"shared/limits.ts": "/** Most. */\nexport const most = 1;\n",
				"server/main.ts": 'import { most } from "../shared/limits.ts";\nconsole.log(most);\n',
				"server/store/level.ts": 'import leveldown from "leveldown";\nleveldown("x");\n',
				"test/server/main.test.ts": 'import "../../server/main.ts";\n',
			}),
		).toEqual([]);
	});

	test.each<[string, Record<string, string>, string]>([
		[
			"a stranger at the top level",
			{ "notes.txt": "" },
			"notes.txt:1 does not belong at the top level",
		],
		[
			"a file of more than 400 lines",
			{ "server/a.ts": "// Line.\n".repeat(401) },
			"server/a.ts:400 401 lines, at most 400",
		],
		[
			"a line of more than 100 columns",
			{ "web/a.css": `\n\t/* ${"x".repeat(96)} */\n` },
			"web/a.css:2 104 columns, at most 100",
		],
		[
			"a crowded folder",
			Object.fromEntries(Array.from({ length: 15 }, (_, index) => [`web/a${index}.ts`, ""])),
			"web:1 15 files, about 12 at most",
		],
		["a deep folder", { "web/a/b/c/d.ts": "" }, "web/a/b/c:1 more than 2 folders deep"],
		["a file called utils", { "web/utils.ts": "" }, "web/utils.ts:1 a name that says nothing"],
		[
			"a folder called helpers",
			{ "web/helpers/a.ts": "" },
			"web/helpers/a.ts:1 a name that says nothing",
		],
		[
			"an index that only re-exports",
			{
				"web/a.ts": "",
				"web/index.ts": '// All.\nexport * from "./a.ts";\nexport { b } from "./a.ts";\n',
			},
			"web/index.ts:1 only re-exports",
		],
		[
			"an export without a comment",
			{ "web/a.ts": "/** One. */\nexport const one = 1;\nexport async function two() {}\n" },
			"web/a.ts:3 two has no comment",
		],
		[
			"something left for later",
			{ "web/a.ts": `const a = 1; // ${later}: more.\n` },
			"web/a.ts:1 something left for later",
		],
		[
			"a test that runs alone",
			{ "test/a.test.ts": `test.${alone}("a", () => {});\n` },
			"test/a.test.ts:1 a test that is switched off or runs alone",
		],
		[
			"a group that is switched off",
			{ "test/a.test.ts": `describe.${off}("a", () => {});\n` },
			"test/a.test.ts:1 a test that is switched off or runs alone",
		],
		[
			"a class that sheets of two folders lay out",
			{
				"web/board/words.css": ".words {\n\tposition: absolute;\n}\n",
				"web/pages/a.css": ".words p {\n\tmargin: 0;\n}\n",
				"web/pages/words.css": ".words {\n\tdisplay: grid;\n}\n",
			},
			"web/pages/words.css:1 .words belongs to web/board/words.css",
		],
	])("notices %s", (_what, files, expected) => {
		expect(breaks(files)).toEqual([expected]);
	});

	test.each<[string, string, string, string]>([
		["shared of server", "shared/a.ts", "../server/b.ts", "shared must not import server"],
		["web of server", "web/a.ts", "../server/b.ts", "web must not import server"],
		["server of web", "server/a.ts", "../web/b.ts", "server must not import web"],
		["server of test", "server/a.ts", "../test/b.ts", "server must not import test"],
		["web of scripts", "web/a.ts", "../scripts/b.ts", "web must not import scripts"],
		["scripts of web", "scripts/a.ts", "../web/b.ts", "scripts must not import web"],
		[
			"rooms of the gateway",
			"server/rooms/a.ts",
			"../gateway/b.ts",
			"server/rooms must not import server/gateway, which stands above it",
		],
		[
			"the store of rooms",
			"server/store/a.ts",
			"../rooms/b.ts",
			"server/store must not import server/rooms, which stands above it",
		],
		[
			"sync of a surface",
			"web/sync/a.ts",
			"../chat/b.ts",
			"web/sync must not import web/chat, which stands above it",
		],
		[
			"ui of sync",
			"web/ui/a.ts",
			"../sync/b.ts",
			"web/ui must not import web/sync, which stands above it",
		],
		[
			"a surface of a page",
			"web/board/a.ts",
			"../pages/b.ts",
			"web/board must not import web/pages, which stands above it",
		],
		["a package in shared", "shared/a.ts", "zod", "shared must not import zod"],
		["the disk in shared", "shared/a.ts", "node:fs", "shared must not import node:fs"],
		[
			"the disk in rooms",
			"server/rooms/a.ts",
			"node:fs/promises",
			"rooms must not import node:fs/promises: it is handed to them",
		],
		[
			"a socket in rooms",
			"server/rooms/a.ts",
			"ws",
			"rooms must not import ws: it is handed to them",
		],
		[
			"compression in rooms",
			"server/rooms/a.ts",
			"../store/compress.ts",
			"rooms must not import server/store/compress.ts: it is handed to them",
		],
		["LevelDB in http", "server/http/a.ts", "leveldown", "leveldown belongs to server/store"],
		["Quill in chat", "web/chat/a.ts", "quill", "quill belongs to web/text"],
	])("notices an import by %s", (_what, path, specifier, expected) => {
		const files = { [path]: `import type {\n\tA,\n} from "${specifier}";\n` };
		expect(breaks(files)).toEqual([`${path}:3 ${expected}`]);
		const lazy = { [path]: `const a = await import("${specifier}");\n` };
		expect(breaks(lazy)).toEqual([`${path}:1 ${expected}`]);
	});

	test("notices a promise of SECURITY.md whose test is not named, or is not there", () => {
		const table = (tests: string) =>
			`# Security\n\n| threat | what | the test |\n| --- | --- | --- |\n| a | b | ${tests} |\n`;
		const there = { "test/wire/a.test.ts": "", "test/b.test.ts": "" };
		const broken = (tests: string) => breaks({ ...there, "SECURITY.md": table(tests) });
		expect(broken("test/wire/a.test.ts, test/b.test.ts")).toEqual([]);
		expect(broken("test/wire, `npm run fuzz`")).toEqual([]);
		expect(broken("a.test.ts")).toEqual(["SECURITY.md:5 a promise without a test"]);
		expect(broken("test/wire/b.test.ts, test/b.test.ts")).toEqual([
			"SECURITY.md:5 test/wire/b.test.ts is not there",
		]);
		expect(broken("test/wir")).toEqual(["SECURITY.md:5 test/wir is not there"]);
	});

	test("notices a circle of files, also of types", () => {
		expect(
			breaks({
				"web/a.ts": 'import type { B } from "./b.ts";\n',
				"web/b.ts": 'export { c } from "./c.ts";\n',
				"web/c.ts": 'import "./a.ts";\n',
			}),
		).toEqual(["web/a.ts:1 a circle of imports: web/a.ts > web/b.ts > web/c.ts > web/a.ts"]);
	});

	test.each([
		["web/chat", "web/photos"],
		["scripts/replay", "scripts/screens"],
	])("notices that %s and %s, of one floor, import each other", (one, other) => {
		const [up, back] = [one, other].map((folder) => folder.replace(/^\w+/, ".."));
		expect(
			breaks({
				[`${one}/a.ts`]: `import "${back}/a.ts";\n`,
				[`${other}/a.ts`]: "const a = 1;\n",
				[`${other}/b.ts`]: `import "${up}/b.ts";\n`,
				[`${one}/b.ts`]: "const b = 1;\n",
			}),
		).toEqual([`${one}:1 a circle of folders: ${one} > ${other} > ${one}`]);
	});
});
