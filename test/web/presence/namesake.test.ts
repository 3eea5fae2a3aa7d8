import { expect, test } from "vitest";
import { avoidNamesakes, type NamesakeClient } from "../../../web/presence/namesake.ts";
import { Me, type Myself } from "../../../web/sync/me.ts";
import { handClock } from "../sync/hand-clock.ts";
import { settle } from "../sync/memory-updates.ts";
import { type CrowdClient, crowd } from "./crowd.ts";

const settleMs = 3_000;
const otter = "Quiet Otter";

/** Somebody called Quiet Otter who found these people here; `come()` is when they begin to look. */
function newcomer(who: CrowdClient, found: readonly CrowdClient[]) {
	const clock = handClock();
	const mine = new Me(null);
	mine.set({ ...who.me, name: otter } as Myself);
	const show = () => who.setPresence({ user: mine.person });
	mine.onChange(show);
	show();
	const client: NamesakeClient = {
		doc: who.awareness.doc,
		get me() {
			return mine.person;
		},
		mine,
		people: () => who.people(),
		synced: Promise.resolve(),
		foundHere: found.map(({ awareness, me }) => ({
			clientId: awareness.clientID,
			state: { user: me },
		})),
	};
	let namedCount = 0;
	const nameAnew = async (): Promise<Myself> => {
		namedCount += 1;
		return { ...mine.person, name: `Merry ${who.me.name} ${namedCount}` };
	};
	const come = async (): Promise<void> => {
		void avoidNamesakes(client, { clock, nameAnew });
		await settle();
	};
	const later = async (ms: number): Promise<void> => {
		clock.pass(ms);
		await settle();
	};
	return { come, later, isOtter: () => mine.person.name === otter };
}

test("who comes later gives way at once", async () => {
	const [ann, ben] = crowd("ann", "ben") as [CrowdClient, CrowdClient];
	const first = newcomer(ann, []);
	const second = newcomer(ben, [ann]);
	await first.come();
	await second.come();
	expect([first.isOtter(), second.isOtter()]).toEqual([true, false]);
});

test("who was here first keeps the name when somebody comes before they looked again", async () => {
	const [zoe, ben] = crowd("zoe", "ben") as [CrowdClient, CrowdClient];
	const first = newcomer(zoe, []);
	await first.come();
	const second = newcomer(ben, [zoe]);
	await first.later(settleMs); // Zoe looks: Ben is here, whose id is less, and has that name.
	await second.come();
	await first.later(settleMs);
	expect([first.isOtter(), second.isOtter()]).toEqual([true, false]);
});

test("who was here keeps the name where their own code came after the other person", async () => {
	const [zoe, ben] = crowd("zoe", "ben") as [CrowdClient, CrowdClient];
	const first = newcomer(zoe, []);
	const second = newcomer(ben, [zoe]);
	await first.come();
	await second.come();
	await first.later(settleMs);
	await first.later(settleMs);
	expect([first.isOtter(), second.isOtter()]).toEqual([true, false]);
});

test("of two who came at once one gives way, whoever looks first", async () => {
	for (const isAnnFirst of [true, false]) {
		const [ann, ben] = crowd("ann", "ben") as [CrowdClient, CrowdClient];
		const both = [newcomer(ann, []), newcomer(ben, [])];
		for (const one of both) await one.come();
		for (let look = 0; look < 2; look++) {
			for (const one of isAnnFirst ? both : both.toReversed()) await one.later(settleMs);
		}
		expect(both.map((one) => one.isOtter())).toEqual([true, false]);
	}
});
