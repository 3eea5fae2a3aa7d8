/** Runs a plan in one process: people, network, disk and server under one simulated time. */
import * as Y from "yjs";
import { foldStored, inflateSnapshot } from "../../../server/fold/fold.ts";
import type { StoredRoom } from "../../../server/store/room-log.ts";
import { anyone, type RoomName } from "../../../shared/ids.ts";
import { checkChat, checkWords, compareCopies, type Finding } from "../checks.ts";
import { acts, type Doing } from "../deeds.ts";
import { Ledger } from "../person/ledger.ts";
import { Person } from "../person/person.ts";
import type { ClientSocket, SocketEvents } from "../person/socket.ts";
import type { Fault, Plan, Step } from "../plan.ts";
import { below, type Streams, streamsOf } from "../random.ts";
import { SimDisk } from "./disk.ts";
import { SimConnection } from "./network.ts";
import { type Plants, SimServer } from "./server.ts";
import { SimTime } from "./time.ts";

const room = "garden" as RoomName;
const names = "abcdefghijklmnopqrstuvwxyz";

/** How long everything may take to be in step after the last fault. */
const healMsMax = 60_000;
/** A connection that hangs is noticed in this time: 30 s of silence, looked at every 15. */
const silentMsMax = 50_000;
/** How long the dead may be shown. */
const ghostMsMax = 40_000;

/** What a run came to. */
export interface Outcome {
	readonly findings: readonly Finding[];
	/** What happened, for who looks at a single run. */
	readonly story: readonly string[];
	/** Simulated time from start to end. */
	readonly simulatedMs: number;
}

/** Runs a plan against Weft, or against one with planted faults. */
export async function runInSimulation(plan: Plan, plants: Plants = {}): Promise<Outcome> {
	const world = new World(plan, plants);
	return world.run();
}

class World {
	readonly #plan: Plan;
	readonly #plants: Plants;
	readonly #streams: Streams;
	readonly #time = new SimTime();
	readonly #disk = new SimDisk();
	readonly #ledger = new Ledger();
	readonly #said = new Map<string, string>();
	readonly #people: Person[] = [];
	readonly #lines = new Map<Person, SimConnection>();
	readonly #findings: Finding[] = [];
	readonly #story: string[] = [];
	#server: SimServer;
	#starting: Promise<void> = Promise.resolve();
	#clientId = 100;
	#strangers = 0;

	constructor(plan: Plan, plants: Plants) {
		this.#plan = plan;
		this.#plants = plants;
		this.#streams = streamsOf(plan.seed);
		this.#server = this.#makeServer();
	}

	async run(): Promise<Outcome> {
		this.#start();
		await this.#time.advance(100);
		for (let index = 0; index < this.#plan.people; index++) this.#people.push(this.#makePerson());
		for (const person of this.#people) person.goOnline();
		for (const step of this.#plan.steps) {
			await this.#take(step);
			if (this.#findings.length > 0) break;
		}
		if (this.#findings.length === 0) await this.#finish();
		return {
			findings: this.#findings,
			story: this.#story,
			simulatedMs: this.#time.elapsed(),
		};
	}

	async #take(step: Step): Promise<void> {
		if (step.kind === "wait") {
			await this.#time.advance(step.ms);
			return;
		}
		const person = this.#people[step.person % this.#people.length];
		if (person === undefined) return;
		if (step.kind === "fault") {
			this.#tell(`${step.fault} (${person.name}, ${step.ms} ms)`);
			await this.#fail(step.fault, person, step.ms);
		} else {
			this.#tell(`${person.name} ${step.deed}`);
			const { at, size } = step;
			this.#act(step.deed, {
				person,
				at,
				size,
				ledger: this.#ledger,
				mode: this.#plan.mode,
				said: this.#said,
			});
		}
		await this.#time.advance(0);
	}

	#act(deed: Extract<Step, { kind: "deed" }>["deed"], doing: Doing): void {
		const { person } = doing;
		if (deed === "goOffline") person.goOffline();
		else if (deed === "goOnline") person.goOnline();
		else if (deed === "reload") person.reload();
		else acts[deed]?.(doing);
	}

