/** Keys in a large text, in real Chromium. */
import { textOf } from "../../../shared/surfaces/root.ts";
import type { Stage } from "../drive/stage.ts";
import { type Finding, refused, type Scenario, type Shape, sizeOf } from "../scenarios/scenario.ts";
import { beginWatch, longestTaskMs, putCaret, shownText } from "./in-page.ts";
import { openRealRoom } from "./open.ts";
import { formattedText, writtenText } from "./texts.ts";

/** Keys that are pressed before: code gets warm, and the text's lines are known. */
const warmKeys = 30;
const keys = 200;
/** A fast typist's pace: each key is shown before the next. */
const keyMs = 50;
/** What a page does some time after the last key is part of their cost. */
const restMs = 1_500;

/** What a shape's label counts, where it counts no letters. */
const ranges = "formatted ranges";

/** Presses keys in the middle of a text of `count` letters, or formatted ranges. */
async function run(stage: Stage, shape: Shape): Promise<Finding> {
	const write = shape.label.endsWith(ranges) ? formattedText : writtenText;
	const doc = write(shape.count, stage.random);
	const before = `${textOf(doc)}\n`;
	const { tab, close } = await openRealRoom(stage, doc);
	const rest = () => new Promise((resolve) => setTimeout(resolve, restMs));
	try {
		const { page } = tab;
		const at = before.length >> 1;
		await page.evaluate(putCaret, at);
		await page.keyboard.type("x".repeat(warmKeys), { delay: keyMs });
		await rest();
		await page.evaluate(beginWatch);
		const spentMs = await tab.spentMs();
		await page.keyboard.type("y".repeat(keys), { delay: keyMs });
		await rest();
		const cpuMs = ((await tab.spentMs()) - spentMs) / keys;
		const typed = "x".repeat(warmKeys) + "y".repeat(keys);
		const expected = before.slice(0, at) + typed + before.slice(at);
		if ((await page.evaluate(shownText)) !== expected) return refused("keys were lost");
		const longest = await page.evaluate(longestTaskMs);
		return { figures: { cpu: cpuMs, longest }, refusal: null };
	} finally {
		await close();
	}
}

/** In 100,000 letters, plain ones and such with 5,000 formatted ranges. */
export const pageTyping: Scenario = {
	name: "page-typing",
	title: "Typing in a large text",
	about:
		"Two hundred keys, 50 ms apart, in the middle of a text. Counted is what the page's main " +
		"thread spends on all that follows. Contestants are pages: plain Quill as the floor, y-quill " +
		"over y-websocket as the reference, Weft's app with its server behind it.",
	measures: [
		{ key: "cpu", label: "main thread, ms of CPU a key", better: "less" },
		{ key: "longest", label: "longest task, ms", better: "less", noise: 50 },
	],
	shapes: [sizeOf(100_000, "letters"), sizeOf(5_000, ranges)],
	quickShapes: [sizeOf(5_000, "letters"), sizeOf(250, ranges)],
	runSeconds: 45,
	needs: "page",
	run,
};
