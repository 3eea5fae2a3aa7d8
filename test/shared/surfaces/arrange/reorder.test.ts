import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { idOf } from "../../../../shared/surfaces/about-item.ts";
import { eraseItems, liftItems, lockItems } from "../../../../shared/surfaces/arrange/edits.ts";
import type { Lift } from "../../../../shared/surfaces/arrange/heights.ts";
import { pileOf } from "../../../../shared/surfaces/arrange/pile.ts";
import { placeOf } from "../../../../shared/surfaces/arrange/places.ts";
import { type Order, reorder } from "../../../../shared/surfaces/arrange/reorder.ts";
import { addStroke } from "../../../../shared/surfaces/board.ts";
import { itemBounds } from "../../../../shared/surfaces/item-outline.ts";
import { strokesOf } from "../../../../shared/surfaces/root.ts";
import { byHeight } from "../../../../web/board/paint/scene-item.ts";
import { Scene } from "../../../../web/board/scene.ts";

const orders: readonly Order[] = ["forward", "backward", "front", "back"];

/** A person whose strokes have names, and what they see from back to front. */
class Painter {
	readonly doc = new Y.Doc();
	readonly board = strokesOf(this.doc);
	readonly scene = new Scene(this.board, () => undefined);

	constructor(clientId: number) {
		this.doc.clientID = clientId;
		this.scene.measure({ boundsOf: itemBounds, placeOf, joiner: null });
	}

	draw(...names: readonly string[]): void {
		for (const name of names) {
			const points = Float64Array.of(0, 0, 9, 9);
			const plain = { kind: "pen", color: 0, width: 0, pressures: null, times: null } as const;
			addStroke(this.board, { ...plain, points }).set("name", name);
		}
	}

	lay(names: string, order: Order, far: readonly string[] = []): void {
		const pile = this.#pile().map(({ scene, entry, name }) => ({
			id: scene.id,
			lift: () => (scene.lifted === null ? null : scene.item.lift) ?? this.#nameOf(entry),
			isNear: () => !far.includes(name),
		}));
		const chosen = this.#pile().filter(({ name }) => names.includes(name));
		const lifts = reorder(pile, new Set(chosen.map(({ scene }) => scene.id)), order);
		liftItems(
			this.board,
			new Map(
				[...lifts].flatMap(([id, lift]) =>
					[...this.scene.valuesOf([id])].map((entry) => [entry, lift] as const),
				),
			),
		);
	}

	entries(names: string): Set<unknown> {
		return new Set(
			this.#pile().flatMap(({ entry, name }) => (names.includes(name) ? [entry] : [])),
		);
	}

	see(): string {
		return this.#pile()
			.map(({ name }) => name)
			.join("");
	}

	/** As who has no scene reads it. */
	readPile(): string {
		return pileOf(this.board)
			.map((index) => String((this.board.get(index) as Y.Map<unknown>).get("name")))
			.join("");
	}

	#nameOf(entry: unknown): Lift {
		const id = idOf(this.board, entry);
		return [id?.client ?? 0, id?.clock ?? 0, 0];
	}

	#pile() {
		return this.scene
			.items()
			.sort(byHeight)
			.map((scene) => {
				const [entry] = this.scene.valuesOf([scene.id]) as Set<Y.Map<unknown>>;
				return { scene, entry, name: String(entry?.get("name")) };
			});
	}
}

function meet(...people: readonly Painter[]): void {
	for (const from of people) {
		for (const to of people)
			Y.applyUpdate(to.doc, Y.encodeStateAsUpdate(from.doc, Y.encodeStateVector(to.doc)));
	}
}

function pile(names = "abcd"): Painter {
	const ann = new Painter(1);
	ann.draw(...names);
	return ann;
}

describe("the pile", () => {
	test.each([
		["a", "front", "bcda"],
		["d", "back", "dabc"],
		["b", "forward", "acbd"],
		["c", "backward", "acbd"],
		["ac", "front", "bdac"],
		["bd", "back", "bdac"],
		["ab", "forward", "cabd"],
		["d", "front", "abcd"],
		["a", "backward", "abcd"],
	] as const)("%s goes %s", (names, order, seen) => {
		const ann = pile();
		ann.lay(names, order);
		expect(ann.see()).toBe(seen);
	});

	test("steps add up: up through all and down again", () => {
		const ann = pile();
		const seen = Array.from({ length: 6 }, (_, step) => {
			ann.lay("a", step < 3 ? "forward" : "backward");
			return ann.see();
		});
		expect(seen).toEqual(["bacd", "bcad", "bcda", "bcad", "bacd", "abcd"]);
	});

	test("a step goes over what is near and over nothing else", () => {
		const ann = pile();
		ann.lay("a", "forward", ["b", "c"]);
		expect(ann.see()).toBe("bcda");
		ann.lay("a", "backward", ["b", "c", "d"]);
		expect(ann.see()).toBe("bcda");
	});

	test("what is drawn later lies above what was brought to the front", () => {
		const ann = pile("ab");
		ann.lay("a", "front");
		ann.draw("c");
		expect(ann.see()).toBe("bac");
	});

	test("an item stays where it was laid when that on which it lies is erased", () => {
		const ann = pile();
		ann.lay("a", "forward");
		ann.lay("d", "backward");
		ann.lay("d", "backward");
		expect(ann.see()).toBe("bdac");
		eraseItems(ann.board, ann.entries("b"));
		expect(ann.see()).toBe("dac");
		const ben = new Painter(2);
		meet(ann, ben);
		expect(ben.see()).toBe("dac");
		eraseItems(ann.board, ann.entries("dac"));
		expect(ann.see()).toBe("");
	});

	test("what is locked is not laid elsewhere", () => {
		const ann = pile("ab");
		lockItems(ann.board, ann.entries("a"), true);
		ann.lay("a", "front");
		expect(ann.see()).toBe("ab");
	});

	test("one reordering is one key of one item, 40 bytes at most", () => {
		const ann = pile();
		let bytes = 0;
		ann.doc.on("update", (update: Uint8Array) => {
			bytes += update.length;
		});
		ann.lay("b", "forward");
		expect(bytes).toBeLessThanOrEqual(40);
		expect(ann.board.length).toBe(4);
	});

	test("people who lay the same items elsewhere at once see one pile, and nothing twice", () => {
		let random = 7;
		const below = (limit: number) => {
			random = (random * 48_271) % 2_147_483_647;
			return random % limit;
		};
		const actAtOnce = (person: Painter) => {
			for (let step = 0; step < 3; step++) {
				const name = "abcdef"[below(6)] ?? "a";
				if (below(9) === 0) eraseItems(person.board, person.entries(name));
				else person.lay(name, orders[below(4)] ?? "front");
			}
		};
		for (let round = 0; round < 40; round++) {
			const people = [new Painter(1), new Painter(2), new Painter(3)];
			people[0]?.draw(..."abcdef");
			meet(...people);
			for (let turn = 0; turn < 4; turn++) {
				for (const person of people) actAtOnce(person);
				meet(...people);
				const seen = people.map((person) => person.see());
				expect(new Set(seen).size, `${round}: ${seen.join(" ")}`).toBe(1);
				expect(new Set(seen[0]).size).toBe(seen[0]?.length);
				expect(people[0]?.readPile()).toBe(seen[0]);
			}
		}
	});
});
