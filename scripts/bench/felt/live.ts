/** How long until the other screen shows what somebody does: each point of a pen, each key. */
import { setTimeout as rest } from "node:timers/promises";
import type { House } from "./house.ts";
import { beginInk, beginLetters, begun, letterCount, whenLetters } from "./in-page.ts";
import { type SlowPerson, wallMs } from "./person.ts";

/** A pen that reports 60 times a second, and goes so far in between. */
export const penEveryMs = 1_000 / 60;
const penStepPx = 6;
/** The lines that it draws lie so far below each other. */
const lineStepPx = 30;
const rowsMax = 20;
/** So many steps before a line's end and after its start the pen turns. */
const turnSteps = 3;
/** A quick hand at the keyboard. */
export const keyEveryMs = 120;
/** The first points and keys are not counted: connections and code get warm. */
const warmCount = 10;

/** How late each point was on the other screen. */
export async function penToOther(house: House, count: number): Promise<number[]> {
	const [drawer, viewer] = await two(house);
	const [left, top] = await drawer.placeOnBoard(0.1, 0.15);
	const [right] = await drawer.placeOnBoard(0.9, 0.15);
	const way = toAndFro({ left, top, columns: Math.floor((right - left) / penStepPx) });
	const counted = way.filter(({ isTurn }) => !isTurn).slice(0, count + warmCount);
	const path = way.slice(0, way.indexOf(counted.at(-1) as Place) + 1 + turnSteps);
	const { mouse } = drawer.page;
	await mouse.move(left - penStepPx, top);
	await mouse.down();
	await viewer.page.evaluate(
		beginInk,
		counted.map(({ x, y }) => [x, y] as const),
	);
	const sentMs = await inTime(path.length, penEveryMs, async (index) => {
		const { x, y } = path[index] as Place;
		await mouse.move(x, y);
	});
	const seenMs = await viewer.sees(begun, null);
	await mouse.up();
	await house.empty();
	return lateness(
		sentMs.filter((_, index) => path[index]?.isTurn === false),
		seenMs,
	);
}

interface Place {
	readonly x: number;
	readonly y: number;
	/** The hand cuts the corner there, so it may never be ink. */
	readonly isTurn: boolean;
}

/** Lines below each other, one to the right and one to the left. */
function toAndFro({ left, top, columns }: { left: number; top: number; columns: number }): Place[] {
	return Array.from({ length: columns * rowsMax }, (_, index) => {
		const [row, step] = [Math.floor(index / columns), index % columns];
		const column = row % 2 === 0 ? step : columns - 1 - step;
		const isTurn = step < turnSteps || step >= columns - turnSteps;
		return { x: left + column * penStepPx, y: top + row * lineStepPx, isTurn };
	});
}

/** How late each letter was on the other screen. */
export async function keyToOther(house: House, count: number): Promise<number[]> {
	const [writer, reader] = await two(house);
	await writer.goToEnd();
	const length = await reader.page.evaluate(letterCount);
	const keys = count + warmCount;
	await reader.page.evaluate(beginLetters, [length, keys] as const);
	const sentMs = await inTime(keys, keyEveryMs, () => writer.page.keyboard.press("e"));
	const seenMs = await reader.sees(begun, null);
	await house.empty();
	return lateness(sentMs, seenMs);
}

/** Two people in a new room, each of whom has drawn, so that nothing moves their view. */
async function two(house: House): Promise<[SlowPerson, SlowPerson]> {
	const path = house.newRoom();
	const people: [SlowPerson, SlowPerson] = [await house.arrive(), await house.arrive()];
	for (const person of people) {
		await person.open(path);
		await person.drawAtOnce();
	}
	const [one, other] = people;
	await one.goToEnd();
	await one.page.keyboard.press("a");
	await other.sees(whenLetters, 1);
	return people;
}

/** Does something at its times, whether or not the page keeps up; gives the times. */
async function inTime(
	count: number,
	everyMs: number,
	act: (index: number) => Promise<void>,
): Promise<number[]> {
	const sentMs: number[] = [];
	const acts: Promise<void>[] = [];
	const startMs = wallMs();
	for (let index = 0; index < count; index++) {
		const aheadMs = startMs + index * everyMs - wallMs();
		if (aheadMs > 0) await rest(aheadMs);
		sentMs.push(wallMs());
		acts.push(act(index));
	}
	await Promise.all(acts);
	return sentMs;
}

function lateness(sentMs: readonly number[], seenMs: readonly number[]): number[] {
	return seenMs.map((ms, index) => ms - (sentMs[index] ?? Number.NaN)).slice(warmCount);
}
