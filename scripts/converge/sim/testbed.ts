/** A testbed in one process: server, network and disk under one simulated time. */
import * as Y from "yjs";
import type { Millis } from "../../../shared/clock.ts";
import type { RoomName } from "../../../shared/ids.ts";
import { compareCopies } from "../checks/room.ts";
import type { ClientSocket, Dial, SocketEvents } from "../person/socket.ts";
import { type Fault, faults } from "../plan.ts";
import { below, chanceOf, type Random } from "../random.ts";
import { SimOffice } from "../rights/sim-office.ts";
import type { Abilities, Caller, Testbed } from "../testbed.ts";
import { watchCatchUp } from "./catch-up.ts";
import { checkFlip } from "./damage.ts";
import { SimDisk } from "./disk.ts";
import { Neighbour, neighbourName, neighbourRoom } from "./neighbour.ts";
import { SimConnection } from "./network.ts";
import { outboxBytesMax, type Plants, SimServer } from "./server.ts";
import { askedAgain, docOf, hasHistory, isOfDisk, readRoom } from "./stored.ts";
import { readSynced } from "./synced.ts";
import { SimTime } from "./time.ts";

/** A connection that hangs is noticed in this time: 30 s of silence, looked at every 15. */
const silentMsMax = 50_000;
/** From SIGTERM to the end. */
const stopMsMax = 10_000;
/** From the start of a process until it listens, tried again while the disk is full. */
const startMsMax = 15_000;
/** A supervisor starts a process that ended after so long. */
const startAgainMs = 1_000;
/** A crash that waits for work of the disk to cut waits so long. */
const crashMsMax = 400;
/** From the moment when a server sees a gap until it must have asked; a pause is shorter. */
const askMsMax = 12_000;
/** What an operation of a failing disk may take longer. */
const failingSlowMs = 150;
/** Errors of the disk are told of for so long after it works again. */
const excusedMs = 10_000;
/** Only processes and files have these. */
const realOnly: ReadonlySet<Fault> = new Set<Fault>(["secondProcess"]);
/** Bytes that wait for a slow reader already: too many for awareness, or mostly almost too many. */
const backlogs = [outboxBytesMax / 64 + 1, outboxBytesMax - 20, outboxBytesMax - 20] as const;
/** What slows a reader lasts longer than other faults: others must write a few times meanwhile. */
const slowTimes = 2;

