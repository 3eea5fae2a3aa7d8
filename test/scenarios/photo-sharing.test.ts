/** Photo sharing: image, caption, created_at; new photo, delete photo, everybody notified. */
import sharp from "sharp";
import { expect, test } from "vitest";
import { t } from "../../web/ui/messages.ts";
import type { PickedFile } from "../fixtures/app/person.ts";
import { scenario } from "../fixtures/app/stage.ts";
import { holdTime } from "../fixtures/app/time.ts";
import { joinStock } from "../fixtures/stock-client.ts";
import { until } from "../fixtures/until.ts";

const yearMs = 365 * 24 * 60 * 60 * 1000;

async function picture(name: string, background: string): Promise<PickedFile> {
	const image = sharp({ create: { width: 640, height: 480, channels: 3, background } });
	return { name, mimeType: "image/jpeg", buffer: await image.jpeg().toBuffer() };
}

scenario("photo sharing", ({ members, weft }) => {
	test("a photo is shared, captioned together and removed, and everybody is told", async () => {
		const [ann, ben] = await members("Ann", "Ben");
		await ann.goTo("/photos/album");
		await ben.goTo("/document/album");
		await ann.share(await picture("red.jpg", "#c03030"));
		await ben.isTold(t("photos.news.came", { name: "Ann" }));
		await ben.show("photos");
		await ann.seesPhotos(1);
		await ben.seesPhotos(1);

		const annsCaption = (await ann.openNewestPhoto()).getByRole("textbox");
		const bensCaption = (await ben.openNewestPhoto()).getByRole("textbox");
		await annsCaption.fill("A red wall");
		await expect.poll(() => bensCaption.inputValue()).toBe("A red wall");
		await bensCaption.press("End");
		await bensCaption.pressSequentially(", in summer");
		await expect.poll(() => annsCaption.inputValue()).toBe("A red wall, in summer");

		// It can be undone here for some seconds, however long it takes until Ben is told.
		const goOn = await holdTime(ann.page);
		await ann.page.getByRole("button", { name: t("photos.remove") }).click();
		await ann.isTold(t("photos.removed"));
		await ben.isTold(t("photos.news.went"));
		await ben.page.keyboard.press("Escape");
		await expect.poll(() => ben.photoTiles().count()).toBe(0);
		await ann.page.getByRole("button", { name: t("photos.undo") }).click();
		await goOn();
		await ben.seesPhotos(1);
	});

	test("when a photo came is the server's word, whatever the clock of who shared it", async () => {
		const [ann] = await members("Ann");
		await ann.page.addInitScript(`{
			const now = Date.now;
			Date.now = () => now() - ${yearMs};
		}`);
		const beforeMs = Date.now();
		await ann.goTo("/photos/clocks");
		await ann.share(await picture("blue.jpg", "#3030c0"));
		await ann.seesPhotos(1);
		const stock = joinStock(weft().syncUrl, "clocks");
		const entries = () => Object.values(stock.doc.getMap("photos").toJSON());
		await until("the doc says so too", () => typeof entries()[0]?.received === "number");
		expect(entries()[0]?.received).toBeGreaterThanOrEqual(beforeMs);
		expect(entries()[0]?.received).toBeLessThanOrEqual(Date.now());
		const time = ann.photoTiles().first().locator("time");
		const shownMs = async () => Date.parse((await time.getAttribute("datetime")) ?? "");
		await expect.poll(shownMs).toBe(entries()[0]?.received);
		stock.leave();
	});

	test("many come at once, one that is no picture is refused in words", async () => {
		const [ann, ben] = await members("Ann", "Ben");
		await ann.goTo("/photos/many");
		await ben.goTo("/photos/many");
		const colors = ["#a02020", "#20a020", "#2020a0", "#a0a020"];
		const pictures = await Promise.all(colors.map((color, i) => picture(`${i}.jpg`, color)));
		const text = {
			name: "notes.jpg",
			mimeType: "image/jpeg",
			buffer: Buffer.from("not a picture"),
		};
		await ann.share(...pictures, text);
		await ann.page.getByRole("alert").filter({ hasText: "notes.jpg" }).waitFor();
		await ann.seesPhotos(4);
		await ben.seesPhotos(4);
	});

	test("one photo is shown in the text, on the board and in a message", async () => {
		const [ann, ben] = await members("Ann", "Ben");
		await ann.goTo("/photos/everywhere");
		await ann.share(await picture("green.jpg", "#30a030"));
		await ann.seesPhotos(1);
		await ann.show("chat");
		await ann
			.pane("chat")
			.getByRole("button", { name: t("chat.attach") })
			.click();
		await ann.pickNewestPhoto();
		await ann.say("look at this");
		await ann.show("document");
		await ann.pane("document").getByRole("textbox").first().click();
		await ann
			.pane("document")
			.getByRole("button", { name: t("text.photo") })
			.click();
		await ann.pickNewestPhoto();
		await ann
			.pane("board")
			.getByRole("button", { name: t("board.photo") })
			.click();
		await ann.pickNewestPhoto();

		await ben.goTo("/r/everywhere");
		await ben.show("chat");
		await ben.hears("look at this");
		const loaded = (surface: "chat" | "document") =>
			ben
				.pane(surface)
				.locator("img")
				.evaluateAll(
					(all) => all.filter((img) => (img as HTMLImageElement).naturalWidth > 0).length,
				);
		await expect.poll(() => loaded("chat")).toBe(1);
		await expect.poll(() => loaded("document")).toBe(1);
		const outline = ben.pane("board").getByRole("region", { name: t("board.outline") });
		await expect.poll(() => outline.locator("p").first().innerText()).toContain("1 photo");
	});
});
