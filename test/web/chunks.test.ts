/** What lies in which file of the build, of an app that is drawn in a few lines. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { filesBeside, groups } from "../../web/chunks.ts";
import { projectRoot } from "../fixtures/project.ts";

const web = join(projectRoot, "web");

/** What each module imports, below `web`. */
const imports: Readonly<Record<string, readonly string[]>> = {
	"main.ts": ["router.ts"],
	"router.ts": ["ui/words.ts"],
	"pages/room.ts": ["room/bar.ts", "room/both.ts", "ui/words.ts"],
	"room/bar.ts": ["room/deep.ts"],
	"pages/home.ts": ["home/list.ts", "room/both.ts", "ui/sun.ts", "ui/face.ts"],
	"text/editor.ts": [
		"text/quill.ts",
		"room/deep.ts",
		"find.ts",
		"ui/caret.ts",
		"said.ts",
		"ui/pen.ts",
	],
	"board/board.ts": [
		"board/ink.ts",
		"find.ts",
		"ui/menu.ts",
		"frame.ts",
		"ui/pen.ts",
		"ui/paper.ts",
		"ui/sun.ts",
	],
	"chat/chat.ts": ["pictures.ts", "ui/menu.ts", "ui/rows.ts", "ui/messages/chat.ts", "ui/face.ts"],
	"photos/photos.ts": ["pictures.ts", "frame.ts", "ui/name-offer.ts", "said.ts"],
	"pages/device.ts": ["ui/table.ts"],
	"board/select.ts": ["board/grips.ts", "board/ink.ts"],
	"board/erase.ts": ["board/grips.ts", "board/lines.ts"],
	"board/snap.ts": ["board/lines.ts"],
};

/** What each fetches later. */
const fetches: Readonly<Record<string, readonly string[]>> = {
	"board/board.ts": ["board/select.ts", "board/erase.ts", "chat/chat.ts"],
	"board/select.ts": ["board/snap.ts"],
};

/** The names of the files in which a module lies. */
function filesOf(module: string): string[] {
	const inWeb = (files: readonly string[] = []) => files.map((name) => join(web, name));
	const graph = {
		getModuleInfo: (id: string) => ({
			importedIds: inWeb(imports[id.slice(web.length + 1)]),
			dynamicallyImportedIds: inWeb(fetches[id.slice(web.length + 1)]),
		}),
	};
	return groups().flatMap(({ name }) => name(join(web, module), graph) ?? []);
}

test.for([
	["starts the app", "main.ts", "base"],
	["all pages begin with", "router.ts", "base"],
	["the first page needs of what is said", "ui/words.ts", "base"],
	["a room and the home page need", "room/both.ts", "base"],
	["a room and a surface need", "room/deep.ts", "room"],
	["a room is", "pages/room.ts", "room"],
	["only a room needs", "room/bar.ts", "room"],
	["the document is", "text/editor.ts", "document"],
	["only the document needs", "text/quill.ts", "document"],
	["only the board needs", "board/ink.ts", "board"],
	["document and board need", "find.ts", "room"],
	["board and photos need", "frame.ts", "ink"],
	["document and photos need", "said.ts", "words"],
	["chat and photos need", "pictures.ts", "pictures"],
	["is said in the chat", "ui/messages/chat.ts", "chat"],
	["is a small part, of board and chat", "ui/menu.ts", "ink"],
	["is a small part, of board and document", "ui/pen.ts", "room"],
	["is a small part, of the board", "ui/paper.ts", "room"],
	["is a small part, of the board and the home page", "ui/sun.ts", "base"],
	["is a small part, of the chat", "ui/rows.ts", "parts"],
	["is a small part, of the chat and the home page", "ui/face.ts", "faces"],
	["is a small part, of the document", "ui/caret.ts", "mates"],
	["only one tool of the board needs", "board/select.ts", "none"],
	["two tools of the board need", "board/grips.ts", "bench"],
	["what a tool fetches and another tool need", "board/lines.ts", "bench"],
	["a tool and the board itself need", "board/ink.ts", "board"],
	["is fetched later, though it lies beside small parts", "ui/name-offer.ts", "photos"],
] as const)("what %s lies in one file: %s in %s", ([, module, file]) => {
	expect(filesOf(module)).toEqual(file === "none" ? [] : [file]);
});

test.for(["pages/home.ts", "home/list.ts", "pages/device.ts", "ui/table.ts"])(
	"the bundler places by itself what comes with one page only: %s",
	(module) => expect(filesOf(module)).toEqual([]),
);

test("the first of the files that could take a module takes it, and it alone", () => {
	const all = groups();
	const priorities = all.map(({ priority }) => priority);
	expect(priorities).toEqual(priorities.toSorted((a, b) => b - a));
	expect(new Set(priorities).size).toBe(all.length);
	expect(all.map(({ includeDependenciesRecursively }) => includeDependenciesRecursively)).toEqual(
		all.map(() => false),
	);
});

test("beside a surface come the files that are not here yet, beside other code none", () => {
	const files = ["base-1.js", "room-1.js", "chat-1.js", "parts-1.js", "rolldown-runtime-1.js"];
	const named = files.map((file) => `assets/${file}`);
	expect(filesBeside("assets/chat-1.js", named)).toEqual(["assets/parts-1.js"]);
	expect(filesBeside("assets/share-links-1.js", named)).toEqual([]);
});
