/**
 * Excalidraw as people embed it, in zen mode, which leaves its tools out; see in-page.ts for the
 * words. Not compiled: it is bundled with the packages of its peer's folder.
 */
import "@excalidraw/excalidraw/index.css";
import { CaptureUpdateAction, Excalidraw, restoreElements } from "@excalidraw/excalidraw";
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import { excalidrawElement } from "./convert.ts";
import { pointsEach, strokeWidth } from "./strokes.ts";

/** The most that one turn of the wheel zooms by, and how many turns that is. */
const turnMax = 10;
const turnsAUnit = 100;
/** Ink, and not its white paper: far away a line is a quarter of a pixel, and faint. */
const lightMax = 247;

let api = null;
let held = [];
const host = document.getElementById("board");

function cameraOf() {
	const { scrollX, scrollY, zoom } = api.getAppState();
	return { x: -scrollX, y: -scrollY, zoom: zoom.value };
}

const benchBoard = {
	isReady: () => api !== null && host.querySelector("canvas.static") !== null,
	target: () => host.querySelector("canvas.interactive"),
	camera: cameraOf,
	look: ({ x, y, zoom }) =>
		api.updateScene({ appState: { scrollX: -x, scrollY: -y, zoom: { value: zoom } } }),
	turns: (from, to) => [Math.max(-turnMax, Math.min(turnMax, (from - to) * turnsAUnit))],
	takePen: () => api.setActiveTool({ type: "freedraw" }),
	count: () => api.getSceneElements().length,
	isPainted: (places) => {
		const canvas = host.querySelector("canvas.static");
		const context = canvas.getContext("2d");
		return places.every(([x, y]) => {
			const { data } = context.getImageData(x - 1, y - 1, 3, 3);
			return data.some((value, at) => at % 4 === 0 && value < lightMax && data[at + 3] > 0);
		});
	},
	hold: async () => {
		const points = new Float32Array(await (await fetch("/strokes.bin")).arrayBuffer());
		const size = pointsEach * 2;
		const elements = Array.from({ length: points.length / size }, (_, index) =>
			excalidrawElement(
				points.subarray(index * size, (index + 1) * size),
				`s${index}`,
				strokeWidth,
			),
		);
		held = restoreElements(elements, null);
	},
	show: () => {
		api.updateScene({ elements: held, captureUpdate: CaptureUpdateAction.NEVER });
		held = [];
	},
	sizes: () => {
		const sizes = api.getSceneElements().map((element) => JSON.stringify(element).length);
		const median = sizes.sort((a, b) => a - b)[sizes.length >> 1];
		// A move sends the whole element again.
		return { stroke: median, move: median };
	},
};
Object.assign(globalThis, { benchBoard });

createRoot(host).render(
	createElement(Excalidraw, {
		zenModeEnabled: true,
		handleKeyboardGlobally: false,
		excalidrawAPI: (given) => {
			api = given;
		},
	}),
);
