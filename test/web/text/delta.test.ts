import { expect, test } from "vitest";
import * as Y from "yjs";
import { changesLineKinds, cutOps, forDoc, forScreen } from "../../../web/text/delta.ts";

const photo = { photo: "AAAAAAAAAAAAAAAA" };

test("formats off the allow-list stay in the doc and off the screen", () => {
	expect(forScreen([{ insert: "a", attributes: { bold: true, color: "red", header: 9 } }])).toEqual(
		[{ insert: "a", attributes: { bold: true } }],
	);
	expect(forScreen([{ insert: "a", attributes: { link: "javascript:alert(1)" } }])).toEqual([
		{ insert: "a" },
	]);
});

test("a format that became one off the list is taken from the screen", () => {
	expect(forScreen([{ retain: 2, attributes: { header: 9, color: "red", bold: null } }])).toEqual([
		{ retain: 2, attributes: { header: null, bold: null } },
	]);
	expect(forScreen([{ retain: 2, attributes: { color: "red" } }, { delete: 1 }])).toEqual([
		{ retain: 2 },
		{ delete: 1 },
	]);
});

test("photos are shown, and every other embed is one placeholder", () => {
	expect(forScreen([{ insert: photo }, { insert: { formula: "x" } }])).toEqual([
		{ insert: photo },
		{ insert: { unknown: { formula: "x" } } },
	]);
	const shared = new Y.Map();
	expect(forScreen([{ insert: shared as never }])).toEqual([{ insert: { unknown: null } }]);
});

test("a carriage return keeps its length, which Quill would not", () => {
	expect(forScreen([{ insert: "a\r\nb\rc" }])).toEqual([{ insert: "a \nb c" }]);
});

test("a line that is two things is the stronger one", () => {
	expect(forScreen([{ insert: "\n", attributes: { header: 1, list: "bullet" } }])).toEqual([
		{ insert: "\n", attributes: { list: "bullet" } },
	]);
	expect(forScreen([{ insert: "\n", attributes: { list: "star", header: 2 } }])).toEqual([
		{ insert: "\n", attributes: { header: 2 } },
	]);
});

test("what kind a line is changes by a format on its newline only", () => {
	expect(changesLineKinds([{ retain: 1, attributes: { list: null } }])).toBe(true);
	expect(changesLineKinds([{ retain: 1, attributes: { bold: true } }])).toBe(false);
	expect(changesLineKinds([{ insert: "\n", attributes: { list: "bullet" } }])).toBe(false);
});

test("an edit before Quill's final newline is the doc's as it is", () => {
	const ops = [{ retain: 3 }, { insert: "\n", attributes: { list: "bullet" } }, { delete: 2 }];
	expect(forDoc(ops, 5)).toEqual(ops);
});

test("a format of the last line makes a newline of the doc", () => {
	expect(forDoc([{ retain: 3 }, { retain: 1, attributes: { header: 1 } }], 3)).toEqual([
		{ retain: 3 },
		{ insert: "\n", attributes: { header: 1 } },
	]);
	expect(forDoc([{ retain: 4, attributes: { header: 1, list: null } }], 3)).toEqual([
		{ retain: 3, attributes: { header: 1, list: null } },
		{ insert: "\n", attributes: { header: 1 } },
	]);
});

test("taking formats from the final newline is nothing to the doc", () => {
	expect(forDoc([{ retain: 3 }, { retain: 1, attributes: { header: null } }], 3)).toEqual([
		{ retain: 3 },
	]);
});

test("new contents leave Quill's final newline behind", () => {
	expect(forDoc([{ insert: "new\n" }, { delete: 4 }], 3)).toEqual([
		{ insert: "new" },
		{ delete: 3 },
	]);
	expect(
		forDoc([{ insert: "new" }, { insert: "\n", attributes: { list: "bullet" } }, { delete: 1 }], 0),
	).toEqual([{ insert: "new" }, { insert: "\n", attributes: { list: "bullet" } }]);
});

test("text behind the final newline makes it a real one", () => {
	expect(forDoc([{ retain: 4 }, { insert: "more\n" }], 3)).toEqual([
		{ retain: 3 },
		{ insert: "\n" },
		{ insert: "more" },
	]);
});

test("a placeholder that is written again is what it stood for", () => {
	expect(forDoc([{ insert: { unknown: { nosuch: 1 } } }], 0)).toEqual([{ insert: { nosuch: 1 } }]);
	expect(forDoc([{ insert: { unknown: null } }], 0)).toEqual([{ insert: "\ufffc" }]);
});

test("a change may be cut behind any op: the parts do what the whole does", () => {
	const whole = [
		{ retain: 2 },
		{ insert: "rose" },
		{ delete: 3 },
		{ insert: photo },
		{ retain: 1, attributes: { bold: true } },
		{ insert: "!", attributes: { italic: true } },
	];
	const before = [{ insert: "abcdefghij\n" }];
	const meant = applied(before, whole);
	for (let opsMax = 1; opsMax < whole.length - 1; opsMax++) {
		let shown = before as unknown[];
		let left: typeof whole | null = whole;
		let partCount = 0;
		while (left !== null) {
			const cut: ReturnType<typeof cutOps> = cutOps(left, opsMax);
			shown = applied(shown, cut.part);
			left = cut.rest as typeof whole | null;
			partCount += 1;
			if (partCount > whole.length * 2) throw new Error("it never ends");
		}
		expect(shown).toEqual(meant);
		expect(partCount).toBeGreaterThan(1);
	}
	expect(cutOps(whole, whole.length).rest).toBeNull();
});

/** What Y.Text makes of it. */
function applied(before: readonly unknown[], change: readonly unknown[]): unknown[] {
	const text = new Y.Doc().getText("text");
	text.applyDelta([...before]);
	text.applyDelta([...change]);
	return text.toDelta();
}

test("formats that the server would refuse are not written; taking one away is", () => {
	const attributes = { bold: true, color: "red", header: 5, link: "javascript:alert(1)" };
	expect(
		forDoc(
			[
				{ insert: "a", attributes },
				{ retain: 2, attributes: { color: "red" } },
			],
			2,
		),
	).toEqual([{ insert: "a", attributes: { bold: true } }, { retain: 2 }]);
	const none = { bold: null, color: null };
	expect(forDoc([{ retain: 2, attributes: none }], 2)).toEqual([{ retain: 2, attributes: none }]);
});
