import { expect, test } from "vitest";
import { Reclaimer, reclaimBytesMin } from "../../../server/store/reclaimer.ts";
import { ManualClock } from "../../fixtures/manual-clock.ts";
import { roomNamed } from "../../fixtures/stored.ts";

const garden = roomNamed("garden");
const shed = roomNamed("shed");

function create(ms = 0) {
	const clock = new ManualClock();
	const reclaimed: string[] = [];
	const reclaim = async (room: string) => {
		clock.advance(ms);
		reclaimed.push(room);
	};
	return { clock, reclaimed, reclaimer: new Reclaimer({ clock, reclaim }) };
}

function turn(): Promise<void> {
	return new Promise((resolve) => setImmediate(resolve));
}

test("what adds up is reclaimed once nobody has written for a while", async () => {
	const { clock, reclaimed, reclaimer } = create();
	for (let part = 0; part < 4; part++) reclaimer.freed(garden, reclaimBytesMin / 4);
	reclaimer.freed(shed, reclaimBytesMin - 1);
	for (let second = 0; second < 10; second++) {
		reclaimer.wrote();
		clock.advance(1_000);
		await turn();
	}
	expect(reclaimed).toEqual([]);
	clock.advance(6_000);
	await turn();
	expect(reclaimed).toEqual([garden]);
	expect(clock.timerCount).toBe(0);
	reclaimer.freed(garden, reclaimBytesMin - 1);
	clock.advance(60_000);
	await turn();
	expect(reclaimed).toEqual([garden]);
});

test("closing reclaims what is worth it, for a second at most", async () => {
	const { clock, reclaimed, reclaimer } = create(400);
	const rooms = ["a", "b", "c", "d", "e"].map(roomNamed);
	for (const room of rooms) reclaimer.freed(room, reclaimBytesMin);
	reclaimer.freed(shed, 1);
	reclaimer.wrote();
	await reclaimer.close();
	expect(reclaimed).toEqual(["a", "b", "c"]);
	expect(clock.timerCount).toBe(0);
});

test("no more than so many rooms are counted", async () => {
	const { reclaimed, reclaimer } = create();
	reclaimer.freed(garden, reclaimBytesMin - 1);
	for (let room = 0; room < 1_000; room++) reclaimer.freed(roomNamed(`room ${room}`), 1);
	reclaimer.freed(garden, 1);
	await reclaimer.close();
	expect(reclaimed).toEqual([]);
});
