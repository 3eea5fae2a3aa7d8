/** Work goes on without a network, survives the closing of the tab, and merges on return. */
import sharp from "sharp";
import { expect, test } from "vitest";
import { keptUpdateCount, waitingPhotoCount } from "../fixtures/app/device.ts";
import { scenario } from "../fixtures/app/stage.ts";

scenario("offline, then sync", ({ people, keepers }) => {
	test("edits on every surface survive a closed tab and merge with what others did", async () => {
		const [ann, ben] = await people("Ann", "Ben");
		await ann.goTo("/r/train/document");
		await ben.goTo("/r/train/document");
		await ann.write("Before. ");
		await ben.reads("Before.");
		await ann.draw([
			[0.3, 0.3],
			[0.5, 0.3],
		]);
		await ben.seesStrokes(1);
		for (const surface of ["photos", "chat", "document"] as const) await ann.show(surface);
		await ann.lightSays(/Saved/);

		ann.cable.cut();
		await ann.lightSays(/Offline/);
		await ann.write("Ann on the train. ");
		await ann.draw([
			[0.3, 0.5],
			[0.5, 0.5],
		]);
		await ann.say("Ann is in a tunnel");
		await ann.show("photos");
		const background = "#884422";
		const image = sharp({ create: { width: 320, height: 240, channels: 3, background } });
		const buffer = await image.jpeg().toBuffer();
		await ann.share({ name: "tunnel.jpg", mimeType: "image/jpeg", buffer });
		await expect.poll(() => ann.photoTiles().count()).toBe(1);
		await ann.lightSays(/Offline – \d+ changes waiting/);
		await expect.poll(() => waitingPhotoCount(ann.page)).toBe(1);
		await ann.isKept();

		await ben.write("Ben at home. ");
		await ben.draw([
			[0.3, 0.7],
			[0.5, 0.7],
		]);
		await ben.show("chat");
		await ben.say("Ben is at home");
		await ben.seesStrokes(2);
		await ann.closeTab();

		ann.cable.mend();
		await ann.openTab("/r/train/document");
		for (const person of [ann, ben]) {
			await person.reads("Ann on the train.");
			await person.reads("Ben at home.");
			await person.seesStrokes(3);
			await person.show("chat");
			await person.hears("Ann is in a tunnel");
			await person.hears("Ben is at home");
			await person.show("photos");
			await person.seesPhotos(1);
			await person.show("document");
		}
		const text = await ben.documentText();
		await expect.poll(() => ann.documentText()).toBe(text);
		await ann.lightSays(/Saved/);

		const [cleo] = await people("Cleo");
		await cleo.goTo("/r/train/document");
		await expect.poll(() => cleo.documentText()).toBe(text);
		await cleo.seesStrokes(3);
	});

	test("another person on the same browser never sends the first one's edits", async () => {
		const [ann] = await keepers("Ann");
		const [ben] = await people("Ben");
		await ann.goTo("/r/library/document");
		await ann.write("Before. ");
		await ann.lightSays(/Saved/);
		await ann.page.evaluate(async () => void (await navigator.serviceWorker.ready));
		ann.cable.cut();
		await ann.lightSays(/Offline/);
		await ann.write("Only Ann knows. ");
		await ann.lightSays(/waiting/);
		await ann.isKept();
		await ann.closeTab();

		await ann.becomeSomebodyElse("Cleo");
		await ann.openTab("/r/library/document");
		ann.cable.mend();
		await ann.lightSays(/Saved/);
		await ann.reads("Before.");
		await ann.write("Cleo was here. ");
		await ben.goTo("/r/library/document");
		await ben.reads("Cleo was here.");
		expect(await ben.documentText()).not.toContain("Only Ann knows");
		expect(await ann.documentText()).not.toContain("Only Ann knows");
	});

	test("hundreds of keys are a few updates on the device, and read as what was typed", async () => {
		const [ann] = await people("Ann");
		await ann.goTo("/r/diary/document");
		const words = "a long day ".repeat(50);
		await ann.write(words);
		await ann.lightSays(/Saved/);
		await expect.poll(() => keptUpdateCount(ann.page, "diary")).toBeLessThan(200);
		await ann.goTo("/r/diary/document");
		await ann.reads(words.trim());
	});

	test("the network goes and comes many times while both write", async () => {
		const [ann, ben] = await people("Ann", "Ben");
		await ann.goTo("/r/flaky/document");
		await ben.goTo("/r/flaky/document");
		await ann.lightSays(/Saved/); // Its code comes behind the room's.
		const words: string[] = [];
		for (let round = 0; round < 5; round++) {
			ann.cable.cut();
			await ann.lightSays(/Offline/);
			await ann.write(`ann${round} `);
			await ben.write(`ben${round} `);
			words.push(`ann${round}`, `ben${round}`);
			ann.cable.mend();
			await ben.reads(`ann${round}`);
			await ann.reads(`ben${round}`);
		}
		const text = await ann.documentText();
		expect(words.map((word) => text.split(word).length - 1)).toEqual(words.map(() => 1));
		await expect.poll(() => ben.documentText()).toBe(text);
	});
});
