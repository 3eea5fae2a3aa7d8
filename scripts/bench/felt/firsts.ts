/** How long until the first thing somebody does is seen. */
import type { House } from "./house.ts";
import { whenFull, whenKept, whenLetters, whenTheirInk, whenWarm } from "./in-page.ts";
import { fillLarge } from "./large-room.ts";
import type { SlowPerson } from "./person.ts";

/** Something that can be tried again and again: each gives the milliseconds it took. */
export type Try = (index: number) => Promise<number>;

/** Makes tries in a house. */
export type Trial = (house: House) => Promise<Try>;

type First = (person: SlowPerson) => Promise<number>;

const ink: First = (person) => person.drawAtOnce();
const letter: First = async (person) => {
	await person.caret();
	const shown = person.sees(whenLetters, 1);
	await person.page.keyboard.press("a");
	return shown;
};

/** From "New room", pressed as soon as it is there in a fresh profile. */
export function newCold(first: "ink" | "letter"): Trial {
	const see = first === "ink" ? ink : letter;
	return async (house) => async () => {
		const person = await house.arrive();
		await person.open("/");
		const startMs = await person.pressNew();
		const tookMs = (await see(person)) - startMs;
		await house.empty();
		return tookMs;
	};
}

/** From the address of a new room, opened in a fresh profile. */
export const newByAddress: Trial = async (house) => async () => {
	const person = await house.arrive();
	const startMs = await person.open("/new");
	const tookMs = (await ink(person)) - startMs;
	await house.empty();
	return tookMs;
};

/** So long somebody reads the first page before they press something there. */
const readMs = 1_500;

/** From "New room" on a page that was read, where somebody has been before. */
export function newWarm(first: "ink" | "letter"): Trial {
	const see = first === "ink" ? ink : letter;
	return async (house) => {
		const person = await house.arrive();
		await person.open("/");
		await person.pressNew();
		await ink(person);
		await person.sees(whenKept, null);
		return async () => {
			await person.reopen();
			await person.open("/");
			// While somebody reads the first page it fetches what a room begins with.
			await person.sees(whenWarm, null);
			await person.page.waitForTimeout(readMs);
			const startMs = await person.pressNew();
			return (await see(person)) - startMs;
		};
	};
}

/** From the link, opened in a fresh profile, until who sits in the room sees the first stroke. */
export const scanned: Trial = async (house) => {
	const starter = await house.arrive();
	return async () => {
		const path = house.newRoom();
		await starter.open(path);
		await starter.drawAtOnce();
		const joiner = await house.arrive();
		const seen = starter.sees(whenTheirInk, null);
		const startMs = await joiner.open(path);
		await joiner.drawAtOnce();
		const tookMs = (await seen) - startMs;
		await joiner.leave();
		return tookMs;
	};
};

/** From the link of a large room until all in sight is shown, and the pen draws on it. */
export function largeRoom(size: { readonly strokes: number; readonly edits: number }): Trial {
	return async (house) => {
		const { path, letters } = await fillLarge(house, size);
		return async () => {
			const person = await house.arrive();
			const startMs = await person.open(path);
			const full = person.sees(whenFull, letters);
			const inkMs = await person.drawAtOnce();
			// Ink that was drawn before all was there is drawn once more.
			const fullMs = await full;
			const tookMs = (fullMs > inkMs ? await person.drawAtOnce() : inkMs) - startMs;
			await house.empty();
			return tookMs;
		};
	};
}
