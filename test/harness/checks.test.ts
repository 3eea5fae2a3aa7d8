/** Each check finds what it is for, and nothing where nothing is wrong. */
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { type CheckName, catalog, type Need } from "../../scripts/converge/checks/catalog.ts";
import { Checklist } from "../../scripts/converge/checks/checklist.ts";
import { Identities } from "../../scripts/converge/checks/presence.ts";
import {
	compareCopies,
	compareEncoded,
	compareMerged,
	pendingIn,
} from "../../scripts/converge/checks/room.ts";
import { askEverything, askPromises } from "../../scripts/converge/checks/tokens.ts";
import { Ledger } from "../../scripts/converge/person/ledger.ts";
import type { Person } from "../../scripts/converge/person/person.ts";

const everything: readonly Need[] = ["acks", "persistence", "identity", "sessions"];

/** Two pages and a server between them that only passes on. */
class Pair {
	readonly ledger = new Ledger();
	readonly ann = new Y.Doc();
	readonly ben = new Y.Doc();
	readonly annPage;
	readonly list = new Checklist(everything, () => undefined);

	constructor() {
		this.ann.clientID = 1;
		this.ben.clientID = 2;
		this.annPage = this.ledger.follow(this.ann, "ann", (origin) => origin === "server");
		this.ledger.follow(this.ben, "ben", (origin) => origin === "server");
	}

	type(token = this.ledger.mint("ann"), index = 0): string {
		this.ann.getText("text").insert(index, token);
		return token;
	}

	show(): void {
		Y.applyUpdate(this.ben, Y.encodeStateAsUpdate(this.ann), "server");
		Y.applyUpdate(this.ann, Y.encodeStateAsUpdate(this.ben), "server");
	}

	/** What the checks say of a doc in the end, by check. */
	said(doc: Y.Doc): string[] {
		const list = new Checklist(everything, () => undefined);
		askEverything({ doc, whose: "the disk", ledger: this.ledger, list });
		return list.findings.map(({ check, say }) => `${check}: ${say}`);
	}

	/** What they say of a doc after a crash. */
	saidAfterCrash(doc: Y.Doc): string[] {
		const list = new Checklist(everything, () => undefined);
		const { ledger } = this;
		askPromises({ doc, whose: "the disk", ledger, list }, ledger.moment);
		return list.findings.map(({ check, say }) => `${check}: ${say}`);
	}
}

function copyOf(doc: Y.Doc): Y.Doc {
	const copy = new Y.Doc();
	Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
	return copy;
}

describe("the ledger against a doc", () => {
	test("finds nothing where everything is there", () => {
		const pair = new Pair();
		pair.type();
		pair.type();
		pair.show();
		expect(pair.said(pair.ben)).toEqual([]);
		expect(pair.saidAfterCrash(pair.ben)).toEqual([]);
	});

	test("finds an item that is there twice, and none where two take its erasing back", () => {
		const pair = new Pair();
		const undoes = [pair.ann, pair.ben].map(
			(doc) => new Y.UndoManager(doc.getArray("strokes"), { captureTimeout: 0 }),
		);
		const boards = [pair.ann, pair.ben].map((doc) => doc.getArray<Y.Map<unknown>>("strokes"));
		const draw = (id = pair.ledger.mint("ann")) => {
			boards[0]?.push([
				new Y.Map<unknown>([
					["id", id],
					["points", [0, 0, 9, 9]],
				]),
			]);
			return id;
		};
		const token = draw();
		draw();
		pair.show();
		expect(pair.said(pair.ben)).toEqual([]);
		for (const board of boards) board.delete(0);
		pair.show();
		for (const undo of undoes) undo.undo();
		pair.show();
		expect(boards[0]?.toJSON().filter(({ id }) => id === token)).toHaveLength(2);
		expect(pair.said(pair.ben)).toEqual([]);
		draw(token);
		pair.show();
		const said = `no item doubled: the disk: the item ${token} is there 2 times`;
		expect(pair.said(pair.ben)).toEqual([said]);
		expect(pair.saidAfterCrash(pair.ben)).toEqual([said]);
	});

	test("finds what was written and is gone", () => {
		const pair = new Pair();
		const before = copyOf(pair.ann);
		const token = pair.type();
		expect(pair.said(before)).toEqual([
			`nothing lost: word ${token} was put there by ann and is gone`,
		]);
		expect(pair.saidAfterCrash(before)).toEqual([]); // Nobody was promised it.
		pair.show();
		expect(pair.saidAfterCrash(before)).toEqual([
			`shown stays: word ${token} was shown to others and is gone`,
		]);
		pair.ledger.save(pair.annPage.unsaved());
		expect(pair.saidAfterCrash(before)).toEqual([
			`saved stays: word ${token} was called saved and is gone`,
		]);
	});

	test("finds what was removed and is there again, once that was promised", () => {
		const pair = new Pair();
		const token = pair.type();
		pair.show();
		const before = copyOf(pair.ann);
		pair.ann.getText("text").delete(0, token.length);
		expect(pair.saidAfterCrash(before)).toEqual([]);
		pair.show();
		expect(pair.saidAfterCrash(before)).toEqual([
			`nothing comes back: word ${token} is there though ann removed it`,
		]);
	});

	test("knows what an undo brought back as a new place", () => {
		const pair = new Pair();
		const undo = new Y.UndoManager(pair.ann.getText("text"), { captureTimeout: 0 });
		const token = pair.type();
		pair.ann.getText("text").delete(0, token.length);
		undo.undo();
		expect(pair.ann.getText("text").toString()).toBe(token);
		expect(pair.said(pair.ann)).toEqual([]);
	});

	test("lets go of what a lost device had promised to nobody", () => {
		const pair = new Pair();
		const before = copyOf(pair.ann);
		pair.type();
		pair.ledger.loseDevice("ann");
		expect(pair.said(before)).toEqual([]);
	});

	test("finds what nobody wrote, on every surface", () => {
		const pair = new Pair();
		const forged = "⟨thief1👋⟩";
		const stranger = copyOf(pair.ann);
		stranger.clientID = 9;
		stranger.getText("text").insert(0, forged);
		stranger.getArray("chat").push([{ id: "", by: "ann", body: "I never said this" }]);
		stranger.getArray("strokes").push([new Y.Map([["id", forged]])]);
		stranger.getMap("photos").set("photo-thief1", new Y.Map());
		const said = pair.said(stranger).join("\n");
		expect(said).toContain(`word ${forged} stands at 9:0, where nobody wrote anything`);
		expect(said).toContain("a message that nobody wrote");
		expect(said).toContain(`stroke ${forged} stands at`);
		expect(said).toContain(`photo ${forged} stands at`);
		expect(said).toContain("by client 9, under which nobody wrote");
	});

	test("finds half a character", () => {
		const pair = new Pair();
		pair.type();
		const stranger = copyOf(pair.ann);
		stranger.getText("text").insert("⟨ann1".length + 1, "x");
		expect(pair.said(stranger).some((say) => say.startsWith("whole tokens"))).toBe(true);
	});

	test("finds a message under another's name", () => {
		const pair = new Pair();
		const id = pair.ledger.mint("ann");
		pair.ann.getArray("chat").push([{ id, name: "ben", body: "hello" }]);
		expect(pair.said(pair.ann)).toEqual([`chat authors: ${id} stands under ben`]);
	});
});

