/** What hostile clients do beside honest people. A server must not let any of it have an effect. */
import * as encoding from "lib0/encoding";
import * as Y from "yjs";
import { encodeAwareness } from "../../shared/awareness.ts";
import { encodeAwarenessFrame, encodeStep1 } from "../../shared/protocol.ts";
import type { Need } from "./checks/catalog.ts";
import type { Person } from "./person/person.ts";
import type { ReferencePerson } from "./person/reference.ts";
import type { Fault } from "./plan.ts";
import { below, type Random } from "./random.ts";
import { forged } from "./rights/hostile.ts";

/** Somebody hostile, and whom they are after. */
export interface Attack {
	readonly stranger: ReferencePerson;
	readonly victim: Person;
	readonly random: Random;
}

/** More client ids than one update may bring. */
const bombClientCount = 10_001;
/** Deeper than any browser can show. */
const bombDepth = 5_000;
/** Ranges of deletes in a bomb. */
const bombRangeCount = 20_000;

/** What each hostile client does once it is connected. */
export const attacks: Partial<Record<Fault, (attack: Attack) => void>> = {
	/** Only comes and goes. */
	stranger: () => undefined,
	damagedUpdate: ({ stranger, victim, random }) => {
		const damaged = Y.encodeStateAsUpdate(victim.doc);
		damaged[below(random, damaged.length)] = below(random, 256);
		// A lucky hit may be a valid update that writes: only clear damage is sent.
		stranger.sendUpdate(damaged.subarray(0, damaged.length - 1));
	},
	pendingBomb: ({ stranger }) => {
		// One item of client 77 at clock 500 that nothing came before.
		const bomb = Uint8Array.of(1, 1, 77, 0xf4, 3, 4, 1, 4, 0x74, 0x65, 0x78, 0x74, 1, 0x61, 0);
		stranger.sendUpdate(bomb);
	},
	/** More than a person can do, and nothing of it is new. */
	flood: ({ stranger }) => {
		for (let count = 0; count < 150; count++) {
			stranger.point(count, count);
			stranger.sendUpdate(Uint8Array.of(0, 0));
		}
	},
	/** An honest relay: everything that somebody has, once more; and then nothing new at all. */
	repeatFrame: ({ victim }) => {
		victim.sendUpdate(Y.encodeStateAsUpdate(victim.doc));
		victim.sendUpdate(Uint8Array.of(0, 0));
	},
	/** A valid struct under a live person's client id, at the next clock that the room awaits. */
	forgedClient: ({ stranger, victim }) => {
		const { clientID } = victim.doc;
		if (!stranger.doc.store.clients.has(clientID)) return;
		sendEdit(stranger, clientID, (doc) => doc.getText("text").insert(0, forged));
	},
	/** The chat's first message goes, and another stands there under the victim's name. */
	chatRewrite: ({ stranger, victim }) => {
		sendEdit(stranger, stranger.doc.clientID, (doc) => {
			const chat = doc.getArray("chat");
			// Who speaks first in it rewrites nothing.
			if (chat.length === 0) return;
			chat.delete(0, 1);
			chat.insert(0, [{ id: forged, name: victim.user, body: "I never said this" }]);
		});
	},
	/** Takes away one half of a character. */
	splitPair: ({ stranger, random }) => {
		sendEdit(stranger, stranger.doc.clientID, (doc) => {
			const text = doc.getText("text");
			const pairs = pairsOf(text);
			const pair = pairs[below(random, pairs.length)];
			if (pair !== undefined) text.delete(pair + 1, 1);
		});
	},
	/** The victim's client id, and the victim's name, in a stranger's awareness. */
	forgedAwareness: ({ stranger, victim, random }) => {
		const shown = stranger.others.get(victim.doc.clientID)?.state;
		if (typeof shown !== "object" || shown === null) return; // Nobody guesses client ids.
		const state = JSON.stringify(shown);
		const own = stranger.doc.clientID;
		sayPresence(stranger, { clientId: own, clock: 1_000, state });
		if (random() < 0.5) return;
		sayPresence(stranger, { clientId: own, clock: 1_001, state: "null" });
		sayPresence(stranger, { clientId: victim.doc.clientID, clock: 1_000_000, state });
		if (random() < 0.5) return;
		sayPresence(stranger, { clientId: victim.doc.clientID, clock: 1_000_001, state: "null" });
	},
	stateVectorBomb: ({ stranger }) => {
		const bomb = encoding.encode((encoder) => {
			encoding.writeVarUint(encoder, 200_000);
			for (let client = 0; client < 200_000; client++) {
				encoding.writeVarUint(encoder, 1_000_000_000 + client);
				encoding.writeVarUint(encoder, 1);
			}
		});
		stranger.sendFrame(encodeStep1(bomb));
	},
	clientBomb: ({ stranger }) => stranger.sendUpdate(clientBomb()),
	depthBomb: ({ stranger, random }) => {
		stranger.sendUpdate(random() < 0.5 ? valueTower(stranger.doc) : typeTower(stranger.doc));
	},
	/** A great many deletes of what never was, or of one thing of their own again and again. */
	deleteBomb: ({ stranger, random }) => {
		const client = random() < 0.5 ? 78 : stranger.doc.clientID;
		if (client !== 78) stranger.edit((doc) => doc.getText("text").insert(0, " "));
		stranger.sendUpdate(
			encoding.encode((encoder) => {
				for (const head of [0, 1, client, bombRangeCount]) encoding.writeVarUint(encoder, head);
				for (let range = 0; range < bombRangeCount; range++) {
					encoding.writeVarUint(encoder, client === 78 ? 2 * range : 0);
					encoding.writeVarUint(encoder, 1);
				}
			}),
		);
	},
	unknownMessage: ({ stranger, random }) => {
		stranger.sendFrame(Uint8Array.of(200 + below(random, 50), 1, 3, 1, 2, 3));
	},
	badFrame: ({ stranger, random }) => {
		const frames = [[], [0], [0, 9, 0], [0, 2, 200], [1, 5, 1, 1], [0x64], [0x80], [2, 0, 1, 0]];
		stranger.sendFrame(Uint8Array.from(frames[below(random, frames.length)] ?? []));
	},
};

