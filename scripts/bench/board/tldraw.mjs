/**
 * tldraw as people embed it, without its tools around; see in-page.ts for the words. Not compiled:
 * it is bundled with the packages of its peer's folder.
 */
import "tldraw/tldraw.css";
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import { b64Vecs, createShapeId, getIndices, Tldraw } from "tldraw";
import { tldrawShape } from "./convert.ts";
import { pointsEach, strokeWidth } from "./strokes.ts";

/** Its own limit of 4,000 shapes a page would end the measurement. */
const options = { maxShapesPerPage: 1_000_000 };
/** The most that one turn of the wheel zooms by, and how many turns that is. */
const turnMax = 10;
const turnsATime = 100;
const turnsMax = 8;

let editor = null;
let held = [];
const host = document.getElementById("board");

const benchBoard = {
	isReady: () => editor !== null && host.querySelector(".tl-canvas") !== null,
	target: () => host.querySelector(".tl-canvas"),
	camera: () => {
		const { x, y, z } = editor.getCamera();
		return { x: -x, y: -y, zoom: z };
	},
	look: ({ x, y, zoom }) => editor.setCamera({ x: -x, y: -y, z: zoom }, { immediate: true }),
	turns: (from, to) => {
		const count = Math.ceil(Math.abs(Math.log(to / from)) / Math.log(1.1));
		const each = (1 - (to / from) ** (1 / Math.max(1, count))) * turnsATime;
		const turn = Math.max(-turnMax, Math.min(turnMax, each));
		return Array.from({ length: Math.min(turnsMax, count) }, () => turn);
	},
	takePen: () => editor.setCurrentTool("draw"),
	count: () => editor.getCurrentPageShapeIds().size,
	// Its ink is no pixels that a page could read: each line is an element of its own.
	isPainted: (places) =>
		places.length === 0 ||
		host.querySelectorAll(".tl-shape svg path").length >= editor.getRenderingShapes().length,
	hold: async () => {
		const points = new Float32Array(await (await fetch("/strokes.bin")).arrayBuffer());
		const size = pointsEach * 2;
		const count = points.length / size;
		const indices = getIndices(count);
		const parentId = editor.getCurrentPageId();
		held = Array.from({ length: count }, (_, index) => ({
			...tldrawShape(points.subarray(index * size, (index + 1) * size), strokeWidth, (line) =>
				b64Vecs.encodePoints(line),
			),
			typeName: "shape",
			id: createShapeId(`s${index}`),
			parentId,
			index: indices[index],
		}));
	},
	show: () => {
		editor.store.mergeRemoteChanges(() => editor.store.put(held));
		held = [];
	},
	sizes: () => {
		const shapes = editor.getCurrentPageShapes();
		const median = (sizes) => sizes.sort((a, b) => a - b)[sizes.length >> 1];
		const moved = ({ id, x, y }) => {
			const patch = { x: ["put", x + 25], y: ["put", y - 40] };
			return JSON.stringify({ [id]: ["patch", patch] }).length;
		};
		return {
			stroke: median(shapes.map((shape) => JSON.stringify(shape).length)),
			move: median(shapes.map(moved)),
		};
	},
};
Object.assign(globalThis, { benchBoard });

createRoot(host).render(
	createElement(Tldraw, {
		hideUi: true,
		options,
		onMount: (mounted) => {
			editor = mounted;
			mounted.focus();
		},
	}),
);
