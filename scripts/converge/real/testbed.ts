/**
 * A testbed of real things: a server in a process, a proxy on loopback for every caller, a
 * directory on the disk. What the seed gives is the order of things; their moments are the
 * machine's, so a run is near another with its seed, not equal to it.
 *
 * After a restart nobody is let in before the rooms were read past all faults: who comes back would
 * bring what the server has lost, and nobody would see that it was lost.
 */
import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import type * as Y from "yjs";
import { nodeClock } from "../../../server/node-clock.ts";
import type { Clock, Millis } from "../../../shared/clock.ts";
import type { RoomName } from "../../../shared/ids.ts";
import { attacks } from "../faults.ts";
import { Journal } from "../journal.ts";
import type { Dial } from "../person/socket.ts";
import type { Fault } from "../plan.ts";
import { streamsOf } from "../random.ts";
import { HttpOffice } from "../rights/http-office.ts";
import { dialServer } from "../systems/dial.ts";
import type { System } from "../systems/system.ts";
import type { Abilities, Caller, Testbed } from "../testbed.ts";
import { Host } from "./host.ts";
import { Line } from "./line.ts";
import { Network, networkFaults } from "./network.ts";
import { countSessions } from "./sessions.ts";

/** How a plan's time, which is a simulation's, becomes real time. */
export interface Pace {
	/** A wait of the plan, really; `elapsedMs` is when it begins. */
	readonly restMs: (ms: Millis, elapsedMs: Millis) => Millis;
	/** How long a fault lasts really. */
	readonly faultMs: (ms: Millis) => Millis;
}

/** A run of sixty deeds in some ten seconds. */
export const briskPace: Pace = {
	restMs: (ms) => Math.min(ms / 50, 250),
	faultMs: (ms) => ms / 8,
};

/** How long sessions, memory and files may take to return once everybody has left. */
const returnMsMax: Millis = 30_000;
/** See the head of this file. Call `end` at the end. */
export class RealTestbed implements Testbed {
	readonly stepMs = 25;
	readonly clock: Clock;
	readonly faults: ReadonlySet<Fault>;
	readonly abilities: Abilities;
	/** What the testbed itself saw: starts, ends, damage. */
	readonly journal: Journal;
	/** Only of processes of ours. */
	readonly checkReturn?: () => Promise<string | null>;
	readonly office?: HttpOffice;
	readonly #system: System;
	readonly #pace: Pace;
	readonly #host: Host;
	readonly #network: Network;
	readonly #rooms = new Set<RoomName>();
	/** What the rooms held at the start, for as long as no time has passed since. */
	#atStart: Map<RoomName, Promise<Y.Doc>> | null = null;
	#isLettingIn = false;
	#isCounting = false;
	/** Null where there is no counting them, or they are not ours alone. */
	#sessionCount: number | null;

