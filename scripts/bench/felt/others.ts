/** What the others are to see within a second: a name, a photo, what was done without a network. */
import { setTimeout as rest } from "node:timers/promises";
import type { Trial } from "./firsts.ts";
import type { House } from "./house.ts";
import {
	makePhoto,
	pickPhoto,
	uploadedMs,
	whenLetters,
	whenNamed,
	whenPhotos,
	whenText,
} from "./in-page.ts";
import { type SlowPerson, wallMs } from "./person.ts";

/** After so long without a network the tries to connect are rare. */
const offlineMs = 3_000;

/** From the Enter that saves a name until the other's list of people has it. */
export const renamed: Trial = async (house) => {
	const [one, other] = await two(house, "board");
	return async (index) => {
		const name = `Felt Otter ${index}`;
		await one.page.locator(".weft-people__me").click();
		const field = one.page.locator(".weft-me input[name=name]");
		await field.fill(name);
		const seen = other.sees(whenNamed, name);
		const startMs = wallMs();
		await field.press("Enter");
		const tookMs = (await seen) - startMs;
		await one.page.locator(".weft-me").waitFor({ state: "detached" });
		return tookMs;
	};
};

/** From the moment when the network is back until each has what the other did meanwhile. */
export const backOnline: Trial = async (house) => {
	const [one, other] = await two(house, "document");
	return async (index) => {
		await one.setOffline(true);
		await Promise.all([one.goToEnd(), other.goToEnd()]);
		await one.page.keyboard.insertText(`from afar ${index}. `);
		await other.page.keyboard.insertText(`from here ${index}. `);
		await rest(offlineMs);
		const seen = [
			one.sees(whenText, `from here ${index}.`),
			other.sees(whenText, `from afar ${index}.`),
		];
		const startMs = wallMs();
		await one.setOffline(false);
		return Math.max(...(await Promise.all(seen))) - startMs;
	};
};

/** From picking a photo until the other sees that it comes. */
export const photoPlaceholder: Trial = async (house) => {
	const share = await photos(house);
	return async (index) => (await share(index)).placeholderMs;
};

/** From the last byte of the photo that left until the other sees its thumbnail. */
export const photoThumbnail: Trial = async (house) => {
	const share = await photos(house);
	return async (index) => (await share(index)).thumbnailMs;
};

async function photos(house: House) {
	const [one, other] = await two(house, "photos");
	return async (index: number) => {
		await one.page.evaluate(makePhoto, index);
		const placeholder = other.sees(whenPhotos, [index + 1, false] as const);
		const thumbnail = other.sees(whenPhotos, [index + 1, true] as const);
		const pickedMs = await one.page.evaluate(pickPhoto);
		const placeholderMs = (await placeholder) - pickedMs;
		const shownMs = await thumbnail;
		return { placeholderMs, thumbnailMs: shownMs - (await one.page.evaluate(uploadedMs)) };
	};
}

/** Two people who look at the same, and whose line works. */
async function two(house: House, surface: string): Promise<[SlowPerson, SlowPerson]> {
	const path = house.newRoom(surface);
	const people: [SlowPerson, SlowPerson] = [await house.arrive(), await house.arrive()];
	for (const person of people) {
		await person.open(path);
		await person.page.locator("weft-room main [data-pane] > :defined").first().waitFor();
	}
	const [one, other] = people;
	if (surface === "photos") {
		for (const { page } of people)
			await page.locator("weft-photos input[type=file]").first().waitFor({ state: "attached" });
		return people;
	}
	await one.goToEnd();
	await one.page.keyboard.press("a");
	await other.sees(whenLetters, 1);
	return people;
}
