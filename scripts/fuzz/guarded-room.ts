/** A guarded room without log and sockets, as it is after some honest people were there. */
import * as Y from "yjs";
import { applyBatch } from "../../server/rooms/batch.ts";
import { Guard } from "../../server/rooms/guard/guard.ts";
import { Owners } from "../../server/rooms/guard/owners.ts";
import type { Author } from "../../server/rooms/guard/rules.ts";
import type { Fate, Gate } from "../../server/rooms/pieces/taking.ts";
import type { LoggedUpdate } from "../../server/store/room-log.ts";
import type { PhotoId, UserId } from "../../shared/ids.ts";
import { type Role, rightsOf } from "../../shared/roles.ts";
import { moveItems } from "../../shared/surfaces/arrange/edits.ts";
import { addStroke } from "../../shared/surfaces/board.ts";
import { say } from "../../shared/surfaces/chat.ts";
import { plainLook } from "../../shared/surfaces/item-look.ts";
import { addPhoto, captionOf, removePhoto } from "../../shared/surfaces/photos.ts";
import { chatOf, metaOf, photosOf, strokesOf, textOf } from "../../shared/surfaces/root.ts";
import { addWords, lettersOf } from "../../shared/surfaces/words/words.ts";
import { below, type Random } from "../converge/random.ts";

/** An update that an honest person would send now. */
export interface Honest {
	readonly author: Author;
	readonly bytes: Uint8Array;
}

/** The room, and what people are about to send. */
export interface MadeRoom {
	readonly stored: readonly LoggedUpdate[];
	readonly honest: readonly Honest[];
}

const clientIds = [7, 300, 70_000];
const roles: readonly Role[] = ["editor", "owner", "commenter"];

/** Makes a room of three people, and so many updates that they make at one moment. */
export function makeRoom(random: Random, honestCount: number): MadeRoom {
	const room = new FuzzedRoom([], Number.POSITIVE_INFINITY);
	const people = clientIds.map((clientId, index) => new Writer(index, clientId, random));
	for (let round = 0; round < 40; round++) {
		const writer = people[below(random, people.length)];
		if (writer === undefined) continue;
		room.take({ author: writer.author, bytes: writer.write() });
		writer.read(room.doc);
	}
	const stored = [...room.taken];
	const state = Y.encodeStateAsUpdate(room.doc);
	const honest = Array.from({ length: honestCount }, (_, index) => {
		const person = index % people.length;
		const writer = new Writer(person, clientIds[person] ?? 0, random);
		writer.readState(state);
		const bytes = writer.write(1 + below(random, 4));
		return { author: writer.author, bytes };
	});
	return { stored, honest };
}

/** The server's side: doc, owners and guard. */
export class FuzzedRoom {
	readonly doc = new Y.Doc();
	readonly #gate: Gate;
	readonly #structsMax: number;
	/** What was taken since it was made. */
	readonly taken: LoggedUpdate[] = [];

	/** `structsMax`: of a piece, see `applyBatch`. */
	constructor(stored: readonly LoggedUpdate[], structsMax: number) {
		this.#structsMax = structsMax;
		const log = { snapshot: null, tail: [{ atMs: 0, updates: stored }] };
		const owners = new Owners(log, { holderOf: () => null, healed: null });
		this.#gate = { owners, guard: new Guard(false), kind: "guarded" };
		this.doc.transact(() => {
			for (const { bytes } of stored) Y.applyUpdate(this.doc, bytes);
		});
	}

	/** True once an update was found out when it was applied: a room would drop the doc. */
	isSpoilt = false;

	/** What becomes of an update. @throws WeftError `room_failed` where the inspector was wrong */
	take(update: Honest): Fate | undefined {
		const { fates, taken, isSpoilt } = applyBatch(this.doc, [update], this.#gate, this.#structsMax);
		this.taken.push(...taken);
		this.isSpoilt = isSpoilt;
		return fates[0];
	}
}

/** Somebody who writes on all surfaces at random. */
class Writer {
	readonly author: Author;
	readonly #doc = new Y.Doc();
	readonly #random: Random;
	#made: Uint8Array[] = [];

