/**
 * The floor: a bare WebSocket relay. What comes from one goes to everybody else in the room as one
 * frame that is made once; nothing is understood, kept or checked. What a server does beyond this
 * is what it costs. Runs as it stands; the port is taken from `PORT`.
 *
 * `FLOOR_DROPS=n` leaves out every nth message to the last who joined, for the tests.
 */
import { WebSocketServer } from "ws";

/** The answer to who asks what is in a room: nothing (step 2 with an empty update). */
const nothing = Buffer.from([0, 1, 2, 0, 0]);
const isQuestion = (bytes) => bytes[0] === 0 && bytes[1] === 0;

const dropEvery = Number(process.env.FLOOR_DROPS ?? 0);
let messageCount = 0;

/** Streams by room. */
const rooms = new Map();
const server = new WebSocketServer({
	host: "127.0.0.1",
	port: Number(process.env.PORT ?? 0),
	perMessageDeflate: false,
	backlog: 4096,
});

server.on("connection", (socket, { url, socket: stream }) => {
	const room = rooms.get(url) ?? new Set();
	rooms.set(url, room.add(stream));
	socket.on("message", (bytes) => {
		if (isQuestion(bytes)) socket.send(nothing);
		else relay(room, stream, bytes);
	});
	socket.on("error", () => socket.terminate());
	socket.on("close", () => {
		room.delete(stream);
		if (room.size === 0) rooms.delete(url);
	});
});

/** One frame for all, in one write each. */
function relay(room, from, bytes) {
	const frame = Buffer.concat(frameOf(bytes));
	messageCount += 1;
	const left = dropEvery > 0 && messageCount % dropEvery === 0 ? Array.from(room).at(-1) : null;
	for (const to of room) if (to !== from && to !== left) to.write(frame);
}

/** The head of a frame to a client, and its payload (RFC 6455, section 5.2). */
function frameOf(bytes) {
	const { length } = bytes;
	if (length < 126) return [Buffer.from([0x82, length]), bytes];
	const head = Buffer.alloc(length < 65_536 ? 4 : 10);
	head[0] = 0x82;
	head[1] = length < 65_536 ? 126 : 127;
	if (length < 65_536) head.writeUInt16BE(length, 2);
	else head.writeBigUInt64BE(BigInt(length), 2);
	return [head, bytes];
}

server.on("listening", () => {
	process.stdout.write(`floor listening on port ${server.address().port}\n`);
});
process.on("SIGTERM", () => process.exit(0));
