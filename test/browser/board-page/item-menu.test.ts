import { expect, test } from "vitest";
import { atTheBoard, hands, open, page } from "./at-the-board.ts";
import { type Finger, phone } from "./hands.ts";

const finger: Finger = { x: 190, y: 300, id: 1 };

/** Chromium takes a tap right after a stroke for a part of its gesture, now and then: tap again. */
async function take(tool: string): Promise<void> {
	const button = page.getByRole("button", { name: tool, exact: true });
	await expect
		.poll(async () => {
			await button.tap();
			return button.getAttribute("aria-pressed");
		})
		.toBe("true");
}

atTheBoard("a finger that lies still on the board", () => {
	test("draws with the pen, and with the pointer opens what can be done with an item", async () => {
		await open("", phone);
		const touch = await hands.touch();
		await touch("touchStart", [{ ...finger, x: 100 }]);
		await touch("touchMove", [finger]);
		await touch("touchMove", [{ ...finger, x: 280 }]);
		await touch("touchEnd", []);
		await hands.has(1);
		const menu = page.getByRole("menuitem", { name: "Talk about this" });
		const asked = page.evaluate(
			() =>
				new Promise((resolve) => {
					document.addEventListener("weft-talk", (event) => resolve((event as CustomEvent).detail));
				}),
		);
		await take("Select");
		// Its code comes when the page has nothing better to do.
		await expect
			.poll(async () => {
				await touch("touchStart", [finger]);
				const isOpen = await menu.waitFor({ timeout: 3_000 }).then(
					() => true,
					() => false,
				);
				await touch("touchEnd", []);
				return isOpen;
			})
			.toBe(true);
		expect(await page.getByRole("menu").getAttribute("aria-label")).toBe("Ink stroke by you");
		await menu.tap();
		const item = { client: expect.any(Number), clock: expect.any(Number) };
		expect(await asked).toMatchObject({ anchor: { item, size: expect.any(Number) } });
		await hands.has(1);

		await take("Pen");
		await touch("touchStart", [finger]);
		await touch("touchMove", [{ ...finger, x: finger.x + 4 }]);
		// A line is in the doc while it is drawn after four times as long as the menu takes.
		await hands.has(2);
		expect(await menu.count()).toBe(0);
		await touch("touchEnd", []);
		await hands.has(2);
	});
});
