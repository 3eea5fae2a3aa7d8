/** How many rooms one address may begin that is not signed in; real sockets, one after another. */
import { afterAll, beforeAll, expect, test } from "vitest";
import * as Y from "yjs";
import { encodeHello, encodeUpdate, messageType } from "../../../shared/protocol.ts";
import { framesOf } from "../../fixtures/people/caller.ts";
import { makeUsers, signIn } from "../../fixtures/people/operator.ts";
import { openRaw, type RawClient } from "../../fixtures/raw-client.ts";
import { until } from "../../fixtures/until.ts";
import { startWeftProcess, type WeftProcess } from "../../fixtures/weft-process.ts";

/** More than an address may begin at once, and what it may begin in the time that this takes. */
const triesMax = 3_000;
const atOnce = 50;

let weft: WeftProcess;

beforeAll(async () => {
	weft = await startWeftProcess();
	await makeUsers(weft, "Ann");
});

afterAll(() => weft.drop());

/** Somebody whom a proxy on this machine speaks for comes to a room. */
async function come(room: string, address: string, cookie = ""): Promise<RawClient> {
	const client = await openRaw(`${weft.syncUrl}/${room}`, { "x-forwarded-for": address, cookie });
	await until("it is answered", () => client.received.length > 0 || client.closing() !== null);
	return client;
}

async function howItEnds(client: RawClient): Promise<string> {
	const closing = client.closing();
	client.socket.terminate();
	return closing === null ? "let in" : `${closing.code} ${closing.reason}`;
}

const enter = async (...where: Parameters<typeof come>) => howItEnds(await come(...where));

/** Comes to one new room after another until one is refused. */
async function exhaust(address: string): Promise<string> {
	for (let count = 0; count < triesMax; count += atOnce) {
		const rooms = Array.from({ length: atOnce }, (_, index) => `${address}-${count + index}`);
		const ends = await Promise.all(rooms.map((room) => enter(room, address)));
		const refused = ends.find((end) => end !== "let in");
		if (refused !== undefined) return refused;
	}
	return "let into all";
}

test("who begins rooms without end is refused new ones, and nobody else is", async () => {
	const first = await come("garden", "203.0.113.7");
	const doc = new Y.Doc();
	doc.getText("text").insert(0, "rose");
	first.socket.send(encodeHello());
	first.socket.send(encodeUpdate(Y.encodeStateAsUpdate(doc)));
	await until("it is saved", () => framesOf(first, messageType.saved).length > 0);
	expect(await exhaust("203.0.113.7")).toBe("1013 too_many_rooms");
	// Many at once: what the address may begin in this moment is gone, however slow this machine is.
	const ends = await Promise.all(
		Array.from({ length: atOnce }, (_, index) => enter(`late-${index}`, "203.0.113.7")),
	);
	expect(ends).toContain("1013 too_many_rooms");
	expect(await enter("garden", "203.0.113.7")).toBe("let in");
	expect(await enter("of-another-address", "203.0.113.8")).toBe("let in");
	expect(await enter("of-ann", "203.0.113.7", await signIn(weft, "ann"))).toBe("let in");
	first.socket.terminate();
});
