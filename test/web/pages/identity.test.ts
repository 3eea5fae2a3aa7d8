import { expect, test, vi } from "vitest";
import type { Person } from "../../../shared/awareness.ts";
import { WeftError } from "../../../shared/errors.ts";
import { Unreachable } from "../../../web/api.ts";
import { identify } from "../../../web/pages/identity.ts";
import { Me, newcomer } from "../../../web/sync/me.ts";
import { handClock } from "../sync/hand-clock.ts";

const ann: Person = { id: "g_ann", name: "Ann", color: "#1d63c9" };

/** Somebody at a page whose server does not answer until `answer` is called. */
function visit({ known, isOnline = true }: { known?: Person; isOnline?: boolean } = {}) {
	vi.spyOn(console, "info").mockImplementation(() => undefined);
	const me = new Me(null);
	if (known !== undefined) me.set(known);
	const clock = handClock();
	const asked: string[] = [];
	let mustSignIn = false;
	let failure: Error | null = new Unreachable("The server does not answer.");
	const ask = (knownId: string): Promise<Person> => {
		asked.push(knownId);
		return failure === null ? Promise.resolve(ann) : Promise.reject(failure);
	};
	return {
		me,
		asked,
		done: identify({
			...{ me, ask, clock },
			isOnline: () => isOnline,
			mustSignIn: () => {
				mustSignIn = true;
			},
		}),
		mustSignIn: () => mustSignIn,
		fail: (error: Error) => {
			failure = error;
		},
		answer: () => {
			failure = null;
		},
		/** Lets time pass, and then what waits for it. */
		pass: async (ms: number) => {
			await new Promise((turn) => setImmediate(turn));
			clock.pass(ms);
			await new Promise((turn) => setImmediate(turn));
		},
	};
}

test("a newcomer asks until the server says who they are, ever more seldom", async () => {
	const { me, asked, done, answer, pass } = visit();
	for (const pauseMs of [500, 1_000, 2_000, 4_000, 8_000]) {
		const before = asked.length;
		await pass(pauseMs - 1);
		expect(asked.length).toBe(before);
		await pass(1);
		expect(asked.length).toBe(before + 1);
	}
	expect(me.person).toBe(newcomer);
	answer();
	await pass(8_000);
	expect(await done).toBe(true);
	expect(me.person).toEqual(ann);
	expect(new Set(asked)).toEqual(new Set([newcomer.id]));
});

test("who was here before goes on as who they were", async () => {
	const { me, asked, done } = visit({ known: ann });
	expect(await done).toBe(false);
	expect(me.person).toEqual(ann);
	expect(asked).toEqual([ann.id]);
});

test("a newcomer is let in without a network, or at a server that knows no people", async () => {
	expect(await visit({ isOnline: false }).done).toBe(false);
	const { asked, done, fail, pass } = visit();
	fail(new WeftError("not_found"));
	await pass(500);
	expect(await done).toBe(false);
	expect(asked).toHaveLength(2);
});

test("who must sign in first is told so, and is asked for no more until then", async () => {
	const { me, asked, done, fail, mustSignIn, pass } = visit();
	fail(new WeftError("not_signed_in"));
	await pass(500);
	expect(await done).toBe(true);
	expect(mustSignIn()).toBe(true);
	expect(asked).toHaveLength(2);
	expect(me.person).toBe(newcomer);
});