/** What a server must be able to do before it can be asked to withstand that. */
export const attackNeeds: Partial<Record<Fault, Need>> = {
	forgedClient: "identity",
	forgedAwareness: "identity",
	chatRewrite: "schema",
};

/** Does what that fault means. */
export function attack(fault: Fault, parts: Attack): void {
	attacks[fault]?.(parts);
}

/** Edits what the stranger has under a client id, and sends only that edit. */
function sendEdit(stranger: ReferencePerson, clientId: number, change: (doc: Y.Doc) => void): void {
	const doc = new Y.Doc();
	Y.applyUpdate(doc, Y.encodeStateAsUpdate(stranger.doc));
	doc.clientID = clientId;
	doc.on("update", (update: Uint8Array) => stranger.sendUpdate(update));
	doc.transact(() => change(doc));
	doc.destroy();
}

/** Where in a text characters begin that take two code units. */
function pairsOf(text: Y.Text): number[] {
	const pairs: number[] = [];
	let length = 0;
	for (let item = text._start; item !== null; item = item.right) {
		if (item.deleted || !item.countable) continue;
		if (item.content instanceof Y.ContentString) {
			for (const { index } of item.content.str.matchAll(/👋/gu)) pairs.push(length + index);
		}
		length += item.length;
	}
	return pairs;
}

function sayPresence(
	stranger: ReferencePerson,
	entry: { readonly clientId: number; readonly clock: number; readonly state: string },
): void {
	stranger.sendFrame(encodeAwarenessFrame(encodeAwareness([entry])));
}

/** One letter each by a great many clients. */
function clientBomb(): Uint8Array {
	return encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, bombClientCount);
		for (let client = 0; client < bombClientCount; client++) {
			encoding.writeVarUint(encoder, 1);
			encoding.writeVarUint(encoder, 2_000_000_000 + client);
			encoding.writeVarUint(encoder, 0);
			writeStructHead(encoder, 4);
			encoding.writeVarString(encoder, "x");
		}
		encoding.writeVarUint(encoder, 0);
	});
}

/** A list in a list in a list, as one value. */
function valueTower({ clientID }: Y.Doc): Uint8Array {
	return encoding.encode((encoder) => {
		for (const head of [1, 1, clientID, 0]) encoding.writeVarUint(encoder, head);
		writeStructHead(encoder, 8);
		encoding.writeVarUint(encoder, 1);
		for (let depth = 0; depth < bombDepth; depth++) {
			encoding.writeUint8(encoder, 117); // A list, in lib0's `any`.
			encoding.writeVarUint(encoder, 1);
		}
		encoding.writeUint8(encoder, 126); // null
		encoding.writeVarUint(encoder, 0);
	});
}

/** A list in a list in a list, each a type of its own. */
function typeTower({ clientID }: Y.Doc): Uint8Array {
	return encoding.encode((encoder) => {
		for (const head of [1, bombDepth, clientID, 0]) encoding.writeVarUint(encoder, head);
		writeStructHead(encoder, 7);
		encoding.writeVarUint(encoder, 0);
		for (let clock = 0; clock < bombDepth - 1; clock++) {
			encoding.writeUint8(encoder, 7);
			for (const part of [0, clientID, clock, 0]) encoding.writeVarUint(encoder, part);
		}
		encoding.writeVarUint(encoder, 0);
	});
}

/** The first item of the text, with that kind of content. */
function writeStructHead(encoder: encoding.Encoder, contentRef: number): void {
	encoding.writeUint8(encoder, contentRef);
	encoding.writeVarUint(encoder, 1);
	encoding.writeVarString(encoder, "text");
}
