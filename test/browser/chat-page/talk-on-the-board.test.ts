/** Talk about what is on the board: begun at an item, marked beside it, seen by hovering it. */
import { expect, test } from "vitest";
import { t, tCount } from "../../../web/ui/messages.ts";
import type { Person } from "../../fixtures/app/person.ts";
import { scenario } from "../../fixtures/app/stage.ts";
import { axeFaults } from "../../fixtures/axe.ts";

const markName = `Ink stroke: ${tCount("chat.thread", 1)}`;

/** A point of the board on the page, from 0 to 1 of its width and height. */
async function pointOf(person: Person, x: number, y: number): Promise<[number, number]> {
	const box = await person.pane("board").getByRole("application").boundingBox();
	if (box === null) throw new Error("the board is not shown");
	return [box.x + x * box.width, box.y + y * box.height];
}

/** Begins a message by a right click on what is at a point. */
async function rightClick(person: Person, x: number, y: number): Promise<void> {
	const at = await pointOf(person, x, y);
	const item = person.page.getByRole("menuitem", { name: t("board.talk") });
	// The code of the talk comes when the page has nothing better to do.
	await expect
		.poll(async () => {
			await person.page.mouse.click(...at, { button: "right" });
			return item.isVisible();
		})
		.toBe(true);
	await item.click();
}

/** In the page: whether a click in the middle of it is its own. */
function catchesClicks(element: Element): boolean {
	const { left, top, width, height } = element.getBoundingClientRect();
	return element.contains(document.elementFromPoint(left + width / 2, top + height / 2));
}

scenario("talk about what is on the board", ({ people }) => {
	test("a message about a stroke leads to it, marks it, and is seen by hovering it", async () => {
		const [ann, ben] = await people("Ann", "Ben");
		await ann.goTo("/drawing/talk-of-strokes");
		await ann.draw([
			[0.3, 0.4],
			[0.4, 0.4],
		]);
		await ann.seesStrokes(1);
		await rightClick(ann, 0.35, 0.4);
		await ann.pane("chat").getByText(t("chat.about.item")).waitFor();
		await ann.say("Is this the door?");

		await ben.goTo("/drawing/talk-of-strokes");
		const mark = ben.pane("board").getByRole("button", { name: markName });
		await mark.waitFor();
		const card = ben.page.getByRole("dialog", { name: tCount("chat.thread", 1) });
		const isSeen = async (): Promise<boolean> => {
			// A view that was still moving closes what was open.
			await ben.page.mouse.move(...(await pointOf(ben, 0.1, 0.9)));
			await mark.hover();
			return card.waitFor({ timeout: 5_000 }).then(
				() => true,
				() => false,
			);
		};
		await expect.poll(isSeen).toBe(true);
		await card.getByText("Is this the door?").waitFor();
		expect(await axeFaults(ben.page)).toEqual([]);
		await card.getByRole("button", { name: t("chat.answer") }).click();
		await ben.say("It is.");
		await ben
			.pane("board")
			.getByRole("button", { name: `Ink stroke: ${tCount("chat.thread", 2)}` })
			.waitFor();

		await ann.show("document");
		await ann.hears("It is.");
		const about = ann.pane("chat").getByRole("button", { name: t("chat.about.item") });
		await about.last().click();
		await ann.pane("board").getByRole("application").focus();
		await ann.page.keyboard.press("Control+a");
		await ann.page.keyboard.press("Delete");
		await ann.seesStrokes(0);
		await ben.pane("chat").getByText(t("chat.about.itemGone")).first().waitFor();
		await ben.hears("Is this the door?");
		await expect.poll(() => mark.count()).toBe(0);
		await ben.pane("chat").getByText(t("chat.about.itemGone")).first().click();
		await ben.isTold(t("board.talk.gone"));
	});

	test("what is chosen is talked about by a key or a button, and read by keys", async () => {
		const [ann] = await people("Ann");
		await ann.goTo("/drawing/talk-by-keys");
		await ann.draw([
			[0.3, 0.4],
			[0.4, 0.5],
		]);
		await ann.seesStrokes(1);
		await ann.page.mouse.move(...(await pointOf(ann, 0.1, 0.9)));
		await ann.page.keyboard.press("Control+Alt+m");
		const news = ann.page.locator(".weft-toast", { hasText: t("board.talk.which") });
		await news.waitFor();
		expect(await news.evaluate(catchesClicks)).toBe(false);
		const inWords = ann.pane("board").getByRole("button", { name: "Ink stroke by you" });
		await inWords.focus();
		await ann.page.keyboard.press("Enter");
		await ann.page.keyboard.press("Control+Alt+m");
		await ann.pane("chat").getByText(t("chat.about.item")).waitFor();
		expect(await news.count()).toBe(0);
		await ann.say("By a key.");
		await ann
			.pane("board")
			.getByRole("button", { name: t("board.talk"), exact: true })
			.click();
		await ann.say("By a button.");
		const mark = ann.pane("board").getByRole("button", { name: /^Ink stroke: 2 messages/ });
		await mark.focus();
		await ann.page.keyboard.press("Enter");
		const card = ann.page.getByRole("dialog", { name: tCount("chat.thread", 2) });
		await card.getByText("By a button.").waitFor();
		await expect
			.poll(() => ann.page.evaluate(() => document.activeElement?.textContent?.trim()))
			.toBe(t("chat.answer"));
		await ann.page.keyboard.press("Escape");
		await card.waitFor({ state: "hidden" });
		await expect.poll(() => mark.evaluate((one) => one === document.activeElement)).toBe(true);
	});
});