	constructor(index: number, clientId: number, random: Random) {
		const userId = `g_writer${index}` as UserId;
		const rights = rightsOf(roles[index] ?? "editor");
		this.author = { userId, accountName: null, rights, formerIds: [], claimer: null };
		this.#doc.clientID = clientId;
		this.#random = random;
		this.#doc.on("update", (update: Uint8Array, origin: unknown) => {
			if (origin !== "server") this.#made.push(update);
		});
	}

	read(doc: Y.Doc): void {
		this.readState(Y.encodeStateAsUpdate(doc, Y.encodeStateVector(this.#doc)));
	}

	readState(state: Uint8Array): void {
		Y.applyUpdate(this.#doc, state, "server");
	}

	write(editCount = 1): Uint8Array {
		for (let left = editCount; left > 0; left--) this.#doc.transact(() => this.#edit());
		const made = this.#made;
		this.#made = [];
		return Y.mergeUpdates(made);
	}

	#edit(): void {
		const doc = this.#doc;
		const random = this.#random;
		const person = { id: this.author.userId, name: "Ann", color: "#112233" };
		const author = { person, at: 5, random: (size: number) => bytesOf(random, size) };
		if (!this.author.rights.document) {
			say(chatOf(doc), { body: "hello" }, author);
			return;
		}
		const text = textOf(doc);
		const at = wholeAt(text, below(random, text.length + 1));
		const end = wholeAt(text, at + 2);
		const photo = `photo-${below(random, 5)}-of-them` as PhotoId;
		const deeds = [
			() => text.insert(at, "word"),
			() => text.insert(at, "👋🏽"),
			() => text.delete(at, end - at),
			() => text.format(0, wholeAt(text, 3), { bold: below(random, 2) === 0 || null }),
			() => text.insertEmbed(at, { photo }),
			() => say(chatOf(doc), { body: "hello" }, author),
			() => addStroke(strokesOf(doc), strokeOf(random)),
			() => moveItems(strokesOf(doc), new Set(strokesOf(doc).toArray()), { x: 1, y: 1 }),
			() => strokesOf(doc).length > 0 && strokesOf(doc).delete(0, 1),
			() => addWords(strokesOf(doc), { ...note, text: "to do" }),
			() => lettersIn(doc, random)?.insert(0, "milk 👋🏽"),
			() => lettersIn(doc, random)?.delete(0, 1),
			() => photosOf(doc).has(photo) || addPhoto(photosOf(doc), photo, draft, author),
			() => captionOf(photosOf(doc), photo)?.insert(0, "sea"),
			() => removePhoto(photosOf(doc), photo, author),
			() => metaOf(doc).set("title", `title ${at}`),
		];
		deeds[below(random, deeds.length)]?.();
	}
}

const note = {
	kind: "note",
	color: 4,
	size: 1,
	look: plainLook,
	box: { minX: 0, minY: 0, maxX: 200, maxY: 200 },
} as const;

/** The place nearest before one at which no pair is cut in two, as no app of ours does. */
function wholeAt(text: Y.Text, at: number): number {
	const units = text
		.toDelta()
		.map(({ insert }: { insert: unknown }) => (typeof insert === "string" ? insert : "*"));
	const unit = units.join("").charCodeAt(at);
	return (unit & 0xfc00) === 0xdc00 ? at - 1 : Math.min(at, text.length);
}

/** The letters of an item; null where it has none, or the first would be cut in half. */
function lettersIn(doc: Y.Doc, random: Random): Y.Text | null {
	const board = strokesOf(doc);
	const letters = board.length === 0 ? null : lettersOf(board.get(below(random, board.length)));
	return letters !== null && /^[\u0020-\u007e]/.test(letters.toString()) ? letters : null;
}

const draft = { type: "image/png", width: 4, height: 3, bytes: 99 };

function strokeOf(random: Random) {
	const points = Float64Array.from({ length: 8 }, () => below(random, 400));
	return { kind: "pen", color: 0, width: 1, points, pressures: null, times: null } as const;
}

function bytesOf(random: Random, size: number): Uint8Array {
	return Uint8Array.from({ length: size }, () => below(random, 256));
}
