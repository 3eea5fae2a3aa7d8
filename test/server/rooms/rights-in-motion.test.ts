/** Rights that change while people write: what may be is saved, and nothing else, by chance. */
import { expect, test } from "vitest";
import { below, type Random, seeded, weighted } from "../../../scripts/converge/random.ts";
import { changeAccess, type Doing, type Done, decide } from "../../../server/auth/rooms/changes.ts";
import { type Asker, RoomRights } from "../../../server/auth/rooms/room-rights.ts";
import { MemoryRecords, MemoryRecordsDisk } from "../../../server/store/memory-records.ts";
import { type FailureCode, WeftError } from "../../../shared/errors.ts";
import type { UserId } from "../../../shared/ids.ts";
import { entries } from "../../../shared/room-access.ts";
import { chatOf, textOf } from "../../../shared/surfaces/root.ts";
import { garden, openRoom } from "../../fixtures/rooms/open-room.ts";
import type { Visitor } from "../../fixtures/rooms/visitor.ts";

const stepCount = 80;
const roles = ["viewer", "commenter", "editor", "owner", "out", null] as const;

/** Where a word goes, and the right that it asks for. */
const surfaces = ["document", "chat"] as const;
type Surface = (typeof surfaces)[number];

/** Words of all seeds. */
const counts = { saved: 0, refused: 0 };

/** Somebody who comes and goes, and writes whether they may or not. */
class Person {
	readonly id: UserId;
	readonly asker: Asker;
	visitor: Visitor | null = null;
	/** What they took along when they left. */
	state: Uint8Array | null = null;
	/** Words that they wrote while they were away. */
	unsent: { readonly surface: Surface; readonly word: string }[] = [];
	/** They sent what they may not: it is refused, and all that they send behind it. */
	isDoomed = false;

	constructor(name: string) {
		this.id = `g_${name}` as UserId;
		const person = { id: this.id, name };
		this.asker = { userId: this.id, login: null, name: garden, person, network: "" };
	}

	/** Goes, and takes along what they have. */
	leave(code: FailureCode): void {
		this.state = this.visitor?.state() ?? this.state;
		this.visitor?.close(code);
		this.visitor = null;
	}

	/** Their copy is not what the server has: they start again. */
	forget(): void {
		this.visitor = null;
		this.state = null;
		this.unsent = [];
		this.isDoomed = false;
	}
}

/** A room, who may do what in it, and who is there. */
class World {
	/** Words that must be in the room at the end, and those that must not. */
	readonly saved = new Set<string>();
	readonly refused = new Set<string>();
	readonly owner = new Person("owner");
	readonly people = [this.owner, new Person("ann"), new Person("ben"), new Person("cleo")];
	readonly opened: Awaited<ReturnType<typeof openRoom>>;
	readonly #random: Random;
	readonly #rights: RoomRights;
	/** Where each person may write now. */
	readonly #may = new Map<Person, Readonly<Record<Surface, boolean>>>();
	#wordIndex = 0;

