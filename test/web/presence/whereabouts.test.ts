import { expect, test } from "vitest";
import type { PresenceState } from "../../../shared/awareness.ts";
import { idleAfterMs, type LifeTarget, Whereabouts } from "../../../web/presence/whereabouts.ts";
import { handClock } from "../sync/hand-clock.ts";

function world(visibilityState = "visible") {
	const told: Partial<PresenceState>[] = [];
	const clock = handClock();
	const page: EventTarget & { visibilityState: string } = Object.assign(new EventTarget(), {
		visibilityState,
	});
	const client = { setPresence: (part: Partial<PresenceState>) => void told.push(part) };
	return { told, clock, page, whereabouts: new Whereabouts(client, clock, page as LifeTarget) };
}

test("a minute without a sign of life is told, and the first sign after it too", () => {
	const { told, clock, page } = world();
	clock.pass(idleAfterMs - 1);
	page.dispatchEvent(new Event("pointermove"));
	clock.pass(idleAfterMs - 1);
	expect(told).toEqual([]);
	clock.pass(1);
	expect(told).toEqual([{ idle: true }]);
	page.dispatchEvent(new Event("keydown"));
	page.dispatchEvent(new Event("keydown"));
	expect(told).toEqual([{ idle: true }, { idle: false }]);
});

test("a hidden tab is away at once and back when it is seen", () => {
	const { told, page } = world();
	page.visibilityState = "hidden";
	page.dispatchEvent(new Event("visibilitychange"));
	page.visibilityState = "visible";
	page.dispatchEvent(new Event("visibilitychange"));
	expect(told).toEqual([{ idle: true }, { idle: false }]);
});

test("a tab that was opened in the background is away until it is seen", () => {
	const { told, page } = world("hidden");
	expect(told).toEqual([{ idle: true }]);
	page.visibilityState = "visible";
	page.dispatchEvent(new Event("visibilitychange"));
	expect(told).toEqual([{ idle: true }, { idle: false }]);
});

test("after closing nothing is told", () => {
	const { told, clock, page, whereabouts } = world();
	whereabouts.look("chat");
	whereabouts.close();
	clock.pass(idleAfterMs * 2);
	page.dispatchEvent(new Event("pointermove"));
	expect(told).toEqual([{ surface: "chat" }]);
});
