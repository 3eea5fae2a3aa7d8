/** The list that `?` shows has the keys that work, and no others. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { surfaceNames } from "../../../../shared/awareness.ts";
import { readChosenKey } from "../../../../web/board/choose/keys.ts";
import { readKey } from "../../../../web/board/tools/keys.ts";
import { keyGroups } from "../../../../web/pages/help/key-list.ts";
import { commandOfKey } from "../../../../web/text/tools/shortcuts.ts";
import { projectRoot } from "../../../fixtures/project.ts";

const plainKeys = [
	..."ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789[]\\+-/'.,?#<>",
	...["Enter", "Escape", "Delete", "Backspace", "Tab", "Space", "F3", "F6", "F10", "Home", "End"],
	...["ArrowLeft", "ArrowUp", "ArrowRight", "ArrowDown", "PageUp", "PageDown"],
];
const modifiers = ["Ctrl+", "Alt+", "Shift+"];

/** Every chord that somebody could press. */
const chords = Array.from({ length: 8 }, (_, held) =>
	modifiers.filter((_modifier, bit) => (held & (1 << bit)) !== 0).join(""),
).flatMap((held) => plainKeys.map((key) => held + key));

/** What the browser would tell of it. */
function press(chord: string) {
	const [, held = "", name = ""] = /^((?:(?:Ctrl|Alt|Shift)\+)*)(.+)$/.exec(chord) ?? [];
	const code = /^\d$/.test(name) ? `Digit${name}` : /^[A-Z]$/.test(name) ? `Key${name}` : name;
	return {
		key: name === "Space" ? " " : name.length === 1 ? name.toLowerCase() : name,
		code,
		ctrlKey: held.includes("Ctrl"),
		metaKey: false,
		altKey: held.includes("Alt"),
		shiftKey: held.includes("Shift"),
		getModifierState: () => false,
	};
}

function listed(place: string): string[] {
	return keyGroups
		.filter((group) => group.place === place)
		.flatMap(({ rows }) => rows.flatMap(([, ...ways]) => ways));
}

const everywhere = listed("frame.help.everywhere");

/** Names of what the chords do, each once. */
function deeds(all: readonly string[], deedOf: (chord: string) => unknown): string[] {
	const done = all.map(deedOf).filter((deed) => deed !== null);
	return [...new Set(done.map((deed) => JSON.stringify(deed)))].sort();
}

test("whatever a key does on the board is in the list, and what is listed works", () => {
	const read = (chord: string) => readKey(press(chord)) ?? readChosenKey(press(chord));
	const all = listed("frame.room.board");
	// The board holds Space; of the clipboard the browser tells by events of their own.
	const others = ["Space", "Ctrl+C", "Ctrl+X", "Ctrl+V"];
	expect(all.filter((chord) => read(chord) === null)).toEqual(others);
	expect(deeds([...everywhere, ...all], read)).toEqual(deeds(chords, read));
	// Where a bracket takes AltGr, the browser tells of Ctrl and Alt, held or not.
	const pressed = chords.filter((chord) => !/Shift\+|^Ctrl\+Alt\+[[\]]$/.test(chord));
	const plain = pressed.filter((chord) => read(chord) !== null);
	expect([...everywhere, ...all]).toEqual(expect.arrayContaining(plain));
});

test("whatever a key does in the document is in the list, and what is listed works", () => {
	const read = (chord: string) => commandOfKey(press(chord), false);
	// With Ctrl and Alt, Shift changes nothing: keyboards that need it for digits may hold it.
	const pressed = chords.filter((chord) => !chord.startsWith("Ctrl+Alt+Shift+"));
	const works = pressed.filter((chord) => read(chord) !== null);
	const all = [...everywhere, ...listed("frame.room.document")];
	expect(all.filter((chord) => read(chord) !== null).sort()).toEqual(works.sort());
});

test("chords that stand in a table of keys are in the list, and find's are in the code", () => {
	const all = new Set(keyGroups.flatMap(({ rows }) => rows.flatMap(([, ...ways]) => ways)));
	const named = tableKeys();
	expect([...named].filter((chord) => !all.has(chord))).toEqual([]);
	expect([...named]).toEqual(expect.arrayContaining(["Shift+F6", "?"]));
	const ofPage = listed("frame.room.document").filter(
		(chord) => !chord.endsWith("Tab") && commandOfKey(press(chord), false) === null,
	);
	expect(ofPage).toContain("Ctrl+H");
	expect(ofPage.filter((chord) => !named.has(chord))).toEqual([]);
	const ofChat = listed("frame.room.chat").filter((chord) => chord.startsWith("Ctrl+"));
	expect(ofChat.length).toBeGreaterThan(0);
	expect(ofChat.filter((chord) => !named.has(chord))).toEqual([]);
});

test("what keys do stands once in each place", () => {
	for (const { rows } of keyGroups) {
		// Who reads "the same" looks at the row above.
		const deeds = rows.map(([does]) => does).filter((does) => does !== "frame.help.nudgeFar");
		expect(deeds).toEqual([...new Set(deeds)]);
	}
});

test("each surface has its key, in the order in which they stand", () => {
	const keys = surfaceNames.map((_, index) => `Alt+Shift+${index + 1}`);
	const { rows = [] } = keyGroups.find(({ place }) => place === "frame.help.everywhere") ?? {};
	expect(rows).toContainEqual(["frame.help.surfaces", ...keys]);
});

test("whatever a key does at an open photo is in the list, and what is listed works", () => {
	const code = readFileSync(join(projectRoot, "web/photos/viewer/viewer.ts"), "utf8");
	const [, table = ""] = /#keys: [^{]* = \{\n([^}]*)\};/.exec(code) ?? [];
	const works = [...table.matchAll(/^\t\t(?:(\w+)|" "): /gm)].map(([, key = "Space"]) => key);
	expect(listed("frame.room.photos").sort()).toEqual(works.sort());
});

/** Chords before a colon anywhere in the app's code: a `case`, or a name in a table. Also `?`. */
function tableKeys(): Set<string> {
	const root = join(projectRoot, "web");
	const code = readdirSync(root, { recursive: true, encoding: "utf8" })
		.filter((file) => file.endsWith(".ts"))
		.map((file) => readFileSync(join(root, file), "utf8"));
	const chord = /"((?:(?:Ctrl|Alt|Shift)\+)+[^"]+)":|\b(F\d+)"?:|"(\?)":/g;
	const found = code.flatMap((text) => [...text.matchAll(chord)]);
	return new Set(found.map(([, ...names]) => names.find((name) => name) ?? ""));
}
