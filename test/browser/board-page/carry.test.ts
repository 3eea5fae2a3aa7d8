/** What is carried out of a board and into one: clipboard, files, pictures, paper. */
import { readFile } from "node:fs/promises";
import type { Download } from "playwright-core";
import { expect, test } from "vitest";
import { axeFaults } from "../../fixtures/axe.ts";
import { atTheBoard, hands, open as openPage, page } from "./at-the-board.ts";
import { desk, phone } from "./hands.ts";
import type { PageOptions } from "./site.ts";

async function open(query = "", options: PageOptions = desk): Promise<void> {
	await openPage(query, options);
	await ready();
}

/** Its code comes when nothing waits. */
async function ready(): Promise<void> {
	const count = await page.evaluate(() => window.boards.length);
	for (let board = 0; board < count; board++) {
		const given = { "text/plain": '{"type":"weft/board"}' };
		await expect.poll(async () => (await clip("paste", given, board)).taken).toBe(true);
	}
	await page.evaluate(() => window.said.splice(0));
}

const button = (name: string) => page.getByRole("button", { name, exact: true });

/** Fires what a browser fires for a key of the clipboard, and gives what is on it then. */
function clip(type: "copy" | "cut" | "paste", data: Record<string, string> = {}, board = 0) {
	return page.evaluate(
		({ name, given, index }) => {
			const clipboardData = new DataTransfer();
			for (const [kind, text] of Object.entries(given)) clipboardData.setData(kind, text);
			const event = new ClipboardEvent(name, { clipboardData, bubbles: true, cancelable: true });
			window.boards[index]?.querySelector(".weft-board__paper")?.dispatchEvent(event);
			const kinds = ["text/html", "text/plain"];
			const found = kinds.map((kind) => [kind, clipboardData.getData(kind)] as const);
			return { taken: event.defaultPrevented, data: Object.fromEntries(found) };
		},
		{ name: type, given: data, index: board },
	);
}

const said = () => page.evaluate(() => window.said);
const chosen = (board = 0) =>
	page.evaluate((index) => window.boards[index]?.easel?.tools.chosen.size, board);

async function textOf(file: Download): Promise<string> {
	return readFile(await file.path(), "utf8");
}

/** Chooses a row of the board's menu and takes the file that comes. */
async function fileOf(row: string): Promise<Download> {
	await button("Board menu").click();
	const [file] = await Promise.all([page.waitForEvent("download"), button(row).click()]);
	return file;
}

