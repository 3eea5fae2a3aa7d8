import { expect, test } from "vitest";
import * as Y from "yjs";
import { readEnds } from "../../../../shared/surfaces/arrange/ends.ts";
import { placeOf } from "../../../../shared/surfaces/arrange/places.ts";
import { plainLook } from "../../../../shared/surfaces/item-look.ts";
import { itemBounds } from "../../../../shared/surfaces/item-outline.ts";
import { strokesOf } from "../../../../shared/surfaces/root.ts";
import { addShape } from "../../../../shared/surfaces/shapes.ts";
import { homeCamera } from "../../../../web/board/camera.ts";
import { Scene } from "../../../../web/board/scene.ts";
import { Follower } from "../../../../web/board/shapes/follow.ts";
import { ShapeTool } from "../../../../web/board/shapes/shape-tool.ts";
import type { Stage } from "../../../../web/board/stage.ts";
import { firstStyle } from "../../../../web/board/tools/style.ts";
import type { Sample } from "../../../../web/board/tools/tool.ts";

/** A board with a filled box from 0 to 100, and arrows in somebody's hand. */
function drawing() {
	const doc = new Y.Doc();
	const board = strokesOf(doc);
	const look = { ...plainLook, fill: "solid" } as const;
	addShape(board, { kind: "rectangle", color: 0, width: 0, look, points: [0, 0, 100, 100] });
	const scene = new Scene(board, () => undefined);
	scene.measure({ boundsOf: itemBounds, placeOf, joiner: new Follower(board, scene) });
	const nothing = () => undefined;
	const stage = {
		camera: homeCamera,
		size: { width: 800, height: 600 },
		layer: { painter: { theme: "light" } },
		...{ onCamera: nothing, drawInk: nothing, clearInk: nothing, afterFrame: nothing },
	} as unknown as Stage;
	let made: unknown = null;
	const tool = new ShapeTool({
		...{ board, scene, stage, began: nothing, accent: () => "teal", style: () => firstStyle },
		act: (run) => doc.transact(run),
		kind: () => "arrow",
		made: (entry) => {
			made = entry;
		},
	});
	return { tool, ends: () => readEnds(made) };
}

function at(x: number, y: number, keys: Partial<Sample> = {}): Sample {
	const held = { isShift: false, isAlt: false, isCtrl: false };
	return { at: { x, y }, screen: { x, y }, pressure: null, ...held, ...keys };
}

test("an arrow that begins on something stays on it", () => {
	const { tool, ends } = drawing();
	tool.down({ sample: at(50, 50), pointerType: "mouse" });
	tool.move([at(300, 50)]);
	tool.up();
	expect(ends()?.[0]?.target).toMatchObject({ across: 0.5, down: 0.5 });
	expect(ends()?.[1]).toBeNull();
});

test("Alt that was held for a while on the way changes nothing of that", () => {
	const { tool, ends } = drawing();
	tool.down({ sample: at(50, 50), pointerType: "mouse" });
	tool.move([at(200, 50, { isAlt: true })]);
	tool.move([at(300, 50)]);
	tool.up();
	expect(ends()?.[0]?.target?.across).toBe(0.5);
});

test("from the middle, with Alt, or with Ctrl it stays on nothing", () => {
	for (const keys of [{ isAlt: true }, { isCtrl: true }]) {
		const { tool, ends } = drawing();
		tool.down({ sample: at(50, 50, keys), pointerType: "mouse" });
		tool.move([at(300, 50, keys)]);
		tool.up();
		expect(ends()).toBeNull();
	}
});
