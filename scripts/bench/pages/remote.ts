/** What somebody writes from afar, shown in a page in real Chromium. */
import * as Y from "yjs";
import { textOf } from "../../../shared/surfaces/root.ts";
import type { Stage } from "../drive/stage.ts";
import { type Finding, refused, type Scenario, type Shape, sizeOf } from "../scenarios/scenario.ts";
import { beginWatch, connectQuill, whenShown } from "./in-page.ts";
import { isPlain, openQuietRoom } from "./open.ts";
import { writtenFrom, writtenText } from "./texts.ts";

/** Letters that are there before. */
const startLength = 20_000;

/** `count` updates come, each in a frame of its own, as fast as the page takes them. */
async function run(stage: Stage, shape: Shape): Promise<Finding> {
	const start = writtenText(startLength, stage.random);
	const { updates, doc } = writtenFrom(start, shape.count, stage.random);
	const change = asOneChange(start, updates);
	const { tab, site, close } = await openQuietRoom(stage, start);
	try {
		if (isPlain(stage)) await tab.page.evaluate(connectQuill, [updates.length, change] as const);
		await tab.page.evaluate(beginWatch);
		const spentMs = await tab.spentMs();
		const shown = tab.page.evaluate(whenShown, textOf(doc).length);
		site.say(updates);
		const { ms, longestMs, text } = await shown;
		if (text !== `${textOf(doc)}\n`)
			return refused("the page shows something else than was written");
		return {
			figures: { shown: ms, cpu: (await tab.spentMs()) - spentMs, longest: longestMs },
			refusal: null,
		};
	} finally {
		await close();
	}
}

/** What all updates together do to the text, in Quill's words. */
function asOneChange(start: Y.Doc, updates: readonly Uint8Array[]): unknown {
	const copy = new Y.Doc();
	Y.applyUpdate(copy, Y.encodeStateAsUpdate(start));
	let change: unknown = [];
	textOf(copy).observe(({ delta }) => {
		change = delta;
	});
	copy.transact(() => {
		for (const update of updates) Y.applyUpdate(copy, update);
	});
	return change;
}

/** 5,000 small ones. */
export const pageRemote: Scenario = {
	name: "page-remote",
	title: "Updates that a page shows",
	about:
		"Somebody types letters here and there into a text of 20,000; the page gets each as a " +
		"message of its own, all at once. Measured from the first message until all is shown and " +
		"two frames are over. Contestants are pages: plain Quill, which counts the messages and " +
		"gets all as one change with the last, as the floor; y-quill over y-websocket as the " +
		"reference; Weft's app.",
	measures: [
		{ key: "shown", label: "until shown, ms", better: "less" },
		{ key: "cpu", label: "main thread, ms of CPU", better: "less" },
		{ key: "longest", label: "longest task, ms", better: "less", noise: 50 },
	],
	shapes: [sizeOf(5_000, "updates")],
	quickShapes: [sizeOf(500, "updates")],
	runSeconds: 15,
	needs: "page",
	run,
};
