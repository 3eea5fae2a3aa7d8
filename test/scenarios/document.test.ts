/** The document editor: `/document/<room>`; people type into one text. */
import { expect, test } from "vitest";
import { scenario } from "../fixtures/app/stage.ts";
import { joinStock } from "../fixtures/stock-client.ts";
import { until } from "../fixtures/until.ts";

scenario("document editing", ({ people, weft }) => {
	test("people type into one text at once, and it is kept", async () => {
		const [ann, ben] = await people("Ann", "Ben");
		await ann.goTo("/document/my-room/");
		await ben.goTo("/document/my-room/");
		await ann.write("First line\n");
		await ben.reads("First line");
		await Promise.all([ann.write("ann writes this "), ben.write("ben writes that ")]);
		await ann.page.keyboard.press("Home");
		const isWhole = (text: string) =>
			"ann writes this ".length + "ben writes that ".length + "First line".length <=
			text.replaceAll("\n", "").length;
		await expect.poll(async () => isWhole(await ann.documentText())).toBe(true);
		await expect
			.poll(async () => (await ann.documentText()) === (await ben.documentText()))
			.toBe(true);
		const letters = [..."ann writes this ben writes that "].sort().join("");
		const typed = (await ann.documentText()).replace("First line", "").replaceAll("\n", "");
		expect([...typed].sort().join("").trim()).toBe(letters.trim());

		await ann.lightSays(/Saved/);
		await weft().stop();
		await weft().start();
		const [cleo] = await people("Cleo");
		await cleo.goTo("/document/my-room");
		await cleo.reads("First line");
		const bens = await ben.documentText();
		await expect.poll(() => cleo.documentText()).toBe(bens);
		const stock = joinStock(weft().syncUrl, "my-room");
		await until("a stock client has it too", () => stock.text.toString().includes("First line"));
		stock.leave();
	});

	test("formats, carets and undo are each person's own", async () => {
		const [ann, ben] = await people("Ann", "Ben");
		await ann.goTo("/document/formats");
		await ben.goTo("/document/formats");
		await ann.write("plain ");
		await ann.page.keyboard.press("Control+b");
		// At once: keys that are far apart, as on a busy machine, are several steps of undo.
		await ann.page.keyboard.insertText("bold");
		const bold = ben.pane("document").locator("strong");
		await bold.filter({ hasText: "bold" }).waitFor();
		await ben
			.pane("document")
			.getByText("Ann", { exact: true })
			.first()
			.waitFor({ state: "attached" });
		await ben.write("\nfrom ben");
		await ann.reads("from ben");
		await ann.page.keyboard.press("Control+z");
		await expect.poll(() => bold.count()).toBe(0);
		await ben.reads("from ben");
		await ann.reads("from ben");
	});

	test("what is typed as Markdown becomes what it means, for everybody", async () => {
		const [ann, ben] = await people("Ann", "Ben");
		await ann.goTo("/document/markdown");
		await ben.goTo("/document/markdown");
		await ann.write("# Plan\n- bread\nmilk");
		const page = ben.pane("document");
		await page.getByRole("heading", { name: "Plan" }).waitFor();
		await expect.poll(() => page.getByRole("listitem").allInnerTexts()).toEqual(["bread", "milk"]);
	});

	test("who takes everything away by accident is offered it back, others' words too", async () => {
		const [ann, ben] = await people("Ann", "Ben");
		await ann.goTo("/r/wiped/document");
		await ben.goTo("/r/wiped/document");
		await ann.write("A long paragraph that took Ann a whole afternoon. ");
		await ben.reads("afternoon");
		await ben.write("And this is what Ben added.");
		await ann.reads("what Ben added.");
		const text = await ann.documentText();
		await ann.pane("document").getByRole("textbox", { name: "Document" }).click();
		await ann.page.keyboard.press("Control+A");
		await ann.page.keyboard.type("x");
		await ann.isTold(/The document is empty now/);
		const undo = ann.page.locator(".weft-toast").getByRole("button", { name: "Undo" });
		await undo.hover(); // It stays as long as a pointer is on it.
		await expect.poll(() => ben.documentText()).toMatch(/^x?\s*$/);
		await undo.click();
		await expect.poll(() => ben.documentText()).toBe(text);
		await expect.poll(() => ann.documentText()).toBe(text);
	});
});
