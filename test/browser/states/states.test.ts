/** Every state of the contact sheet: what axe finds, what a finger can hit, what zooms a phone. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeDataDir, startServer } from "../../../scripts/replay/server.ts";
import { fillRooms } from "../../../scripts/screens/content.ts";
import { type Screen, screens } from "../../../scripts/screens/shoot.ts";
import { states } from "../../../scripts/screens/states.ts";
import { troubleStates } from "../../../scripts/screens/trouble-states.ts";
import { type State, settle } from "../../../scripts/screens/ways.ts";
import { borrowChromium, giveBack, hasChromium } from "../../fixtures/app/chromium.ts";
import { PagePool } from "../../fixtures/app/page-pool.ts";
import { patienceMs } from "../../fixtures/app/patience.ts";
import { axeFaults } from "../../fixtures/axe.ts";

/** Controls that a finger would miss, and fields whose letters make a phone zoom in. */
function tooSmall(): string[] {
	const targets = "a[href], button, input, textarea, select, [role=button], label:has(input)";
	const isSeen = (element: Element) =>
		element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
	// A link in running text is as high as its line (WCAG 2.2, 2.5.8); a label is hit for its field.
	// The board's list is seen while the focus is in it; what nobody sees or hears nobody hits.
	const isExempt = (element: Element) =>
		element.matches(".weft-hidden *, :is(.weft-chat-body, .ql-editor) a, label input") ||
		element.matches(".weft-hidden[aria-hidden]") ||
		element.matches(".weft-board__outline:not(:focus-within) *");
	const nameOf = (element: Element) => {
		const words = element.getAttribute("aria-label") ?? element.textContent?.trim() ?? "";
		return `${element.tagName.toLowerCase()}.${element.className} "${words.slice(0, 40)}"`;
	};
	return [...document.querySelectorAll(targets)]
		.filter((element) => isSeen(element) && !isExempt(element))
		.flatMap((element) => {
			const { width, height } = element.getBoundingClientRect();
			const letters = Number.parseFloat(getComputedStyle(element).fontSize);
			const isField = element.matches("input, textarea, select");
			return [
				...(width < 43.9 || height < 43.9
					? [`${nameOf(element)}: ${Math.round(width)} x ${Math.round(height)}`]
					: []),
				...(isField && letters < 16 ? [`${nameOf(element)}: letters of ${letters} px`] : []),
			];
		});
}

describe.skipIf(!hasChromium)("every state", () => {
	let browser: Browser;
	let pages: PagePool;
	let server: Awaited<ReturnType<typeof startServer>>;
	let dataDir: Awaited<ReturnType<typeof makeDataDir>>;
	let leave: () => void;

	beforeAll(async () => {
		dataDir = await makeDataDir();
		server = await startServer(dataDir.path);
		browser = await borrowChromium();
		pages = new PagePool(browser, server.url);
		leave = await fillRooms(server.url);
	});
	afterAll(async () => {
		leave?.();
		await giveBack(browser);
		await server?.stop();
		await dataDir?.drop();
	});

	const [phone, , desk] = screens;
	if (phone === undefined || desk === undefined) throw new Error("no screens");

	/** What is wrong with a state there, in words. */
	async function faultsAt(state: State, screen: Screen): Promise<string[]> {
		// Where something does not come, nothing may be there from the visit before.
		const isTrouble = troubleStates.includes(state);
		const pool = isTrouble ? new PagePool(browser, server.url) : pages;
		const page = await pool.open({
			...screen.options,
			colorScheme: screen === phone ? "light" : "dark",
			reducedMotion: "reduce", // A dialog that fades in has little contrast at first.
			bypassCSP: true,
		});
		try {
			page.setDefaultTimeout(patienceMs);
			await state.open({ page, url: server.url });
			await settle(page);
			const missed = screen === phone ? await page.evaluate(tooSmall) : [];
			return [...(await axeFaults(page)), ...missed].map((fault) => `${screen.width} px: ${fault}`);
		} finally {
			if (isTrouble) await page.context().close();
			else await pool.rest(page);
		}
	}

	// Side by side: a page mostly waits for its server.
	test.concurrent.each(states.filter(({ isForEyes }) => isForEyes !== true))(
		"$name: axe finds nothing, and a finger hits everything",
		async (state) => {
			const faults = await Promise.all([faultsAt(state, phone), faultsAt(state, desk)]);
			expect(faults.flat()).toEqual([]);
		},
	);
});
