import { expect, test } from "vitest";
import { WaitingPeople } from "../../../../server/auth/rooms/waiting.ts";
import type { UserId } from "../../../../shared/ids.ts";
import { knockMsMax } from "../../../../shared/room-access.ts";
import { ManualClock } from "../../../fixtures/manual-clock.ts";
import { roomNamed } from "../../../fixtures/stored.ts";

test("from one network few wait before all doors, and places come back", () => {
	const clock = new ManualClock();
	const waiting = new WaitingPeople(clock, () => undefined);
	const ask = (index: number, network = "192.0.2.1") =>
		waiting.ask(roomNamed(`room-${index % 10}`), { id: `g_${index}` as UserId, name: "" }, network);
	for (let index = 0; index < 200; index++) ask(index);
	expect(() => ask(200)).toThrow("too many wait");
	ask(201, "192.0.2.2");
	waiting.drop(roomNamed("room-7"), "g_7" as UserId);
	waiting.drop(roomNamed("room-7"), "g_7" as UserId);
	ask(200);
	expect(() => ask(7)).toThrow("too many wait");
	clock.advance(knockMsMax);
	for (let index = 0; index < 200; index++) ask(index);
});
