import { readFile } from "node:fs/promises";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { showMs } from "../../web/photos/viewer/slideshow.ts";
import { hasChromium } from "../fixtures/app/chromium.ts";
import { waitingPhotoCount } from "../fixtures/app/device.ts";
import { lightSays } from "../fixtures/app/light.ts";
import { holdTime } from "../fixtures/app/time.ts";
import { axeFaults } from "../fixtures/axe.ts";
import { type Person, PhotoHouse, picture } from "./photo-house.ts";

describe.skipIf(!hasChromium)("photos in Chromium", () => {
	let house: PhotoHouse;
	let people: Person[] = [];

	beforeAll(async () => {
		house = await PhotoHouse.open();
	});

	afterEach(async () => {
		for (const person of people.splice(0)) {
			// Where the server is away the browser says so itself, of the service worker's script too.
			const expected =
				/status of 4|ERR_(CONNECTION_RE(FUSED|SET)|EMPTY_RESPONSE)|WebSocket|fetching the script/;
			expect(person.complaints.filter((line) => !expected.test(line))).toEqual([]);
			await person.context.close();
		}
	});

	afterAll(() => house?.close());

	async function enter(room: string, ...[options]: Parameters<PhotoHouse["enter"]>[1][]) {
		const person = await house.enter(room, options);
		people = [...people, person];
		return person;
	}

	const eventually = <Value>(read: () => Promise<Value>) => expect.poll(read);
	const tiles = (person: Person) => person.page.locator(".weft-photos__tile");
	const caption = (person: Person) => person.page.locator("textarea.weft-caption");
	const toasts = (person: Person) => person.page.locator(".weft-toast p");
	/** Until all have been sent their order may change, and with it who is first. */
	const isSent = ({ page }: Person) =>
		eventually(() => page.locator(".weft-photos__cancel").count()).toBe(0);

	test("what one chooses the others see, and are told of in one sentence", async () => {
		const ann = await enter("garden");
		const ben = await enter("garden");
		await lightSays(ben.page, /Saved/);
		await ann.choose(
			await picture("a.jpg", "#aa3300"),
			await picture("b.jpg", "#00aa33", 300),
			await picture("c.jpg", "#0033aa", 900),
		);
		await eventually(() => ann.page.getByText("Shared").count()).toBeGreaterThan(0);
		// What is told goes away after a while: it is looked for while the pictures come.
		await Promise.all([
			eventually(() => ben.loadedCount()).toBe(3),
			eventually(() => toasts(ben).allTextContents()).toEqual([
				expect.stringMatching(/ shared 3 photos$/),
			]),
		]);
		expect(await ann.told()).toEqual([]);
		await eventually(() => ben.page.locator("weft-photos h2").textContent()).toBe("3 photos");
		const eve = await enter("garden");
		await eventually(() => eve.loadedCount()).toBe(3);
		// To Eve these are old: the first news is of what comes now.
		await ann.choose(await picture("d.jpg", "#aaaa33", 700));
		await eventually(() => toasts(eve).allTextContents()).toEqual([
			expect.stringMatching(/ shared a photo$/),
		]);
	});

	test("a caption is typed together, a removed photo comes back by Undo", async () => {
		const ann = await enter("kitchen");
		const ben = await enter("kitchen");
		await ann.choose(await picture("a.jpg", "#aa3300"));
		for (const person of [ann, ben]) {
			await eventually(() => person.loadedCount()).toBe(1);
			await person.page.locator(".weft-photos__open").click();
		}
		// What comes and goes within a moment is no news: this one has come.
		await eventually(() => ben.told()).toEqual([expect.stringMatching(/ shared a photo$/)]);
		await caption(ann).pressSequentially("soup");
		await eventually(() => caption(ben).inputValue()).toBe("soup");
		await caption(ben).press("Home");
		await Promise.all([
			caption(ann).pressSequentially(" at noon \u{1f963}"),
			// At once: keys that are far apart, as on a busy machine, are several steps of undo.
			ben.page.keyboard.insertText("hot "),
		]);
		for (const person of [ann, ben]) {
			await eventually(() => caption(person).inputValue()).toBe("hot soup at noon \u{1f963}");
		}
		await caption(ben).press("Control+z");
		await eventually(() => caption(ann).inputValue()).toBe("soup at noon \u{1f963}");
		await caption(ann).press("Enter");
		expect(await ben.page.locator(".weft-viewer time").getAttribute("datetime")).toMatch(/Z$/);

		// It can be undone here for some seconds, however long it takes until Ben is told.
		const goOn = await holdTime(ann.page);
		await ann.page.keyboard.press("Delete");
		await eventually(() => ben.page.getByText("This photo was removed").count()).toBe(1);
		await eventually(() => ben.told()).toContain("A photo was removed");
		await ann.page.getByRole("button", { name: "Undo" }).click();
		await goOn();
		await eventually(() => caption(ben).inputValue()).toBe("soup at noon \u{1f963}");
		await ann.page.keyboard.press("Escape");
		await eventually(() => ann.page.locator("dialog[open]").count()).toBe(0);
		const below = ann.page.locator(".weft-photos__caption");
		await eventually(() => below.textContent()).toContain("at noon");
	});

	test("arrows lead through the photos, E to the caption, Space begins a show", async () => {
		const ann = await enter("hall");
		await ann.choose(await picture("a.jpg", "#aa3300"), await picture("b.jpg", "#00aa33"));
		await eventually(() => ann.loadedCount()).toBe(2);
		await isSent(ann);
		await ann.page.locator(".weft-photos__open").first().click();
		const position = ann.page.locator(".weft-viewer__position");
		await eventually(() => position.textContent()).toContain("1 of 2");
		await ann.page.keyboard.press("ArrowRight");
		await eventually(() => position.textContent()).toContain("2 of 2");
		await ann.page.keyboard.press("ArrowRight");
		await ann.page.getByRole("button", { name: "Previous photo" }).click();
		await eventually(() => position.textContent()).toContain("1 of 2");
		await ann.page.keyboard.press("e");
		await ann.page.keyboard.type("at last");
		await eventually(() => caption(ann).inputValue()).toBe("at last");
		await ann.page.keyboard.press("Escape");
		await ann.page.keyboard.press("Space");
		await ann.page.getByRole("button", { name: "Stop the slideshow" }).waitFor();
	});

	test("what is no photo is refused in words, and leaves no gap", async () => {
		const ann = await enter("cellar");
		const buffer = Buffer.from("<script>alert(1)</script>");
		await ann.choose(
			{ name: "page.jpg", mimeType: "image/jpeg", buffer },
			await picture("a.jpg", "#aa3300"),
		);
		const alert = ann.page.locator(".weft-photos__refusals");
		await eventually(() => alert.textContent()).toContain("page.jpg was not shared. Only JPEG");
		await eventually(() => tiles(ann).count()).toBe(1);
		await ann.page.getByRole("button", { name: "Dismiss" }).click();
		await eventually(() => alert.count()).toBe(0);
	});

	test("photos come by paste and by drop, and none that fell beside takes the page", async () => {
		const ann = await enter("attic");
		const { buffer } = await picture("a.jpg", "#aa3300");
		for (const way of ["paste", "drop"]) {
			await ann.page.locator("weft-photos section").evaluate(
				(section, { way, bytes }) => {
					const data = new DataTransfer();
					const file = new File([Uint8Array.from(bytes)], `${way}.jpg`, { type: "image/jpeg" });
					data.items.add(file);
					const event =
						way === "paste"
							? new ClipboardEvent("paste", { clipboardData: data, bubbles: true })
							: new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
					section.dispatchEvent(event);
				},
				{ way, bytes: [...buffer] },
			);
		}
		await eventually(() => ann.loadedCount()).toBe(2);
		await ann.page.locator(".weft-people__me").waitFor();
		const isRefused = await ann.page.locator(".weft-room__bar").evaluate((bar) => {
			const data = new DataTransfer();
			data.items.add(new File(["a"], "a.jpg", { type: "image/jpeg" }));
			return ["dragover", "drop"].map((type) => {
				const asked = { dataTransfer: data, bubbles: true, cancelable: true };
				return !bar.dispatchEvent(new DragEvent(type, asked));
			});
		});
		expect(isRefused).toEqual([true, true]);
	});

	test("a photo chosen while the server is away arrives after the tab was closed", async () => {
		const ann = await enter("harbour");
		const ben = await enter("harbour");
		await house.stopServer();
		await ann.choose(await picture("a.jpg", "#aa3300"));
		await eventually(() => tiles(ann).getByText("Waiting for the network").count()).toBe(1);
		await eventually(() => waitingPhotoCount(ann.page)).toBe(1);
		await ann.newTab();
		await house.startServer();
		await house.openRoom(ann, "harbour");
		await eventually(() => ben.loadedCount()).toBe(1);
		await eventually(() => ann.loadedCount()).toBe(1);
	});

	test("a photo comes back from the bin, all go into one file, and a show goes on", async () => {
		const ann = await enter("wedding");
		await ann.choose(await picture("a.jpg", "#aa3300"), await picture("b.jpg", "#00aa33"));
		await eventually(() => ann.loadedCount()).toBe(2);
		await isSent(ann);
		const { page } = ann;
		const choose = async (name: string) => {
			await page.getByRole("button", { name: "More", exact: true }).last().click();
			await page.getByRole("button", { name, exact: true }).click();
		};
		await tiles(ann).first().getByRole("button").first().press("Delete");
		await eventually(() => tiles(ann).count()).toBe(1);
		await choose("Removed photos");
		const words = (await page.locator(".weft-bin__words").innerText()).split(/\s+by\s+|\n/);
		expect(words[0]).toBe("Photo");
		expect(words.filter((part) => part.includes(words[1] ?? ""))).toHaveLength(1);
		await page.getByRole("button", { name: /^Restore the photo by/ }).click();
		await page.getByText("No photo was removed.").waitFor();
		await page.keyboard.press("Escape");
		await eventually(() => tiles(ann).count()).toBe(2);

		const [file] = await Promise.all([page.waitForEvent("download"), choose("Download all")]);
		expect(file.suggestedFilename()).toMatch(/\.zip$/);
		const bytes = (await readFile(await file.path())).toString("latin1");
		for (const name of ["001.jpg", "002.jpg", "captions.txt"]) expect(bytes).toContain(name);

		const goOn = await holdTime(page);
		await choose("Slideshow");
		const position = page.locator(".weft-viewer__position");
		await eventually(() => position.textContent()).toContain("1 of 2");
		await page.clock.runFor(showMs);
		await goOn();
		await eventually(() => position.textContent()).toContain("2 of 2");
		await page.getByRole("button", { name: "Stop the slideshow" }).click();
		await page.getByRole("button", { name: "Slideshow", exact: true }).last().waitFor();
	});

	test("what is larger than 4,096 pixels is made smaller before it is sent", async () => {
		const ann = await enter("poster");
		const sentBytes = new Promise<number>((resolve) => {
			ann.page.on("request", (request) => {
				if (request.method() !== "PUT" || !request.url().includes("/photos/")) return;
				void request.sizes().then(({ requestBodySize }) => resolve(requestBodySize));
			});
		});
		const large = await picture("poster.jpg", "#336699", 6_000);
		await ann.choose(large);
		await eventually(() => ann.loadedCount()).toBe(1);
		expect(await sentBytes).toBeLessThan(large.buffer.length);
		const shown = tiles(ann).locator("img");
		await eventually(() =>
			shown.evaluate((image: HTMLImageElement) => image.width / image.height),
		).toBeGreaterThan(2);
	});

	test("an original is kept where somebody wants it, at every pixel, for everybody", async () => {
		const ann = await enter("print-shop");
		const ben = await enter("print-shop");
		await ann.page.getByRole("switch", { name: /Keep originals/ }).check();
		const poster = await picture("poster.jpg", "#336699", 5_000);
		await ann.choose(poster);
		await eventually(() => ben.loadedCount()).toBe(1);
		await ben.page.locator(".weft-photos__open").click();
		const original = ben.page.getByRole("link", { name: /^Original, / });
		const [file] = await Promise.all([ben.page.waitForEvent("download"), original.click()]);
		expect(file.suggestedFilename()).toBe("photo.jpeg");
		const { width } = await sharp(await readFile(await file.path())).metadata();
		expect(width).toBe(5_000);

		await ann.newTab();
		await house.openRoom(ann, "print-shop");
		await ann.page.getByRole("button", { name: "More", exact: true }).last().click();
		const isOn = () => ann.page.getByRole("switch", { name: /Keep originals/ }).isChecked();
		await eventually(isOn).toBe(true);
	});

	test("a hostile caption is only words", async () => {
		const ann = await enter("forge");
		const words = `<img src=x onerror="alert(1)"><script>alert(2)</script>`;
		await ann.choose(await picture("a.jpg", "#aa3300"));
		await eventually(() => ann.loadedCount()).toBe(1);
		await ann.page.locator(".weft-photos__open").click();
		await caption(ann).fill(words);
		await ann.page.getByRole("button", { name: "Close" }).click();
		await eventually(() => ann.page.locator(".weft-photos__caption").textContent()).toBe(words);
		await eventually(() => ann.page.locator("weft-photos img").getAttribute("alt")).toBe(words);
	});

	test("grid and viewer have no faults that axe can see, light or dark", async () => {
		for (const colorScheme of ["light", "dark"] as const) {
			const options = { colorScheme, reducedMotion: "reduce" } as const;
			const ann = await enter(`salon-${colorScheme}`, options);
			expect(await axeFaults(ann.page, "weft-photos")).toEqual([]);
			await ann.choose(await picture("a.jpg", "#aa3300"), await picture("b.jpg", "#00aa33"));
			await eventually(() => ann.loadedCount()).toBe(2);
			expect(await axeFaults(ann.page, "weft-photos")).toEqual([]);
			await ann.page.locator(".weft-photos__open").first().click();
			await eventually(() => ann.page.locator("dialog[open] img").count()).toBe(1);
			expect(await axeFaults(ann.page, "weft-photo-viewer")).toEqual([]);
		}
	});
});
