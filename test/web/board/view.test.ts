import { expect, test } from "vitest";
import type { Camera, Size } from "../../../web/board/camera.ts";
import { KeepSeen } from "../../../web/board/people/keep-seen.ts";
import type { Scene } from "../../../web/board/scene.ts";
import type { Stage } from "../../../web/board/stage.ts";
import { View } from "../../../web/board/view.ts";

/** The eye of Ann on a board with one drawing of 300 by 100, in a window of that size. */
function look(size: Size) {
	const stage = {
		size,
		camera: { x: -100, y: -100, zoom: 1 } as Camera,
		setCamera: (camera: Camera) => {
			stage.camera = camera;
		},
	};
	const scene = { bounds: () => ({ minX: 0, minY: 0, maxX: 300, maxY: 100 }) };
	const view = new View(scene as unknown as Scene, stage as unknown as Stage);
	const seen = new KeepSeen(scene, stage);
	const resize = (width: number, height = size.height): void => {
		stage.size = { width, height };
		seen.resized();
	};
	return { stage, view, resize };
}

const wide = { width: 800, height: 600 };

test("a drawing that was seen is seen beside the chat, too, and as before without", () => {
	const { stage, resize } = look(wide);
	const before = stage.camera;
	resize(350);
	expect(stage.camera).toEqual({ x: -34, y: -100, zoom: 1 });
	resize(200);
	expect(stage.camera.zoom).toBeLessThan(1);
	resize(800);
	expect(stage.camera).toBe(before);
});

test("who looked at a part of it, or moved since, is left where they are", () => {
	const { stage, view, resize } = look(wide);
	view.look({ x: 200, y: 0, zoom: 1 });
	resize(350);
	expect(stage.camera).toEqual({ x: 200, y: 0, zoom: 1 });
	view.look({ x: -100, y: -100, zoom: 0.5 });
	resize(150);
	expect(stage.camera.x).not.toBe(-100);
	view.look({ x: -20, y: -20, zoom: 0.25 });
	resize(800);
	expect(stage.camera).toEqual({ x: -20, y: -20, zoom: 0.25 });
});

test("a phone's keyboard makes the board lower, and moves nothing", () => {
	const { stage, resize } = look(wide);
	const before = stage.camera;
	resize(800, 150);
	expect(stage.camera).toBe(before);
});

test("an arrow key goes that way over the paper", () => {
	const { stage, view } = look(wide);
	view.look({ x: 0, y: 0, zoom: 2 });
	view.go({ x: 1, y: 0 });
	expect(stage.camera).toEqual({ x: 20, y: 0, zoom: 2 });
});
