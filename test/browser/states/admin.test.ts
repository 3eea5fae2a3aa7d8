/** Who runs a server at its page, two people in a room, and what they see of it. */
import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { ownAddress } from "../../fixtures/app/place.ts";
import { type Stage, scenario } from "../../fixtures/app/stage.ts";
import { axeFaults } from "../../fixtures/axe.ts";
import { askToSignIn, cookieOf, password, tellUser } from "../../fixtures/people/operator.ts";

scenario("the page of who runs the server", (stage) => {
	beforeAll(async () => {
		const { code, output } = await tellUser(stage.weft(), ["add", "Olga", "--admin"]);
		expect(code, output).toBe(0);
	});

	/** Somebody who signed in on this browser before. */
	async function known(name: string, secret = password) {
		const answer = await askToSignIn(stage.weft(), { name, password: secret });
		const [cookie = "", value = ""] = cookieOf(answer, "weft_login").split("=");
		const person = await stage.visitor(name);
		await person.page.context().addCookies([{ name: cookie, value, url: person.home }]);
		await person.goTo("/");
		return person;
	}

	/** By the keyboard, from the home page to this one. */
	async function arrive() {
		const olga = await known("Olga");
		await olga.page.getByRole("button", { name: /: change your name/ }).press("Enter");
		await olga.page.getByRole("link", { name: "Run this server" }).press("Enter");
		await olga.page.getByRole("heading", { name: "This server" }).waitFor();
		return olga;
	}

	const manage = async (page: Page, room: string) => {
		await page.getByRole("button", { name: `Manage “${room}”` }).click();
		const dialog = page.getByRole("dialog", { name: room, exact: true });
		await dialog.waitFor();
		return dialog;
	};
	const sure = (page: Page, title: string | RegExp, yes: string) =>
		page.getByRole("dialog", { name: title }).getByRole("button", { name: yes }).click();

	test("one of two is put out, let in again, and the room is closed for both", async () => {
		const [ann, ben] = await stage.people("Ann", "Ben");
		for (const person of [ann, ben]) await person.goTo("/r/greenhouse/document");
		await ann.write("Roses");
		await ben.reads("Roses");
		await ann.lightSays(/Saved/);
		const olga = await arrive();
		const { page } = olga;
		const rooms = page.getByRole("region", { name: "Rooms", exact: true });
		await rooms.getByText("2 here").waitFor();
		const here = page.getByRole("region", { name: "Here now", exact: true });
		await here.getByText("Ben", { exact: true }).waitFor();
		expect(await axeFaults(page)).toEqual([]);

		const dialog = await manage(page, "greenhouse");
		await dialog.getByRole("button", { name: "Put out: Ben" }).click();
		await sure(page, "Put Ben out?", "Put out");
		await ben.page.getByRole("heading", { name: "You were put out of this room." }).waitFor();
		await ann.write(" bloom");
		await ann.lightSays(/Saved/);
		await page.getByRole("button", { name: "Let back in" }).click();
		await expect
			.poll(async () => {
				await ben.goTo("/r/greenhouse/document");
				return ben.page.getByRole("textbox", { name: "Document" }).count();
			})
			.toBeGreaterThan(0);
		await ben.reads("Roses bloom");

		await expect.poll(() => rooms.getByText("2 here").count()).toBe(1);
		await dialog.getByRole("button", { name: "Close it for now" }).click();
		await sure(page, "Close “greenhouse”?", "Close it for now");
		const told = /^Whoever runs this server closed this room/;
		for (const { page: theirs } of [ann, ben]) {
			await theirs.getByText(told).filter({ visible: true }).first().waitFor();
		}
		await dialog.getByText("Nobody is in this room now.").waitFor();
		await dialog.getByText("What was decided here").click();
		await dialog.getByText(/^Olga, who runs the server, closed the room/).waitFor();
		await dialog.getByText(/^Olga, who runs the server, put Ben out/).waitFor();
		expect(await axeFaults(page, "dialog")).toEqual([]);
		await ann.goTo("/r/greenhouse/document");
		await ann.reads("Roses bloom");
	});

	test("everybody is put out, and what each was before is what they are again", async () => {
		const [ann, ben, dora] = await stage.people("Ann", "Ben", "Dora");
		for (const person of [ann, ben, dora]) await person.goTo("/r/hothouse/document");
		await ann.write("Orchids");
		for (const person of [ben, dora]) await person.reads("Orchids");
		await ann.lightSays(/Saved/);
		const { id } = await (await dora.page.request.get(new URL("api/me", dora.home).href)).json();
		const path = new URL(`api/rooms/hothouse/members/${id}`, ann.home).href;
		const headers = { origin: new URL(ann.home).origin };
		const made = await ann.page.request.put(path, { data: { role: "viewer" }, headers });
		expect(made.status()).toBe(200);
		const { page } = await arrive();
		const dialog = await manage(page, "hothouse");
		await dialog.getByRole("button", { name: "Put everybody out" }).click();
		await sure(page, "Put everybody out of “hothouse”?", "Put everybody out");
		await dialog.getByText("2 people were put out.").waitFor();
		for (const { page: theirs } of [ben, dora]) {
			await theirs.getByRole("heading", { name: "You were put out of this room." }).waitFor();
		}
		await dialog.getByRole("button", { name: "Let back in" }).click();
		await dialog.getByText("Whoever was put out may come in again.").waitFor();
		expect(await axeFaults(page, "dialog")).toEqual([]);
		for (const person of [ben, dora]) {
			await person.goTo("/r/hothouse/document");
			await person.reads("Orchids");
		}
		const access = async ({ page: theirs, home }: typeof ben) =>
			(await theirs.request.get(new URL("api/rooms/hothouse/access", home).href)).json();
		expect(await access(ben)).toMatchObject({ role: "editor" });
		expect(await access(dora)).toMatchObject({ role: "viewer" });
	});

	test("a room whose owner is gone is given to somebody who is there", async () => {
		const [ann, ben] = await stage.people("Ann", "Ben");
		for (const person of [ann, ben]) await person.goTo("/r/orphan/document");
		await ann.write("Seedlings");
		await ben.reads("Seedlings");
		await ann.lightSays(/Saved/);
		await ann.goTo("/");
		const { page } = await arrive();
		const dialog = await manage(page, "orphan");
		await dialog.getByText("Ann owns it").waitFor();
		await dialog.getByRole("button", { name: "Hand it over" }).click();
		const chosen = page.getByRole("dialog", { name: "Who should own “orphan”?" });
		expect(await chosen.getByRole("button", { name: "Make owner: Ann" }).count()).toBe(0);
		await chosen.getByRole("button", { name: "Make owner: Ben" }).waitFor();
		expect(await axeFaults(page, "dialog")).toEqual([]);
		await chosen.getByRole("searchbox", { name: "Search people" }).fill("be");
		await chosen.getByRole("button", { name: "Make owner: Ben" }).click();
		await dialog.getByText("Ben owns the room now.").waitFor();
		const access = async ({ page: theirs, home }: typeof ben) =>
			(await theirs.request.get(new URL("api/rooms/orphan/access", home).href)).json();
		expect(await access(ben)).toMatchObject({ role: "owner" });
		expect(await access(ann)).toMatchObject({ role: "editor" });
	});

	test("a room goes into the bin and out again", async () => {
		const [ann] = await stage.people("Ann");
		await ann.goTo("/r/compost/document");
		await ann.write("Leaves");
		await ann.lightSays(/Saved/);
		const { page } = await arrive();
		await page.getByRole("searchbox", { name: "Search rooms and owners" }).fill("compost");
		const dialog = await manage(page, "compost");
		await dialog.getByRole("button", { name: "Into the bin" }).click();
		const list = page.locator("weft-admin-rooms");
		await list.getByText("in the bin", { exact: true }).waitFor();
		await dialog.getByRole("button", { name: "Out of the bin" }).click();
		await list.getByText("in the bin", { exact: true }).waitFor({ state: "detached" });
		await dialog.getByRole("button", { name: "Into the bin" }).waitFor();
		await page.keyboard.press("Escape");
		await page.getByRole("searchbox", { name: "Search rooms and owners" }).fill("tulips");
		await list.getByText("Nothing here matches “tulips”.").waitFor();
	});

	test("accounts are made, given another password, signed out and removed", async () => {
		const { page } = await arrive();
		await page.getByRole("button", { name: "New account" }).click();
		const form = page.getByRole("dialog", { name: "New account" });
		await form.getByLabel("Name of the account").fill("Cleo");
		const proposed = await form.getByLabel("Password").inputValue();
		expect(proposed).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/);
		await form.getByRole("button", { name: "Save" }).press("Enter");
		await form.waitFor({ state: "detached" });
		const cleo = await known("Cleo", proposed);
		await cleo.goTo("/r/loft/document");
		await page.getByText("Cleo", { exact: true }).first().waitFor();
		// Nobody else has a way here, nor sees what is here.
		await cleo.goTo("/admin");
		await cleo.page.getByRole("heading", { name: /for whoever runs the server/ }).waitFor();
		expect(await cleo.page.getByRole("table").count()).toBe(0);
		await cleo.goTo("/r/loft/document");

		const act = async (name: string) => {
			await page.getByRole("button", { name: "Manage the account of Cleo" }).click();
			await page.getByRole("dialog", { name: "Cleo" }).getByRole("button", { name }).click();
		};
		const row = page.locator("weft-admin-accounts li").filter({ hasText: "Cleo" });
		await row.getByText(/signed in just now, on 1 device/).waitFor();
		await act("Sign out everywhere");
		await sure(page, "Sign Cleo out everywhere?", "Sign out everywhere");
		await cleo.page
			.getByText(/You are signed out/)
			.first()
			.waitFor();
		await act("New password");
		const reset = page.getByRole("dialog", { name: "New password for Cleo" });
		await reset.getByLabel("Password").fill("short");
		await reset.getByRole("button", { name: "Save" }).click();
		await reset.getByText("A password has 8 to 256 characters.").waitFor();
		await reset.getByLabel("Password").fill("another horse");
		await reset.getByRole("button", { name: "Save" }).click();
		await page.getByText("Cleo has another password now.").waitFor();
		await act("Remove the account");
		await sure(page, "Remove the account of Cleo?", "Remove the account");
		await page.getByText("Cleo can no longer sign in.").waitFor();
		await page
			.getByRole("button", { name: "Manage the account of Cleo" })
			.waitFor({ state: "detached" });
	});
});

