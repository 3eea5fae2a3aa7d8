/** Accounts: signing in and out, what comes along, and a server that is for its members. */
import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { sayFailure, t } from "../../../web/ui/messages.ts";
import { fillLogin } from "../../fixtures/app/person.ts";
import { ownAddress } from "../../fixtures/app/place.ts";
import { scenario } from "../../fixtures/app/stage.ts";
import { axeFaults } from "../../fixtures/axe.ts";
import { makeUsers, password, tellUser } from "../../fixtures/people/operator.ts";

const copies = (page: Page) =>
	page.evaluate(async () =>
		(await indexedDB.databases()).map(({ name = "" }) => name.replace(/_[^:]*/, "")),
	);

/** The heading says what the form is for, also where somebody turns it. */
async function turnsThereAndBack(place: Locator): Promise<void> {
	const sides = ["account.new", "account.signIn", "account.new"] as const;
	for (const side of sides) {
		await place.getByRole("heading", { name: t(side) }).waitFor();
		const turn = side === "account.new" ? "account.toKnown" : "account.toNew";
		await place.getByRole("button", { name: t(turn) }).click();
	}
	await place.getByRole("heading", { name: t("account.signIn") }).waitFor();
	await place.getByRole("button", { name: t("account.toNew") }).click();
}

scenario("people with accounts", ({ members, people, weft }) => {
	test("a guest who signs in keeps the room, the words in it and the copy of it", async () => {
		await makeUsers(weft(), "Dora");
		const [dora, finn] = await people("Guest of old", "Finn");
		await dora.goTo("/document/moving");
		await finn.goTo("/document/moving");
		await dora.write("Roses. ");
		await finn.reads("Roses.");
		await dora.lightSays(/Saved/);
		expect(await copies(dora.page)).toContain("weft:g:moving");

		const room = dora.page.locator("weft-room");
		await room.evaluate((element) => element.setAttribute("data-guests", ""));
		await dora.signInAs("Dora", password);
		await dora.page.locator("weft-room:not([data-guests])").waitFor();
		await dora.reads("Roses.");
		await dora.write("Lilies. ");
		await finn.reads("Roses. Lilies.");
		await dora.lightSays(/Saved/);
		await expect.poll(() => copies(dora.page)).toContain("weft:u:moving");
		await expect.poll(() => copies(dora.page)).not.toContain("weft:g:moving");
		await finn.page
			.getByRole("button", { name: t("frame.people") })
			.first()
			.click();
		await finn.page.locator("#weft-people-list").getByText("Dora", { exact: true }).waitFor();
	});

	test("who signs out is a guest again, and called otherwise", async () => {
		const [ann] = await members("Ann");
		await ann.goTo("/document/leaving");
		await ann.write("Mine. ");
		await ann.lightSays(/Saved/);
		await ann.signOut();
		await ann.page.getByRole("button", { name: /: change your name/ }).click();
		const dialog = ann.page.getByRole("dialog", { name: t("frame.me") });
		await dialog.getByText(t("account.guest")).waitFor();
		expect(await dialog.getByRole("textbox", { name: t("frame.me.name") }).inputValue()).not.toBe(
			"Ann",
		);
	});

	test("who is signed out from afar is told, and what they type then is kept", async () => {
		const [cleo, ben] = await members("Cleo", "Ben");
		await cleo.goTo("/document/afar");
		await ben.goTo("/document/afar");
		await cleo.write("Early. ");
		await ben.reads("Early.");
		await cleo.lightSays(/Saved/);
		expect(await tellUser(weft(), ["reset", "Cleo"], "staple battery")).toMatchObject({ code: 0 });
		const notice = cleo.page.getByRole("alert").filter({ hasText: sayFailure("signed_out") });
		await notice.waitFor();
		await cleo.write("Late. ");
		await cleo.isKept();
		await notice.getByRole("button", { name: t("frame.light.signIn") }).click();
		const dialog = cleo.page.getByRole("dialog", { name: t("account.signIn") });
		await fillLogin(dialog, "Cleo", password);
		await dialog.getByText(sayFailure("wrong_login")).waitFor();
		await fillLogin(dialog, "Cleo", "staple battery");
		await dialog.waitFor({ state: "detached" });
		await ben.reads("Early. Late.");
		await cleo.lightSays(/Saved/);
	});
});