	private constructor(random: Random, opened: World["opened"]) {
		this.#random = random;
		this.opened = opened;
		this.#rights = new RoomRights({
			records: new MemoryRecords(new MemoryRecordsDisk()),
			accounts: { formerOf: () => [], idsOf: (id) => [id] },
			clock: opened.clock,
			nameOf: () => null,
			here: () => [],
			changed: () => undefined,
		});
	}

	static async open(random: Random): Promise<World> {
		const world = new World(random, await openRoom());
		await world.#rights.began(garden, world.owner.asker.person);
		await world.#remember();
		return world;
	}

	someone(): Person {
		return this.people[below(this.#random, this.people.length)] ?? this.owner;
	}

	/** All that was sent is judged; who sent what they may not is sent away, and nobody else. */
	async settle(): Promise<void> {
		await this.opened.room.settled();
		for (const person of this.people) {
			if (person.isDoomed) {
				expect(person.visitor?.closedWith).toBe("not_allowed");
				person.forget();
			}
			expect(person.visitor?.closedWith ?? null).toBeNull();
		}
	}

	async write(person: Person): Promise<void> {
		const word = `<${person.id}:${this.#wordIndex++}>`;
		const surface: Surface = below(this.#random, 3) === 0 ? "chat" : "document";
		const { visitor } = person;
		if (visitor === null) {
			person.unsent.push({ surface, word });
			return;
		}
		put(visitor, person.id, { surface, word });
		person.isDoomed ||= this.#may.get(person)?.[surface] !== true;
		(person.isDoomed ? this.refused : this.saved).add(word);
		visitor.sendMade();
	}

	async change(): Promise<void> {
		await this.#rights.change(this.owner.asker, (doing) => this.#decide(doing, this.someone()));
		await this.#remember();
		for (const person of this.people) await this.#look(person);
	}

	async come(person: Person): Promise<void> {
		const admitted = person.visitor === null ? await this.#rights.see(person.asker) : null;
		if (admitted === null) return;
		const { room, visit } = this.opened;
		const { state } = person;
		const visitor = visit({ userId: person.id, ...(state !== null && { state }) });
		room.restand(visitor, admitted.standing);
		person.visitor = visitor;
		await this.settle();
		for (const unsent of person.unsent) put(visitor, person.id, unsent);
		// All of it comes as one, as step 2 does: one word that is not allowed refuses it.
		const may = person.unsent.every(({ surface }) => this.#may.get(person)?.[surface] === true);
		for (const { word } of person.unsent) (may ? this.saved : this.refused).add(word);
		visitor.takeMade();
		room.write(visitor, visitor.state(), true);
		person.isDoomed = !may;
		person.unsent = [];
	}

	async go(person: Person): Promise<void> {
		await this.settle();
		person.leave("stopping");
	}

	/** As `Visit` does it: who may not be here goes, all others may what they may. */
	async #look(person: Person): Promise<void> {
		try {
			const { standing } = await this.#rights.admit(person.asker);
			if (person.visitor !== null) this.opened.room.restand(person.visitor, standing);
		} catch (error) {
			if (!(error instanceof WeftError)) throw error;
			// What was sent before it was decided is judged by what was allowed then.
			await this.settle();
			person.leave(error.code);
		}
	}

	async #remember(): Promise<void> {
		for (const person of this.people) {
			const admitted = await this.#rights.see(person.asker);
			const { document = false, chat = false } = admitted?.standing.rights ?? {};
			this.#may.set(person, { document, chat });
		}
	}

	#decide(doing: Doing, person: Person): Done {
		const random = this.#random;
		const isOn = below(random, 2) === 0;
		switch (weighted(random, { role: 4, mute: 1, entry: 2, present: 1, narrow: 1 })) {
			case "role":
				if (person === this.owner) return { access: doing.access, lines: [] };
				return decide(doing, person.id, { role: roles[below(random, roles.length)] ?? null });
			case "mute":
				if (person === this.owner) return { access: doing.access, lines: [] };
				return decide(doing, person.id, { isMuted: isOn });
			case "present":
				return changeAccess(doing, { presenter: isOn ? person.id : null });
			case "narrow":
				return changeAccess(doing, { least: { document: isOn ? "owner" : null } });
			case "entry":
				return changeAccess(doing, { entry: entries[below(random, entries.length)] ?? "editor" });
		}
	}
}

function put(visitor: Visitor, by: UserId, { surface, word }: Person["unsent"][number]): void {
	const { doc } = visitor;
	if (surface === "chat") chatOf(doc).push([{ by, body: word }]);
	else textOf(doc).insert(textOf(doc).length, word);
}

/** All that a doc holds. */
function wordsIn({ doc }: Visitor): string[] {
	const said = chatOf(doc).toJSON() as { readonly body: string }[];
	const text = textOf(doc).toString() + said.map(({ body }) => body).join("");
	return (text.match(/<[^>]*>/g) ?? []).sort();
}

test.each(Array.from({ length: 60 }, (_, seed) => seed))("seed %i", async (seed) => {
	const random = seeded(seed);
	const world = await World.open(random);
	const { owner, people, saved, refused } = world;
	const { room, visit, failed } = world.opened;
	await world.come(owner);
	for (let step = 0; step < stepCount; step++) {
		const kind = weighted(random, { write: 10, change: 3, come: 3, go: 1, settle: 2 });
		if (kind === "change" || kind === "settle") await world[kind]();
		else await world[kind](world.someone());
	}
	await world.settle();
	const late = visit({ userId: "g_late" });
	await room.settled();
	expect(wordsIn(late)).toEqual([...saved].sort());
	for (const { visitor } of people) {
		if (visitor !== null) expect(wordsIn(visitor)).toEqual([...saved].sort());
	}
	expect(failed).toEqual([]);
	counts.saved += saved.size;
	counts.refused += refused.size;
});

test("chance came by on both sides", () => {
	expect(counts.saved).toBeGreaterThan(500);
	expect(counts.refused).toBeGreaterThan(200);
});
