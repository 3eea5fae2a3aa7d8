import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as Y from "yjs";
import type { PhotoId } from "../../../../shared/ids.ts";
import { addPhoto } from "../../../../shared/surfaces/arrange/edits.ts";
import type { SceneItem } from "../../../../web/board/paint/scene-item.ts";
import { TileLayer } from "../../../../web/board/paint/tile-layer.ts";
import type {
	TilePort,
	TilePortEvents,
	ToTilePainter,
} from "../../../../web/board/paint/tile-messages.ts";
import type { Frame } from "../../../../web/board/paint/tile-view.ts";
import { Scene } from "../../../../web/board/scene.ts";

const frame: Frame = {
	camera: { x: 0, y: 0, zoom: 1 },
	size: { width: 1024, height: 512 },
	pixelRatio: 1,
	isZooming: false,
};

let board: Y.Array<unknown>;
let items: SceneItem[];
let said: ToTilePainter[];
let events: TilePortEvents;
let layer: TileLayer;

/** A painter of tiles that hears everything and never answers. */
function silentPainter(told: TilePortEvents): TilePort {
	events = told;
	return { send: (message) => said.push(message), close: () => undefined };
}

/** Puts photos on the board, in one go; their pixels are not here, so each is a grey place. */
function put(lefts: readonly number[]): SceneItem[] {
	board.doc?.transact(() => {
		for (const left of lefts) {
			const box = { minX: left, minY: 0, maxX: left + 5, maxY: 5 };
			addPhoto(board, `photo-${left}` as PhotoId, box);
		}
	});
	return items.slice(-lefts.length);
}

/** Where on the screen a frame draws above the tiles, from the left. */
function drawn(): number[] {
	const lefts: number[] = [];
	const context = {
		setTransform: () => undefined,
		fillRect: (left: number) => lefts.push(left),
	} as unknown as CanvasRenderingContext2D;
	layer.draw(context, frame);
	return lefts;
}

beforeEach(() => {
	board = new Y.Doc().getArray("strokes");
	items = [];
	said = [];
	layer = new TileLayer({ items: () => items, requestFrame: () => undefined }, silentPainter);
	new Scene(board, (change) => {
		items.push(...change.put);
		layer.change(change);
	});
});

afterEach(() => {
	vi.unstubAllGlobals();
	vi.restoreAllMocks();
});

test("what was just put down is seen before its tile has it", () => {
	put([10, 20]);
	expect(drawn()).toEqual([10, 20]);
});

test("of much that came while nobody looked the newest is drawn, the rest with its tiles", () => {
	for (let left = 0; left < 1_000; left++) put([left]);
	const lefts = drawn();
	expect(lefts.length).toBeLessThanOrEqual(256);
	expect(lefts).toContain(999);
	expect(lefts).not.toContain(0);
});

test("what moves with many others is not drawn any more where it was", () => {
	const [moved] = put([10]);
	if (moved === undefined) throw new Error("nothing was put down");
	const there = { ...moved, box: { minX: 500, minY: 0, maxX: 505, maxY: 5 } };
	const others = Array.from({ length: 100 }, (_, index) => ({ ...there, id: 1_000 + index }));
	layer.change({ put: [there, ...others], removed: [], areas: [there.box] });
	expect(drawn()).toEqual([]);
});

test("a painter that takes over has the photos; their pixels are freed in the end", async () => {
	const pixels = [1, 2, 3].map(() => ({ width: 1, height: 1, close: vi.fn() }));
	const [here, there, copy] = pixels as unknown as [ImageBitmap, ImageBitmap, ImageBitmap];
	vi.stubGlobal("createImageBitmap", async () => copy);
	layer.setPhoto("garden", [here, there], []);
	const heard: ToTilePainter[] = [];
	events.replaced({ send: (message) => heard.push(message), close: () => undefined });
	await vi.waitFor(() =>
		expect(heard).toContainEqual(expect.objectContaining({ type: "photo", bitmap: copy })),
	);
	layer.close();
	layer.close();
	expect(here.close).toHaveBeenCalledTimes(1);
});