describe("screens during a run", () => {
	test("a message that leaves a screen is a breach", () => {
		const pair = new Pair();
		const id = pair.ledger.mint("ann");
		pair.ann.getArray("chat").push([{ id, name: "ann", body: "hello" }]);
		pair.show();
		expect(pair.ledger.takeBreaches()).toEqual([]);
		const server = copyOf(pair.ann);
		server.getArray("chat").delete(0, 1);
		Y.applyUpdate(pair.ben, Y.encodeStateAsUpdate(server), "server");
		expect(pair.ledger.takeBreaches().map(({ check }) => check)).toEqual(["chat grows"]);
	});

	test("an identity is one user's", () => {
		const sees = (clientId: number, id: string) =>
			({
				name: "ben",
				others: new Map([[clientId, { state: { user: { id } } }]]),
			}) as unknown as Person;
		const users = new Map([[1, "ann"]]);
		const identities = new Identities();
		const userOf = (clientId: number) => users.get(clientId);
		expect(identities.forgedOn([sees(1, "u1")], userOf)).toEqual([]);
		expect(identities.forgedOn([sees(2, "u2")], userOf)).toEqual([]);
		expect(identities.forgedOn([sees(2, "u1")], userOf)).toHaveLength(1);
	});
});

describe("copies", () => {
	test("that differ with equal state vectors are different", () => {
		const [ann, ben] = [new Y.Doc(), new Y.Doc()];
		for (const doc of [ann, ben]) doc.clientID = 1;
		ann.getText("text").insert(0, "A");
		ben.getText("text").insert(0, "B");
		expect(Y.encodeStateVector(ann)).toEqual(Y.encodeStateVector(ben));
		const copies = [
			{ whose: "ann", doc: ann },
			{ whose: "ben", doc: ben },
		];
		expect(compareCopies(copies).join()).toContain("different text");
	});

	test("that differ in a deleted letter only are different", () => {
		const ann = new Y.Doc();
		ann.getText("text").insert(0, "A");
		const ben = copyOf(ann);
		ann.getText("text").insert(1, "B");
		ann.getText("text").delete(1, 1);
		const copies = [
			{ whose: "ann", doc: ann },
			{ whose: "ben", doc: ben },
		];
		expect(compareCopies(copies)).toHaveLength(1);
		expect(compareCopies(copies).join()).toContain("different structs");
	});

	test("are the same encoded and merged, and one that waits says so", () => {
		const ann = new Y.Doc();
		const updates: Uint8Array[] = [];
		ann.on("update", (update: Uint8Array) => updates.push(update));
		for (const letter of "abc") ann.getText("text").insert(0, letter);
		const copy = { whose: "ann", doc: ann };
		expect(compareEncoded([copy])).toEqual([]);
		expect(compareMerged(copy, updates)).toEqual([]);
		expect(compareMerged(copy, updates.slice(0, 2))).not.toEqual([]);
		const late = new Y.Doc();
		Y.applyUpdate(late, updates[2] ?? new Uint8Array());
		expect(pendingIn([{ whose: "ben", doc: late }])).toHaveLength(1);
	});
});

describe("the list", () => {
	test("never asks what a server cannot be asked, and says why", () => {
		const list = new Checklist(["persistence"], () => undefined);
		list.ask("saved stays", "it is gone");
		list.ask("shown stays");
		expect(list.findings).toEqual([]);
		expect(list.asked).toEqual({ "shown stays": 1 });
		const names = list.notTestable.map(({ check }) => check);
		expect(names).toContain("saved stays");
		expect(names).not.toContain("shown stays");
	});

	test("has a sentence for every check", () => {
		for (const name of Object.keys(catalog) as CheckName[]) {
			expect(catalog[name].means, name).toMatch(/^[A-Z].*\.$/);
		}
	});
});
