/** What people do to a doc, each deed a small edit whose words can be followed. */
import * as Y from "yjs";
import { encodeStroke } from "../../shared/surfaces/stroke-codec.ts";
import { lettersOf } from "../../shared/surfaces/words/words.ts";
import type { Did, Doer, Doing } from "./doing.ts";
import { itemActs, plainStroke } from "./item-deeds.ts";
import { listWords } from "./journal.ts";
import type { Person } from "./person/person.ts";
import { photoOf, tokenOfPhoto, tokensIn, wordsOf } from "./person/tokens.ts";
import type { Deed } from "./plan.ts";

/** Edits; what is no edit (`goOffline` and so on) is done by the world. */
export const acts: Partial<Record<Deed, Doer>> = {
	type: (doing) => insertWords(doing, "types", doing.size === 4 ? 2 : 1),
	paste: (doing) => insertWords(doing, "pastes", (doing.mode === "long" ? 200 : 20) * doing.size),
	remove: removeWords,
	format: formatWords,
	embed: (doing) => {
		const text = doing.person.doc.getText("text");
		const at = spot(doing);
		const photo = doing.ledger.mint(doing.person.user);
		const say = `puts the photo ${photo} into the text, ${placeOf(text, at)}`;
		doing.person.edit(() => text.insertEmbed(at, { photo: photoOf(photo) }));
		return { say, words: [photo] };
	},
	...itemActs,
	note: ({ person, ledger, size }) => {
		const [id, word] = [ledger.mint(person.user), ledger.mint(person.user)];
		const points = Float64Array.of(0, 0, 100 * size, 100);
		const item = new Y.Map<unknown>([
			["id", id],
			["d", encodeStroke({ ...plainStroke, kind: "note", points })],
			["t", new Y.Text(word)],
		]);
		person.edit((doc) => doc.getArray("strokes").push([item]));
		return { say: `puts down the note ${id}, which says ${word}`, words: [id, word] };
	},
	write: (doing) => {
		const note = noteAt(doing);
		if (note === null) return null;
		const { person, ledger, size } = doing;
		const edges = wordEdges(note.letters);
		const words = Array.from({ length: size === 4 ? 40 : 1 }, () => ledger.mint(person.user));
		const at = edges[Math.floor((size / 5) * edges.length)] ?? 0;
		person.edit(() => note.letters.insert(at, words.join("")));
		return { say: `writes ${listWords(words)} into ${note.id} on the board`, words };
	},
	unwrite: (doing) => {
		const note = noteAt(doing);
		const [from, to] = note === null ? [0, 0] : wordEdges(note.letters).slice(0, 2);
		if (note === null || from === undefined || to === undefined || to === 0) return null;
		const words = wordsOf(flat(note.letters).slice(from, to));
		doing.person.edit(() => note.letters.delete(from, to - from));
		return { say: `takes ${listWords(words)} out of ${note.id} on the board`, words };
	},
	say: (doing) => sayMessage(doing, {}),
	mention: (doing) => {
		const people = doing.mentionable;
		const name = people[Math.floor(doing.at * people.length)] ?? doing.person.user;
		return sayMessage(doing, { anchor: { person: name } }, `, to ${name}`);
	},
	correct: (doing) => {
		const corrects = ownMessage(doing);
		return corrects === null ? null : sayMessage(doing, { corrects }, ` instead of ${corrects}`);
	},
	retract: (doing) => {
		const retracts = ownMessage(doing);
		return retracts === null ? null : sayMessage(doing, { retracts }, ` to take back ${retracts}`);
	},
	share: ({ person, ledger }) => {
		const id = ledger.mint(person.user);
		const photo = new Y.Map<unknown>([
			...Object.entries(bylineOf(person)),
			["name", person.user],
			["caption", new Y.Text()],
		]);
		person.edit((doc) => doc.getMap("photos").set(photoOf(id), photo));
		return { say: `shares the photo ${id}`, words: [id] };
	},
	caption: ({ person, ledger, at, size }) => {
		const photo = photoAt(person, size / 5);
		const caption = photo?.entry.get("caption");
		if (!(caption instanceof Y.Text)) return null;
		const edges = wordEdges(caption);
		const word = ledger.mint(person.user);
		person.edit(() => caption.insert(edges[Math.floor(at * edges.length)] ?? 0, word));
		return { say: `writes ${word} under the photo ${photo?.token}`, words: [word] };
	},
	unshare: ({ person, at }) => {
		const photo = photoAt(person, at, (name) => name === person.user);
		if (photo === null) return null;
		person.edit((doc) => doc.getMap("photos").delete(photoOf(photo.token)));
		return { say: `takes away the photo ${photo.token}`, words: [photo.token] };
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
	if (words.length > 1) doing.pastes.push(words);
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
	doing.person.edit(() => text.delete(from, to - from));
	return { say: `removes ${words.length > 0 ? listWords(words) : "a photo"}`, words };
}

/** What each formatting is called; the words stand in between. */
const formats = [
	{ attributes: { bold: true }, verb: "makes", end: "bold" },
	{ attributes: { bold: null }, verb: "makes", end: "plain again" },
	{ attributes: { underline: true }, verb: "makes", end: "underlined" },
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

function undo({ person }: Doing, verb: string, run: () => void): Did {
	const before = new Set(tokensIn(person.doc).map(({ token }) => token));
	run();
	const after = new Set(tokensIn(person.doc).map(({ token }) => token));
	const gone = [...before].filter((word) => !after.has(word));
	const back = [...after].filter((word) => !before.has(word));
	const parts = [
		gone.length > 0 ? [`${listWords(gone)} ${gone.length > 1 ? "go" : "goes"}`] : [],
		back.length > 0 ? [`${listWords(back)} ${back.length > 1 ? "come" : "comes"} back`] : [],
	].flat();
	const what = parts.length > 0 ? `: ${parts.join(", ")}` : ", no word changes";
	return { say: `${verb}${what}`, words: [...gone, ...back] };
}

/** Appends a message, as an object that never changes (shared/surfaces/chat.ts). */
function sayMessage(
	{ person, ledger }: Doing,
	more: Readonly<Record<string, unknown>>,
	end = "",
): Did {
	const id = ledger.mint(person.user);
	const about = more["corrects"] ?? more["retracts"];
	if (about !== undefined) ledger.epochs.recast([id, String(about)]);
	const message = { id, ...bylineOf(person), name: person.user, body: "hello", ...more };
	person.edit((doc) => doc.getArray("chat").push([message]));
	return { say: `says "hello" in the chat (${id})${end}`, words: [id] };
}

/** Whose it is, where the server says who people are. */
function bylineOf({ userId }: Person): { readonly by?: string } {
	return userId?.includes("_") ? { by: userId } : {};
}

/** One of the person's own messages. */
function ownMessage({ person, at }: Doing): string | null {
	const messages = person.doc.getArray<{ id: string; name: string }>("chat").toArray();
	const own = messages.filter(({ name }) => name === person.user);
	return own[Math.floor(at * own.length)]?.id ?? null;
}

/** One of the photos by a fraction. */
function photoAt(
	{ doc }: Person,
	at: number,
	isFit: (name: unknown) => boolean = () => true,
): { readonly token: string; readonly entry: Y.Map<unknown> } | null {
	const photos = [...doc.getMap<Y.Map<unknown>>("photos")]
		.filter(([, entry]) => isFit(entry.get("name")))
		.sort(([a], [b]) => (a < b ? -1 : 1));
	const [id, entry] = photos[Math.floor(at * photos.length)] ?? [];
	const token = tokenOfPhoto(id);
	return token === null || entry === undefined ? null : { token, entry };
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

/** One of the notes and shapes that one types into, by a fraction. */
function noteAt({ person, at }: Doing): { readonly id: string; readonly letters: Y.Text } | null {
	const notes = person.doc.getArray("strokes").toArray();
	const all = notes.flatMap((note) => {
		const letters = lettersOf(note);
		return letters === null ? [] : [{ id: String((note as Y.Map<unknown>).get("id")), letters }];
	});
	return all[Math.floor(at * all.length)] ?? null;
}
