/** What people do to a doc, each deed a small edit whose words can be followed. */
import * as Y from "yjs";
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

type Act = (doing: Doing) => void;

/** Edits; what is no edit (`goOffline` and so on) is done by the world. */
export const acts: Partial<Record<Deed, Act>> = {
	type: (doing) => insertWords(doing, doing.size === 4 ? 2 : 1),
	paste: (doing) => insertWords(doing, 20 * doing.size),
	remove: removeWords,
	format: (doing) => {
		const text = doing.person.doc.getText("text");
		const [from, to] = wordRange(doing);
		if (to <= from) return;
		const attributes = [{ bold: true }, { bold: null }, { color: "red" }, { header: 1 }];
		const attribute = attributes[doing.size - 1] ?? { bold: true };
		doing.person.edit(() => text.format(from, to - from, attribute));
	},
	embed: (doing) => {
		const text = doing.person.doc.getText("text");
		doing.person.edit(() => text.insertEmbed(spot(doing), { photo: `p${doing.size}` }));
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
	},
	move: (doing) => {
		const item = itemAt(doing);
		doing.person.edit(() => item?.set("x", doing.size * 10));
	},
	erase: ({ person, at }) => {
		const strokes = person.doc.getArray("strokes");
		if (strokes.length > 0) {
			person.edit(() => strokes.delete(Math.floor(at * strokes.length), 1));
		}
	},
	say: ({ person, said }) => {
		const id = `${person.user}:${said.size}`;
		said.set(id, person.user);
		person.edit((doc) => doc.getArray("chat").push([{ id, by: person.user, body: "hello" }]));
	},
	share: ({ person, size, said }) => {
		const caption = new Y.Text(`photo ${said.size}`);
		const photo = new Y.Map<unknown>([
			["by", person.user],
			["caption", caption],
		]);
		person.edit((doc) => doc.getMap("photos").set(`photo${size}`, photo));
	},
	caption: ({ person, at, size }) => {
		const photo = person.doc.getMap<Y.Map<unknown>>("photos").get(`photo${size}`);
		const caption = photo?.get("caption");
		if (!(caption instanceof Y.Text)) return;
		person.edit(() => caption.insert(Math.floor(at * caption.length), person.user));
	},
	point: ({ person, at, size }) => person.point(at * 100, size),
	undo: (doing) => undo(doing, () => doing.person.undo.undo()),
	redo: (doing) => undo(doing, () => doing.person.undo.redo()),
};

function insertWords(doing: Doing, count: number): void {
	const { person, ledger } = doing;
	const words = Array.from({ length: count }, () => ledger.mint(person.user)).join("");
	person.edit((doc) => doc.getText("text").insert(spot(doing), words));
}

function removeWords(doing: Doing): void {
	const text = doing.person.doc.getText("text");
	const [from, to] = wordRange(doing);
	if (to <= from) return;
	for (const word of wordsOf(flat(text).slice(from, to))) {
		const held = doing.ledger.get(word);
		if (held !== undefined) held.isRemoved = true;
	}
	doing.person.edit(() => text.delete(from, to - from));
}

/** Undo may take back what was typed and bring back what was removed: both are noted. */
function undo({ person, ledger }: Doing, run: () => void): void {
	const before = new Set(wordsOf(person.text()));
	run();
	const after = new Set(wordsOf(person.text()));
	for (const text of new Set([...before, ...after])) {
		const word = ledger.get(text);
		if (word === undefined || before.has(text) === after.has(text)) continue;
		word.isUndone = true;
		word.isRemoved = true; // Whether it is there in the end depends on who else touched it.
	}
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
