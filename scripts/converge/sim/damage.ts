/** Flips one bit of a closed store, and looks at what a server makes of it. */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import * as syncProtocol from "y-protocols/sync";
import * as Y from "yjs";
import type { Millis } from "../../../shared/clock.ts";
import type { RoomName } from "../../../shared/ids.ts";
import { encodeHello, encodeStep1, messageType } from "../../../shared/protocol.ts";
import type { Random } from "../random.ts";
import type { SimDisk } from "./disk.ts";
import { SimConnection } from "./network.ts";
import type { SimServer } from "./server.ts";
import { readRoom } from "./stored.ts";
import type { SimTime } from "./time.ts";

/** What a flip needs. Nobody has the disk open, and nobody else may come meanwhile. */
export interface FlipParts {
	readonly disk: SimDisk;
	readonly random: Random;
	readonly rooms: Iterable<RoomName>;
	readonly clock: SimTime;
	readonly makeServer: () => SimServer;
}

/** From the start of a server until it listens or has failed. */
const startMsMax: Millis = 4_000;
/** Longest that a guest waits for the whole room. */
const answerMsMax: Millis = 4_000;

/**
 * Flips a bit, asks for every room as a guest would, and puts the bit back. Null where each was
 * refused or was right; else which was wrong.
 */
export async function checkFlip(parts: FlipParts): Promise<string | null> {
	const { disk, random, clock, makeServer, rooms } = parts;
	disk.mend();
	const right = new Map<RoomName, Y.Doc>();
	const whole = await startedOn(clock, makeServer());
	if (whole === null) return "the server does not start on a store that is whole";
	try {
		for (const room of rooms) right.set(room, await readRoom(whole.log, room, clock));
	} catch (error) {
		return `damaged before any bit was flipped: ${String(error)}`;
	} finally {
		whole.kill();
	}
	const flip = disk.flip(random);
	if (flip === null) return null;
	const server = await startedOn(clock, makeServer());
	let wrong: string | null = null;
	for (const [room, doc] of right) {
		if (server === null) break; // It refuses the store as a whole.
		const answer = await askFor(room, server, clock);
		if (answer.state === "refused") continue;
		if (answer.state === "answered" && isEqual(answer.doc, doc)) continue;
		const how = answer.state === "answered" ? "served wrong" : "neither served nor refused";
		wrong = `${room} was ${how} with a flipped bit under ${flip.key.toString("hex")}`;
	}
	server?.kill();
	flip.putBack();
	return wrong;
}

async function startedOn(clock: SimTime, server: SimServer): Promise<SimServer | null> {
	let hasFailed = false;
	server.start().catch(() => {
		hasFailed = true;
	});
	const endMs = clock.elapsed() + startMsMax;
	while (!server.isListening && !hasFailed && clock.elapsed() < endMs) await clock.advance(10);
	if (server.isListening) return server;
	server.kill();
	return null;
}

/** What a guest has heard. */
interface Answer {
	state: "waiting" | "answered" | "refused";
	readonly doc: Y.Doc;
}

/** Comes as a guest who has nothing. */
async function askFor(room: RoomName, server: SimServer, clock: SimTime): Promise<Answer> {
	const doc = new Y.Doc();
	const answer: Answer = { state: "waiting", doc };
	const soon = () => 0;
	const connection = new SimConnection(
		clock,
		{ up: soon, down: soon },
		{
			opened: () => undefined,
			message: (frame) => {
				if (isAnswer(doc, frame)) answer.state = "answered";
			},
			closed: () => {
				if (answer.state === "waiting") answer.state = "refused";
			},
		},
	);
	server.accept(connection.wire, { user: "guest", room });
	connection.send(encodeHello());
	connection.send(encodeStep1(Y.encodeStateVector(doc)));
	const endMs = clock.elapsed() + answerMsMax;
	while (answer.state === "waiting" && clock.elapsed() < endMs) await clock.advance(10);
	connection.close();
	return answer;
}

/** Takes a frame; true where it ends the answer. */
function isAnswer(doc: Y.Doc, frame: Uint8Array): boolean {
	const decoder = decoding.createDecoder(frame);
	if (decoding.readVarUint(decoder) !== messageType.sync) return false;
	const reply = encoding.createEncoder();
	return (
		syncProtocol.readSyncMessage(decoder, reply, doc, null) === syncProtocol.messageYjsSyncStep2
	);
}

function isEqual(one: Y.Doc, other: Y.Doc): boolean {
	const [a, b] = [one, other].map((doc) => Buffer.from(canonical(doc)));
	return a !== undefined && b !== undefined && a.equals(b);
}

function canonical(doc: Y.Doc): Uint8Array {
	const again = new Y.Doc();
	Y.applyUpdate(again, Y.encodeStateAsUpdate(doc));
	return Y.encodeStateAsUpdate(again);
}
