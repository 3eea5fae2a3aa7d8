import fc from "fast-check";
import { expect, test } from "vitest";
import * as Y from "yjs";
import {
	type DeltaStep,
	editBetween,
	movePosition,
} from "../../../../web/sync/field/field-edits.ts";

fc.configureGlobal({ seed: 20261121 });

const rose = "\u{1f339}";
const tulip = "\u{1f337}";

test.each([
	["a rose", "a red rose", 6, { index: 2, removed: 0, inserted: "red " }],
	["a red rose", "a rose", 2, { index: 2, removed: 4, inserted: "" }],
	["a rose", "a tulip", 7, { index: 2, removed: 4, inserted: "tulip" }],
	["", "rose", 4, { index: 0, removed: 0, inserted: "rose" }],
	["aa", "aaa", 1, { index: 0, removed: 0, inserted: "a" }],
	["aa", "aaa", 3, { index: 2, removed: 0, inserted: "a" }],
	[rose, tulip, 2, { index: 0, removed: 2, inserted: tulip }],
	[`a${rose}b`, `a${rose}${tulip}b`, 5, { index: 3, removed: 0, inserted: tulip }],
])("from %j to %j", (before, after, caret, edit) => {
	expect(editBetween(before, after, caret)).toEqual(edit);
});

test("nothing changed is no edit", () => {
	expect(editBetween("rose", "rose", 2)).toBeNull();
});

test("an edit leads to the other text, wherever the caret is, and splits no pair", () => {
	const text = fc.string({
		unit: fc.constantFrom("a", "b", rose, tulip, "\u{1f468}"),
		maxLength: 8,
	});
	fc.assert(
		fc.property(text, text, fc.nat(20), (before, after, caret) => {
			const edit = editBetween(before, after, caret) ?? { index: 0, removed: 0, inserted: "" };
			const [head, tail] = [before.slice(0, edit.index), before.slice(edit.index + edit.removed)];
			expect(head + edit.inserted + tail).toBe(after);
			for (const part of [head, tail, edit.inserted]) expect(part).not.toMatch(/\p{Surrogate}/u);
		}),
	);
});

test("a caret keeps its letters when others type and delete", () => {
	fc.assert(
		fc.property(fc.nat(10), fc.nat(10), fc.nat(4), fc.boolean(), (caret, at, size, inserts) => {
			const doc = new Y.Doc();
			const text = doc.getText();
			text.insert(0, "0123456789");
			let delta: readonly DeltaStep[] = [];
			text.observe((event) => {
				delta = event.delta as DeltaStep[];
			});
			const before = text.toString().slice(0, caret);
			if (inserts) text.insert(at, "x".repeat(size));
			else text.delete(at, Math.min(size, 10 - at));
			const moved = text.toString().slice(0, movePosition(caret, delta));
			expect(moved.replaceAll("x", "")).toBe(
				inserts ? before : before.slice(0, at) + before.slice(at + size),
			);
		}),
	);
});
