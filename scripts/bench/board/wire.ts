/** What a stroke costs on the wire: once it is finished, and when it is moved. */
import * as Y from "yjs";
import { encodeUpdate } from "../../../shared/protocol.ts";
import { moveItems } from "../../../shared/surfaces/arrange/edits.ts";
import { addStroke } from "../../../shared/surfaces/board.ts";
import { strokesOf } from "../../../shared/surfaces/root.ts";
import { isBoardPeer } from "../../converge/systems/peers.ts";
import type { Stage } from "../drive/stage.ts";
import { type Finding, refused, type Scenario, type Shape, sizeOf } from "../scenarios/scenario.ts";
import { weftStroke } from "./convert.ts";
import { quantileOf } from "./frames.ts";
import { hold, load, sizesOf } from "./in-page.ts";
import { openBoard } from "./open.ts";
import { type Strokes, strokeAt, writeStrokes } from "./strokes.ts";

const loadMsMax = 60_000;

async function run(stage: Stage, shape: Shape): Promise<Finding> {
	const strokes = writeStrokes(shape.count);
	if (!isBoardPeer(stage.contestant.name)) {
		return { figures: { ...weftSizes(strokes) }, refusal: null };
	}
	const { tab, close } = await openBoard(stage, strokes);
	try {
		await tab.page.evaluate(hold);
		await tab.page.evaluate(load, { count: strokes.count, places: [], msMax: loadMsMax });
		const sizes = await tab.page.evaluate(sizesOf);
		return sizes === null ? refused("it does not say") : { figures: { ...sizes }, refusal: null };
	} finally {
		await close();
	}
}

/** Messages as the app sends them, one for each stroke and each move; the median of each. */
export function weftSizes(strokes: Strokes): { stroke: number; move: number } {
	const doc = new Y.Doc();
	const board = strokesOf(doc);
	let bytes = 0;
	doc.on("update", (update: Uint8Array) => {
		bytes = encodeUpdate(update).length;
	});
	const each = (act: (index: number) => void) =>
		Array.from({ length: strokes.count }, (_, index) => {
			doc.transact(() => act(index));
			return bytes;
		});
	const added = each((index) => addStroke(board, weftStroke(strokeAt(strokes, index))));
	const moved = each((index) => moveItems(board, new Set([board.get(index)]), { x: 25, y: -40 }));
	return { stroke: quantileOf(added, 0.5), move: quantileOf(moved, 0.5) };
}

/** A finished stroke of 60 points, and a move. */
export const boardWire: Scenario = {
	name: "board-wire",
	title: "A stroke on the wire",
	about:
		"Bytes of the message that tells the others of a finished stroke of 60 points, and of one " +
		"that was moved; medians. Weft's are those it sends. Peers' are the JSON of what their own " +
		"ways of working together send: Excalidraw the whole element each time, tldraw the record, " +
		"and for a move its two numbers; what encrypts, compresses or wraps it is left out.",
	measures: [
		{ key: "stroke", label: "a finished stroke, bytes", better: "less" },
		{ key: "move", label: "a move, bytes", better: "less" },
	],
	shapes: [sizeOf(500, "strokes")],
	quickShapes: [sizeOf(50, "strokes")],
	repeatsMax: 1,
	runSeconds: 8,
	needs: "board",
	usesAllCores: true,
	run,
};