atTheBoard("carrying", () => {
	test("keys copy what is chosen and paste it at the pointer, as one step", async () => {
		await open();
		await hands.drag([200, 200], [300, 200]);
		await hands.drag([200, 260], [300, 260]);
		await hands.has(2);
		await page.keyboard.press("Control+a");
		await expect.poll(chosen).toBe(2);
		await page.keyboard.press("Control+c");
		await page.mouse.move(600, 430);
		await page.keyboard.press("Control+v");
		await hands.has(4);
		expect(await chosen()).toBe(2);
		await hands.see("board", [570, 400], true);
		await hands.see("board", [630, 460], true);
		await hands.undo();
		await hands.has(2);
		await hands.see("board", [570, 400], false);
		await hands.see("board", [250, 200], true);
	});

	test("what is cut goes, and comes back with a paste or with undo", async () => {
		await open();
		await hands.drag([200, 200], [300, 200]);
		await page.keyboard.press("Control+a");
		await expect.poll(chosen).toBe(1);
		const { taken, data } = await clip("cut");
		expect([taken, data["text/plain"]]).toEqual([true, "1 item of a board"]);
		await hands.has(0);
		await hands.undo();
		await hands.has(1);
		await clip("paste", data);
		await hands.has(2);
	});

	test("without a pointer over it, the board takes it in its middle", async () => {
		await open("?boards=2");
		await hands.drag([100, 200], [200, 200]);
		await page.keyboard.press("Control+a");
		await expect.poll(chosen).toBe(1);
		const { data } = await clip("copy");
		await clip("paste", data, 1);
		await hands.see("board", [750, 350], true);
		await hands.has(2, 1);
	});

	test("a photo that the other room has not is left out, and that is said", async () => {
		await open();
		await hands.drag([200, 200], [300, 200]);
		await page.evaluate(() => {
			const d = new Uint8Array([1, 10, 0, 2, 0, 0, 128, 50, 128, 50]);
			const item = new window.Y.Map<unknown>([
				["d", d],
				["photo", "AAAAAAAAAAAAAAAAAAAAAA"],
			]);
			window.clients[0]?.doc.getArray("strokes").push([item]);
		});
		await hands.has(2);
		await page.keyboard.press("Control+a");
		await expect.poll(chosen).toBe(2);
		const { data } = await clip("copy");
		await clip("paste", data);
		await hands.has(3);
		expect(await said()).toEqual([
			"1 photo was left out: it is not among the photos of this room.",
		]);
	});

	test("drawings of Excalidraw are pasted as they are, and what is left out is said", async () => {
		await open();
		const at = { angle: 0, strokeColor: "#e03131", strokeWidth: 4, opacity: 100 };
		const elements = [
			{ ...at, type: "rectangle", x: 1000, y: 1000, width: 200, height: 100 },
			{ ...at, type: "frame", x: 0, y: 0, width: 10, height: 10 },
		];
		const json = JSON.stringify({ type: "excalidraw/clipboard", elements });
		await clip("paste", { "text/plain": json });
		await hands.has(1);
		await expect.poll(() => hands.pixel("board", 400, 350)).toBe("213,52,44");
		await expect.poll(() => hands.pixel("board", 600, 350)).toBe("213,52,44");
		expect(await said()).toEqual(["1 thing was left out: this board has nothing like it."]);
	});

	test("the menu copies and pastes, also where the page is shown no clipboard", async () => {
		await open("?boards=2");
		await hands.drag([100, 200], [200, 200]);
		await page.keyboard.press("v");
		await page.keyboard.press("Control+a");
		await expect.poll(chosen).toBe(1);
		const choose = async (row: string, board: number): Promise<void> => {
			const bar = page.locator("weft-board").nth(board);
			await bar.getByRole("button", { name: "Board menu" }).click();
			await bar.getByRole("button", { name: row, exact: true }).click();
		};
		await choose("Copy", 0);
		await choose("Paste", 1);
		await hands.has(2, 1);
		expect(await said()).toEqual(["Copied."]);
		await hands.has(2);
	});

	test("somebody's words become a text under the pointer, letter for letter", async () => {
		await open();
		await page.mouse.move(300, 300);
		const given = "Roses \u0026 <b>lilies</b>\r\nfor ann  \n";
		expect((await clip("paste", { "text/plain": given })).taken).toBe(true);
		await hands.has(1);
		const letters = () =>
			page.evaluate(() => {
				const [item] = window.clients[0]?.doc.getArray<Map<string, unknown>>("strokes") ?? [];
				return String(item?.get("t"));
			});
		expect(await letters()).toBe("Roses \u0026 <b>lilies</b>\nfor ann");
		expect(await chosen()).toBe(1);
		for (const text of ["", " \n"]) {
			expect((await clip("paste", { "text/plain": text })).taken).toBe(false);
		}
		await hands.undo();
		await hands.has(0);
	});

	test("words that are still selected elsewhere are pasted where one has clicked", async () => {
		await open();
		await page.evaluate(() => {
			document.body.insertAdjacentHTML("beforeend", "<p id=words contenteditable>two words</p>");
		});
		const words = page.locator("#words");
		await words.focus();
		await page.keyboard.press("Control+a");
		await page.keyboard.press("Control+c");
		await page.mouse.click(300, 300);
		await hands.has(1);
		await page.keyboard.press("Control+v");
		await hands.has(2);
		expect(await chosen()).toBe(1);
		expect(await words.textContent()).toBe("two words");
	});

	test("what is no board is left to others; what is a bad one gets words", async () => {
		await open();
		await hands.drag([200, 200], [300, 200]);
		const bad = '{"type":"weft/board","version":1,"items":[{"d":"!"}]}'.replaceAll('"', "&quot;");
		const hostile = `<p data-weft-board="${bad}">
			<img src=x onerror="window.said.push('run')"><script>window.said.push("run")</script></p>`;
		expect((await clip("paste", { "text/html": "<b>hello</b>" })).taken).toBe(false);
		expect(await said()).toEqual([]);
		await clip("paste", { "text/html": hostile });
		await clip("paste", { "text/plain": '{"type":"weft/board","version":2,"items":[]}' });
		await clip("paste", { "text/plain": '{"type":"excalidraw/clipboard","elements":[{}]}' });
		expect(await said()).toEqual([
			"This cannot be put on the board: it is damaged, or is no board.",
			"This was made by a newer Weft. Reload the page and try again.",
			"1 thing was left out: this board has nothing like it.",
		]);
		await hands.has(1);
	});

	test("words that somebody chose are copied, and not the board", async () => {
		await open();
		await hands.drag([200, 200], [300, 200]);
		await page.keyboard.press("Control+a");
		await expect.poll(chosen).toBe(1);
		await page.evaluate(() => {
			document.body.append(Object.assign(document.createElement("p"), { textContent: "words" }));
			getSelection()?.selectAllChildren(document.body.lastElementChild as Element);
		});
		expect((await clip("copy")).taken).toBe(false);
	});

	test("a board is saved as a file, and the file is dropped on another", async () => {
		await open();
		await hands.drag([200, 200], [300, 200]);
		const file = await fileOf("Board file (JSON)");
		expect(file.suggestedFilename()).toMatch(/^page board \d{4}-\d\d-\d\d\.weft\.json$/);
		const text = await textOf(file);
		expect(JSON.parse(text)).toMatchObject({ type: "weft/board", version: 1 });
		await page.evaluate((json) => {
			const files = new DataTransfer();
			files.items.add(new File([json], "garden.weft.json", { type: "application/json" }));
			const at = { clientX: 600, clientY: 500, bubbles: true, cancelable: true };
			window.boards[0]?.dispatchEvent(new DragEvent("drop", { ...at, dataTransfer: files }));
		}, text);
		await hands.has(2);
		await hands.see("board", [600, 500], true);
	});

	test("a picture of everything is a PNG of bounded size", async () => {
		await open();
		await hands.drag([200, 300], [500, 300]);
		await page.keyboard.press("v");
		const png = await readFile(await (await fileOf("Picture (PNG)")).path());
		expect(png.readUInt32BE(16)).toBeGreaterThan(600);
		expect(png.readUInt32BE(16)).toBeLessThan(800);
		await page.evaluate(() => window.load([[0, 0, 90_000, 90_000]]));
		await hands.has(2);
		const large = await readFile(await (await fileOf("Picture (PNG)")).path());
		expect(large.readUInt32BE(16) * large.readUInt32BE(20)).toBeLessThan(32_100_000);
	});

	test("the SVG of a board looks as its PNG does", async () => {
		await open();
		await page.evaluate(() => window.load(window.lines(300)));
		await page.keyboard.press("Shift+e");
		await hands.drag([120, 250], [700, 330]);
		await page.keyboard.press("o");
		await hands.drag([200, 200], [500, 400]);
		await button("Shapes and styles").click();
		await button("Light fill").click();
		await button("Dashed line").click();
		await button("Rectangle").click();
		await hands.drag([300, 300], [700, 500]);
		await page.keyboard.press("Escape");
		for (const [key, x, words] of [
			["n", 150, "Buy roses, & <lilies>\nשלום עולם"],
			["t", 800, "What grows where?"],
		] as const) {
			await page.keyboard.press(key);
			await page.mouse.click(x, 550);
			await page.locator(".weft-words__field:focus").waitFor();
			await page.keyboard.insertText(words);
			await page.keyboard.press("Escape");
			await page.keyboard.press("Escape");
		}
		await hands.has(304);
		const png = await readFile(await (await fileOf("Picture (PNG)")).path());
		const svg = await textOf(await fileOf("Drawing (SVG)"));
		const share = await page.evaluate(
			([a, b]) => window.difference(a ?? "", b ?? ""),
			[
				`data:image/png;base64,${png.toString("base64")}`,
				`data:image/svg+xml,${encodeURIComponent(svg)}`,
			],
		);
		expect(share).toBeLessThan(0.002);
	});

	test("what is chosen leaves alone, with a photo as bytes of its own", async () => {
		await open();
		await hands.drag([200, 200], [300, 200]);
		await page.evaluate(async () => {
			const bytes = await (await fetch("/api/picture")).blob();
			const files = new DataTransfer();
			files.items.add(new File([bytes], "<b>.png", { type: "image/png" }));
			const at = { clientX: 500, clientY: 450, bubbles: true, cancelable: true };
			window.boards[0]?.dispatchEvent(new DragEvent("drop", { ...at, dataTransfer: files }));
		});
		await hands.has(2);
		await expect.poll(() => hands.pixel("board", 500, 450)).toBe("0,0,255");
		await expect.poll(chosen).toBe(1);
		const svg = await textOf(await fileOf("Drawing (SVG)"));
		expect(svg).toMatch(/<image [^>]*href="data:image\/(png|jpeg);base64,[\w+/=]+"\/>/);
		expect(svg).not.toContain("<path");
		const png = await readFile(await (await fileOf("Picture (PNG)")).path());
		// 360 units and the air around them, two pixels each (PNG, section 11.2.1).
		expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([800, 800]);
	});

	test("an empty board has nothing to save, and takes a file", async () => {
		await open();
		await button("Board menu").click();
		await expect.poll(() => button("Print").isDisabled()).toBe(true);
		const json = JSON.stringify({
			type: "excalidraw",
			version: 2,
			elements: [{ type: "ellipse", x: 0, y: 0, width: 80, height: 80, strokeWidth: 4 }],
		});
		const [chooser] = await Promise.all([
			page.waitForEvent("filechooser"),
			button("Open a board file").click(),
		]);
		const buffer = Buffer.from(json);
		await chooser.setFiles({ name: "a.excalidraw", mimeType: "text/plain", buffer });
		await hands.has(1);
	});

	test("on paper there is the drawing alone, on one page, as wide as it is", async () => {
		await open("", { ...desk, colorScheme: "dark" });
		await hands.drag([200, 200], [600, 260]);
		await page.evaluate(() => {
			window.print = () => undefined;
		});
		await button("Board menu").click();
		await button("Print").click();
		await page.locator(".weft-print img").waitFor({ state: "attached" });
		const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
		expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(1);
		const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf) ?? [];
		expect(Number(width)).toBeGreaterThan(Number(height));
		await page.evaluate(() => dispatchEvent(new Event("afterprint")));
		await expect.poll(() => page.locator(".weft-print").count()).toBe(0);
	});

	test("on a phone that lies on its side all rows of the menu can be reached", async () => {
		await open("", { ...phone, viewport: { width: 844, height: 334 } });
		await button("Board menu").click();
		const first = button("Copy");
		await first.scrollIntoViewIfNeeded();
		expect((await first.boundingBox())?.y).toBeGreaterThan(0);
		const last = button("Clear the board");
		await last.scrollIntoViewIfNeeded();
		expect((await last.boundingBox())?.y).toBeLessThan(334 - 62);
	});

	test("a large drawing says how far it is, and can be given up", async () => {
		await open();
		await page.evaluate(() => window.load(window.lines(12_000)));
		await hands.has(12_000);
		await button("Board menu").click();
		await button("Drawing (SVG)").click();
		await page.getByRole("progressbar").waitFor();
		await button("Stop").click();
		await expect.poll(() => page.getByRole("progressbar").count()).toBe(0);
		expect(await said()).toEqual([]);
	});

	test.each([
		["a desk, light", desk],
		["a phone, dark", { ...phone, colorScheme: "dark" } as const],
	])("axe finds nothing to mend in the menu on %s", async (_name, options) => {
		await open("", { ...options, reducedMotion: "reduce" });
		await button("Board menu").click();
		await button("Print").waitFor();
		expect(await axeFaults(page, "weft-board")).toEqual([]);
	});
});
