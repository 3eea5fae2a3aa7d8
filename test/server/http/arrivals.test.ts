import { expect, test } from "vitest";
import { Arrivals } from "../../../server/http/arrivals.ts";
import type { UserId } from "../../../shared/ids.ts";
import { ManualClock } from "../../fixtures/manual-clock.ts";

const person = (name: string) => `g_${name}` as UserId;

function open(uploadsMax: number) {
	const clock = new ManualClock();
	return { clock, arrivals: new Arrivals({ uploadsMax, userUploadsMax: 3 }, clock) };
}

test("who sends a byte now and then keeps nobody out, and loses one place after another", () => {
	const { clock, arrivals } = open(4);
	const slow = ["m1", "m2", "m3"].map((name) => arrivals.enter(person(name)));
	const quick = arrivals.enter(person("ann"));
	clock.advance(10_000);
	for (const [index, arrival] of slow.entries()) arrival.bytes = 10 - index;
	quick.bytes = 1_000_000;
	arrivals.enter(person("ben"));
	expect(slow.map(({ cut }) => cut.signal.aborted)).toEqual([false, false, true]);
	arrivals.enter(person("ben"));
	expect(slow.map(({ cut }) => cut.signal.aborted)).toEqual([false, true, true]);
	arrivals.enter(person("ben"));
	expect(() => arrivals.enter(person("cleo"))).toThrow(
		expect.objectContaining({ code: "photos_busy" }),
	);
	expect(quick.cut.signal.aborted).toBe(false);
});

test("nobody is cut off while there is a place, at once, or once all of it came", () => {
	const { clock, arrivals } = open(2);
	const first = arrivals.enter(person("ann"));
	clock.advance(60_000);
	const second = arrivals.enter(person("ben"));
	first.isWhole = true;
	expect(() => arrivals.enter(person("cleo"))).toThrow(
		expect.objectContaining({ code: "photos_busy" }),
	);
	expect([first, second].map(({ cut }) => cut.signal.aborted)).toEqual([false, false]);
	arrivals.leave(first);
	arrivals.leave(first);
	arrivals.enter(person("cleo"));
	expect(() => arrivals.enter(person("dan"))).toThrow(
		expect.objectContaining({ code: "photos_busy" }),
	);
});

test("one person has so many places, whoever else is slow", () => {
	const { clock, arrivals } = open(3);
	for (let count = 0; count < 3; count++) arrivals.enter(person("mallory"));
	clock.advance(10_000);
	expect(() => arrivals.enter(person("mallory"))).toThrow(
		expect.objectContaining({ code: "photos_busy" }),
	);
	arrivals.enter(person("ann"));
});
