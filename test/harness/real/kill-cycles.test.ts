/** People type while their server is killed again and again: what was promised is kept. */
import { readdir, rm, stat, truncate } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Ledger } from "../../../scripts/converge/person/ledger.ts";
import { Device } from "../../../scripts/converge/person/person.ts";
import { ReferencePerson } from "../../../scripts/converge/person/reference.ts";
import { killCycles } from "../../../scripts/converge/real/kill-cycles.ts";
import { RealTestbed } from "../../../scripts/converge/real/testbed.ts";
import type { System } from "../../../scripts/converge/systems/system.ts";
import { weft } from "../../../scripts/converge/systems/weft.ts";
import type { RoomName } from "../../../shared/ids.ts";
import { until } from "../../fixtures/until.ts";

test("20 kills lose nothing that was shown or called saved", { timeout: 300_000 }, async () => {
	const both = await Promise.all([1, 2].map((seed) => killCycles(10, { system: weft(), seed })));
	for (const { findings, cycleCount, promisedCount } of both) {
		expect(findings).toEqual([]);
		expect(cycleCount).toBe(10);
		// How much is typed in a moment is the machine's affair.
		expect(promisedCount).toBeGreaterThan(30);
	}
});

test("a disk that loses what was written last is found out", async () => {
	const { findings, cycleCount } = await killCycles(10, { system: forgetful(weft()), seed: 3 });
	// What was lost may have been shown to others before its writer was told that it is saved.
	const lost = findings.filter(({ check }) => check === "saved stays" || check === "shown stays");
	expect(lost).not.toEqual([]);
	expect(cycleCount).toBeLessThan(10);
});

test("cycles end when they are told to", async () => {
	const counts: number[] = [];
	const cycled = (count: number) => counts.push(count) < 2;
	const { cycleCount } = await killCycles(10, { system: weft(), seed: 4, cycled });
	expect([cycleCount, counts]).toEqual([2, [1, 2]]);
});

test("what the server lost is seen, however soon who has it comes back", async () => {
	const system = weft();
	const start: System["start"] = async (directory, port) => {
		await rm(join(directory, "store"), { recursive: true, force: true });
		return system.start(directory, port);
	};
	const testbed = new RealTestbed({ ...system, start }, 5);
	const caller = { name: "ann", user: "ann", room: "garden" as RoomName };
	const ann = new ReferencePerson({
		name: "ann",
		user: "ann",
		device: new Device(),
		clock: testbed.clock,
		ledger: new Ledger(),
		dial: testbed.dial(caller),
		nextClientId: () => 1,
		hasAcks: true,
	});
	try {
		await testbed.start();
		ann.goOnline();
		ann.edit((doc) => doc.getText("text").insert(0, "rose"));
		await until("it is saved", () => ann.isSaved);
		await testbed.crash("kill");
		const started = testbed.start();
		await until("she is back", () => {
			ann.goOnline();
			return ann.isSaved;
		});
		expect(await started).toBeNull();
		expect((await testbed.stored(caller.room))?.getText("text").toString()).toBe("");
		// From here on she is let in, and brings what she has.
		const deadlineMs = performance.now() + 60_000;
		let text = "";
		while (text !== "rose" && performance.now() < deadlineMs) {
			await testbed.advance(50);
			text = (await testbed.stored(caller.room))?.getText("text").toString() ?? "";
		}
		expect(text).toBe("rose");
	} finally {
		ann.leave();
		await testbed.end();
	}
});

/** Before each start the newest log of the store is cut to three quarters. */
function forgetful(system: System): System {
	return {
		...system,
		start: async (directory, port) => {
			const store = join(directory, "store");
			const names = await readdir(store).catch(() => []);
			const [newest] = names
				.filter((name) => name.endsWith(".log"))
				.sort()
				.reverse();
			if (newest !== undefined) {
				const path = join(store, newest);
				await truncate(path, Math.floor(((await stat(path)).size * 3) / 4));
			}
			return system.start(directory, port);
		},
	};
}