	/** All chance comes from the seed. */
	constructor(system: System, seed: number, pace: Pace = briskPace) {
		this.#system = system;
		this.#pace = pace;
		const streams = streamsOf(seed);
		const startMs = nodeClock.elapsed();
		const clock = { ...nodeClock, elapsed: () => nodeClock.elapsed() - startMs };
		this.clock = clock;
		this.journal = new Journal(clock);
		const { acks, persistence, rights, process, people = false } = system.abilities;
		const origin = () => (this.isListening ? (this.#host.server?.origin ?? null) : null);
		if (people) this.office = new HttpOffice(origin);
		this.abilities = { acks, persistence: persistence && process, identity: rights };
		this.faults = faultsOf(system);
		if (process) this.checkReturn = () => this.#awaitReturn();
		this.#sessionCount = system.dialect === "weft" && process ? 0 : null;
		const { journal } = this;
		this.#host = new Host({ system, clock, journal, random: streams("disk") });
		this.#network = new Network({
			clock,
			random: streams("network"),
			target: () => (this.isListening ? this.#host.server : null),
		});
	}

	get isListening(): boolean {
		return this.#isLettingIn && this.#host.server?.isRunning === true;
	}

	get sessionCount(): number | null {
		return this.#sessionCount;
	}

	get complaints(): readonly string[] {
		return this.#host.complaints;
	}

	async advance(ms: Millis): Promise<void> {
		this.#atStart = null;
		if (ms > 0) await sleep(ms);
		else await nextTurn();
		if (this.#isCounting) await this.#count();
	}

	async rest(ms: Millis): Promise<void> {
		await this.advance(this.#pace.restMs(ms, this.clock.elapsed()));
	}

	dial(caller: Caller): Dial {
		return (events) => {
			this.#rooms.add(caller.room);
			if (!this.isListening) return null;
			const fellOver = (error: unknown) => {
				this.#host.complain(`${caller.name} fell over: ${String(error)}`);
			};
			return new Line(() => this.#wayOf(caller), events, fellOver);
		};
	}

	async pages({ name }: Caller): Promise<string | null> {
		const { dialect, abilities } = this.#system;
		if (dialect !== "weft" || !abilities.proxy) return null;
		return `http://127.0.0.1:${(await this.#network.proxyOf(name)).port}`;
	}

	async start(): Promise<string | null> {
		const isNew = !this.#host.server?.isRunning;
		const wrong = await this.#host.start();
		if (wrong !== null) return wrong;
		if (isNew && this.abilities.persistence) await this.#readRooms();
		this.#isLettingIn = true;
		return null;
	}

	async crash(_kind: "kill" | "powerCut"): Promise<void> {
		this.#isLettingIn = false;
		await this.#host.kill();
	}

	async stop(): Promise<string | null> {
		// The door stays open: it is for the server to tell people that it ends.
		const wrong = await this.#host.stop();
		this.#isLettingIn = false;
		return wrong;
	}

	async fail(fault: Fault, name: string, ms: Millis): Promise<string | null> {
		const faultMs = this.#pace.faultMs(ms);
		if (fault === "secondProcess") return this.#host.trySecond();
		if (fault === "byteFlip") return this.#host.tryByteFlip([...this.#rooms]);
		if (fault === "pause") this.#host.pause(faultMs);
		else await this.#network.fail(fault, name, { ms: faultMs, variety: ms });
		return null;
	}

	async heal(): Promise<void> {
		const { server } = this.#host;
		if (server?.pid !== null) server?.resume();
		await this.#network.heal();
		// One that ended by itself is a finding; who runs it would start it again all the same.
		const wrong = await this.start();
		if (wrong !== null) this.#host.complain(wrong);
		this.#isCounting = true;
		await this.advance(this.stepMs);
	}

	async stored(room: RoomName): Promise<Y.Doc | null> {
		if (!this.abilities.persistence) return null;
		return this.#atStart?.get(room) ?? this.#host.read(room);
	}

	readAs(cookie: string): void {
		this.#host.readAs(cookie);
	}

	async end(): Promise<void> {
		this.#isLettingIn = false;
		await this.#network.close();
		await this.#host.end();
	}

	/**
	 * Everybody is cut off and nobody let in. Null where sessions, memory and files of the server
	 * are soon near where they were when it started, else what is not.
	 */
	async #awaitReturn(): Promise<string | null> {
		this.#isLettingIn = false;
		await this.#network.cutAll();
		const endMs = this.clock.elapsed() + returnMsMax;
		for (;;) {
			await this.#count();
			const wrong = (this.#sessionCount ?? 0) > 0 ? `${this.#sessionCount} sessions` : null;
			const left = wrong ?? (await this.#host.checkFigures());
			if (left === null || this.clock.elapsed() > endMs) return left;
			await sleep(100);
		}
	}

	async #wayOf({ name, user, pass, ...asked }: Caller): Promise<Dial | null> {
		const shown = pass?.();
		if (shown === null) return null;
		const { name: room, token } = shown ?? { name: asked.room, token: null };
		const headers = shown ? { cookie: shown.cookie } : await this.#host.headersOf(user);
		const proxy = this.#system.abilities.proxy ? await this.#network.proxyOf(name) : null;
		const { server } = this.#host;
		if (server === null || !this.isListening) return null;
		if (proxy === null) return dialServer(server, { room, headers, token });
		// Behind the proxy may be somebody's machine with several names.
		const named = { ...headers, host: `${server.host}:${server.port}` };
		return dialServer(server, { room, headers: named, token, port: proxy.port });
	}

	/** Held until time passes: what is stored, and not what people bring back. */
	async #readRooms(): Promise<void> {
		const docs = new Map([...this.#rooms].map((room) => [room, this.#host.read(room)]));
		this.#atStart = docs;
		// Who asks for a room is told why it is refused.
		await Promise.allSettled(docs.values());
	}

	async #count(): Promise<void> {
		const { server } = this.#host;
		if (server === null || this.#sessionCount === null) return;
		this.#sessionCount = await countSessions(server.origin);
	}
}

/** What can go wrong with a system when it is real. */
export function faultsOf({ abilities }: System): ReadonlySet<Fault> {
	const { process, store, proxy } = abilities;
	// Who is hostile needs nothing but a way to the server.
	const faults = new Set(Object.keys(attacks) as Fault[]);
	const add = (names: readonly Fault[]) => names.map((name) => faults.add(name));
	if (process) add(["kill", "terminate", "restartStorm", "pause"]);
	if (process && store) add(["secondProcess", "byteFlip"]);
	if (proxy) add(networkFaults);
	return faults;
}
