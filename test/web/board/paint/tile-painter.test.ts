import { describe, expect, test } from "vitest";
import { plainLook } from "../../../../shared/surfaces/item-look.ts";
import { encodeStroke } from "../../../../shared/surfaces/stroke-codec.ts";
import { packItems, type SceneItem, unpackItems } from "../../../../web/board/paint/scene-item.ts";
import type { FromTilePainter, ToTilePainter } from "../../../../web/board/paint/tile-messages.ts";
import { type Sheet, TilePainter } from "../../../../web/board/paint/tile-painter.ts";

/** A photo's item: it is painted as one rectangle, which a fake canvas can remember. */
function box(id: number, x: number, more: { order?: number; z?: number } = {}): SceneItem {
	const d = encodeStroke({
		kind: "photo",
		color: 0,
		width: 0,
		points: Float64Array.of(x, 0, x + 10, 10),
		pressures: null,
		times: null,
	});
	return {
		id,
		order: more.order ?? id,
		lifted: null,
		box: { minX: x, minY: 0, maxX: x + 10, maxY: 10 },
		item: {
			kind: "photo",
			parts: [d],
			color: 0,
			width: 2,
			look: plainLook,
			gaps: [],
			x: 0,
			y: 0,
			pose: null,
			z: more.z ?? 0,
			lift: null,
			group: null,
			photo: null,
			text: null,
			by: null,
			isLocked: false,
		},
	};
}

/** A painter whose time passes by hand, and what it painted: left edges, in order. */
function open() {
	const answers: FromTilePainter[] = [];
	const turns: (() => void)[] = [];
	let painted: number[] = [];
	const openSheet = (): Sheet => ({
		context: {
			setTransform: () => undefined,
			fillRect: (x: number) => painted.push(x),
		} as unknown as Sheet["context"],
		toImage: () => ({ painted: painted.splice(0) }) as unknown as ImageBitmap,
		toBlob: () => Promise.resolve(null),
	});
	const painter = new TilePainter({
		post: (answer) => answers.push(answer),
		schedule: (run) => turns.push(run),
		openSheet,
	});
	const send = (message: ToTilePainter) => painter.receive(message);
	const put = (revision: number, scenes: SceneItem[], removed: number[] = []) =>
		send({ type: "items", revision, put: packItems(scenes), removed });
	const want = (...columns: number[]) => {
		painted = [];
		send({ type: "wanted", tiles: columns.map((column) => ({ scale: 1, column, row: 0 })) });
	};
	const turn = () => turns.shift()?.();
	const run = () => {
		while (turns.length > 0) turn();
	};
	return { answers, send, put, want, turn, run };
}

/** Left edges in the tiles that were answered. */
function images(answers: FromTilePainter[]): unknown[] {
	return answers.map((answer) =>
		answer.type === "tile"
			? (answer.image as unknown as { painted: number[] } | null)?.painted
			: null,
	);
}

describe("the painter of tiles", () => {
	test("a tile has the items it shows, back to front; one without any is empty", () => {
		const { answers, put, want, run } = open();
		put(1, [box(1, 30), box(2, 20, { z: -1 }), box(3, 10), box(4, 900)]);
		want(0, 5);
		run();
		expect(images(answers)).toEqual([[20, 30, 10], undefined]);
		expect(answers.map((answer) => answer.type === "tile" && answer.revision)).toEqual([1, 1]);
	});

	test("one tile is painted a turn, and new wishes replace the old ones", () => {
		const { answers, put, want, turn, run } = open();
		put(1, [box(1, 0)]);
		want(0, 1, 2);
		turn();
		want(7);
		run();
		const columns = answers.map((answer) => answer.type === "tile" && answer.key.column);
		expect(columns).toEqual([0, 7]);
	});

	test("what moved, went or is hidden is not painted where it was", () => {
		const { answers, send, put, want, run } = open();
		put(1, [box(1, 10), box(2, 20), box(3, 30)]);
		put(2, [box(1, 100)], [2]);
		send({ type: "hide", revision: 3, ids: [3] });
		want(0);
		run();
		send({ type: "hide", revision: 4, ids: [] });
		want(0);
		run();
		expect(images(answers)).toEqual([[100], [100, 30]]);
	});

	test("thousands at once are found like few", () => {
		const { answers, put, want, run } = open();
		put(
			1,
			Array.from({ length: 5_000 }, (_, index) => box(index + 1, index * 20)),
		);
		want(100);
		run();
		expect((images(answers)[0] as number[]).length).toBe(26);
	});

	test("items come out of their package as they went in", () => {
		const scenes = [box(1, 10), box(2, 20, { z: 3 })];
		const two = { ...scenes[0]?.item, parts: [Uint8Array.of(1, 2), Uint8Array.of(3)] };
		const all = [...scenes, { ...scenes[0], id: 9, item: two } as SceneItem];
		expect(unpackItems(packItems(all))).toEqual(all);
	});
});
