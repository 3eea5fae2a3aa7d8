import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { Session } from "../../../server/gateway/session.ts";
import { Watch } from "../../../server/gateway/watch.ts";
import { encodeAwareness } from "../../../shared/awareness.ts";
import type { UserId } from "../../../shared/ids.ts";
import { encodeAwarenessFrame, encodeStep1, encodeUpdate } from "../../../shared/protocol.ts";
import { FakeWire } from "../../fixtures/fake-wire.ts";
import { openRoom } from "../../fixtures/rooms/open-room.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

const visitCount = 20;
const person = { id: "g_1", name: "Ann", color: "#112233" };
const nothingKnown = Uint8Array.of(0);
/** The letter "a" in the root text, by client 1. */
const letter = Uint8Array.of(1, 1, 1, 0, 4, 1, 4, 116, 101, 120, 116, 1, 97, 0);

type Place = Pick<Awaited<ReturnType<typeof openRoom>>, "room" | "clock"> & { watch: Watch };

/** Somebody comes, asks, shows themselves, writes and goes. */
async function visit({ room, clock, watch }: Place, visitIndex: number) {
	const wire = new FakeWire();
	const visitor = {
		userId: `g_${visitIndex}` as UserId,
		mayOwn: true,
		accountName: null,
		mayClaim: () => true,
		stamp: () => person,
		reconsider: () => undefined,
		ended: () => room.leave(session),
	};
	const frameRate = { perSecond: 10, burst: 10 };
	const rules = { clock, watch, frameRate, outboxBytesMax: 640_000 };
	const session: Session = new Session(wire, visitor, rules);
	room.join(session);
	session.enter(room);
	const state = { clientId: visitIndex + 2, clock: 1, state: "{}" };
	wire.events.message(encodeStep1(nothingKnown));
	wire.events.message(encodeAwarenessFrame(encodeAwareness([state])));
	wire.events.message(encodeUpdate(letter));
	await room.settled();
	wire.events.closed();
	return new WeakRef(session);
}

test("an open room keeps no session that left", async () => {
	const { room, clock } = await openRoom();
	const place = { room, clock, watch: new Watch(clock) };
	const visits: WeakRef<Session>[] = [];
	for (let index = 0; index < visitCount; index++) visits.push(await visit(place, index));
	clock.advance(1_000);
	await room.settled();
	// A reference that was looked at holds until the turn ends.
	await new Promise(setImmediate);
	collectGarbage();
	expect(visits.filter((gone) => gone.deref() !== undefined).length).toBeLessThanOrEqual(1);
	expect(room.memberCount).toBe(0);
	expect(room.doc?.getText("text").toString()).toBe("a");
});
