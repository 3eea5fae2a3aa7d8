/** The drawing application: many people on one canvas, several canvases, kept and reopened. */
import { expect, test } from "vitest";
import type { PenPath } from "../fixtures/app/person.ts";
import { scenario } from "../fixtures/app/stage.ts";

const wave: PenPath = [
	[0.2, 0.4],
	[0.3, 0.3],
	[0.4, 0.4],
	[0.5, 0.3],
];
const line: PenPath = [
	[0.25, 0.55],
	[0.6, 0.6],
];

scenario("drawing", ({ people }) => {
	test("two people draw on one board and see each other's strokes", async () => {
		const [ann, ben] = await people("Ann", "Ben");
		await ann.goTo("/drawing/canvas-one/");
		await ben.goTo("/drawing/canvas-one");
		await ann.draw(wave);
		await ben.seesStrokes(1);
		await ben.draw(line);
		await ann.seesStrokes(2);
		expect(new URL(ann.page.url()).pathname).toBe("/r/canvas-one/board");
		await ann.pane("board").getByRole("button", { name: "Undo" }).click();
		await ben.seesStrokes(1);
	});
});
