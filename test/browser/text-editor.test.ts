import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import type { WeftEditor } from "../../web/text/editor.ts";
import { hasChromium } from "../fixtures/app/chromium.ts";
import { axeFaults } from "../fixtures/axe.ts";
import type { Harness } from "./text-page/page.ts";
import type { Visit } from "./text-page/visit.ts";
import { visitEach } from "./text-page/visits.ts";

declare const harness: Harness;

/** What the editor asks the page to say. */
interface Toast {
	readonly text: string;
	readonly action: { readonly run: () => void };
}

describe.skipIf(!hasChromium)("the document", () => {
	let visit: Visit;
	let page: Page;
	visitEach((begun) => {
		visit = begun;
		page = begun.page;
	});

	test("takes Markdown while it is typed, and every step back with Ctrl+Z", async () => {
		await visit.openWith();
		await page.keyboard.type("# Garden");
		await page.keyboard.press("Enter");
		await page.keyboard.type("so **very** nice");
		await page.keyboard.press("Enter");
		await page.keyboard.type("- milk");
		await page.keyboard.press("Enter");
		await page.keyboard.type("bread");
		await expect
			.poll(() => visit.ops())
			.toEqual([
				{ insert: "Garden" },
				{ insert: "\n", attributes: { header: 1 } },
				{ insert: "so " },
				{ insert: "very", attributes: { bold: true } },
				{ insert: " nice\nmilk" },
				{ insert: "\n", attributes: { list: "bullet" } },
				{ insert: "bread" },
				{ insert: "\n", attributes: { list: "bullet" } },
			]);
		await page.keyboard.press("Enter");
		await page.keyboard.press("Enter");
		await page.keyboard.type("```");
		await page.keyboard.press("Enter");
		await page.keyboard.type("# not a heading");
		await expect
			.poll(async () => (await visit.ops()).slice(-2))
			.toEqual([
				{ insert: "# not a heading" },
				{ insert: "\n", attributes: { "code-block": true } },
			]);
	});

	test("brings back what was typed when Markdown was not meant", async () => {
		await visit.openWith();
		await page.keyboard.type("# ");
		await expect.poll(() => visit.ops()).toEqual([{ insert: "\n", attributes: { header: 1 } }]);
		await page.keyboard.press("Control+z");
		await expect.poll(() => visit.ops()).toEqual([{ insert: "# " }]);
		await page.keyboard.type("x");
		await expect.poll(() => visit.ops()).toEqual([{ insert: "# x" }]);
	});

	test("undoes own edits only, and puts the caret back", async () => {
		await visit.openWith([{ insert: "one two three\n" }], 2);
		await visit.select(4, 3);
		await page.keyboard.type("2");
		await page.evaluate(() => {
			const ben = harness.guests[1];
			ben?.client.doc.transact(() => ben.text.insert(0, "zero "), "ben");
		});
		await expect.poll(() => visit.ops()).toEqual([{ insert: "zero one 2 three\n" }]);
		await page.keyboard.press("Control+z");
		await expect.poll(() => visit.ops()).toEqual([{ insert: "zero one two three\n" }]);
		await expect.poll(() => visit.caret()).toBe(12);
		await page.keyboard.press("Control+z");
		await expect.poll(() => visit.ops()).toEqual([{ insert: "zero one two three\n" }]);
		await page.keyboard.press("Control+Shift+z");
		await expect.poll(() => visit.ops()).toEqual([{ insert: "zero one 2 three\n" }]);
		await page.keyboard.press("Control+z");
		await page.keyboard.press("Control+y");
		await expect.poll(() => visit.ops()).toEqual([{ insert: "zero one 2 three\n" }]);
		await expect.poll(() => visit.screensDiffer()).toBe(false);
	});

	test("deletes emoji whole, with Backspace and when another one replaces them", async () => {
		await visit.openWith([], 2);
		await page.keyboard.insertText("a👍👩‍👩‍👧🇩🇪");
		await page.keyboard.press("Backspace");
		await expect.poll(() => visit.ops()).toEqual([{ insert: "a👍👩‍👩‍👧" }]);
		await page.keyboard.press("Backspace");
		const text = await page.evaluate(() => harness.guests[1]?.text.toString());
		expect(text).not.toMatch(/\p{Surrogate}|\ufffd/u);
		await visit.select(1, 2);
		await page.keyboard.insertText("👎");
		await expect
			.poll(() => page.evaluate(() => harness.guests[1]?.text.toString()))
			.toMatch(/^a👎/u);
		await expect.poll(() => visit.screensDiffer()).toBe(false);
	});

	test("holds others' edits back while a word is composed", async () => {
		await visit.openWith([{ insert: "hello world\n" }], 2);
		await visit.select(5);
		const session = await page.context().newCDPSession(page);
		await session.send("Input.imeSetComposition", {
			text: "に",
			selectionStart: 1,
			selectionEnd: 1,
		});
		await page.evaluate(() => {
			const ben = harness.guests[1];
			ben?.client.doc.transact(() => ben.text.insert(0, "Oh, "), "ben");
		});
		await session.send("Input.imeSetComposition", {
			text: "にほ",
			selectionStart: 2,
			selectionEnd: 2,
		});
		await session.send("Input.insertText", { text: "日本" });
		await expect.poll(() => visit.ops()).toEqual([{ insert: "Oh, hello日本 world\n" }]);
		await expect.poll(() => visit.screensDiffer()).toBe(false);
		await expect.poll(() => visit.caret()).toBe(11);
	});

	test("is no trap: Tab indents lists and leaves elsewhere", async () => {
		await visit.openWith([{ insert: "one" }, { insert: "\n", attributes: { list: "bullet" } }]);
		await visit.select(1);
		await page.keyboard.press("Tab");
		await expect
			.poll(() => visit.ops())
			.toContainEqual({
				insert: "\n",
				attributes: { list: "bullet", indent: 1 },
			});
		await page.keyboard.press("Shift+Tab");
		await expect
			.poll(() => visit.ops())
			.toContainEqual({ insert: "\n", attributes: { list: "bullet" } });
		await visit.select(4);
		await page.keyboard.press("Tab");
		const isInside = () => page.evaluate(() => !!document.activeElement?.closest(".ql-editor"));
		await expect.poll(isInside).toBe(false);
	});

	test("has a toolbar that is one stop, with arrows inside and Escape back", async () => {
		await visit.openWith([{ insert: "bold" }]);
		await visit.select(0, 4);
		await page.keyboard.press("Alt+F10");
		const focused = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
		await expect.poll(focused).toBe("Undo");
		for (let press = 0; press < 5; press++) await page.keyboard.press("ArrowRight");
		await expect.poll(focused).toBe("Bold");
		await page.keyboard.press("Enter");
		await expect.poll(() => visit.ops()).toEqual([{ insert: "bold", attributes: { bold: true } }]);
		const pressed = page.getByRole("button", { name: "Bold" });
		await expect.poll(() => pressed.getAttribute("aria-pressed")).toBe("true");
		await page.keyboard.press("Alt+F10");
		await expect.poll(focused).toBe("Bold");
		await page.keyboard.press("Escape");
		const isInside = () => page.evaluate(() => !!document.activeElement?.closest(".ql-editor"));
		await expect.poll(isInside).toBe(true);
		await expect.poll(() => page.locator("weft-text-tools button[tabindex='0']").count()).toBe(1);
	});

	test("formats by the keys that people know", async () => {
		await visit.openWith([{ insert: "words" }]);
		await visit.select(0, 5);
		for (const [keys, attributes] of [
			["Control+Alt+2", { header: 2 }],
			["Control+Shift+Digit1", { header: 1 }],
			["Control+Shift+Digit7", { list: "ordered" }],
			["Control+Shift+Digit8", { list: "bullet" }],
			["Control+Shift+Digit9", { list: "unchecked" }],
			["Control+Enter", { list: "checked" }],
		] as const) {
			await page.keyboard.press(keys);
			await expect
				.poll(async () => (await visit.ops()).at(-1), { message: keys })
				.toEqual({ insert: "\n", attributes });
		}
		await page.keyboard.press("Control+Alt+0");
		await expect.poll(async () => (await visit.ops())[0]).toEqual({ insert: "words" });
		await page.keyboard.press("Control+Shift+X");
		await page.keyboard.press("Control+e");
		await expect
			.poll(async () => (await visit.ops())[0])
			.toEqual({
				insert: "words",
				attributes: { strike: true, code: true },
			});
	});

	test("ticks a task where its box is clicked", async () => {
		await visit.openWith(
			[{ insert: "milk" }, { insert: "\n", attributes: { list: "unchecked" } }],
			2,
		);
		await page.locator(".ql-ui").first().click();
		await expect
			.poll(() => visit.ops())
			.toEqual([{ insert: "milk" }, { insert: "\n", attributes: { list: "checked" } }]);
	});

	test("leaves an empty page when everything is deleted", async () => {
		await visit.openWith([
			{ insert: "Title" },
			{ insert: "\n", attributes: { header: 1 } },
			{ insert: "x" },
		]);
		await page.keyboard.press("Control+a");
		await page.keyboard.press("Backspace");
		await expect.poll(() => visit.ops()).toEqual([]);
		await page.keyboard.type("> ");
		await page.keyboard.press("Backspace");
		expect((await visit.ops()).filter((op) => JSON.stringify(op).includes("blockquote"))).toEqual(
			[],
		);
	});

	test("gives back what was wiped, with what was typed just before", async () => {
		await visit.openWith();
		await page.evaluate(() => {
			addEventListener("weft-toast", (event) => {
				const { text, action } = (event as CustomEvent<Toast>).detail;
				const button = document.body.appendChild(document.createElement("button"));
				button.title = text;
				button.onclick = action.run;
			});
		});
		const words = "All that was written in one long afternoon, in one go.";
		await page.keyboard.insertText(words);
		await page.keyboard.press("Control+A");
		await page.keyboard.type("x");
		await expect.poll(() => visit.ops()).toEqual([{ insert: "x" }]);
		const lock = (isLocked: boolean) =>
			page.evaluate(async (readOnly) => {
				const editor = document.querySelector("weft-editor") as WeftEditor;
				editor.readOnly = readOnly;
				await editor.updateComplete;
			}, isLocked);
		await lock(true);
		await page.getByTitle("The document is empty now").click();
		expect(await visit.ops()).toEqual([{ insert: "x" }]);
		await lock(false);
		await page.getByTitle("The document is empty now").click();
		await expect.poll(() => visit.ops()).toEqual([{ insert: words }]);
	});

	test("makes, follows and removes links, and refuses those that run code", async () => {
		await visit.openWith([{ insert: "see the map here" }]);
		await visit.select(8, 3);
		await page.keyboard.press("Control+k");
		await page.locator("weft-link-box input:focus").waitFor();
		await page.keyboard.type("javascript:alert(1)");
		await page.keyboard.press("Enter");
		await page.getByRole("alert").waitFor();
		await page.keyboard.press("Control+a");
		await page.keyboard.type("example.org/map");
		await page.keyboard.press("Enter");
		const link = { insert: "map", attributes: { link: "https://example.org/map" } };
		await expect.poll(() => visit.ops()).toContainEqual(link);
		await visit.select(9);
		const preview = page.locator("weft-link-box a");
		await expect.poll(() => preview.getAttribute("href")).toBe("https://example.org/map");
		expect(await page.locator(".ql-editor a").getAttribute("rel")).toBe("noopener noreferrer");
		await page.getByRole("button", { name: "Remove the link" }).click();
		await expect.poll(() => visit.ops()).toEqual([{ insert: "see the map here" }]);
	});

	test("opens a link with Ctrl and a click, in a page that knows nothing of this one", async () => {
		const link = await page.evaluate(() => `${location.origin}/?other`);
		await visit.openWith([{ insert: "map", attributes: { link } }, { insert: "\n" }]);
		const popup = page.context().waitForEvent("page");
		await page.locator(".ql-editor a").click({ modifiers: ["Control"] });
		const other = await popup;
		await other.waitForURL(link);
		expect(await other.evaluate(() => window.opener)).toBeNull();
	});

	test("can be for reading only, and then takes no key", async () => {
		await visit.openWith([{ insert: "words\n" }]);
		await page.evaluate(() => {
			const editor = harness.guests[0]?.editor;
			if (editor !== undefined) editor.readOnly = true;
		});
		await page.locator(".ql-editor[contenteditable=false]").click();
		await page.keyboard.type("x");
		await expect.poll(() => visit.ops()).toEqual([{ insert: "words\n" }]);
		await expect.poll(() => page.getByRole("toolbar").count()).toBe(0);
	});

	test("lets the caret walk past a photo and Backspace delete it", async () => {
		const photo = { photo: "AAAAAAAAAAAAAAAA" };
		await visit.openWith([{ insert: "a" }, { insert: photo }, { insert: "b\n" }]);
		await visit.select(3);
		await page.keyboard.press("ArrowLeft");
		await page.keyboard.press("ArrowLeft");
		await expect.poll(() => visit.caret()).toBe(1);
		await page.keyboard.press("ArrowRight");
		await expect.poll(() => visit.caret()).toBe(2);
		await page.keyboard.press("Backspace");
		await expect.poll(() => visit.ops()).toEqual([{ insert: "ab\n" }]);
		await page.keyboard.press("Control+z");
		await expect.poll(() => visit.ops()).toContainEqual({ insert: photo });
		const opened = page.evaluate(
			() =>
				new Promise<string>((resolve) => {
					document.addEventListener("weft-open-photo", (event) =>
						resolve((event as CustomEvent<{ photo: string }>).detail.photo),
					);
				}),
		);
		await page.locator(".weft-text-photo").click();
		expect(await opened).toBe("AAAAAAAAAAAAAAAA");
	});

	test("shows where the others are, in the shape that stock clients know", async () => {
		await visit.openWith([{ insert: "hello world\n" }], 2);
		await visit.select(2, 3);
		const caretOfAnn = page.locator("weft-editor:nth-of-type(2) .weft-caret");
		await caretOfAnn.waitFor();
		await expect.poll(() => caretOfAnn.textContent()).toBe("Ann");
		const selection = page.locator("weft-editor:nth-of-type(2) .weft-caret-selection div");
		await expect.poll(() => selection.count()).toBe(1);
		const told = await page.evaluate(
			() => harness.guests[0]?.client.awareness.getLocalState()?.["cursor"],
		);
		expect(told).toMatchObject({ anchor: { item: {} }, head: { item: {} } });
		expect(await page.evaluate(() => document.querySelectorAll("style").length)).toBe(0);
		await page.evaluate(() => (document.activeElement as HTMLElement).blur());
		await expect.poll(() => caretOfAnn.count()).toBe(0);
	});

	test.for(["light", "dark"] as const)("has nothing that axe minds, %s", async (colorScheme) => {
		await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
		await visit.openWith([
			{ insert: "Title" },
			{ insert: "\n", attributes: { header: 1 } },
			{ insert: "a link", attributes: { link: "https://example.org" } },
			{ insert: " and " },
			{ insert: "code", attributes: { code: true } },
			{ insert: "\ndone" },
			{ insert: "\n", attributes: { list: "checked" } },
			{ insert: "deep" },
			{ insert: "\n", attributes: { list: "ordered", indent: 1 } },
			{ insert: "said" },
			{ insert: "\n", attributes: { blockquote: true } },
			{ insert: { nosuch: 1 } },
		]);
		await visit.select(8);
		await page.locator("weft-link-box a").waitFor();
		expect(await axeFaults(page, "weft-editor")).toEqual([]);
	});
});