scenario(
	"the page of who runs a server, below a path",
	(stage) => {
		test("shows what there is, acts on it, and leads into a room and home", async () => {
			const { code, output } = await tellUser(stage.weft(), ["add", "Olga", "--admin"]);
			expect(code, output).toBe(0);
			const [ann] = await stage.people("Ann");
			await ann.goTo("/r/terrace/document");
			await ann.write("Vines");
			await ann.lightSays(/Saved/);
			const { page, ...olga } = await arriveSignedIn(stage);
			const elsewhere: string[] = [];
			page.on("request", (request) => {
				const { protocol, pathname } = new URL(request.url());
				if (protocol === "http:" && !pathname.startsWith("/weft/")) elsewhere.push(pathname);
			});
			await page.getByRole("button", { name: /: change your name/ }).press("Enter");
			await page.getByRole("link", { name: "Run this server" }).press("Enter");
			await page.getByRole("heading", { name: "This server" }).waitFor();
			const at = () => page.evaluate(() => location.pathname);
			expect(await at()).toBe("/weft/admin");
			const rooms = page.getByRole("region", { name: "Rooms", exact: true });
			await rooms.getByText("1 here").waitFor();
			await page.getByText("Olga", { exact: true }).first().waitFor();
			await page.getByRole("button", { name: "Manage “terrace”" }).click();
			const dialog = page.getByRole("dialog", { name: "terrace", exact: true });
			await dialog.getByRole("button", { name: "Into the bin" }).click();
			await page.locator("weft-admin-rooms").getByText("in the bin", { exact: true }).waitFor();
			await dialog.getByRole("button", { name: "Out of the bin" }).click();
			await dialog.getByRole("button", { name: "Into the bin" }).waitFor();
			await dialog.getByRole("link", { name: "Open it" }).click();
			await page.getByRole("textbox", { name: "Document" }).getByText("Vines").waitFor();
			expect(await at()).toBe("/weft/r/terrace");
			// Its own address is one that can be kept.
			await page.goto(new URL("admin", olga.home).href);
			await page.getByRole("heading", { name: "This server" }).waitFor();
			expect(elsewhere).toEqual([]);
		});
	},
	{
		isPossible: true,
		env: { WEFT_BASE: "/weft/" },
		reach: async (weft) => ({ ...ownAddress(weft), base: "/weft/" }),
	},
);

/** Who runs the server signs in as everybody does. */
async function arriveSignedIn(stage: Stage) {
	const olga = await stage.visitor("Olga");
	await olga.goTo("/");
	await olga.signInAs("Olga", password);
	return { page: olga.page, home: olga.home };
}
