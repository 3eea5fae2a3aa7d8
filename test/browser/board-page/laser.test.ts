/** The laser pointer: seen by others while it shines, by hand, keys and finger, and never kept. */
import { expect, test } from "vitest";
import { atTheBoard, hands, open, page } from "./at-the-board.ts";
import { phone } from "./hands.ts";

/** Bytes that the first board's doc has grown to. */
const docBytes = () =>
	page.evaluate(() => {
		const [client] = window.clients;
		return client === undefined ? -1 : window.Y.encodeStateAsUpdate(client.doc).length;
	});

atTheBoard("the laser pointer", () => {
	test("all see the light while it is there, its trail fades, and nothing stays", async () => {
		await open("?boards=2&late=30");
		const before = await docBytes();
		await page.keyboard.press("k");
		await hands.drag([100, 300], [400, 300], true);
		await hands.see("above", [400, 301], true);
		await hands.see("above", [900, 301], true);
		await hands.see("above", [150, 301], false);
		await hands.see("above", [650, 301], false);
		// Who holds still goes on pointing.
		await hands.see("above", [400, 301], true);
		await hands.see("above", [900, 301], true);
		await page.mouse.up();
		await hands.see("above", [400, 301], false);
		await hands.see("above", [900, 301], false);
		expect(await docBytes()).toBe(before);
		await page.keyboard.press("Control+z");
		expect(await docBytes()).toBe(before);
	});

	test("a light that rests is told a few times a second", async () => {
		await open("?boards=2");
		await page.keyboard.press("k");
		await hands.drag([100, 300], [400, 300], true);
		const sent = () => page.evaluate(() => window.clients[0]?.inkCount ?? 0);
		const [from, fromMs] = [await sent(), await page.evaluate(() => performance.now())];
		await expect.poll(sent).toBeGreaterThan(from + 3);
		const passedMs = (await page.evaluate(() => performance.now())) - fromMs;
		// Four a second; what waited when it came to rest is one more.
		expect((await sent()) - from).toBeLessThanOrEqual(passedMs / 200 + 2);
		await page.mouse.up();
	});

	test("K again brings back the tool before; colours bring back the pen", async () => {
		await open();
		const inHand = () => page.evaluate(() => window.boards[0]?.easel?.tool);
		await page.keyboard.press("v");
		await page.keyboard.press("k");
		expect(await inHand()).toBe("laser");
		await page.keyboard.press("k");
		expect(await inHand()).toBe("select");
		await page.keyboard.press("k");
		await page.getByRole("button", { name: "Red", exact: true }).click();
		expect(await inHand()).toBe("pen");
	});

	test("the panel has it, arrow keys lead the light, Escape puts it out", async () => {
		await open("?boards=2&late=30");
		const first = page.locator("weft-board").first();
		await first.getByRole("button", { name: "Shapes and styles" }).click();
		await first.getByRole("button", { name: "Laser pointer" }).click();
		await first.locator(".weft-board__paper").focus();
		await page.keyboard.press("Enter");
		const pointer = () =>
			page.evaluate(() => window.clients[0]?.awareness.getLocalState()?.["pointer"]);
		await expect.poll(pointer).toMatchObject({ x: 250 });
		await page.keyboard.press("Shift+ArrowRight");
		await expect.poll(pointer).toMatchObject({ x: 330 });
		const { y } = (await pointer()) as { y: number };
		await page.keyboard.press("ArrowRight");
		await hands.see("above", [338, y + 1], true);
		await hands.see("above", [838, y + 1], true);
		await page.keyboard.press("Escape");
		await expect.poll(pointer).toBeNull();
		await hands.see("above", [838, y + 1], false);
		// It begins where it was.
		await page.keyboard.press("ArrowLeft");
		await expect.poll(pointer).toMatchObject({ x: 330 });
	});

	test("a finger points on a phone", async () => {
		await open("", { ...phone, colorScheme: "dark" });
		await page.getByRole("button", { name: "Shapes and styles" }).tap();
		await page.getByRole("button", { name: "Laser pointer" }).tap();
		const touch = await hands.touch();
		await touch("touchStart", [{ x: 60, y: 300, id: 1 }]);
		await touch("touchMove", [{ x: 200, y: 300, id: 1 }]);
		await hands.see("above", [200, 300], true);
		await touch("touchEnd", []);
		await hands.see("above", [200, 300], false);
		await hands.has(0);
	});
});