	async #fail(fault: Fault, person: Person, ms: number): Promise<void> {
		switch (fault) {
			case "kill":
			case "powerCut":
				await this.#crash(fault === "powerCut", ms);
				break;
			case "terminate":
				await this.#terminate();
				break;
			case "cut":
				this.#lines.get(person)?.cut();
				break;
			case "halfOpen":
				this.#lines.get(person)?.hang();
				break;
			case "lag":
				this.#lines.get(person)?.lag(ms / 10);
				break;
			case "fullDisk":
				this.#disk.isFull = true;
				this.#time.after(ms, () => {
					this.#disk.isFull = false;
				});
				break;
			case "slowDisk":
				this.#disk.slowMs = ms / 20;
				this.#time.after(ms, () => {
					this.#disk.slowMs = 0;
				});
				break;
			case "clockJump":
				this.#time.jump((ms - 4_000) * 10);
				break;
			case "repeatFrame":
				person.sendUpdate(Y.encodeStateAsUpdate(person.doc));
				break;
			default:
				this.#attack(fault, person);
		}
	}

	/** Somebody hostile comes beside the honest. */
	#attack(fault: Fault, person: Person): void {
		const random = this.#streams("hostile");
		const stranger = new Person({
			name: `stranger${this.#strangers++}`,
			clock: this.#time,
			ledger: new Ledger(),
			dial: (events) => this.#dial(null, events),
			nextClientId: () => 1_000_000 + this.#strangers,
		});
		stranger.goOnline();
		const honest = Y.encodeStateAsUpdate(person.doc);
		this.#time.after(100, () => {
			if (fault === "damagedUpdate") {
				const damaged = honest.slice();
				damaged[below(random, damaged.length)] = below(random, 256);
				// A lucky hit may be a valid update that writes: only clear damage is sent.
				stranger.sendUpdate(damaged.subarray(0, damaged.length - 1));
			} else if (fault === "pendingBomb") {
				// One item of client 77 at clock 500 that nothing came before.
				const bomb = Uint8Array.of(1, 1, 77, 0xf4, 3, 4, 1, 4, 0x74, 0x65, 0x78, 0x74, 1, 0x61, 0);
				stranger.sendUpdate(bomb);
			}
		});
		this.#time.after(3_000, () => stranger.leave());
	}

	async #crash(isPowerCut: boolean, ms: number): Promise<void> {
		this.#server.kill();
		if (isPowerCut) this.#disk.cutPower(this.#streams("power"));
		for (const line of this.#lines.values()) line.orphan();
		await this.#time.advance(ms / 4);
		await this.#restart();
	}

	async #terminate(): Promise<void> {
		const server = this.#server;
		server.stop().catch((error: unknown) => this.#find("stops in time", String(error)));
		for (let step = 0; step < 100 && this.#server.isListening; step++)
			await this.#time.advance(100);
		if (server.isListening) this.#find("stops in time", "SIGTERM took more than 10 s");
		server.kill();
		await this.#restart();
	}

	/** A new process on the same disk; before anybody comes, what it holds is looked at. */
	async #restart(): Promise<void> {
		const promised = this.#ledger.promised();
		for (let step = 0; step < 300 && !this.#server.isListening; step++) {
			// A full disk may keep it from starting: whoever runs it tries again.
			if (step % 20 === 0) {
				this.#server = this.#makeServer();
				this.#start();
			}
			await this.#time.advance(50);
		}
		if (!this.#server.isListening) {
			this.#find("starts again", "the server did not come back in 15 s");
			return;
		}
		await this.#checkStore(promised);
	}

	async #checkStore(promised: ReadonlySet<string>): Promise<void> {
		const doc = await this.#load();
		if (doc === null) return;
		this.#findings.push(...checkWords({ doc, ledger: this.#ledger, promised }));
		doc.destroy();
	}

	/** What is stored now; null where it cannot be read, which is a finding. */
	async #load(): Promise<Y.Doc | null> {
		let stored: StoredRoom | null = null;
		const reading = this.#server.log.load(room).then(
			(found) => {
				stored = found;
			},
			(error: unknown) => this.#find("store is whole", String(error)),
		);
		for (let step = 0; step < 100 && stored === null; step++) await this.#time.advance(20);
		await reading;
		if (stored === null) return null;
		try {
			const doc = new Y.Doc();
			Y.applyUpdate(doc, inflateSnapshot(foldStored(stored)));
			return doc;
		} catch (error) {
			this.#find("store is whole", String(error));
			return null;
		}
	}

	/** Everything is mended, everybody comes home, and then all must be equal. */
	async #finish(): Promise<void> {
		this.#disk.isFull = false;
		this.#disk.slowMs = 0;
		this.#tell("all faults end, everybody comes home");
		await this.#time.advance(silentMsMax);
		for (const line of this.#lines.values()) line.lag(0);
		for (const person of this.#people) person.goOnline();
		const isHome = () => this.#people.every(({ isSynced, isSaved }) => isSynced && isSaved);
		for (let ms = 0; ms < healMsMax && !isHome(); ms += 500) await this.#time.advance(500);
		for (const person of this.#people) {
			if (person.isSynced && person.isSaved) continue;
			const state = person.isSynced ? "nothing was called saved" : "it is not in step";
			this.#find("in step again", `${person.name}: ${state} (${person.refusals.join() || "-"})`);
		}
		await this.#time.advance(1_000);
		await this.#compareAll();
		await this.#checkPresence();
	}

	async #compareAll(): Promise<void> {
		const fresh = this.#makePerson("newcomer");
		fresh.goOnline();
		await this.#time.advance(2_000);
		const copies = [...this.#people, fresh].map(({ name, doc }) => ({ whose: name, doc }));
		this.#findings.push(...compareCopies(copies));
		fresh.leave();
		this.#server.kill();
		for (const line of this.#lines.values()) line.orphan();
		await this.#restart();
		const stored = await this.#load();
		if (stored === null) return;
		const [first] = this.#people;
		if (first === undefined) return;
		const disk = { whose: "the disk", doc: stored };
		this.#findings.push(...compareCopies([{ whose: first.name, doc: first.doc }, disk]));
		const words = { doc: stored, ledger: this.#ledger, promised: null };
		this.#findings.push(...checkWords(words), ...checkChat(stored, this.#said));
	}

	/** All but one leave: that one must see nobody any more, and the server must hold one session. */
	async #checkPresence(): Promise<void> {
		await this.#time.advance(10_000);
		const [last, ...others] = this.#people;
		if (last === undefined) return;
		for (const person of others) person.goOffline();
		await this.#time.advance(ghostMsMax);
		const shown = [...last.others].filter(([, { state }]) => state !== null);
		for (const [clientId, { state }] of shown) {
			this.#find("no ghosts", `${last.name} still sees ${clientId}: ${JSON.stringify(state)}`);
		}
		if (this.#server.sessionCount !== 1) {
			this.#find("no leaks", `${this.#server.sessionCount} sessions where one person is`);
		}
	}

	#makeServer(): SimServer {
		return new SimServer({
			time: this.#time,
			disk: this.#disk,
			random: this.#streams("disk"),
			plants: this.#plants,
			report: (error) => {
				if (!this.#disk.isFull) this.#story.push(`the server reports: ${String(error)}`);
			},
		});
	}

	#start(): void {
		const server = this.#server;
		this.#starting = server.start().catch((error: unknown) => {
			this.#story.push(`the server does not start: ${String(error)}`);
		});
		void this.#starting;
	}

	#makePerson(name = names[this.#people.length] ?? "z"): Person {
		const person: Person = new Person({
			name,
			clock: this.#time,
			ledger: this.#ledger,
			dial: (events) => this.#dial(person, events),
			nextClientId: () => this.#clientId++,
		});
		return person;
	}

	#dial(person: Person | null, events: SocketEvents): ClientSocket | null {
		const server = this.#server;
		const connection = new SimConnection(this.#time, this.#streams("network"), events);
		const guest = { id: anyone, name: "Guest", color: "#112233" };
		if (!server.isListening) return null;
		if (person !== null) this.#lines.set(person, connection);
		this.#time.after(5, () => {
			if (!connection.isOpen) return;
			events.opened();
			if (!server.accept(connection.wire, room, guest)) connection.cut();
		});
		return connection;
	}

	#tell(event: string): void {
		this.#story.push(`${String(Math.round(this.#time.elapsed())).padStart(7)} ms  ${event}`);
	}

	#find(check: string, say: string): void {
		this.#findings.push({ check, say });
	}
}
