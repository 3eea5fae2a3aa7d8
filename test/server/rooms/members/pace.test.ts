import { describe, expect, test, vi } from "vitest";
import { gatherMs, gatherMsMax, Pace } from "../../../../server/rooms/members/pace.ts";
import { ManualClock } from "../../../fixtures/manual-clock.ts";
import { garden, openRoom, turns } from "../../../fixtures/rooms/open-room.ts";

describe("how long a room gathers", () => {
	test("a room of few is told at once", () => {
		expect(gatherMs(0)).toBe(0);
		expect(gatherMs(0.1)).toBe(0);
	});

	test("a room of many spends a tenth of its time on telling", () => {
		expect(gatherMs(0.25)).toBe(2.25);
		expect(gatherMs(1)).toBe(9);
	});

	test("nobody waits longer than the bound, however long telling took", () => {
		expect(gatherMs(3)).toBe(gatherMsMax);
		expect(gatherMs(1_000)).toBe(gatherMsMax);
	});

	test("what was told before the last rest costs no other", () => {
		const clock = new ManualClock();
		const pace = new Pace(clock);
		for (let part = 0; part < 2; part++) pace.tell(() => clock.advance(0.25));
		expect(pace.restMs()).toBe(gatherMs(0.25));
		clock.advance(gatherMs(0.25));
		expect(pace.restMs()).toBe(0);
		clock.advance(1);
		expect(pace.restMs()).toBe(0);
	});
});

describe("a busy room of many", () => {
	/** A room in which telling everybody takes a millisecond. */
	async function slowRoom() {
		const made = await openRoom();
		const [ann, ben, eve] = [made.visit(), made.visit(), made.visit()];
		await made.room.settled();
		const send = eve.send.bind(eve);
		vi.spyOn(eve, "send").mockImplementation((frames) => {
			made.clock.advance(1);
			send(frames);
		});
		return { ...made, ann, ben, eve };
	}

	/** Nobody writes until all that gathered is told. */
	async function fallQuiet({ room, clock }: Awaited<ReturnType<typeof openRoom>>) {
		clock.advance(gatherMsMax);
		await room.settled();
	}

	test("tells a quiet room at once, and what follows together", async () => {
		const made = await slowRoom();
		const { log, clock, ann, ben, eve } = made;
		ann.type("1");
		await turns();
		expect(eve.text()).toBe("1");
		for (const digit of "2345") {
			ann.type(digit);
			await turns();
		}
		expect(eve.text()).toBe("1");
		clock.advance(gatherMs(1));
		await turns();
		expect([eve.text(), ben.text()]).toEqual(["12345", "12345"]);
		expect(log.batches.get(garden)?.map(({ updates }) => updates.length)).toEqual([1, 4]);
		await fallQuiet(made);
	});

	test("that fell quiet tells the next one at once again", async () => {
		const made = await slowRoom();
		const { ann, eve } = made;
		ann.type("1");
		await turns();
		await fallQuiet(made);
		ann.type("2");
		await turns();
		expect(eve.text()).toBe("12");
		await fallQuiet(made);
	});

	test("rests for nobody: it is settled at once where nothing more comes", async () => {
		const { room, log, ann } = await slowRoom();
		ann.type("1");
		await room.settled();
		expect(log.batches.get(garden)).toHaveLength(1);
	});

	test("is settled only when what gathered is written", async () => {
		const { room, log, clock, ann } = await slowRoom();
		ann.type("1");
		await turns();
		ann.type("2");
		const closed = room.close();
		await turns();
		clock.advance(gatherMsMax);
		await turns();
		clock.advance(gatherMsMax);
		await closed;
		expect(log.batches.get(garden)).toHaveLength(2);
	});
});
