import type { Response } from "playwright-core";
import { expect, test } from "vitest";
import { t } from "../../web/ui/messages.ts";
import { scenario } from "../fixtures/app/stage.ts";

scenario("a first visit", ({ people, weft }) => {
	test("tabs that open at once are one guest", async () => {
		const [ann] = await people("Ann");
		const context = await ann.page.context().browser()?.newContext({ baseURL: weft().url });
		if (context === undefined) throw new Error("there is no browser");
		// Nobody gives up waiting for another tab's answer, however slow the machine.
		await context.addInitScript("AbortSignal.timeout = () => new AbortController().signal;");
		const answers: Response[] = [];
		context.on("response", (response) => answers.push(response));
		const tabs = await Promise.all([1, 2, 3].map(() => context.newPage()));
		await Promise.all(
			tabs.map(async (tab, tabIndex) => {
				await tab.goto(tabIndex === 0 ? "/" : `/r/first-${tabIndex}/document`);
				await tab.getByRole("main").waitFor();
				await tab.waitForFunction(() => localStorage.getItem("weft:me") !== null);
			}),
		);
		const heard = [...answers]; // More may come while the headers are read.
		const cookies = await Promise.all(heard.map((one) => one.headerValue("set-cookie")));
		const given = heard.filter((_, answerIndex) => cookies[answerIndex] !== null);
		expect(given.map((one) => new URL(one.url()).pathname)).toEqual(["/api/me"]);
		await context.close();
	});

	test("who is not known yet opens no room before the server has said who they are", async () => {
		const [ann] = await people("Ann");
		const context = await ann.page.context().browser()?.newContext({ baseURL: weft().url });
		if (context === undefined) throw new Error("there is no browser");
		let isAway = true;
		let askedCount = 0;
		await context.route("**/api/me", (route) => {
			askedCount++;
			return isAway ? route.abort() : route.continue();
		});
		const page = await context.newPage();
		await page.goto("/r/slow/chat");
		await page.getByText(t("frame.page.waiting")).waitFor();
		await expect.poll(() => askedCount).toBeGreaterThan(2);
		expect(await page.getByRole("banner").count()).toBe(0);
		isAway = false;
		await page.getByRole("banner").waitFor();
		const person: unknown = await page.evaluate(() => localStorage.getItem("weft:me"));
		expect(JSON.parse(String(person))).toMatchObject({ id: expect.stringMatching(/^g_/) });
		await context.close();
	});
});
