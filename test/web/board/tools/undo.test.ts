import { expect, test } from "vitest";
import * as Y from "yjs";
import { below, seeded } from "../../../../scripts/converge/random.ts";
import { UndoSteps } from "../../../../web/board/tools/undo.ts";

/** Two people at one board, of whom the first can take back what they did. */
function board() {
	const mine = new Y.Doc();
	const theirs = new Y.Doc();
	mine.on("update", (update: Uint8Array) => Y.applyUpdate(theirs, update, "wire"));
	theirs.on("update", (update: Uint8Array) => Y.applyUpdate(mine, update, "wire"));
	const items = mine.getArray<unknown>("strokes");
	let changes = 0;
	const steps = new UndoSteps(items, () => changes++);
	return {
		steps,
		changes: () => changes,
		items: () => items.toArray().toSorted(),
		/** Draws items in one gesture. */
		draw: (...names: readonly string[]) => {
			steps.begin();
			for (const name of names) steps.act(() => items.push([name]));
		},
		/** Empties the board, which is a gesture too. Gives how it is taken back. */
		clear: () => {
			steps.begin();
			return steps.clear();
		},
		/** The other draws one. */
		theyDraw: (name: string) => theirs.getArray<unknown>("strokes").push([name]),
		/** The other erases one, where there is one. */
		theyErase: (index: number) => {
			const all = theirs.getArray<unknown>("strokes");
			if (index < all.length) all.delete(index, 1);
		},
	};
}

test("a gesture is one step, taken back and done again whole, and nobody else's with it", () => {
	const { steps, draw, theyDraw, items, changes } = board();
	draw("door", "handle");
	theyDraw("tree");
	draw("roof");
	expect(changes()).toBeGreaterThan(1);
	steps.undo();
	expect(items()).toEqual(["door", "handle", "tree"]);
	steps.undo();
	expect(items()).toEqual(["tree"]);
	expect([steps.canUndo, steps.canRedo]).toEqual([false, true]);
	steps.redo();
	expect(items()).toEqual(["door", "handle", "tree"]);
});

test("a clearing is taken back whatever was done since; undo then goes on without it", () => {
	const { steps, draw, clear, items } = board();
	draw("door");
	const takeBack = clear();
	draw("roof");
	takeBack();
	expect(items()).toEqual(["door", "roof"]);
	steps.undo();
	expect(items()).toEqual(["door"]);
	steps.undo();
	expect(items()).toEqual([]);
	expect(steps.canUndo).toBe(false);
});

test("a clearing takes back no more than itself, the second of two no more than the second", () => {
	const { draw, clear, theyDraw, items } = board();
	draw("door");
	theyDraw("tree");
	clear();
	draw("roof");
	const takeBack = clear();
	expect(items()).toEqual([]);
	takeBack();
	expect(items()).toEqual(["roof"]);
});

test("what was taken back as a step comes once, also when it is taken back as a clearing", () => {
	const { steps, draw, clear, items } = board();
	draw("door");
	const takeBack = clear();
	steps.undo();
	takeBack();
	expect(items()).toEqual(["door"]);
});

test("while nothing may be done nothing is, nor taken back; afterwards it is as it was", () => {
	const { steps, draw, clear, items } = board();
	draw("door");
	const takeBack = clear();
	steps.isOn = false;
	draw("roof");
	takeBack();
	steps.undo();
	expect(items()).toEqual([]);
	steps.isOn = true;
	takeBack();
	expect(items()).toEqual(["door"]);
	steps.undo();
	expect(items()).toEqual([]);
	steps.isOn = false;
	steps.redo();
	expect(items()).toEqual([]);
});

/** WEFT_UNDO_SEEDS=1000 npx vitest run tools/undo: as many as FAULTS.md has (S16). */
const seedCount = Number(process.env["WEFT_UNDO_SEEDS"] ?? 200);

test("what others did stays, whatever is taken back and done again", () => {
	for (let seed = 1; seed <= seedCount; seed++) {
		const random = seeded(seed);
		const { steps, draw, theyDraw, theyErase, items } = board();
		const theirs = () => items().filter((item) => `${item}`.startsWith("their"));
		const own = [
			(name: string) => draw(`my ${name}`, `my other ${name}`),
			() => steps.undo(),
			() => steps.redo(),
		];
		for (let turn = 0; turn < 25; turn++) {
			if (random() < 0.4) {
				if (random() < 0.6) theyDraw(`their ${turn}`);
				else theyErase(below(random, items().length + 1));
				continue;
			}
			const before = theirs();
			own[below(random, own.length)]?.(`${turn}`);
			expect(theirs(), `seed ${seed}, turn ${turn}`).toEqual(before);
		}
		steps.close();
	}
});