/** How long single changes are kept: some go in every run, or none in any. */
const historyMsShort = 60_000;
const historyMsLong = 24 * 60 * 60 * 1000;

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
	readonly #rooms = new Set<RoomName>();
	readonly #plants: Plants;
	readonly #complaints: string[] = [];
	/** Frames that were left out for slow readers, and how often one was told what it lacks. */
	readonly spared = { leftOutCount: 0, resyncCount: 0 };
	/** Until then errors of the disk have a fault that explains them. */
	#excusedUntilMs: Millis = 0;
	#isStarting = false;
	/** True while nobody may come: the store is damaged on purpose. */
	#isClosed = false;
	#server: SimServer;
	readonly #neighbour: Neighbour;
	readonly office?: SimOffice;

	/** Odd seeds let go of history, even ones keep it all and compare it. */
	readonly #keepsAll: boolean;

	/** All chance comes from the seed. */
	constructor(seed: number, plants: Plants = {}, { rights } = { rights: false }) {
		this.#chance = (name) => chanceOf(seed, name, () => this.clock.elapsed());
		this.#plants = plants;
		this.#keepsAll = seed % 2 === 0;
		const office = new SimOffice(this.clock, this.#chance("office"), () => this.#server);
		if (rights) this.office = office;
		this.#server = this.#makeServer();
		this.#neighbour = new Neighbour({
			clock: this.clock,
			random: this.#chance("neighbour"),
			dial: this.dial({ name: neighbourName, user: neighbourName, room: neighbourRoom }),
			complain: (say) => void this.#complaints.push(say),
		});
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
		return (events) => {
			this.#neighbour.come();
			return this.#connect(caller, events);
		};
	}

	async pages(): Promise<null> {
		return null;
	}

	/** A full disk may keep it from starting, and it may be killed again meanwhile. */
	async start(): Promise<string | null> {
		const chance = this.#chance("start");
		this.#neighbour.noteCrash();
		let triedMs = Number.NEGATIVE_INFINITY;
		const endMs = this.clock.elapsed() + startMsMax;
		while (this.clock.elapsed() < endMs && !this.isListening) {
			const isEnded = !this.#isStarting && this.clock.elapsed() - triedMs >= startAgainMs;
			if (isEnded || !this.#server.isAlive) {
				triedMs = this.clock.elapsed();
				this.#startOnce();
				const server = this.#server;
				const isKilled = below(chance, 8) === 0;
				this.#disk.atOperation(below(chance, 8), isKilled ? () => server.kill() : null);
			}
			await this.advance(10);
		}
		this.#disk.atOperation(0, null);
		return this.isListening ? null : `the server did not come back in ${startMsMax / 1000} s`;
	}

	/** At once, in the middle of what the disk does, or while it stops. */
	async crash(kind: "kill" | "powerCut"): Promise<void> {
		const chance = this.#chance("crash");
		const style = below(chance, 5);
		if (style > 1 && this.isListening) {
			const server = this.#server;
			this.#disk.atOperation(below(chance, 16), () => this.#die(kind));
			// What goes wrong in a stop that is cut short is not its fault.
			if (style === 4) server.stop().catch(() => undefined);
			const endMs = this.clock.elapsed() + crashMsMax;
			while (server.isAlive && this.clock.elapsed() < endMs) await this.advance(10);
			this.#disk.atOperation(0, null);
			if (!server.isAlive) return;
		}
		this.#die(kind);
	}

	async stop(): Promise<string | null> {
		const server = this.#server;
		let wrong: string | null = null;
		server.resume();
		server.stop().catch((error: unknown) => {
			wrong = String(error);
		});
		for (let ms = 0; ms < stopMsMax && server.isListening; ms += 100) await this.advance(100);
		if (server.isListening) wrong = `SIGTERM took more than ${stopMsMax / 1000} s`;
		server.kill();
		for (const line of this.#lines.values()) line.orphan(true);
		return wrong;
	}

	async fail(fault: Fault, name: string, ms: Millis): Promise<string | null> {
		const line = this.#lines.get(name);
		if (line !== undefined && this.#failLine(fault, line, ms)) return null;
		if (fault === "byteFlip") return this.#damage();
		if (fault === "clockJump") this.clock.jump((ms - 4_000) * 10);
		else if (fault === "cutAll") for (const one of this.#lines.values()) one.cut();
		else if (fault === "pause") this.#pause(ms);
		else this.#failDisk(fault, ms);
		return null;
	}

	async heal(): Promise<void> {
		this.#disk.mend();
		this.#server.resume();
		this.#neighbour.rest();
		await this.advance(silentMsMax);
		if (!this.#neighbour.isSaved) this.#complaints.push("the neighbour's words are not saved");
		this.#neighbour.leave();
		for (const line of this.#lines.values()) {
			line.lag(0);
			if (!line.losses.isAny || !line.isOpen) continue;
			// What nothing was built upon no server can miss: as with TCP, its connection is over.
			line.cut();
		}
	}

	async stored(room: RoomName): Promise<Y.Doc> {
		if (this.#rooms.has(neighbourRoom)) this.#neighbour.check(await this.#read(neighbourRoom));
		const doc = await this.#read(room);
		const { log } = this.#server;
		const isAsked = below(this.#chance("history"), 2) === 0;
		const isWhole = () => hasHistory(log, room, { doc, clock: this.clock });
		if (isAsked && !(await this.#asked(isWhole))) {
			// Somebody may have written while the history was read.
			const again = { whose: "again", doc: await this.#read(room) };
			if (compareCopies([{ whose: "once", doc }, again]).length > 0) return doc;
			this.#complaints.push(`the history of ${room} gives another room than what is stored`);
		}
		return doc;
	}

	synced(room: RoomName): Promise<Y.Doc> {
		return readSynced(this.#disk, room);
	}

	isSynced(token: string): boolean {
		return this.#disk.tokens.isSynced(token);
	}

	get waitingCount(): number {
		return this.clock.waitingCount;
	}

	async end(): Promise<void> {
		this.#server.kill();
	}

	#read(room: RoomName): Promise<Y.Doc> {
		return this.#asked(() => readRoom(this.#server.log, room, this.clock));
	}

	#asked<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
		return askedAgain(ask, { disk: this.#disk, clock: this.clock });
	}

	/** True where it is a fault of connections. */
	#failLine(fault: Fault, line: SimConnection, ms: Millis): boolean {
		const chance = this.#chance("lines");
		if (fault === "cut") line.cut();
		else if (fault === "halfOpen") line.hang();
		else if (fault === "roam") line.roam();
		else if (fault === "lag") line.lag(ms / 10);
		else if (fault === "oneWay") line.loseOneWay(ms, chance);
		else if (fault === "twice") line.repeat(ms);
		else if (fault === "splitFrames") line.hold(ms / 4);
		else if (fault === "slowReader") {
			line.readSlowly(slowTimes * ms, backlogs[below(chance, backlogs.length)] ?? 0);
		} else return false;
		return true;
	}

	#failDisk(fault: Fault, ms: Millis): void {
		const disk = this.#disk;
		if (fault === "fullDisk") disk.isFull = true;
		else if (fault === "failingDisk") disk.failEvery(1 + (ms % 4));
		else if (fault === "slowDisk" && ms % 2 === 0) disk.slowMs = ms / 20;
		else if (fault === "slowDisk") disk.stalledUntilMs = this.clock.elapsed() + ms;
		else return;
		// A disk that fails is often slow too: more waits behind a write that fails.
		if (disk.isFailing && ms % 3 === 0) disk.slowMs = failingSlowMs;
		this.#neighbour.hurry();
		this.#excusedUntilMs = Math.max(this.#excusedUntilMs, this.clock.elapsed() + ms + excusedMs);
		this.clock.after(ms, () => {
			if (fault === "fullDisk") disk.isFull = false;
			else if (fault === "failingDisk") disk.failEvery(0);
			disk.slowMs = 0;
		});
	}

	#pause(ms: Millis): void {
		const server = this.#server;
		server.pause();
		this.clock.after(ms * 1.25, () => server.resume());
	}

	/** One bit is another: what it is in must be refused, or not matter. */
	async #damage(): Promise<string | null> {
		this.#isClosed = true;
		const complaintCount = this.#complaints.length;
		try {
			return await checkFlip({
				disk: this.#disk,
				random: this.#chance("flip"),
				rooms: this.#rooms,
				clock: this.clock,
				makeServer: () => this.#makeServer(),
			});
		} finally {
			this.#complaints.length = complaintCount;
			this.#isClosed = false;
		}
	}

	/** A server that saw a gap asks for what is missing, on the connection that is there. */
	#watchGap(line: SimConnection, room: RoomName): void {
		const server = this.#server;
		const excusedUntilMs = Math.min(this.#excusedUntilMs, this.clock.elapsed());
		this.clock.after(askMsMax, () => {
			const isSame = line.isOpen && server.isListening && this.#server === server;
			const isExcused = this.#excusedUntilMs > excusedUntilMs || server.isPaused;
			if (!isSame || isExcused || line.losses.unasked.size === 0) return;
			const found = (doc: Y.Doc) => this.#checkAsked(line, doc);
			// A room that cannot be read is found by others.
			server.log.load(room).then(
				(stored) => found(docOf(stored)),
				() => undefined,
			);
		});
	}

	#checkAsked({ losses }: SimConnection, { store }: Y.Doc): void {
		for (const [client, clock] of losses.unasked) {
			if (Y.getState(store, client) > clock) continue;
			this.#complaints.push(`an update of ${client} had a gap at ${clock}: nobody asked for it`);
		}
	}

	/** Who was slow must be told what the others have been told by now, by the process that runs. */
	#watchCatchUp(line: SimConnection, name: string): void {
		const server = this.#server;
		const excusedUntilMs = this.#excusedUntilMs;
		const others = [...this.#lines].filter(([other]) => other !== neighbourName);
		watchCatchUp(line, {
			clock: this.clock,
			others: others.map(([, other]) => other).filter(({ isOpen }) => isOpen),
			isRunning: () => this.#server === server && server.isListening && !server.isPaused,
			isExcused: () => this.#excusedUntilMs > excusedUntilMs,
			complain: (say) => void this.#complaints.push(`${name} was slow, and not told ${say}`),
		});
	}

	#die(kind: "kill" | "powerCut"): void {
		this.#server.kill();
		if (kind === "powerCut") this.#disk.cutPower(this.#chance("power"));
		for (const line of this.#lines.values()) line.orphan(below(this.#chance("orphans"), 2) === 0);
	}

	#startOnce(): void {
		this.#server.kill();
		const server = this.#makeServer();
		this.#server = server;
		this.#isStarting = true;
		server
			.start()
			.catch((error: unknown) => this.#complain(error))
			.finally(() => {
				if (this.#server === server) this.#isStarting = false;
			});
	}

	#makeServer(): SimServer {
		return new SimServer({
			time: this.clock,
			disk: this.#disk,
			random: this.#chance("disk"),
			plants: this.#plants,
			historyMs: this.#keepsAll ? historyMsLong : historyMsShort,
			hasRights: this.office !== undefined,
			observe: {
				leftOut: (frameCount) => {
					this.spared.leftOutCount += frameCount;
				},
				resynced: () => this.spared.resyncCount++,
			},
			report: (error) => this.#complain(error),
		});
	}

	#complain(error: unknown): void {
		const isExcused = this.#disk.isFailing || this.clock.elapsed() < this.#excusedUntilMs;
		if (!isExcused || !isOfDisk(error)) this.#complaints.push(String(error));
	}

	#connect(caller: Caller, events: SocketEvents): ClientSocket | null {
		const { name, room } = caller;
		const server = this.#server;
		this.#rooms.add(room);
		if (!server.isListening || this.#isClosed || caller.pass?.() === null) return null;
		const chance = {
			up: this.#chance(`network:${name}:up`),
			down: this.#chance(`network:${name}:down`),
		};
		const connection = new SimConnection(this.clock, chance, events);
		this.#lines.set(name, connection);
		connection.gapShown = () => this.#watchGap(connection, room);
		connection.caughtUp = () => this.#watchCatchUp(connection, name);
		const open = () => {
			if (!connection.isOpen) return;
			events.opened();
			if (!server.accept(connection.wire, caller)) connection.cut();
		};
		const delayMs = 5 + below(this.#chance(`network:${name}`), 5);
		this.clock.after(delayMs, () => server.whenRunning(open));
		return connection;
	}
}
