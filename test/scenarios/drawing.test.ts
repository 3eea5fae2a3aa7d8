/** The drawing application: many people on one canvas, several canvases, kept and reopened. */
import { expect, test } from "vitest";
import { t } from "../../web/ui/messages.ts";
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

scenario("drawing", ({ people, weft }) => {
	test("two people draw on one board, and each undoes only their own strokes", async () => {
		const [ann, ben] = await people("Ann", "Ben");
		await ann.goTo("/drawing/canvas-one/");
		await ben.goTo("/drawing/canvas-one");
		await ann.page.waitForURL((url) => url.pathname === "/r/canvas-one/board");
		await ann.draw(wave);
		await ben.seesStrokes(1);
		await ben.draw(line);
		await ann.seesStrokes(2);
		await ann
			.pane("board")
			.getByRole("button", { name: t("board.undo") })
			.click();
		await ben.seesStrokes(1);
		await ann
			.pane("board")
			.getByRole("button", { name: t("board.redo") })
			.click();
		await ben.seesStrokes(2);
	});

	test("a line is seen by others while it is drawn", async () => {
		const [ann, ben] = await people("Ann", "Ben");
		// A long stroke enters the doc in parts, by an interval: this one is held as long as it takes.
		await ann.page.addInitScript("globalThis.setInterval = () => 0");
		await ann.goTo("/drawing/in-the-making");
		await ben.goTo("/drawing/in-the-making");
		await ann.draw(line);
		await ben.seesStrokes(1);
		const paper = ben.pane("board").getByRole("application");
		const before = await paper.screenshot();
		const { mouse } = ann.page;
		const box = await ann.pane("board").getByRole("application").boundingBox();
		if (box === null) throw new Error("no board");
		await mouse.move(box.x + 300, box.y + 150);
		await mouse.down();
		await mouse.move(box.x + 500, box.y + 250, { steps: 20 });
		await expect.poll(async () => (await paper.screenshot()).equals(before)).toBe(false);
		expect(await ben.strokeCount()).toBe(1);
		await mouse.up();
		await ben.seesStrokes(2);
	});

	test("several boards are kept, listed, found and reopened by somebody else", async () => {
		const [ann] = await people("Ann");
		for (const [index, room] of ["Garden plan", "House plan"].entries()) {
			await ann.goTo(`/drawing/${encodeURIComponent(room)}`);
			for (let count = 0; count <= index; count++) await ann.draw(count === 0 ? wave : line);
			await ann.seesStrokes(index + 1);
			await ann.lightSays(/Saved/);
		}
		await ann.goTo("/new");
		await ann.page.waitForURL(/\/r\/[\w-]{22}/);
		const title = ann.page.getByRole("textbox", { name: t("frame.room.title") });
		await title.fill("Without a name to guess");
		await title.press("Enter");
		await ann.show("board");
		await ann.draw(wave);
		await ann.lightSays(/Saved/);
		await ann.closeTab();
		await weft().stop();
		await weft().start();

		const [ben] = await people("Ben");
		await ben.goTo("/");
		const cards = ben.page.getByRole("main").getByRole("link");
		for (const name of ["Garden plan", "House plan", "Without a name to guess"]) {
			const card = cards.filter({ hasText: name });
			await card.waitFor();
			await expect.poll(() => card.innerText()).toMatch(/Made .* by Ann/);
			await expect.poll(() => card.locator("svg polyline").count()).toBeGreaterThan(0);
		}
		await ben.page.getByRole("searchbox", { name: t("frame.home.search") }).fill("house");
		await expect.poll(() => cards.filter({ hasText: "Garden" }).count()).toBe(0);
		await cards.filter({ hasText: "House plan" }).click();
		await ben.show("board");
		await ben.seesStrokes(2);
	});
});
