import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { makePreview } from "../../../server/fold/preview.ts";
import { emptyPreview } from "../../../shared/preview.ts";
import { addStroke } from "../../../shared/surfaces/board.ts";
import { plainLook } from "../../../shared/surfaces/item-look.ts";
import { chatOf, metaOf, photosOf, strokesOf, textOf } from "../../../shared/surfaces/root.ts";
import { addShape } from "../../../shared/surfaces/shapes.ts";

function line(points: number[], color = 0) {
	const plain = { kind: "pen", width: 0, pressures: null, times: null } as const;
	return { ...plain, color, points: Float64Array.from(points) };
}

describe("the small picture of a room", () => {
	test("shapes are drawn by their outline", () => {
		const doc = new Y.Doc();
		const plain = { color: 0, width: 0, look: plainLook } as const;
		addShape(strokesOf(doc), { ...plain, kind: "diamond", points: [0, 0, 100, 60] });
		const [diamond] = makePreview(doc).strokes;
		expect(diamond?.points).toEqual([80, 20, 130, 50, 80, 80, 30, 50, 80, 20]);
		addShape(strokesOf(doc), { ...plain, kind: "arrow", points: [0, 0, 100, 60] });
		expect(makePreview(doc).strokes[1]?.points.length).toBe(10);
	});

	test("a room in which nothing was done is empty", () => {
		expect(makePreview(new Y.Doc())).toEqual(emptyPreview);
	});

	test("it has the title, the first letters, the number of messages", () => {
		const doc = new Y.Doc();
		metaOf(doc).set("title", "Tea");
		textOf(doc).insert(0, `Two  cups\n${"of tea ".repeat(100)}`, { bold: true });
		textOf(doc).insertEmbed(0, { photo: "p" });
		chatOf(doc).push([{ body: "tea?" }, { body: "yes" }]);
		const preview = makePreview(doc);
		expect(preview.title).toBe("Tea");
		expect(preview.excerpt).toMatch(/^Two cups\nof tea of tea/);
		expect(preview.excerpt.length).toBeLessThanOrEqual(160);
		expect(preview.messageCount).toBe(2);
	});

	test("corrections, reactions, retractions and what is none of them are no messages", () => {
		const doc = new Y.Doc();
		const chat = chatOf(doc);
		chat.push([
			{ id: "m", body: "tae?" },
			{ body: "tea?", corrects: "m" },
		]);
		chat.push([
			{ body: "\u{1f375}", reacts: "m" },
			{ body: "", retracts: "m" },
		]);
		chat.push([7, "tea", null, {}, { body: " " }, [1], new Y.Array(), Uint8Array.of(1)]);
		expect(makePreview(doc).messageCount).toBe(1);
		chat.push([{ body: "so many words about it that they are shown", reacts: "m" }]);
		chat.push([{ body: "", photo: "photo-0001" }, new Y.Map([["body", "yes"]])]);
		expect(makePreview(doc).messageCount).toBe(4);
	});

	test("of a chat without end only the beginning is looked at", () => {
		const doc = new Y.Doc();
		chatOf(doc).push(new Array<number>(30_000).fill(0));
		expect(makePreview(doc).messageCount).toBe(10_000);
	});

	test("an excerpt keeps its lines, without empty ones and spaces at their ends", () => {
		const doc = new Y.Doc();
		textOf(doc).insert(0, "\n  Summer \t plan\r\n \n\ntent \n");
		expect(makePreview(doc).excerpt).toBe("Summer plan\ntent");
	});

	test("an excerpt is looked for in the first letters only, however long a piece is", () => {
		const doc = new Y.Doc();
		textOf(doc).insert(0, `Tea${" ".repeat(10_000)}pot`);
		expect(makePreview(doc).excerpt).toBe("Tea");
	});

	test("an excerpt is looked for in the first pieces only, however short they are", () => {
		const spaced = new Y.Doc();
		textOf(spaced).insert(0, "pot");
		for (let count = 0; count < 700; count++) textOf(spaced).insert(0, " ");
		expect(makePreview(spaced).excerpt).toBe("");
		const pictured = new Y.Doc();
		textOf(pictured).insert(0, "pot");
		for (let count = 0; count < 2_001; count++) textOf(pictured).insertEmbed(0, { photo: "" });
		expect(makePreview(pictured).excerpt).toBe("");
	});

	test("an excerpt ends with a whole character", () => {
		const doc = new Y.Doc();
		textOf(doc).insert(0, `x${"\u{1f375}".repeat(200)}`);
		expect(makePreview(doc).excerpt).toMatch(/\u{1f375}$/u);
	});

	test("strokes are moved into a box of 160 by 100, newest last, with their colours", () => {
		const doc = new Y.Doc();
		addStroke(strokesOf(doc), line([-1000, -1000, 1000, 1000], 2));
		strokesOf(doc).push([
			{
				points: [
					[0, 0],
					[500, 500],
				],
				color: "#ABCDEF",
				width: 4,
			},
		]);
		const { strokes } = makePreview(doc);
		expect(strokes.map((stroke) => stroke.color)).toEqual(["red", "#abcdef"]);
		expect(strokes[0]?.points).toEqual([34, 4, 126, 96]);
		expect(strokes.flatMap((stroke) => stroke.points).every((at) => at >= 0 && at <= 160)).toBe(
			true,
		);
	});

	test("a small drawing is not blown up", () => {
		const doc = new Y.Doc();
		addStroke(strokesOf(doc), line([500, 500, 510, 500]));
		expect(makePreview(doc).strokes[0]?.points).toEqual([75, 50, 85, 50]);
	});

	test("a full board gives 150 strokes of 24 points, quickly", () => {
		const doc = new Y.Doc();
		const points = Array.from({ length: 400 }, (_, index) => index);
		doc.transact(() => {
			for (let index = 0; index < 2_000; index++) addStroke(strokesOf(doc), line(points));
		});
		const { strokes } = makePreview(doc);
		expect(strokes.length).toBe(150);
		expect(Math.max(...strokes.map((stroke) => stroke.points.length))).toBe(48);
	});

	test("what cannot be read is left out", () => {
		const doc = new Y.Doc();
		strokesOf(doc).push([7, { d: Uint8Array.of(1, 1, 0, 9, 9) }, { d: Uint8Array.of(9, 9, 9) }]);
		metaOf(doc).set("title", 7);
		expect(makePreview(doc)).toEqual(emptyPreview);
	});

	test("the newest four photos that are there are shown", () => {
		const doc = new Y.Doc();
		const blob = (digit: number) => String(digit).repeat(64);
		for (let at = 1; at <= 6; at++) {
			const photo = new Y.Map<unknown>(Object.entries({ at, blob: blob(at) }));
			photosOf(doc).set(`photo-000${at}`, photo);
		}
		photosOf(doc).get("photo-0005")?.set("gone", true);
		photosOf(doc).set("waiting", new Y.Map([["at", 9]]) as Y.Map<unknown>);
		expect(makePreview(doc).photos).toEqual([blob(6), blob(4), blob(3), blob(2)]);
	});
});
