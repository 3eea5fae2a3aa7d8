/** What lies in which file of the build, of an app that is drawn in a few lines. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { groups, isHere } from "../../web/chunks.ts";
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
};

/** The names of the files in which a module lies. */
function filesOf(module: string): string[] {
	const graph = {
		getModuleInfo: (id: string) => ({
			importedIds: (imports[id.slice(web.length + 1)] ?? []).map((file) => join(web, file)),
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
	["is fetched later, though it lies beside small parts", "ui/name-offer.ts", "photos"],
] as const)("what %s lies in one file: %s in %s", ([, module, file]) => {
	expect(filesOf(module)).toEqual([file]);
});

test.for(["pages/home.ts", "home/list.ts", "pages/device.ts", "ui/table.ts", "ui/caret.ts"])(
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

test.for([
	["base-1.js", "chat-1.js", true],
	["room-1.js", "chat-1.js", true],
	["room-1.css", "share-links-1.js", true],
	["room-1.css", "room-1.js", false],
	["room-1.js", "device-1.js", false],
	["parts-1.js", "chat-1.js", false],
] as const)("%s is here when %s is fetched: %s", ([file, wanted, is]) => {
	expect(isHere(`assets/${file}`, `assets/${wanted}`)).toBe(is);
});
