/** People whose sockets come and go, with y-protocols' own awareness in their pages. */
import * as decoding from "lib0/decoding";
import { afterEach, expect, test } from "vitest";
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from "y-protocols/awareness";
import * as Y from "yjs";
import { below, seeded } from "../../../../scripts/converge/random.ts";
import {
	type Attendee,
	createStamps,
	type Former,
	Roster,
} from "../../../../server/rooms/members/roster.ts";
import { anyone, type UserId } from "../../../../shared/ids.ts";
import { ManualClock } from "../../../fixtures/manual-clock.ts";

const nobodyBefore: Former<Attendee> = { was: () => false };

/** A room's presence, and the pages that show it. */
class Garden {
	readonly clock = new ManualClock();
	readonly roster = new Roster<Attendee>(this.clock, createStamps(this.clock), nobodyBefore);
	readonly pages: Page[] = [];

	/** A new tab, not connected yet; `isShown` is false for one that shows nobody. */
	page(userId: string, isShown = true): Page {
		const page = new Page(this, this.pages.length + 1, userId as UserId);
		if (!isShown) page.awareness.setLocalState(null);
		this.pages.push(page);
		pages.push(page);
		return page;
	}

	/** All that is under way arrives, and what comes of that. */
	settle(): void {
		for (let round = 0; round < 6; round++) {
			for (const page of this.pages) page.arrive();
			this.clock.advance(30);
		}
	}

	/** The client ids that somebody sees who comes now. */
	seenByNewcomer(): number[] {
		const newcomer = this.page(anyone, false);
		newcomer.open();
		const seen = [...newcomer.awareness.getStates().keys()].sort((a, b) => a - b);
		newcomer.drop();
		newcomer.end();
		return seen;
	}
}

/** It speaks as y-websocket does; what it says takes until `arrive` to get there. */
class Page {
	readonly awareness: Awareness;
	readonly clientId: number;
	readonly #garden: Garden;
	readonly #userId: UserId;
	#socket: Attendee | null = null;
	/** Sockets that this page has closed, and the server holds for open. */
	readonly #hanging: Attendee[] = [];
	readonly #underWay: (() => void)[] = [];

	constructor(garden: Garden, clientId: number, userId: UserId) {
		const doc = new Y.Doc();
		doc.clientID = clientId;
		this.clientId = clientId;
		this.#garden = garden;
		this.#userId = userId;
		this.awareness = new Awareness(doc);
		this.awareness.on("update", this.#onUpdate);
	}

	get isOpen(): boolean {
		return this.#socket !== null;
	}

	/** Connects; what it is told at once crosses with what it says first. */
	open(): void {
		const early: Uint8Array[] = [];
		let take = (frame: Uint8Array): void => void early.push(frame);
		const socket: Attendee = {
			userId: this.#userId,
			stamp: () => ({ id: this.#userId, name: "Ann", color: "#112233" }),
			send: (frames) => {
				for (const frame of frames) take(frame);
			},
			sendAwareness: (frame) => take(frame),
		};
		this.#garden.roster.join(socket);
		this.#garden.roster.sendAll(socket);
		this.#socket = socket;
		if (this.awareness.getLocalState() !== null) this.#say([this.clientId]);
		take = (frame) => {
			if (this.#socket === socket) this.#hear(frame);
		};
		for (const frame of early) take(frame);
	}

	/** Takes its socket for dead; the server hears of that at `end`. */
	drop(): void {
		if (this.#socket === null) return;
		this.#hanging.push(this.#socket);
		this.#socket = null;
		const others = [...this.awareness.getStates().keys()].filter((id) => id !== this.clientId);
		for (const id of others) this.awareness.states.delete(id);
	}

	/** The server notices that the oldest socket which was dropped is gone. */
	end(): void {
		const socket = this.#hanging.shift();
		if (socket !== undefined) this.#garden.roster.leave(socket);
	}

	/** What was said comes to the server. */
	arrive(): void {
		for (const deliver of this.#underWay.splice(0)) deliver();
	}

	readonly #onUpdate = (changes: Record<"added" | "updated" | "removed", number[]>): void => {
		this.#say([...changes.added, ...changes.updated, ...changes.removed]);
	};

	#say(clientIds: number[]): void {
		const socket = this.#socket;
		if (socket === null) return;
		const update = encodeAwarenessUpdate(this.awareness, clientIds);
		this.#underWay.push(() => this.#garden.roster.receive(socket, update));
	}

	#hear(frame: Uint8Array): void {
		const decoder = decoding.createDecoder(frame);
		decoding.readVarUint(decoder);
		applyAwarenessUpdate(this.awareness, decoding.readVarUint8Array(decoder), this);
	}
}

const pages: Page[] = [];

afterEach(() => {
	for (const page of pages.splice(0)) page.awareness.destroy();
});

test.each([anyone, "g_ann"])("who comes back before the server notices is seen (%s)", (id) => {
	const garden = new Garden();
	const ann = garden.page(id);
	ann.open();
	garden.settle();
	for (let round = 0; round < 2; round++) {
		ann.drop();
		ann.open();
		garden.settle();
		ann.end();
		garden.settle();
	}
	expect(garden.seenByNewcomer()).toEqual([ann.clientId]);
});

test("who was away when the server began anew is seen, whatever clock they have", () => {
	const garden = new Garden();
	const ann = garden.page(anyone);
	const clock = garden.clock.now() + 60_000;
	ann.awareness.meta.set(ann.clientId, { clock, lastUpdated: 0 });
	ann.open();
	garden.settle();
	expect(garden.seenByNewcomer()).toEqual([ann.clientId]);
});

/** One thing that happens to a page, by chance. */
const deeds: readonly ((page: Page, garden: Garden) => void)[] = [
	(page) => (page.isOpen ? page.drop() : page.open()),
	(page) => page.end(),
	(page) => page.arrive(),
	(page, { clock }) => {
		if (page.awareness.getLocalState() !== null) {
			page.awareness.setLocalState({ at: clock.elapsed() });
		}
	},
	(_page, { clock }) => clock.advance(20),
	(_page, { clock }) => clock.advance(5_000),
];

test("whoever is there is seen, and nobody else, in whatever order sockets come and go", () => {
	for (let seed = 1; seed <= 300; seed++) {
		const random = seeded(seed);
		const garden = new Garden();
		for (const id of [anyone, "g_ann", "g_ben", "g_ben"]) garden.page(id);
		garden.page(anyone, false);
		const all = [...garden.pages];
		for (let step = 0; step < 80; step++) {
			const page = all[below(random, all.length)];
			const deed = deeds[below(random, deeds.length)];
			if (page !== undefined) deed?.(page, garden);
		}
		garden.settle();
		for (const page of all) for (let count = 0; count < 80; count++) page.end();
		garden.settle();
		const shown = all.filter((page) => page.isOpen && page.awareness.getLocalState() !== null);
		const ids = shown.map(({ clientId }) => clientId);
		expect({ seed, ids: garden.seenByNewcomer() }).toEqual({ seed, ids });
	}
});
