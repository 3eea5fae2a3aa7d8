/** What people do to a doc, each deed a small edit whose words can be followed. */
import * as Y from "yjs";
import { listWords } from "./journal.ts";
import { type Ledger, wordsOf } from "./person/ledger.ts";
import type { Person } from "./person/person.ts";
import type { Deed, Mode } from "./plan.ts";

/** What a deed needs to know. */
export interface Doing {
	readonly person: Person;
	readonly ledger: Ledger;
	readonly mode: Mode;
	/** A fraction of what is there. */
	readonly at: number;
	/** A small count. */
	readonly size: number;
	/** Messages by id, and who said them. */
	readonly said: Map<string, string>;
}

/** What a deed came to. */
export interface Did {
	/** What follows the name of who did it: "types ⟨ann1👋⟩ at the beginning". */
	readonly say: string;
	/** The words it touched. */
	readonly words: readonly string[];
}

/** Null where there was nothing to do it to. */
type Act = (doing: Doing) => Did | null;

/** Edits; what is no edit (`goOffline` and so on) is done by the world. */
export const acts: Partial<Record<Deed, Act>> = {
	type: (doing) => insertWords(doing, "types", doing.size === 4 ? 2 : 1),
	paste: (doing) => insertWords(doing, "pastes", 20 * doing.size),
	remove: removeWords,
	format: formatWords,
	embed: (doing) => {
		const text = doing.person.doc.getText("text");
		const at = spot(doing);
		const say = `puts a photo into the text, ${placeOf(text, at)}`;
		doing.person.edit(() => text.insertEmbed(at, { photo: `p${doing.size}` }));
		return { say, words: [] };
	},
	draw: ({ person, ledger, size }) => {
		const id = ledger.mint(person.user);
		const word = ledger.get(id);
		if (word !== undefined) word.isForgotten = true; // It is no word of the text.
		const d = Uint8Array.from({ length: 20 * size }, (_, index) => index);
		const item = new Y.Map<unknown>([
			["id", id],
			["d", d],
		]);
		person.edit((doc) => doc.getArray("strokes").push([item]));
		return { say: `draws ${id} on the board`, words: [id] };
	},
	move: (doing) => {
		const item = itemAt(doing);
		if (item === null) return null;
		doing.person.edit(() => item.set("x", doing.size * 10));
		return ofItem("moves", item);
	},
	erase: (doing) => {
		const item = itemAt(doing);
		const strokes = doing.person.doc.getArray("strokes");
		if (item === null) return null;
		const did = ofItem("erases", item);
		doing.person.edit(() => strokes.delete(Math.floor(doing.at * strokes.length), 1));
		return did;
	},
	say: ({ person, said }) => {
		const id = `${person.user}:${said.size}`;
		said.set(id, person.user);
		person.edit((doc) => doc.getArray("chat").push([{ id, by: person.user, body: "hello" }]));
		return { say: `says "hello" in the chat (${id})`, words: [] };
	},
	share: ({ person, size, said }) => {
		const caption = new Y.Text(`photo ${said.size}`);
		const photo = new Y.Map<unknown>([
			["by", person.user],
			["caption", caption],
		]);
		person.edit((doc) => doc.getMap("photos").set(`photo${size}`, photo));
		return { say: `shares photo${size}`, words: [] };
	},
	caption: ({ person, at, size }) => {
		const photo = person.doc.getMap<Y.Map<unknown>>("photos").get(`photo${size}`);
		const caption = photo?.get("caption");
		if (!(caption instanceof Y.Text)) return null;
		person.edit(() => caption.insert(Math.floor(at * caption.length), person.user));
		return { say: `writes under photo${size}`, words: [] };
	},
	point: ({ person, at, size }) => {
		person.point(at * 100, size);
		return { say: "points", words: [] };
	},
	undo: (doing) => undo(doing, "undoes", () => doing.person.undo.undo()),
	redo: (doing) => undo(doing, "redoes", () => doing.person.undo.redo()),
};

function insertWords(doing: Doing, verb: string, count: number): Did {
	const { person, ledger } = doing;
	const words = Array.from({ length: count }, () => ledger.mint(person.user));
	const at = spot(doing);
	const say = `${verb} ${listWords(words)} ${placeOf(person.doc.getText("text"), at)}`;
	person.edit((doc) => doc.getText("text").insert(at, words.join("")));
	return { say, words };
}

