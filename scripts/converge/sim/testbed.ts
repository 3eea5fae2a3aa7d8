/** A testbed in one process: server, network and disk under one simulated time. */
import * as Y from "yjs";
import { foldStored, inflateSnapshot } from "../../../server/fold/fold.ts";
import type { StoredRoom } from "../../../server/store/room-log.ts";
import type { Millis } from "../../../shared/clock.ts";
import type { RoomName, UserId } from "../../../shared/ids.ts";
import type { ClientSocket, Dial, SocketEvents } from "../person/socket.ts";
import { type Fault, faults } from "../plan.ts";
import { below, chanceOf, type Random } from "../random.ts";
import type { Abilities, Caller, Testbed } from "../testbed.ts";
import { SimDisk } from "./disk.ts";
import { SimConnection } from "./network.ts";
import { type Plants, SimServer } from "./server.ts";
import { readSynced } from "./synced.ts";
import { SimTime } from "./time.ts";

/** A connection that hangs is noticed in this time: 30 s of silence, looked at every 15. */
const silentMsMax = 50_000;
/** From SIGTERM to the end. */
const stopMsMax = 10_000;
/** From the start of a process until it listens, tried again while the disk is full. */
const startMsMax = 15_000;

/** Faults that only processes and sockets know, for now. */
const realOnly: ReadonlySet<Fault> = new Set<Fault>([
	"pause",
	"secondProcess",
	"byteFlip",
	"oneWay",
	"splitFrames",
	"slowReader",
]);

/** Weft's rooms, sessions and store on a simulated disk and network. */
export class SimTestbed implements Testbed {
	readonly clock = new SimTime();
	readonly stepMs = 500;
	readonly faults = new Set(
		(Object.keys(faults) as Fault[]).filter((fault) => !realOnly.has(fault)),
	);
	readonly abilities: Abilities = { acks: true, persistence: true, identity: true };
	readonly #chance: (name: string) => Random;
	readonly #disk = new SimDisk();
	readonly #lines = new Map<string, SimConnection>();
	readonly #plants: Plants;
	readonly #complaints: string[] = [];
	#server: SimServer;

	/** All chance comes from the seed. */
	constructor(seed: number, plants: Plants = {}) {
		this.#chance = (name) => chanceOf(seed, name, () => this.clock.elapsed());
		this.#plants = plants;
		this.#server = this.#makeServer();
	}

	get isListening(): boolean {
		return this.#server.isListening;
	}

	get sessionCount(): number {
		return this.#server.sessionCount;
	}

	get complaints(): readonly string[] {
		return this.#complaints;
	}

	advance(ms: Millis): Promise<void> {
		return this.clock.advance(ms);
	}

	rest(ms: Millis): Promise<void> {
		return this.clock.advance(ms);
	}

	dial(caller: Caller): Dial {
		return (events) => this.#connect(caller, events);
	}

	async pages(): Promise<null> {
		return null;
	}

	async start(): Promise<string | null> {
		for (let ms = 0; ms < startMsMax && !this.isListening; ms += 50) {
			// A full disk may keep it from starting: whoever runs it tries again.
			if (ms % 1_000 === 0) this.#startOnce();
			await this.advance(50);
		}
		return this.isListening ? null : `the server did not come back in ${startMsMax / 1000} s`;
	}

	async crash(kind: "kill" | "powerCut"): Promise<void> {
		this.#server.kill();
		if (kind === "powerCut") this.#disk.cutPower(this.#chance("power"));
		for (const line of this.#lines.values()) line.orphan();
	}

	async stop(): Promise<string | null> {
		const server = this.#server;
		let wrong: string | null = null;
		server.stop().catch((error: unknown) => {
			wrong = String(error);
		});
		for (let ms = 0; ms < stopMsMax && server.isListening; ms += 100) await this.advance(100);
		if (server.isListening) wrong = `SIGTERM took more than ${stopMsMax / 1000} s`;
		server.kill();
		return wrong;
	}

	async fail(fault: Fault, name: string, ms: Millis): Promise<string | null> {
		const line = this.#lines.get(name);
		if (fault === "cut") line?.cut();
		else if (fault === "halfOpen") line?.hang();
		else if (fault === "lag") line?.lag(ms / 10);
		else if (fault === "clockJump") this.clock.jump((ms - 4_000) * 10);
		else if (fault === "fullDisk") {
			this.#disk.isFull = true;
			this.clock.after(ms, () => {
				this.#disk.isFull = false;
			});
		} else if (fault === "slowDisk") {
			this.#disk.slowMs = ms / 20;
			this.clock.after(ms, () => {
				this.#disk.slowMs = 0;
			});
		}
		return null;
	}

	async heal(): Promise<void> {
		this.#disk.isFull = false;
		this.#disk.slowMs = 0;
		await this.advance(silentMsMax);
		for (const line of this.#lines.values()) line.lag(0);
	}

	async stored(room: RoomName): Promise<Y.Doc> {
		let stored: StoredRoom | null = null;
		let failure: unknown = new Error("reading took too long");
		this.#server.log.load(room).then(
			(found) => {
				stored = found;
			},
			(error: unknown) => {
				failure = error;
			},
		);
		for (let ms = 0; ms < 2_000 && stored === null; ms += 20) await this.advance(20);
		if (stored === null) throw failure;
		const doc = new Y.Doc();
		Y.applyUpdate(doc, inflateSnapshot(foldStored(stored)));
		return doc;
	}

	synced(room: RoomName): Promise<Y.Doc> {
		return readSynced(this.#disk, room);
	}

	get waitingCount(): number {
		return this.clock.waitingCount;
	}

	async end(): Promise<void> {
		this.#server.kill();
	}

	#startOnce(): void {
		this.#server = this.#makeServer();
		this.#server.start().catch((error: unknown) => this.#complain(error));
	}

	#makeServer(): SimServer {
		return new SimServer({
			time: this.clock,
			disk: this.#disk,
			random: this.#chance("disk"),
			plants: this.#plants,
			report: (error) => this.#complain(error),
		});
	}

	#complain(error: unknown): void {
		if (!this.#disk.isFull) this.#complaints.push(String(error));
	}

	#connect({ name, user, room }: Caller, events: SocketEvents): ClientSocket | null {
		const server = this.#server;
		if (!server.isListening) return null;
		// Of each direction its own: what one says delays nobody else.
		const up = this.#chance(`network:${name}:up`);
		const down = this.#chance(`network:${name}:down`);
		const connection = new SimConnection(this.clock, { up, down }, events);
		this.#lines.set(name, connection);
		const guest = { id: user as UserId, name: user, color: "#112233" };
		this.clock.after(5 + below(up, 5), () => {
			if (!connection.isOpen) return;
			events.opened();
			if (!server.accept(connection.wire, room, guest)) connection.cut();
		});
		return connection;
	}
}
