import { describe, expect, test } from "vitest";
import { type Fault, faults, makePlan } from "../../scripts/converge/plan.ts";
import { streamsOf } from "../../scripts/converge/random.ts";
import { type Outcome, playRun } from "../../scripts/converge/run.ts";
import type { Plants } from "../../scripts/converge/sim/server.ts";
import { SimTestbed } from "../../scripts/converge/sim/testbed.ts";
import type { RoomLog } from "../../server/store/room-log.ts";

const everyFault = Object.keys(faults) as Fault[];

function run(seed: number, plants: Plants = {}, chosen = everyFault): Promise<Outcome> {
	const plan = makePlan({ seed, people: 5, ops: 200, faults: chosen }, streamsOf(seed));
	return playRun(plan, new SimTestbed(seed, plants));
}

/** The first seed from 5,000 on at which a planted fault is noticed; null where none is. */
async function firstNoticed(plants: Plants, seedCount = 60): Promise<number | null> {
	for (let seed = 5_000; seed < 5_000 + seedCount; seed++) {
		const { findings } = await run(seed, plants);
		if (findings.length > 0) return seed;
	}
	return null;
}

/** The log, but with some of its methods replaced. */
function replace(log: RoomLog, methods: Partial<RoomLog>): RoomLog {
	return new Proxy(log, {
		get(target, name: keyof RoomLog) {
			const method = methods[name] ?? target[name];
			return method.bind(target);
		},
	});
}

test("five people end with one room, whatever fails, on 40 seeds", {
	timeout: 120_000,
}, async () => {
	for (let seed = 1; seed <= 40; seed++) {
		expect((await run(seed)).findings, `seed ${seed}`).toEqual([]);
	}
});

test("a seed is repeatable to the byte", async () => {
	const [first, second] = [await run(7), await run(7)];
	expect(second).toEqual(first);
});

describe("planted faults are noticed", { timeout: 120_000 }, () => {
	test("a server that syncs only every second write", async () => {
		expect(await firstNoticed({ isSyncing: (count) => count % 2 === 0 })).not.toBeNull();
	});

	test("a server that says saved before the write", async () => {
		const log = (real: RoomLog) =>
			replace(real, {
				append: async (room, batch) => {
					real.append(room, batch).catch(() => undefined);
				},
			});
		expect(await firstNoticed({ log })).not.toBeNull();
	});

	test("a server that drops one update in a thousand", async () => {
		let count = 0;
		const log = (real: RoomLog) =>
			replace(real, {
				append: async (room, batch) => {
					const updates = batch.updates.filter(() => ++count % 1_000 !== 0);
					if (updates.length > 0) await real.append(room, { ...batch, updates });
				},
			});
		expect(await firstNoticed({ log })).not.toBeNull();
	});

	test("a server that serves what was there one write ago", async () => {
		const log = (real: RoomLog) =>
			replace(real, {
				load: async (room) => {
					const stored = await real.load(room);
					return { ...stored, tail: stored.tail.slice(0, -1) };
				},
			});
		expect(await firstNoticed({ log })).not.toBeNull();
	});
});
