/** The chat: `/chat/<room>`; who said what and when, and history that is kept. */
import { expect, test } from "vitest";
import { sayFailure, t } from "../../web/ui/messages.ts";
import { scenario } from "../fixtures/app/stage.ts";
import { joinStock } from "../fixtures/stock-client.ts";

scenario("chat", ({ members, people, weft }) => {
	test("two people talk, and somebody who comes later reads all of it", async () => {
		const [ann, ben] = await members("Ann", "Ben");
		await ann.goTo("/chat/newbox/");
		await ben.goTo("/chat/newbox/");
		await ann.say("Hello Ben");
		await ben.hears("Hello Ben");
		await ben.say("Hello Ann");
		await ann.hears("Hello Ann");
		await ann.say("Goodbye");
		await ben.hears("Goodbye");
		await ann.lightSays(/Saved/);

		await weft().stop();
		await weft().start();
		const [cleo] = await people("Cleo");
		await cleo.goTo("/chat/newbox/");
		for (const words of ["Hello Ben", "Hello Ann", "Goodbye"]) await cleo.hears(words);
		const list = cleo.pane("chat").getByRole("region", { name: t("chat.messages") });
		const said = await list.getByRole("listitem").allInnerTexts();
		expect(said.join(" ").replace(/\s+/g, " ")).toMatch(
			/Ann \d+:\d\d.*Hello Ben.*Ben \d+:\d\d.*Hello Ann.*Ann \d+:\d\d.*Goodbye/,
		);
	});

	test("nobody else can be called as somebody who signed in", async () => {
		const [ann, ben] = await members("Ann", "Ben");
		const [eve] = await people("Eve");
		for (const person of [ann, ben, eve]) await person.goTo("/chat/forged");
		await eve.page.getByRole("button", { name: /: change your name/ }).click();
		const dialog = eve.page.getByRole("dialog", { name: t("frame.me") });
		await dialog.getByRole("textbox", { name: t("frame.me.name") }).fill(" aNN ");
		await dialog.getByRole("button", { name: t("frame.me.save") }).click();
		await dialog.getByText(sayFailure("name_taken")).waitFor();

		const stock = joinStock(weft().syncUrl, "forged");
		stock.provider.awareness.setLocalState({ user: { name: "Ann", color: "#000000" } });
		await ben.page
			.getByRole("button", { name: t("frame.people") })
			.first()
			.click();
		const list = ben.page.locator("#weft-people-list");
		await list.getByText("Ann (guest)", { exact: true }).waitFor();
		const marked = list.getByRole("listitem").filter({
			has: ben.page.locator(".weft-member"),
		});
		expect(await marked.count()).toBe(1);
		expect(await marked.innerText()).toContain("Ann");
		expect(await marked.innerText()).not.toContain("(guest)");

		await ann.say("my own words");
		stock.doc.getArray("chat").push([{ name: "Ann", body: "words of another" }]);
		await ben.hears("words of another");
		const head = (words: string) =>
			ben.pane("chat").getByRole("listitem").filter({ hasText: words }).locator(".weft-chat-head");
		const mark = { name: t("frame.people.member") };
		expect(await head("my own words").getByRole("img", mark).count()).toBe(1);
		expect(await head("words of another").innerText()).toContain("Ann");
		expect(await head("words of another").getByRole("img", mark).count()).toBe(0);
		stock.leave();
	});

	test("who types is seen, and what was not read yet is counted", async () => {
		const [ann, ben] = await members("Ann", "Ben");
		await ann.goTo("/chat/counting");
		await ben.goTo("/document/counting");
		const field = ann.pane("chat").getByRole("textbox", { name: t("chat.write") });
		await ann.say("one");
		await ann.say("two");
		const unread = t("frame.room.unread", { count: 2 });
		await ben.page.getByRole("banner").getByRole("img", { name: unread }).waitFor();
		await ben.show("chat");
		await ben.hears("two");
		await expect.poll(() => ben.page.getByRole("img", { name: /unread/ }).count()).toBe(0);
		await field.pressSequentially("thr");
		await ben
			.pane("chat")
			.getByText(t("chat.typing.one", { name: "Ann" }))
			.waitFor();
	});

	test("words are found in the chat and in the document beside it", async () => {
		const [ann] = await members("Ann");
		await ann.goTo("/document/found");
		await ann.write("One red fish");
		await ann.show("chat");
		await ann.say("a red rose, so red");
		await ann.page.keyboard.press("Control+f");
		await ann.page.locator("weft-chat-search input:focus").waitFor();
		await ann.page.keyboard.type("red");
		await ann.show("document");
		await ann.pane("document").getByRole("textbox", { name: "Document" }).click();
		await ann.page.keyboard.press("Control+f");
		await ann.page.locator("weft-find-bar input:focus").waitFor();
		await ann.page.keyboard.type("fish");
		const marked = () =>
			ann.page.evaluate(() =>
				["weft-chat-found", "weft-found"].map((name) => CSS.highlights.get(name)?.size),
			);
		await expect.poll(marked).toEqual([2, 1]);
	});

	test("links can be followed, and nothing else that people send is more than text", async () => {
		const [ann, ben] = await members("Ann", "Ben");
		await ann.goTo("/chat/links");
		await ben.goTo("/chat/links");
		const hostile = `<img src=x onerror="alert(1)"> javascript:alert(1)`;
		await ann.say(hostile);
		await ben.hears(hostile);
		await ann.say("see https://example.org/page?a=1#b");
		const link = ben.pane("chat").getByRole("link");
		await link.waitFor();
		expect(await link.count()).toBe(1);
		expect(await link.getAttribute("href")).toBe("https://example.org/page?a=1#b");
		expect(await link.getAttribute("rel")).toContain("noopener");
		expect(await ben.pane("chat").locator("img[src=x]").count()).toBe(0);
	});
});
