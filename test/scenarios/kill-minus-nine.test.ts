/** The server is killed in the middle of everything; nothing that anybody saw is lost. */
import sharp from "sharp";
import { expect, test } from "vitest";
import { scenario } from "../fixtures/app/stage.ts";
import { joinStock } from "../fixtures/stock-client.ts";
import { until } from "../fixtures/until.ts";

const rounds = [0, 1, 2];

/** The words with the number of each round. */
function named(...words: string[]): string[] {
	return words.flatMap((word) => rounds.map((round) => `${word} ${round}`));
}

scenario("kill -9", ({ people, weft }) => {
	test("two people go on over a killed server, and a third finds all they did", async () => {
		const [ann, ben] = await people("Ann", "Ben");
		await ann.goTo("/r/storm/document");
		await ben.goTo("/r/storm/document");
		for (const person of [ann, ben]) await person.show("chat");
		const background = "#225588";
		const image = sharp({ create: { width: 320, height: 240, channels: 3, background } });
		const buffer = await image.jpeg().toBuffer();
		for (const round of rounds) {
			await ann.write(`[ann before ${round}]`);
			await ann.draw([
				[0.25, 0.2 + round / 10],
				[0.6, 0.25 + round / 10],
			]);
			await ann.say(`before ${round}`);
			await ben.reads(`[ann before ${round}]`);
			await ben.hears(`before ${round}`);
			const typing = ben.write(`[ben meanwhile ${round}]`);
			await weft().kill9();
			await typing;
			await ben.lightSays(/Offline/);
			await ann.write(`[ann after ${round}]`);
			await ben.say(`after ${round}`);
			await weft().start();
			await ann.reads(`[ben meanwhile ${round}]`);
			await ben.reads(`[ann after ${round}]`);
			await ann.hears(`after ${round}`);
		}
		await ann.show("photos");
		await ann.share({ name: "storm.jpg", mimeType: "image/jpeg", buffer });
		await weft().kill9();
		await weft().start();
		await ann.seesPhotos(1);
		for (const person of [ann, ben]) await person.lightSays(/Saved/);

		const [cleo] = await people("Cleo");
		await cleo.goTo("/r/storm/document");
		const words = named("[ann before", "[ben meanwhile", "[ann after");
		for (const word of words) await cleo.reads(`${word}]`);
		const text = await cleo.documentText();
		for (const word of words) expect(text.split(`${word}]`)).toHaveLength(2);
		await cleo.seesStrokes(3);
		await cleo.show("chat");
		for (const words of named("before", "after")) await cleo.hears(words);
		await cleo.show("photos");
		await cleo.seesPhotos(1);
	});

	test("what somebody else saw is on disk, however soon the kill comes", async () => {
		const [ann, ben] = await people("Ann", "Ben");
		await ann.goTo("/r/sudden/document");
		await ben.goTo("/r/sudden/document");
		const typing = ann.write("abcdefghijklmnopqrstuvwxyz ".repeat(8));
		await ben.reads("abcdefghijklmnopqrstuvwxyz");
		await weft().kill9();
		const seen = await ben.documentText();
		await Promise.all([ann.closeTab(), ben.closeTab(), typing.catch(() => undefined)]);
		await weft().start();
		const stock = joinStock(weft().syncUrl, "sudden");
		await until("a fresh client is synced", () => stock.provider.synced);
		expect(stock.text.toString().startsWith(seen.trim())).toBe(true);
		stock.leave();
	});
});
