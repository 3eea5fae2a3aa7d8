/** Code that is fetched when it is needed, and does not come: that is said, and it comes later. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { WeftEditor } from "../../../web/text/editor.ts";
import { hasChromium } from "../../fixtures/app/chromium.ts";
import { lightSays } from "../../fixtures/app/light.ts";
import { projectRoot } from "../../fixtures/project.ts";
import { type FrameSite, openFrameSite } from "../frame-page/site.ts";

interface BuiltFile {
	readonly file: string;
	readonly name?: string;
	readonly imports?: readonly string[];
	readonly css?: readonly string[];
}

/** What a room begins with, as the build tells; all else is fetched later. */
function firstFiles(): Set<string> {
	const text = readFileSync(join(projectRoot, "dist/web/first-files.json"), "utf8");
	const manifest: Readonly<Record<string, BuiltFile>> = JSON.parse(text);
	const chunks = ["room", "document", "board"];
	const wanted = new Set(Object.values(manifest).filter(({ name = "" }) => chunks.includes(name)));
	for (const { imports = [] } of wanted) {
		for (const key of imports) if (manifest[key]) wanted.add(manifest[key]);
	}
	const page = readFileSync(join(projectRoot, "dist/web/index.html"), "utf8");
	const named = [...page.matchAll(/assets\/[\w.-]+/g)].map(([file]) => file);
	return new Set([...named, ...[...wanted].flatMap(({ file, css = [] }) => [file, ...css])]);
}

/** Everything that a person may ask for, one after another. */
async function askForAll(page: Page): Promise<void> {
	const editor = page.locator("weft-editor .ql-editor");
	await page.getByRole("button", { name: "Share" }).click();
	await page.getByRole("button", { name: "Shapes" }).click();
	await page.locator("[popovertarget=weft-room-menu]").click();
	await page.keyboard.press("Escape");
	for (const key of ["e", "v", "n", "?", "k"]) {
		await page.locator(".weft-board__paper").focus();
		await page.keyboard.press(key);
	}
	for (const keys of ["Control+f", "Control+k", "Control+Alt+m"]) {
		await editor.focus();
		await page.keyboard.press(keys);
	}
	await page.evaluate(() => {
		const tell = (name: string, detail: object) =>
			document.dispatchEvent(new CustomEvent(name, { detail }));
		tell("weft-show-passage", { passage: { from: "AA", to: "AA", text: "" } });
		tell("weft-show-item", { item: { item: "1-1" } });
	});
	await page.getByRole("button", { name: /^Photos/ }).click();
	await page.getByText("This part could not be loaded.").first().waitFor();
	await page.getByRole("button", { name: /^Document$/ }).click();
	await page.getByRole("button", { name: /^Chat/ }).click();
}

describe.skipIf(!hasChromium)("code that does not come", () => {
	let site: FrameSite;

	beforeAll(async () => {
		site = await openFrameSite();
	});
	afterAll(() => site?.close());

	test("is said in words, and all of it comes once the network is back", async () => {
		const first = firstFiles();
		const ann = await site.person();
		const faults: string[] = [];
		ann.on("pageerror", ({ message }) => faults.push(message));
		let isCut = true;
		await ann.route("**/assets/**", (route) => {
			const isFirst = first.has(new URL(route.request().url()).pathname.slice(1));
			return isCut && !isFirst ? route.abort() : route.continue();
		});
		await ann.goto(`${site.url}/r/late/document`);
		const editor = ann.locator("weft-editor .ql-editor");
		await editor.focus();
		await ann.evaluate(() => {
			const text = document.querySelector<WeftEditor>("weft-editor");
			text?.session?.quill.insertEmbed(0, "photo", "0123456789abcdef", "user");
		});
		await ann.locator(".weft-text-photo-frame").waitFor({ state: "attached" });
		await askForAll(ann);
		const chat = ann.locator("[data-surface=chat]");
		await chat.getByText("This part could not be loaded.").waitFor();
		expect(await ann.locator("weft-photo-image, weft-light button, weft-find-bar").count()).toBe(0);

		isCut = false;
		await site.goAway();
		await ann.getByRole("button", { name: /Offline/ }).waitFor();
		await site.comeBack();
		await lightSays(ann, /Saved/);
		await ann.locator(".weft-text-photo-frame weft-photo-image").waitFor({ state: "attached" });
		await ann.locator("weft-chat textarea").waitFor(); // By itself.
		await editor.focus();
		await ann.keyboard.press("Control+f");
		await ann.locator("weft-find-bar").waitFor();
		const looks = () =>
			[...document.styleSheets]
				.map(({ href, cssRules }) => (cssRules.length > 0 ? href : ""))
				.join();
		for (const sheet of [/find-bar-[\w-]+\.css/, /chat-[\w-]+\.css/]) {
			await expect.poll(() => ann.evaluate(looks)).toMatch(sheet);
		}
		expect(faults).toEqual([]);
	});

	test("is asked for again where it is the whole page", async () => {
		const cat = await site.person();
		let isCut = true;
		await cat.route("**/assets/room-*", (route) => (isCut ? route.abort() : route.continue()));
		await cat.goto(`${site.url}/r/again/board`);
		await cat.getByText("This page could not be loaded").waitFor();
		isCut = false;
		await cat.locator(".weft-board__paper").waitFor();
	});

	test("does not take the first letters that somebody says in the chat", async () => {
		const ben = await site.person();
		let letGo: (isThere: boolean) => void = () => undefined;
		const waits = () =>
			new Promise<boolean>((go) => {
				letGo = go;
			});
		let coming = waits();
		await ben.route("**/assets/chat-*", async (route) => {
			await ((await coming) ? route.continue() : route.abort());
		});
		await ben.goto(`${site.url}/r/early/board`);
		await ben.locator(".weft-board__paper").waitFor();
		await ben.keyboard.press("Alt+c");
		await ben.keyboard.type(" Hel");
		letGo(false);
		await ben.getByText("This part could not be loaded.").waitFor();
		coming = waits();
		await ben.getByRole("button", { name: "Try again" }).click();
		await ben.locator(".weft-room__early").focus();
		await ben.keyboard.type("lo ");
		letGo(true);
		await ben.locator("weft-chat textarea").waitFor();
		await ben.keyboard.type("everybody");
		expect(await ben.locator("weft-chat textarea").inputValue()).toBe("Hello everybody");
		await ben.keyboard.press("Enter");
		await ben.locator("weft-chat-list").getByText("Hello everybody").waitFor();
	});
});