function removeWords(doing: Doing): Did | null {
	const text = doing.person.doc.getText("text");
	const [from, to] = wordRange(doing);
	if (to <= from) return null;
	const words = wordsOf(flat(text).slice(from, to));
	for (const word of words) {
		const held = doing.ledger.get(word);
		if (held !== undefined) held.isRemoved = true;
	}
	doing.person.edit(() => text.delete(from, to - from));
	return { say: `removes ${words.length > 0 ? listWords(words) : "a photo"}`, words };
}

/** What each formatting is called; the words stand in between. */
const formats = [
	{ attributes: { bold: true }, verb: "makes", end: "bold" },
	{ attributes: { bold: null }, verb: "makes", end: "plain again" },
	{ attributes: { color: "red" }, verb: "makes", end: "red" },
	{ attributes: { header: 1 }, verb: "makes", end: "a heading" },
] as const;

function formatWords(doing: Doing): Did | null {
	const text = doing.person.doc.getText("text");
	const [from, to] = wordRange(doing);
	if (to <= from) return null;
	const words = wordsOf(flat(text).slice(from, to));
	const { attributes, verb, end } = formats[doing.size - 1] ?? formats[0];
	doing.person.edit(() => text.format(from, to - from, attributes));
	return { say: `${verb} ${words.length > 0 ? listWords(words) : "a photo"} ${end}`, words };
}

/** Undo may take back what was typed and bring back what was removed: both are noted. */
function undo({ person, ledger }: Doing, verb: string, run: () => void): Did {
	const before = new Set(wordsOf(person.text()));
	run();
	const after = new Set(wordsOf(person.text()));
	const gone = [...before].filter((word) => !after.has(word));
	const back = [...after].filter((word) => !before.has(word));
	for (const text of [...gone, ...back]) {
		const word = ledger.get(text);
		if (word === undefined) continue;
		word.isUndone = true;
		word.isRemoved = true; // Whether it is there in the end depends on who else touched it.
	}
	const parts = [
		gone.length > 0 ? [`${listWords(gone)} ${gone.length > 1 ? "go" : "goes"}`] : [],
		back.length > 0 ? [`${listWords(back)} ${back.length > 1 ? "come" : "comes"} back`] : [],
	].flat();
	const what = parts.length > 0 ? `: ${parts.join(", ")}` : ", no word changes";
	return { say: `${verb}${what}`, words: [...gone, ...back] };
}

function ofItem(verb: string, item: Y.Map<unknown>): Did {
	const id = String(item.get("id"));
	return { say: `${verb} ${id} on the board`, words: [id] };
}

/** Where that is, for a reader. */
function placeOf(text: Y.Text, at: number): string {
	const [before] = wordsOf(flat(text).slice(0, at)).slice(-1);
	if (before !== undefined) return `after ${before}`;
	return text.length === 0 ? "into the empty text" : "at the beginning";
}

/** A place between two words, by code units of Y.Text. */
function spot({ person, mode, at }: Doing): number {
	const places = wordEdges(person.doc.getText("text"));
	if (mode === "hotSpot") return 0;
	if (mode === "long" && at > 0.3) return places[places.length - 1] ?? 0;
	return places[Math.floor(at * places.length)] ?? 0;
}

/** A run of at most `size` words. */
function wordRange({ person, at, size }: Doing): [number, number] {
	const places = wordEdges(person.doc.getText("text"));
	const start = Math.floor(at * places.length);
	return [places[start] ?? 0, places[Math.min(places.length - 1, start + size)] ?? 0];
}

/** The text with one character for each embed, so that places fit. */
function flat(text: Y.Text): string {
	const parts = text.toDelta() as { insert: unknown }[];
	return parts.map(({ insert }) => (typeof insert === "string" ? insert : "\ufffc")).join("");
}

/** Where words and embeds end; and the beginning. */
function wordEdges(text: Y.Text): number[] {
	const edges = [0];
	const letters = flat(text);
	for (let index = 0; index < letters.length; index++) {
		if (letters[index] === "⟩" || letters[index] === "\ufffc") edges.push(index + 1);
	}
	return edges;
}

function itemAt({ person, at }: Doing): Y.Map<unknown> | null {
	const strokes = person.doc.getArray("strokes");
	const item = strokes.length === 0 ? null : strokes.get(Math.floor(at * strokes.length));
	return item instanceof Y.Map ? item : null;
}
