/** Sends mutants of honest updates to a guarded room and looks what they did. */
import * as Y from "yjs";
import type { Fate } from "../../server/rooms/pieces/taking.ts";
import { readItem } from "../../shared/surfaces/board.ts";
import { foldChat, readChat } from "../../shared/surfaces/chat.ts";
import { listPhotos } from "../../shared/surfaces/photos.ts";
import { chatOf, photosOf, strokesOf, textOf, titleOf } from "../../shared/surfaces/root.ts";
import { below, type Random, streamsOf } from "../converge/random.ts";
import { FuzzedRoom, type Honest, type MadeRoom, makeRoom } from "./guarded-room.ts";
import { mutate } from "./mutate.ts";

/** What became of the mutants. */
export interface FuzzOutcome {
	readonly counts: Readonly<Record<string, number>>;
	/** What must not be, with the seed and number that bring it about again; at most twenty. */
	readonly findings: readonly string[];
	/** The longest that one took to judge: the least of some tries, so that it is not a pause. */
	readonly slowestMs: number;
}

/** Updates that are made of one room before the next is. */
const mutantsPerRoom = 2_000;
const honestPerRoom = 24;
const findingsMax = 20;
/** What takes longest may be a pause of the machine: it is tried so often again. */
const againCount = 4;
/** Structs of a piece, room by room: as short updates come, and as long ones do. */
const pieces: readonly number[] = [Number.POSITIVE_INFINITY, 1];

/** Sends so many mutants; calls `tell` after each room. */
export function fuzz(
	seed: number,
	mutantCount: number,
	tell: (doneCount: number) => void = () => undefined,
): FuzzOutcome {
	const counts: Record<string, number> = {};
	const findings: string[] = [];
	let slowestMs = 0;
	for (let done = 0; done < mutantCount; done += mutantsPerRoom) {
		const random = streamsOf(seed + done)("fuzz");
		const structsMax = pieces[(done / mutantsPerRoom) % pieces.length] ?? 1;
		const bench = new FuzzBench(makeRoom(random, honestPerRoom), structsMax);
		for (let index = done; index < Math.min(done + mutantsPerRoom, mutantCount); index++) {
			const update = bench.mutant(random);
			const { verdict, wrong, ms } = bench.tryOne(update);
			counts[verdict] = (counts[verdict] ?? 0) + 1;
			if (ms > slowestMs) slowestMs = Math.max(slowestMs, bench.leastMs(update, ms));
			if (wrong !== null && findings.length < findingsMax) {
				findings.push(`seed ${seed}, mutant ${index}: ${wrong}`);
			}
		}
		tell(Math.min(done + mutantsPerRoom, mutantCount));
	}
	return { counts, findings, slowestMs };
}

interface Tried {
	readonly verdict: string;
	/** What must not be; null where all is well. */
	readonly wrong: string | null;
	readonly ms: number;
}

/** One room, put back as it was whenever something was let in. */
class FuzzBench {
	readonly #made: MadeRoom;
	readonly #structsMax: number;
	#room: FuzzedRoom;
	#state: Uint8Array;

	constructor(made: MadeRoom, structsMax: number) {
		this.#made = made;
		this.#structsMax = structsMax;
		this.#room = new FuzzedRoom(made.stored, structsMax);
		this.#state = Y.encodeStateAsUpdate(this.#room.doc);
	}

	mutant(random: Random): Honest {
		const { honest } = this.#made;
		const one = honest[below(random, honest.length)];
		const other = honest[below(random, honest.length)];
		if (one === undefined || other === undefined) throw new Error("nothing to change");
		return { author: one.author, bytes: mutate(one.bytes, other.bytes, random) };
	}

	tryOne(update: Honest): Tried {
		const startMs = performance.now();
		let fate: Fate | undefined;
		try {
			fate = this.#room.take(update);
		} catch (error) {
			this.#renew();
			return { verdict: "failed", wrong: `the room failed: ${causeOf(error)}`, ms: 0 };
		}
		const ms = performance.now() - startMs;
		const verdict = fate?.verdict ?? "none";
		const wrong = this.#wrongWith(fate);
		if (verdict === "new" || wrong !== null || this.#room.isSpoilt) this.#renew();
		return { verdict, wrong, ms };
	}

	/** How long an update takes that took so long once; each time in the same room. */
	leastMs(update: Honest, onceMs: number): number {
		let leastMs = onceMs;
		for (let left = againCount; left > 0; left--) {
			this.#renew();
			leastMs = Math.min(leastMs, this.tryOne(update).ms);
		}
		this.#renew();
		return leastMs;
	}

	#wrongWith(fate: Fate | undefined): string | null {
		const { doc } = this.#room;
		if (fate?.verdict === "refused") {
			const { message, cause } = fate.error;
			const isForeign = cause !== undefined && !message.includes("not a Yjs update");
			if (isForeign) return `a foreign exception: ${causeOf(fate.error)}`;
		}
		if (this.#room.isSpoilt) return fate?.verdict === "new" ? "spoilt, but taken" : null;
		if (doc.share.size > rootsMax) return "a root came that the schema does not know";
		if (fate?.verdict === "new") return wrongInside(doc);
		const isSame = Buffer.from(this.#state).equals(Y.encodeStateAsUpdate(doc));
		return isSame ? null : `the doc changed, though the update was ${fate?.verdict}`;
	}

	#renew(): void {
		this.#room = new FuzzedRoom(this.#made.stored, this.#structsMax);
	}
}

/** text, strokes, chat, photos, meta. */
const rootsMax = 5;

/** Whether everybody can hold and show what was let in. */
function wrongInside(doc: Y.Doc): string | null {
	try {
		const other = new Y.Doc();
		Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
		const { pendingStructs, pendingDs } = other.store;
		if (pendingStructs !== null || pendingDs !== null) return "something stays pending";
		for (const shown of [doc, other]) {
			textOf(shown).toDelta();
			titleOf(shown);
			strokesOf(shown).toArray().map(readItem);
			foldChat(readChat(chatOf(shown)));
			listPhotos(photosOf(shown));
		}
		return isSame(doc, other) ? null : "another doc shows something else";
	} catch (error) {
		return `what was let in throws: ${causeOf(error)}`;
	}
}

function isSame(one: Y.Doc, other: Y.Doc): boolean {
	return JSON.stringify(contentsOf(one), inOrder) === JSON.stringify(contentsOf(other), inOrder);
}

/** Keys of a Y.Map stand in the order in which they came. */
function inOrder(_key: string, value: unknown): unknown {
	if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
	return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function contentsOf(doc: Y.Doc): unknown[] {
	const [text, board] = [textOf(doc).toDelta(), strokesOf(doc).toJSON()];
	return [text, board, chatOf(doc).toJSON(), photosOf(doc).toJSON()];
}

function causeOf(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	return error.cause === undefined ? error.message : `${error.message}: ${causeOf(error.cause)}`;
}
