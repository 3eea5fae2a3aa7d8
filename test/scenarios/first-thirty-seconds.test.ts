/** From nothing to two people in one room: who starts taps once, who joins not at all. */
import { expect, test } from "vitest";
import { t } from "../../web/ui/messages.ts";
import type { Person } from "../fixtures/app/person.ts";
import { scenario } from "../fixtures/app/stage.ts";

const newRoom = async (person: Person) => {
	await person.goTo("/");
	await person.page.getByRole("link", { name: t("frame.home.newRoom") }).click();
	await person.pane("board").waitFor();
};

const isModalOpen = (person: Person) =>
	person.page.evaluate("document.querySelector('dialog[open], :popover-open') !== null");

/** What somebody is called, as their browser keeps it. */
const myName = 'JSON.parse(localStorage.getItem("weft:me") ?? "{}").name';

/** The address of the room, as it stands in the bar. */
const addressOf = (person: Person) => new URL(person.page.url()).pathname;

/** What the server says of somebody in the room that they look at. */
const rightsOf = (person: Person): Promise<unknown> => {
	const [, , room] = addressOf(person).split("/");
	return person.page.evaluate(`fetch("/api/rooms/${room}/access").then((one) => one.json())`);
};

scenario("the first thirty seconds", ({ people, keepers, weft }) => {
	test("one tap makes a room: letters go into the document, the pen draws beside it", async () => {
		const [ann] = await people("Ann");
		await newRoom(ann);
		expect(await isModalOpen(ann)).toBe(false);
		const page = ann.pane("document").getByRole("textbox", { name: t("text.name") });
		await expect.poll(() => page.evaluate("document.activeElement?.className")).toContain("ql-");
		await ann.page.keyboard.type("Peas, please");
		await ann.reads("Peas, please");
		await ann.draw([
			[0.3, 0.4],
			[0.6, 0.6],
		]);
		await ann.seesStrokes(1);
	});

	test("who opens a link draws at once, and others see it", async () => {
		const [ann, ben] = await people("Ann", "Ben");
		await newRoom(ann);
		await ben.goTo(addressOf(ann));
		expect(await isModalOpen(ben)).toBe(false);
		await ben.pane("board").getByRole("application").waitFor();
		await ben.draw([
			[0.3, 0.4],
			[0.6, 0.6],
		]);
		await ann.seesStrokes(1);
	});

	test("who pressed the button owns the room, whoever writes first", async () => {
		const [ann, ben] = await people("Ann", "Ben");
		await newRoom(ann);
		await ann.page.getByRole("button", { name: t("frame.share"), exact: true }).click();
		await ann.page.getByRole("button", { name: t("rights.links.make"), exact: true }).waitFor();
		await ann.page.keyboard.press("Escape");
		await ben.goTo(addressOf(ann));
		await ben.write("First!");
		await ann.reads("First!");
		expect(await rightsOf(ben)).toMatchObject({ role: "editor", managed: null });
		expect(await rightsOf(ann)).toMatchObject({
			...{ role: "owner", managed: { owner: { name: "Ann" } } },
		});
	});

	test("who makes a room without a network owns it when the network is back", async () => {
		const [ann] = await keepers("Ann");
		const [ben] = await people("Ben");
		await ann.goTo("/");
		await ann.page.evaluate("navigator.serviceWorker.ready.then(() => true)");
		ann.cable.cut();
		await ann.page.getByRole("link", { name: t("frame.home.newRoom") }).click();
		await ann.pane("board").waitFor();
		const claims = () => ann.page.evaluate("localStorage.getItem('weft:claims')");
		await expect.poll(claims).toContain('"room"');
		ann.cable.mend();
		await expect.poll(claims).toBe("");
		await ben.goTo(addressOf(ann));
		await ben.write("First!");
		await ann.reads("First!");
		expect(await rightsOf(ann)).toMatchObject({ role: "owner" });
	});

	test("a tap on the own face changes the name, and others see it", async () => {
		const [ann, ben] = await people("Ann", "Ben");
		await ann.goTo("/r/faces");
		await ben.goTo("/r/faces");
		const faces = ben.page.getByRole("button", { name: t("frame.people") });
		await faces.click();
		await ben.isTold("Ann");
		await ann.rename("Annabel");
		await ben.isTold("Annabel");
	});

	test("who writes in the chat for the first time says their name right there", async () => {
		const [ann] = await people("Ann");
		const context = await ann.page.context().browser()?.newContext({ baseURL: weft().url });
		if (context === undefined) throw new Error("there is no browser");
		await ann.goTo("/r/talk");
		await ann.show("chat");
		const tab = await context.newPage();
		await tab.goto("/r/talk/chat");
		const box = tab.getByRole("textbox", { name: t("chat.write") });
		await box.fill("Hello");
		const name = tab.getByRole("main").getByRole("textbox", { name: t("frame.me.name") });
		await name.fill("Ben");
		await name.press("Enter");
		await name.waitFor({ state: "detached" });
		await box.press("Enter");
		await ann.hears("Hello");
		await ann.pane("chat").getByText("Ben", { exact: true }).first().waitFor();
		await context.close();
	});

	test("who has a friendly name that somebody here has too gets another", async () => {
		const [ann, ben] = await people("Quiet Otter", "Quiet Otter");
		const { clock } = ann.page;
		await clock.install();
		await ann.goTo("/r/otters");
		await ann.lightSays(/Saved/);
		// Three seconds later she looks for who came when she did: on no machine does Ben seem to.
		await clock.pauseAt(Date.now() + 1_000);
		await ben.goTo("/r/otters");
		await expect.poll(() => ben.page.evaluate(myName)).not.toBe("Quiet Otter");
		expect(await ann.page.evaluate(myName)).toBe("Quiet Otter");
	});

	test("two who come at once with one friendly name end with two", async () => {
		const both = await people("Quiet Otter", "Quiet Otter");
		await Promise.all(both.map((one) => one.goTo("/r/otters-at-once")));
		const named = async () => {
			const names = await Promise.all(both.map(({ page }) => page.evaluate(myName)));
			return new Set(names).size;
		};
		await expect.poll(named).toBe(2);
	});

	test("both links are copied with one tap each, and each has its code", async () => {
		const [ann] = await people("Ann");
		await ann.goTo("/r/links");
		const { page } = ann;
		await page.getByRole("button", { name: t("frame.share"), exact: true }).click();
		const dialog = page.getByRole("dialog");
		for (const way of ["edit", "view"] as const) {
			await ann.pressUntilSaid(t(`frame.share.copy.${way}`), t("frame.share.copied"));
			await dialog.getByRole("button", { name: t(`frame.share.${way}`), exact: true }).click();
			await dialog.getByRole("img", { name: t(`frame.share.qr.${way}`) }).waitFor();
		}
		await page.keyboard.press("Escape");
		await ann.show("chat");
		const box = ann.pane("chat").getByRole("textbox", { name: t("chat.write") });
		await box.press("Control+V");
		await expect.poll(() => box.inputValue()).toBe(`${ann.home}r/links?view`);
	});

	test("the view link shows everything and changes nothing, also after a reload", async () => {
		const [ann, ben] = await people("Ann", "Ben");
		await newRoom(ann);
		await ann.write("Read me");
		// Who wrote first owns the room: the link is one that the server holds everybody to.
		await ann.page.getByRole("button", { name: t("frame.share"), exact: true }).click();
		await ann.page.getByRole("button", { name: t("rights.links.make"), exact: true }).click();
		const link = ann.page.locator(".weft-rights__link input");
		await ben.page.goto(await link.inputValue());
		expect(ben.page.url()).toMatch(/\/r\/~[\w-]{22}$/);
		await ann.page.keyboard.press("Escape");
		for (const visit of ["first", "second"]) {
			if (visit === "second") await ben.page.reload();
			await ben.isTold(t("rights.bar.viewer"));
			await ben.reads("Read me");
			await ben.write("NO");
			await ben.draw([
				[0.3, 0.4],
				[0.6, 0.6],
			]);
			await ben.show("photos");
			expect(await ben.pane("photos").locator("input[type=file]").count()).toBe(0);
			await ben.show("chat");
			expect(await ben.pane("chat").getByRole("textbox").count()).toBe(0);
			await ben.show("board");
		}
		await ben.page.getByRole("button", { name: t("frame.share"), exact: true }).click();
		const given = ben.page.getByRole("dialog").getByRole("textbox");
		await given.waitFor();
		expect(await given.count()).toBe(1);
		expect(await given.inputValue()).toContain("/r/~");
		await ben.page.keyboard.press("Escape");
		await ann.write(", all");
		await ben.reads("Read me, all");
		expect(await ann.documentText()).not.toContain("NO");
		expect(await ann.strokeCount()).toBe(0);
	});
});
