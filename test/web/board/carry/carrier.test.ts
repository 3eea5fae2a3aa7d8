import { expect, test } from "vitest";
import { type Clip, findClip, writeClip } from "../../../../web/board/carry/carrier.ts";
import { clipboardLengthMax } from "../../../../web/board/carry/format.ts";

/** A clipboard that holds what is given, and what is put there. */
function clipOf(data: Record<string, string> = {}): Clip & { readonly data: typeof data } {
	return {
		data,
		getData: (type) => data[type] ?? "",
		setData: (type, text) => {
			data[type] = text;
		},
	};
}

test("what was written is found again, whatever letters are in it", () => {
	const json = `{"type":"weft/board","items":[{"color":"&quot;\\"<b>'&amp;🌷"}]}`;
	const clip = clipOf();
	expect(writeClip(clip, json, "2 items <of> a board")).toBe(true);
	expect(findClip(clip)).toBe(json);
	expect(clip.data["text/plain"]).toBe("2 items <of> a board");
	expect(clip.data["text/html"]).toContain(">2 items &lt;of&gt; a board</p>");
});

test("what is too much for the memory of many programs is not put there", () => {
	const clip = clipOf();
	expect(writeClip(clip, " ".repeat(clipboardLengthMax + 1), "much")).toBe(false);
	expect(clip.data).toEqual({});
});

test("words and pages of others are nothing of ours", () => {
	expect(findClip(clipOf({ "text/plain": "hello", "text/html": "<b>hello</b>" }))).toBeNull();
	expect(findClip(clipOf({ "text/html": "<p>data-weft-board</p>" }))).toBeNull();
});
