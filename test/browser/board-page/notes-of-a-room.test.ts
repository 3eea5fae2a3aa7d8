/** Notes on the board of a real room: kept, typed by two while apart, and talked about. */
import { expect, test } from "vitest";
import { t } from "../../../web/ui/messages.ts";
import type { Person } from "../../fixtures/app/person.ts";
import { scenario } from "../../fixtures/app/stage.ts";

/** The notes of a board, as it tells them to those who listen. */
async function notes(person: Person): Promise<string[]> {
	const list = person.pane("board").getByRole("list", { name: t("board.outline.newest") });
	const words = await list.getByRole("button").allInnerTexts();
	return words.flatMap((line) => /note.*?: (.*)$/.exec(line.trim())?.[1] ?? []);
}

const reads = (person: Person, ...expected: string[]) =>
	expect.poll(() => notes(person)).toEqual(expected);

const field = (person: Person) => person.pane("board").getByRole("textbox");

/** Opens the newest item by keys alone: from the list to the board, and into the note. */
async function openNewest(person: Person): Promise<void> {
	const list = person.pane("board").getByRole("list", { name: t("board.outline.newest") });
	await list.getByRole("button").first().focus();
	await person.page.keyboard.press("Enter");
	const paper = person.pane("board").getByRole("application");
	await expect.poll(() => paper.evaluate((one) => one === document.activeElement)).toBe(true);
	// Once: another one would be typed into the note.
	await person.page.keyboard.press("Enter");
	await field(person).waitFor();
}

scenario("notes of a room", ({ people, keepers }) => {
	test("what two typed into one note while apart is there for both, also reloaded", async () => {
		const [ann] = await keepers("Ann");
		const [ben] = await people("Ben");
		await ann.goTo("/r/notes/board");
		await ann.pane("board").getByRole("application").focus();
		await ann.page.keyboard.press("n");
		await ann.page.keyboard.press("Enter");
		await field(ann).waitFor();
		await ann.page.keyboard.type("milk");
		await ann.lightSays(/Saved/);

		await ben.goTo("/r/notes/board");
		await reads(ben, "milk");
		await openNewest(ben);
		// What is reloaded without a network must be kept on the device before.
		await ann.page.evaluate(() => navigator.serviceWorker.ready);
		ann.cable.cut();
		ben.cable.cut();
		await ann.lightSays(/Offline/);
		await ann.page.keyboard.type(" and tea");
		await ben.page.keyboard.press("Home");
		await ben.page.keyboard.type("Buy ");
		await reads(ann, "milk and tea");
		await reads(ben, "Buy milk");
		await ann.isKept();
		await ann.page.reload();
		await reads(ann, "milk and tea");

		ann.cable.mend();
		ben.cable.mend();
		await reads(ann, "Buy milk and tea");
		await reads(ben, "Buy milk and tea");
		expect(await field(ben).inputValue()).toBe("Buy milk and tea");
		await ben.page.reload();
		await reads(ben, "Buy milk and tea");
	});

	test("a message about a note says what the note says", async () => {
		const [ann] = await people("Ann");
		await ann.goTo("/r/talked/board");
		await ann.pane("board").getByRole("application").focus();
		await ann.page.keyboard.press("n");
		await ann.page.keyboard.press("Enter");
		await field(ann).waitFor();
		await ann.page.keyboard.type("Who has a van?");
		await ann.page.keyboard.press("Escape");
		// The code of the talk comes when the page has nothing better to do.
		await expect
			.poll(async () => {
				await ann.page.keyboard.press("Control+Alt+m");
				return ann.pane("chat").getByText(t("chat.about.item")).isVisible();
			})
			.toBe(true);
		await ann.say("I do");
		await ann.hears("I do");
		await ann.pane("chat").getByText("Who has a van?").waitFor();
		const mark = ann.pane("board").getByRole("button", { name: /^Yellow note: Who has a van\?/ });
		await mark.waitFor();
	});
});
