/** What a server must never say of who is there is noticed, and nothing else is. */
import { beforeEach, expect, test } from "vitest";
import { PresenceWatch } from "../../scripts/converge/checks/presence-watch.ts";
import { encodeAwareness } from "../../shared/awareness.ts";
import type { RoomName } from "../../shared/ids.ts";
import { encodeAwarenessFrame } from "../../shared/protocol.ts";

const room = "garden" as RoomName;
const here = '{"pointer":null}';
const gone = "null";

let complaints: string[] = [];
let watch = new PresenceWatch(() => undefined);

beforeEach(() => {
	complaints = [];
	watch = new PresenceWatch((say) => void complaints.push(say));
});

function frame(clientId: number, clock: number, state: string): Uint8Array {
	return encodeAwarenessFrame(encodeAwareness([{ clientId, clock, state }]));
}

test("nobody is told that somebody left who is connected", () => {
	const ann = watch.open({ user: "ann", room });
	const [old, fresh] = [watch.open({ user: "ben", room }), watch.open({ user: "ben", room })];
	for (const ben of [old, fresh]) ben.heard(frame(7, 1, here));
	ann.said([frame(7, 10, here)]);
	watch.close(old);
	ann.said([frame(7, 11, gone)]);
	expect(complaints).toEqual(["ann is told that ben left, whose page is connected"]);
});

test("who left, said so, or is in another room may be said to be gone", () => {
	const ann = watch.open({ user: "ann", room });
	const ben = watch.open({ user: "ben", room });
	ben.heard(frame(7, 1, here));
	watch.close(ben);
	const cat = watch.open({ user: "cat", room });
	cat.heard(frame(8, 1, here));
	cat.heard(frame(8, 2, gone));
	const dan = watch.open({ user: "dan", room: "meadow" as RoomName });
	dan.heard(frame(9, 1, here));
	for (const clientId of [7, 8, 9]) ann.said([frame(clientId, 10, gone)]);
	expect(complaints).toEqual([]);
});

test("a page speaks for its own client id only", () => {
	const ann = watch.open({ user: "ann", room });
	const eve = watch.open({ user: "eve", room });
	eve.heard(frame(666, 1, here));
	eve.heard(frame(7, 1, here));
	ann.said([frame(7, 10, gone)]);
	expect(complaints).toEqual([]);
});

test("states come again, and newer, but never older than what was sent before", () => {
	const ann = watch.open({ user: "ann", room });
	for (const clock of [10, 10, 12, 11]) ann.said([frame(7, clock, here)]);
	expect(complaints).toEqual(["ann is sent an older state of 7 again"]);
});
