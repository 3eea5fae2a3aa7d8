/**
 * What somebody does who knows the schema and means harm, beside honest people. Each sends one
 * thing that must be refused; null where there is nothing to do it to.
 */
import * as Y from "yjs";
import { encodeAwareness } from "../../../shared/awareness.ts";
import { awarenessBytesMax, chatBodyLengthMax, inkBytesMax } from "../../../shared/limits.ts";
import { encodeAwarenessFrame, encodeInk, encodeUpdate } from "../../../shared/protocol.ts";
import type { Person } from "../person/person.ts";
import type { ReferencePerson } from "../person/reference.ts";
import type { Turn } from "../plan.ts";
import { below, type Random } from "../random.ts";

/** Strangers write this: nobody minted it, so wherever it appears it was let in. */
export const forged = "⟨thief1👋⟩";

/** Somebody hostile, and whom they are after. */
export interface Harm {
	readonly stranger: ReferencePerson;
	readonly victim: Person;
	readonly random: Random;
}

type Does = (harm: Harm) => Uint8Array | null;

/** The frame that each of them sends. */
export const harms: Partial<Record<Turn, Does>> = {
	/** A message by the victim's id, under the victim's name. */
	forgedAuthor: ({ stranger, victim }) => {
		const by = victim.userId;
		if (by === null || by === stranger.userId || by === "anyone") return null;
		const message = { id: forged, by, name: victim.user, at: 1, body: "I never said this" };
		return edited(stranger, (doc) => doc.getArray("chat").push([message]));
	},
	/** A message goes, and another stands in its place. */
	rewrittenChat: ({ stranger, victim, random }) =>
		edited(stranger, (doc) => {
			const chat = doc.getArray("chat");
			if (chat.length === 0) return;
			const at = below(random, chat.length);
			if (random() < 0.5) chat.delete(at, 1);
			else chat.insert(at, [{ id: forged, name: victim.user, body: "I never said this" }]);
		}),
	/** Takes away what somebody else shared, or says that it is one's own. */
	stolenPhoto: ({ stranger, random }) =>
		edited(stranger, (doc) => {
			const photos = doc.getMap<Y.Map<unknown>>("photos");
			const owned = [...photos].filter(([, entry]) => isSomebodyElses(entry, stranger));
			const [id, entry] = owned[below(random, Math.max(1, owned.length))] ?? [];
			if (id === undefined || entry === undefined) return;
			if (random() < 0.5) photos.delete(id);
			else entry.set("by", stranger.userId);
		}),
	/** A surface that no room has. */
	strangeRoot: ({ stranger }) => edited(stranger, (doc) => doc.getMap("admins").set("me", forged)),
	longMessage: ({ stranger }) => {
		const message = { id: forged, body: "x".repeat(chatBodyLengthMax + 1) };
		return edited(stranger, (doc) => doc.getArray("chat").push([message]));
	},
	hugePresence: ({ stranger }) => {
		const state = JSON.stringify({ pointer: "x".repeat(2 * awarenessBytesMax) });
		const entry = { clientId: stranger.doc.clientID, clock: 1_000, state };
		return encodeAwarenessFrame(encodeAwareness([entry]));
	},
	hugeInk: ({ stranger }) => encodeInk(stranger.doc.clientID, new Uint8Array(inkBytesMax + 1)),
	/** Ink under the victim's hand: it is passed on to nobody, and ends nothing. */
	forgedInk: ({ victim }) => encodeInk(victim.doc.clientID, new Uint8Array(10)),
};

/** Those that the server counts, and must never call saved. */
export const countedHarms: ReadonlySet<Turn> = new Set<Turn>([
	"forgedAuthor",
	"rewrittenChat",
	"strangeRoot",
	"longMessage",
]);

/** An entry that names nobody is everybody's. */
function isSomebodyElses(entry: Y.Map<unknown>, { userId }: ReferencePerson): boolean {
	const by = entry.get("by");
	return typeof by === "string" && by !== "" && by !== userId && by !== "anyone";
}

/** What an edit of all that the stranger has makes, as a frame; null where it changes nothing. */
function edited(stranger: ReferencePerson, change: (doc: Y.Doc) => void): Uint8Array | null {
	const doc = new Y.Doc();
	Y.applyUpdate(doc, Y.encodeStateAsUpdate(stranger.doc));
	doc.clientID = stranger.doc.clientID;
	let made: Uint8Array | null = null;
	doc.on("update", (update: Uint8Array) => {
		made = encodeUpdate(update);
	});
	doc.transact(() => change(doc));
	doc.destroy();
	return made;
}
