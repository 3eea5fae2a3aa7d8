/** Talk about a thing: a message leads to the photo or the passage that it speaks of, and back. */
import sharp from "sharp";
import { expect, test } from "vitest";
import { t, tCount } from "../../../web/ui/messages.ts";
import { scenario } from "../../fixtures/app/stage.ts";
import { axeFaults } from "../../fixtures/axe.ts";
import { joinStock } from "../../fixtures/stock-client.ts";

scenario("talk about things", ({ people, weft }) => {
	test("a message about a photo leads to it, and stands below it", async () => {
		const [ann, ben] = await people("Ann", "Ben");
		await ann.goTo("/photos/talk");
		await ben.goTo("/photos/talk");
		const image = sharp({ create: { width: 64, height: 48, channels: 3, background: "#c03030" } });
		const buffer = await image.jpeg().toBuffer();
		await ann.share({ name: "red.jpg", mimeType: "image/jpeg", buffer });
		await ann.seesPhotos(1);
		const viewer = await ann.openNewestPhoto();
		await viewer.getByRole("button", { name: t("photos.talk") }).click();
		await ann.pane("chat").getByText(t("chat.about.photo")).waitFor();
		await ann.say("What a red!");
		await ann.say("And so small.");

		await ben.show("chat");
		await ben.hears("And so small.");
		const about = ben.pane("chat").getByRole("button", { name: t("chat.about.photo") });
		expect(await about.count()).toBe(1);
		await about.click();
		const said = ben.page.getByRole("list", { name: /^1 message about this photo$/ });
		await said.getByText("What a red!").waitFor();

		const entries = joinStock(weft().syncUrl, "talk").doc.getArray<{ anchor?: object }>("chat");
		await expect.poll(() => entries.length).toBe(2);
		expect(entries.get(0).anchor).toEqual({ photo: expect.any(String) });
		expect(entries.get(1)).not.toHaveProperty("anchor");
	});

	test("a message about a passage leads to its letters, wherever they went", async () => {
		const [ann, ben] = await people("Ann", "Ben");
		await ann.goTo("/document/talk-of-words");
		await ann.write("The red bus leaves at nine.");
		await ann.page.keyboard.press("Control+Home");
		for (let letter = 0; letter < 4; letter++) await ann.page.keyboard.press("ArrowRight");
		for (let letter = 0; letter < 7; letter++) await ann.page.keyboard.press("Shift+ArrowRight");
		await ann.page.keyboard.press("Control+Alt+m");
		await ann
			.pane("chat")
			.getByText(t("chat.about.passage", { quote: "red bus" }))
			.waitFor();
		await ann.say("Which one?");

		await ben.goTo("/document/talk-of-words");
		await ben.reads("The red bus");
		await ben
			.pane("document")
			.getByRole("textbox", { name: t("text.name") })
			.click();
		await ben.page.keyboard.press("Control+Home");
		await ben.page.keyboard.type("Look! ");
		await ann.reads("Look! The red bus leaves");
		await ben.show("chat");
		await ben.hears("Which one?");
		await ben.pane("chat").getByRole("button", { name: "red bus" }).click();
		const shown = () =>
			ben.page.evaluate(() => [...(CSS.highlights.get("weft-shown") ?? [])].map(String));
		await expect.poll(shown).toEqual(["red bus"]);
		await ben.page.keyboard.type("!");
		await ann.reads("Look! The red bus! leaves");
		expect(await shown()).toEqual([]);
	});

	test("a passage is marked, shows its talk when hovered, and is answered there", async () => {
		const [ann] = await people("Ann");
		await ann.goTo("/document/talk-beside-words");
		await ann.write("The red bus leaves at nine.");
		await ann.page.keyboard.press("Control+Home");
		for (let letter = 0; letter < 4; letter++) await ann.page.keyboard.press("ArrowRight");
		for (let letter = 0; letter < 7; letter++) await ann.page.keyboard.press("Shift+ArrowRight");
		await ann.page.keyboard.press("Control+Alt+m");
		await ann.say("Which one?");
		const marked = () =>
			ann.page.evaluate(() =>
				[...(CSS.highlights.get("weft-talked") ?? [])].map((range) => String(range)),
			);
		await expect.poll(marked).toEqual(["red bus"]);
		const middle = () =>
			ann.page.evaluate(() => {
				const [range] = CSS.highlights.get("weft-talked") ?? [];
				if (!(range instanceof Range)) throw new Error("nothing is marked");
				const { left, top, width, height } = range.getBoundingClientRect();
				return { x: left + width / 2, y: top + height / 2 };
			});
		const card = ann.page.getByRole("dialog", { name: tCount("chat.thread", 1) });
		const isSeen = async (): Promise<boolean> => {
			const { x, y } = await middle();
			await ann.page.mouse.move(x, y + 200);
			await ann.page.mouse.move(x, y);
			return card.waitFor({ timeout: 5_000 }).then(
				() => true,
				() => false,
			);
		};
		await expect.poll(isSeen).toBe(true);
		await card.getByText("Which one?").waitFor();
		expect(await axeFaults(ann.page, "weft-talk-card")).toEqual([]);
		await card.getByRole("button", { name: t("chat.answer") }).click();
		await ann.say("The last one.");

		const editor = ann.pane("document").getByRole("textbox", { name: t("text.name") });
		await editor.press("Control+Home");
		for (let letter = 0; letter < 6; letter++) await editor.press("ArrowRight");
		await editor.press("Control+Alt+m");
		const both = ann.page.getByRole("dialog", { name: tCount("chat.thread", 2) });
		await both.getByText("The last one.").waitFor();
		await ann.page.keyboard.press("Escape");
		await both.waitFor({ state: "hidden" });
		expect(await ann.documentText()).toBe("The red bus leaves at nine.");
	});
});
