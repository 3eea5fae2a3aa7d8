import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { convergePage } from "../../../scripts/converge/report/page.ts";
import { launchChromium } from "../../../scripts/converge/screen/chromium.ts";
import { writeReport } from "../../../scripts/report/write.ts";
import { hasChromium } from "../../fixtures/app/chromium.ts";
import { axeFaults } from "../../fixtures/axe.ts";
import { everyPlot } from "./every-plot.ts";
import { makeReport } from "./made-up.ts";

let browser: Browser;
let folder: string;

/** Opens a page of the folder; answers it with what it asked for and complained of. */
async function open(name: string, width: number, colorScheme: "light" | "dark") {
	const context = await browser.newContext({
		viewport: { width, height: 900 },
		colorScheme,
	});
	const page = await context.newPage();
	const asked: string[] = [];
	const complaints: string[] = [];
	page.on("request", (request) => asked.push(request.url()));
	page.on("console", (message) => complaints.push(message.text()));
	page.on("dialog", (dialog) => {
		complaints.push(dialog.message());
		void dialog.dismiss();
	});
	const url = pathToFileURL(join(folder, name)).href;
	await page.goto(url);
	return { page, url, asked, complaints };
}

describe.skipIf(!hasChromium)("a report in Chromium", () => {
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), "weft-report-"));
		await writeReport(join(folder, "every-plot.html"), everyPlot());
		await writeReport(join(folder, "converge.html"), convergePage(makeReport(200, [17, 93])));
		browser = await launchChromium();
	});
	afterAll(async () => {
		await browser?.close();
		await rm(folder, { recursive: true, force: true });
	});

	test.each([
		["converge.html", 390, "dark"],
		["converge.html", 820, "light"],
		["converge.html", 1440, "dark"],
		["every-plot.html", 390, "light"],
		["every-plot.html", 820, "dark"],
		["every-plot.html", 1440, "light"],
	] as const)(
		"%s at %i px, %s: asks for nothing, fits, and axe finds nothing",
		async (name, width, scheme) => {
			const { page, url, asked, complaints } = await open(name, width, scheme);
			expect(asked.filter((one) => one !== url && !one.startsWith("data:"))).toEqual([]);
			expect(complaints).toEqual([]);
			const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
			expect(beyond).toBeLessThanOrEqual(0);
			expect(await axeFaults(page)).toEqual([]);
			await page.context().close();
		},
	);

	test("a table beside a picture opens without a script", async () => {
		const { page } = await open("converge.html", 820, "light");
		const table = page.getByRole("table", { name: "Seed 17: who had what when: words held" });
		await table.waitFor({ state: "hidden" });
		const figure = page.locator("figure", { hasText: "Seed 17: who had what when" });
		await figure.getByText("As a table").click();
		await table.waitFor();
		await page.context().close();
	});
});
