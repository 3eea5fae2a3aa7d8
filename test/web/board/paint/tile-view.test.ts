import { beforeEach, describe, expect, test } from "vitest";
import type { TileKey } from "../../../../web/board/paint/tile-messages.ts";
import { type Frame, TileView } from "../../../../web/board/paint/tile-view.ts";

/** What was drawn: the picture's name and the place, in device pixels. */
type Drawn = [name: string, x: number, y: number, width: number, height: number];

const frame: Frame = {
	camera: { x: 0, y: 0, zoom: 1 },
	size: { width: 1024, height: 512 },
	pixelRatio: 1,
	isZooming: false,
};

let wishes: TileKey[][];
let view: TileView;
let drawn: Drawn[];

/** A canvas that only remembers. */
const context = {
	drawImage: (image: { name: string }, ...place: number[]) => {
		const [x = 0, y = 0, width = 512, height = 512] = place.slice(-4);
		const isWhole = place.length === 2;
		drawn.push([
			image.name,
			...((isWhole ? [place[0], place[1], 512, 512] : [x, y, width, height]) as [
				number,
				number,
				number,
				number,
			]),
		]);
	},
} as unknown as CanvasRenderingContext2D;

function draw(at: Partial<Frame> = {}): string[] {
	drawn = [];
	view.draw(context, { ...frame, ...at });
	return drawn.map(([name]) => name);
}

/** The painter's answer to a wish. */
function paint(key: TileKey, revision = 0, isEmpty = false): void {
	const image = {
		name: `${key.column},${key.row}@${key.scale} r${revision}`,
		close: () => undefined,
	};
	view.receive({
		type: "tile",
		key,
		revision,
		image: isEmpty ? null : (image as unknown as ImageBitmap),
	});
}

function paintAll(revision = 0): void {
	for (const key of wishes.at(-1) ?? []) paint(key, revision);
}

function names(keys: TileKey[] | undefined): string[] {
	return (keys ?? []).map(({ column, row }) => `${column},${row}`).sort();
}

beforeEach(() => {
	wishes = [];
	drawn = [];
	view = new TileView((tiles) => wishes.push(tiles));
});

describe("the tiles on the page", () => {
	test("what is seen is asked for, then what lies around it, then nothing more", () => {
		draw();
		expect(names(wishes[0]).length).toBe(12);
		expect(names(wishes[0]?.slice(0, 2))).toEqual(["0,0", "1,0"]);
		paintAll();
		expect(draw()).toEqual(["0,0@1 r0", "1,0@1 r0"]);
		expect(wishes.length).toBe(1);
	});

	test("tiles of the exact scale lie on whole pixels, wherever one looks", () => {
		draw();
		paintAll();
		draw({ camera: { x: 0.3, y: 0.7, zoom: 1 } });
		expect(drawn[0]?.slice(1)).toEqual([0, -1, 512, 512]);
		expect(drawn[1]?.slice(1)).toEqual([512, -1, 512, 512]);
	});

	test("a change outdates what it touches, and old tiles are shown until new ones come", () => {
		draw();
		paintAll();
		view.outdate({ minX: 10, minY: 10, maxX: 20, maxY: 20 }, 1);
		expect(draw()).toEqual(["0,0@1 r0", "1,0@1 r0"]);
		expect(names(wishes.at(-1))).toEqual(["0,0"]);
		paintAll(1);
		expect(draw()).toEqual(["0,0@1 r1", "1,0@1 r0"]);
		expect(wishes.length).toBe(2);
	});

	test("a tile that was on its way when something changed is asked for again", () => {
		draw();
		const asked = wishes[0] ?? [];
		view.outdate({ minX: 10, minY: 10, maxX: 20, maxY: 20 }, 1);
		for (const key of asked) paint(key, 0);
		draw();
		expect(names(wishes.at(-1))).toEqual(["0,0"]);
	});

	test("an area is fresh when all its tiles in view are", () => {
		const area = { minX: 500, minY: 0, maxX: 530, maxY: 10 };
		draw();
		expect(view.isFresh(area, frame)).toBe(false);
		paintAll();
		expect(view.isFresh(area, frame)).toBe(true);
		view.outdate(area, 3);
		draw();
		paint({ scale: 1, column: 0, row: 0 }, 3);
		expect(view.isFresh(area, frame)).toBe(false);
		paint({ scale: 1, column: 1, row: 0 }, 3);
		expect(view.isFresh(area, frame)).toBe(true);
	});

	test("while zooming, tiles of the nearest power of two are asked for and scaled", () => {
		const zoomed = { camera: { x: 0, y: 0, zoom: 1.2 }, isZooming: true };
		draw(zoomed);
		expect(new Set(wishes[0]?.map(({ scale }) => scale))).toEqual(new Set([1]));
		paintAll();
		draw(zoomed);
		expect(drawn[0]).toEqual(["0,0@1 r0", 0, 0, 614, 614]);
		expect(drawn[1]?.[1]).toBe(614);
	});

	test("a missing tile is covered by tiles of another scale, each drawn once", () => {
		draw();
		paintAll();
		expect(draw({ camera: { x: 0, y: 0, zoom: 2 } })).toEqual(["0,0@1 r0", "0,0@1 r0"]);
		expect(drawn.map((each) => each.slice(1))).toEqual([
			[0, 0, 512, 512],
			[512, 0, 512, 512],
		]);
	});

	test("an empty tile is known and draws nothing", () => {
		draw();
		for (const key of wishes[0] ?? []) paint(key, 0, true);
		expect(draw()).toEqual([]);
		expect(wishes.length).toBe(1);
		expect(view.bytes).toBeLessThan(10_000);
	});

	test("a small window keeps what it can ask for and a tenth more, wherever one went", () => {
		for (let x = 0; x < 20_000; x += 400) {
			draw({ camera: { x, y: 0, zoom: 1 } });
			paintAll();
		}
		expect(view.bytes).toBe(33 * 2 ** 20);
	});

	test.each([0.71, 0.8, 1, 1.2, 1.41])("zoomed to %f, no tile drives out another", (zoom) => {
		const at = { camera: { x: 130, y: 70, zoom }, isZooming: true };
		// The view, the rings around it, and then nothing more.
		for (let turn = 0; turn < 2; turn++) {
			draw(at);
			paintAll();
		}
		const count = wishes.length;
		draw(at);
		expect(wishes).toHaveLength(count);
	});

	test("looking elsewhere replaces the wishes", () => {
		draw();
		draw({ camera: { x: 10_240, y: 0, zoom: 1 } });
		expect(names(wishes.at(-1)?.slice(0, 2))).toEqual(["20,0", "21,0"]);
		expect(wishes.at(-1)?.every(({ column }) => column > 10)).toBe(true);
	});
});
