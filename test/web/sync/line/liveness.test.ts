import { expect, test } from "vitest";
import type { WebsocketProvider } from "y-websocket";
import { Liveness } from "../../../../web/sync/line/liveness.ts";
import { handClock } from "../hand-clock.ts";

/** Somebody connected who does nothing, second for second; `answer` says whether they are told. */
function watch(seconds: number, answer: (second: number) => boolean) {
	const clock = handClock();
	const seen = { askCount: 0, lostAfter: null as number | null };
	let isAsked = false;
	const ws = {
		readyState: 1,
		send: () => {
			isAsked = true;
			seen.askCount++;
		},
		onclose: () => {
			seen.lostAfter ??= clock.elapsed() / 1_000;
		},
	};
	const provider = { ws, wsconnected: true, on: () => undefined };
	const liveness = new Liveness(provider as unknown as WebsocketProvider, clock);
	for (let second = 1; second <= seconds; second++) {
		clock.pass(1_000);
		if (isAsked && answer(second)) liveness.heard();
		isAsked = false;
	}
	liveness.close();
	return seen;
}

test("who is alone and is answered stays connected, and asks no more than every 5 s", () => {
	expect(watch(60, () => true)).toEqual({ askCount: 12, lostAfter: null });
});

test("a line that goes dead is noticed within ten seconds of the last answer", () => {
	const { lostAfter } = watch(60, (second) => second <= 20);
	expect(lostAfter).toBeGreaterThan(20);
	expect(lostAfter).toBeLessThanOrEqual(30);
});
