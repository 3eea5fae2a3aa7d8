import { expect, test } from "vitest";
import { cutsCharacter, onWholeCharacters } from "../../../web/text/code-points.ts";

const old = [{ insert: "a👍b\n" }];

test("an edit between characters is left as it is", () => {
	const ops = [{ retain: 1 }, { insert: "x" }, { delete: 2 }];
	expect(onWholeCharacters(ops, old)).toEqual({ ops, isExact: true });
	expect(cutsCharacter(ops, old)).toBe(false);
});

test("an emoji replaced by one that shares its first half is replaced whole", () => {
	const ops = [{ retain: 2 }, { insert: "\udc4e" }, { delete: 1 }];
	expect(onWholeCharacters(ops, old)).toEqual({
		ops: [{ retain: 1 }, { insert: "👎" }, { delete: 2 }],
		isExact: true,
	});
	expect(cutsCharacter(ops, old)).toBe(true);
});

test("an emoji replaced by one that shares its second half is replaced whole", () => {
	const ops = [{ retain: 1 }, { insert: "\ud83e" }, { delete: 1 }];
	expect(onWholeCharacters(ops, old)).toEqual({
		ops: [{ retain: 1 }, { insert: "\ud83e\udc4d" }, { delete: 2 }],
		isExact: true,
	});
});

test("a kept half that looked different is not what Quill shows", () => {
	const bold = [{ insert: "a" }, { insert: "👍", attributes: { bold: true } }, { insert: "\n" }];
	const plain = [{ retain: 2 }, { insert: "\udc4e" }, { delete: 1 }];
	expect(onWholeCharacters(plain, bold).isExact).toBe(false);
	const same = [{ retain: 2 }, { insert: "\udc4e", attributes: { bold: true } }, { delete: 1 }];
	expect(onWholeCharacters(same, bold)).toEqual({
		ops: [{ retain: 1 }, { insert: "👎", attributes: { bold: true } }, { delete: 2 }],
		isExact: true,
	});
});

test("half of a character deleted takes the other half along", () => {
	for (const ops of [
		[{ retain: 1 }, { delete: 1 }],
		[{ retain: 2 }, { delete: 1 }],
	]) {
		expect(onWholeCharacters(ops, old)).toEqual({
			ops: [{ retain: 1 }, { delete: 2 }],
			isExact: false,
		});
	}
});

test("both halves deleted apart are a character deleted", () => {
	const ops = [{ retain: 1 }, { delete: 1 }, { insert: "x" }, { delete: 1 }];
	const { ops: whole, isExact } = onWholeCharacters(ops, old);
	expect(whole).toEqual([{ retain: 1 }, { insert: "x" }, { delete: 2 }]);
	expect(isExact).toBe(true);
});

test("what is put between two halves stands behind them", () => {
	expect(onWholeCharacters([{ retain: 2 }, { insert: "x" }], old)).toEqual({
		ops: [{ retain: 1 }, { retain: 2 }, { insert: "x" }],
		isExact: false,
	});
});

test("a format of half a character is a format of all of it", () => {
	expect(onWholeCharacters([{ retain: 2, attributes: { bold: true } }], old)).toEqual({
		ops: [
			{ retain: 1, attributes: { bold: true } },
			{ retain: 2, attributes: { bold: true } },
		],
		isExact: false,
	});
});

test("halves that were typed alone become the sign for what cannot be read", () => {
	expect(onWholeCharacters([{ insert: "x\ud83d" }], old)).toEqual({
		ops: [{ insert: "x\ufffd" }],
		isExact: false,
	});
});

test("whatever is done to halves, no op begins or ends inside a character of the old text", () => {
	const text = "👍a👩‍👩‍👧b🇩🇪";
	for (let start = 0; start < text.length; start++) {
		for (let end = start; end <= text.length; end++) {
			const ops = [{ retain: start }, { insert: "\udc4e" }, { delete: end - start }].filter(
				(op) => op.retain !== 0 && op.delete !== 0,
			);
			const whole = onWholeCharacters(ops, [{ insert: text }]);
			expect(cutsCharacter(whole.ops, [{ insert: text }])).toBe(false);
			const inserted = whole.ops.map((op) => op.insert ?? "").join("");
			expect(/\p{Surrogate}/u.test(inserted)).toBe(false);
		}
	}
});