scenario("people who were away", ({ members, people, weft }) => {
	test("who was signed out meanwhile is told that, and their work comes home", async () => {
		const [ann] = await members("Ann");
		await ann.goTo("/document/away");
		await ann.write("Early. ");
		await ann.lightSays(/Saved/);
		ann.cable.cut();
		await ann.lightSays(/Offline/);
		await ann.write("Late. ");
		await ann.isKept();
		expect(await tellUser(weft(), ["reset", "Ann"], "staple battery")).toMatchObject({ code: 0 });
		ann.cable.mend();
		const notice = ann.page.getByRole("alert").filter({ hasText: sayFailure("signed_out") });
		await notice.getByRole("button", { name: t("frame.light.signIn") }).click();
		const dialog = ann.page.getByRole("dialog", { name: t("account.signIn") });
		await fillLogin(dialog, "Ann", "staple battery");
		await dialog.waitFor({ state: "detached" });
		await ann.lightSays(/Saved/);
		const [ben] = await people("Ben");
		await ben.goTo("/document/away");
		await ben.reads("Early. Late.");
	});
});

scenario(
	"a server that people are invited to",
	({ visitor, weft }) => {
		test("an invitation is one account: its address asks for name and password", async () => {
			const { output } = await tellUser(weft(), ["invite"]);
			const invitation = /^[\w-]+\.\w+\.[\w-]+$/m.exec(output)?.[0];
			for (const name of ["Ina", "Jon"]) {
				const guest = await visitor(name);
				await guest.page.goto(new URL(`#invitation=${invitation}`, guest.home).href);
				const dialog = guest.page.getByRole("dialog", { name: t("account.new") });
				if (name === "Ina") await turnsThereAndBack(guest.page.getByRole("dialog"));
				await dialog.getByRole("textbox", { name: t("account.name") }).fill(name);
				await dialog.getByLabel(t("account.password")).fill(password);
				await dialog.getByRole("button", { name: t("account.new"), exact: true }).click();
				if (name === "Ina") {
					await dialog.waitFor({ state: "detached" });
					expect(new URL(guest.page.url()).hash).toBe("");
					await guest.page.getByRole("button", { name: /^Ina: change your name/ }).waitFor();
					continue;
				}
				await dialog.getByText(sayFailure("bad_invitation")).waitFor();
				await expect.poll(() => guest.complaints.splice(0).join()).toMatch(/status of 403/);
			}
		});
	},
	{
		isPossible: true,
		env: { WEFT_SIGNUP: "invite" },
		reach: async (weft) => ownAddress(weft),
	},
);

scenario(
	"a server for its members",
	({ visitor, weft }) => {
		test("asks who comes to sign in, and leads to what they came for", async () => {
			await makeUsers(weft(), "Ann");
			const ann = await visitor("Ann");
			const garden = new URL("r/garden", ann.home).href;
			const main = ann.page.getByRole("main");
			const rules = { hasGuests: false, hasAccounts: true, signUp: "open" };
			await ann.page.route("**/api/login", (route) => route.fulfill({ json: rules }));
			await ann.page.goto(garden);
			await main.getByRole("button", { name: t("account.toNew") }).click();
			await main.getByText(t("account.membersNew")).waitFor();
			await turnsThereAndBack(main);
			await ann.page.unroute("**/api/login");
			await ann.page.goto(garden);
			await main.getByText(t("account.members")).waitFor();
			await main.getByRole("heading", { name: t("account.signIn") }).waitFor();
			await main.getByText(t("account.operator")).waitFor();
			await main.locator("input[name=name]:focus").waitFor();
			await ann.page.keyboard.type("ann");
			await ann.page.keyboard.press("Tab");
			await ann.page.keyboard.type(password);
			for (const colorScheme of ["light", "dark"] as const) {
				await ann.page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
				for (const width of [1440, 390]) {
					await ann.page.setViewportSize({ width, height: 844 });
					expect(await axeFaults(ann.page)).toEqual([]);
					const overflow = () => document.documentElement.scrollWidth - innerWidth;
					expect(await ann.page.evaluate(overflow)).toBeLessThanOrEqual(0);
				}
			}
			await main.getByLabel(t("account.password")).press("Enter");
			await ann.page.locator("weft-room").waitFor();
			expect(new URL(ann.page.url()).pathname).toMatch(/^\/r\/garden/);
		});
	},
	{
		isPossible: true,
		env: { WEFT_GUESTS: "off" },
		reach: async (weft) => ownAddress(weft),
	},
);
