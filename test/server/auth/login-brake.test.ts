import { expect, test } from "vitest";
import { LoginBrake } from "../../../server/auth/login-brake.ts";
import { ManualClock } from "../../fixtures/manual-clock.ts";

const minuteMs = 60_000;

/** Tries as often as the brake lets it; gives when each was let through. */
function triesWithin(ms: number, addressOf: (index: number) => string): number[] {
	const clock = new ManualClock();
	const brake = new LoginBrake(clock);
	const madeMs: number[] = [];
	for (let index = 0; clock.elapsed() < ms; index++) {
		const waitMs = brake.waitMs("ann", addressOf(index));
		if (waitMs === 0) madeMs.push(clock.elapsed());
		else clock.advance(Math.min(waitMs, 1_000));
	}
	return madeMs;
}

test.each([
	["one address", 1],
	["a hundred addresses", 100],
])("from %s an account is tried 10 times in any minute at most", (_, addressCount) => {
	const madeMs = triesWithin(60 * minuteMs, (index) => `10.0.0.${index % addressCount}`);
	const inMinuteFrom = (startMs: number) =>
		madeMs.filter((ms) => ms >= startMs && ms < startMs + minuteMs).length;
	expect(Math.max(...madeMs.map(inMinuteFrom))).toBeLessThanOrEqual(10);
	expect(madeMs.length).toBeLessThan(70);
});

test("a thousand tries at once are three tries", () => {
	const brake = new LoginBrake(new ManualClock());
	const waits = Array.from({ length: 1_000 }, (_, i) => brake.waitMs("ann", `10.0.${i % 100}.1`));
	expect(waits.filter((waitMs) => waitMs === 0)).toHaveLength(3);
});

test("each wait is twice the one before, up to a minute", () => {
	const clock = new ManualClock();
	const brake = new LoginBrake(clock);
	const waits: number[] = [];
	for (let tries = 0; tries < 11; tries++) {
		expect(brake.waitMs("ann", `10.0.0.${tries}`)).toBe(0);
		const waitMs = brake.waitMs("ann", "10.9.9.9");
		if (waitMs === 0) continue;
		waits.push(waitMs);
		clock.advance(waitMs);
	}
	const doubled = [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000];
	expect(waits.slice(0, doubled.length)).toEqual(doubled);
});

test("one address that tries many accounts is slowed, others are not", () => {
	const brake = new LoginBrake(new ManualClock());
	const waits = Array.from({ length: 100 }, (_, index) => brake.waitMs(`name-${index}`, "eve"));
	expect(waits.filter((waitMs) => waitMs === 0)).toHaveLength(20);
	expect(brake.waitMs("ann", "home")).toBe(0);
});

test("the right password ends the waits of its account, and counts for no address", () => {
	const brake = new LoginBrake(new ManualClock());
	for (let tries = 0; tries < 19; tries++) brake.waitMs(`name-${tries}`, "school");
	for (let pupils = 0; pupils < 50; pupils++) {
		expect(brake.waitMs("eve", "school")).toBe(0);
		brake.succeeded("eve", "school");
	}
	expect(brake.waitMs("ann", "school")).toBe(0);
	expect(brake.waitMs("eve", "school")).toBeGreaterThan(0);
});

test("who makes many accounts is slowed by their address, and nobody else is", () => {
	const brake = new LoginBrake(new ManualClock());
	const waits = Array.from({ length: 30 }, () => brake.waitMs(null, "eve"));
	expect(waits.filter((waitMs) => waitMs === 0)).toHaveLength(20);
	expect(brake.waitMs(null, "home")).toBe(0);
});

test("after a rest nothing is held against anybody", () => {
	const clock = new ManualClock();
	const brake = new LoginBrake(clock);
	for (let tries = 0; tries < 3; tries++) brake.waitMs("ann", "home");
	expect(brake.waitMs("ann", "home")).toBeGreaterThan(0);
	clock.advance(15 * minuteMs + 1);
	for (let tries = 0; tries < 3; tries++) expect(brake.waitMs("ann", "home")).toBe(0);
});
