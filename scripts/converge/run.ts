/** Plays a plan on a testbed: people act, things fail, and then everything is compared. */
import type * as Y from "yjs";
import type { RoomName } from "../../shared/ids.ts";
import { type Copy, checkChat, checkWords, compareCopies, type Finding } from "./checks/room.ts";
import { acts } from "./deeds.ts";
import { attack, attacks } from "./faults.ts";
import { type Details, Journal, listWords, type RunEvent } from "./journal.ts";
import { Ledger, wordsOf } from "./person/ledger.ts";
import type { Person, PersonParts } from "./person/person.ts";
import { ReferencePerson } from "./person/reference.ts";
import { Seat } from "./person/seat.ts";
import type { Dial } from "./person/socket.ts";
import type { Deed, Fault, Plan, Step } from "./plan.ts";
import { chanceOf, type Random } from "./random.ts";
import { movements, pageName, sayFault, userName } from "./sentences.ts";
import type { Caller, Testbed } from "./testbed.ts";

const room = "garden" as RoomName;

/** How long everything may take to be in step after the last fault. */
const inStepMsMax = 60_000;
/** How long the dead may be shown. */
const ghostMsMax = 40_000;
/** How long a server may take from SIGTERM or its start until it listens. */
const listeningMsMax = 15_000;

/** What a run came to. */
export interface Outcome {
	readonly findings: readonly Finding[];
	/** What happened, in order. */
	readonly events: readonly RunEvent[];
	/** How often each check was asked. */
	readonly asked: Readonly<Record<string, number>>;
	/** What this server cannot be asked. */
	readonly notTestable: readonly { readonly check: string; readonly reason: string }[];
	/** From start to end, in the testbed's time. */
	readonly elapsedMs: number;
}

/** How a run is played. */
export interface RunOptions {
	/** Makes who takes part; the reference client where nothing is said. */
	readonly makePerson?: (parts: PersonParts) => Person;
}

/** Plays a plan to its end, or to the first finding. The testbed is the caller's to end. */
export function playRun(plan: Plan, testbed: Testbed, options: RunOptions = {}): Promise<Outcome> {
	return new Run(plan, testbed, options).play();
}

class Run {
	readonly #plan: Plan;
	readonly #testbed: Testbed;
	readonly #makePerson: (parts: PersonParts) => Person;
	/** What the hostile do. */
	readonly #hostile: Random;
	readonly #journal: Journal;
	readonly #ledger: Ledger;
	/** Messages by id, and who said them. */
	readonly #said = new Map<string, string>();
	readonly #seats: Seat[] = [];
	readonly #findings: Finding[] = [];
	#seatCount = 0;
	#strangerCount = 0;

	constructor(plan: Plan, testbed: Testbed, { makePerson }: RunOptions) {
		this.#plan = plan;
		this.#testbed = testbed;
		this.#makePerson = makePerson ?? ((parts) => new ReferencePerson(parts));
		this.#journal = new Journal(testbed.clock);
		this.#ledger = new Ledger({
			shown: (who, words) => {
				this.#journal.tell("shown", `${who} sees ${listWords(words)}`, { who, words });
			},
			saved: (words) => {
				const verb = words.length === 1 ? "is" : "are";
				this.#journal.tell("saved", `${listWords(words)} ${verb} called saved`, { words });
			},
		});
		this.#hostile = chanceOf(plan.seed, "hostile", () => testbed.clock.elapsed());
	}

	async play(): Promise<Outcome> {
		await this.#start();
		for (let index = 0; index < this.#plan.people; index++) {
			const seat = this.#makeSeat(userName(index));
			seat.open();
			this.#seats.push(seat);
		}
		for (const [index, step] of this.#plan.steps.entries()) {
			if (this.#findings.length > 0) break;
			this.#journal.stepIndex = index;
			await this.#take(step);
		}
		this.#journal.stepIndex = null;
		if (this.#findings.length === 0) await this.#finish();
		return {
			findings: this.#findings,
			events: this.#journal.events,
			asked: {},
			notTestable: [],
			elapsedMs: this.#testbed.clock.elapsed(),
		};
	}

	get #people(): Person[] {
		return this.#seats.flatMap(({ people }) => people);
	}

	async #take(step: Step): Promise<void> {
		if (step.kind === "wait") {
			await this.#testbed.rest(step.ms);
			return;
		}
		const seat = this.#seats[step.person % this.#seats.length];
		if (seat === undefined) return;
		if (step.kind === "fault") await this.#fail(step.fault, seat, step.ms);
		else this.#act(step.deed, seat, step);
		await this.#testbed.advance(0);
	}

	#act(deed: Deed, seat: Seat, { at, size }: { at: number; size: number }): void {
		const person = seat.at(at);
		if (person === null) {
			if (deed !== "join") return;
			this.#tellOf("deed", seat.user, "opens the page", { act: deed });
			seat.open();
			return;
		}
		const movement = movements[deed]?.(seat.people.length);
		if (movement !== undefined) this.#tellOf("deed", person.name, movement, { act: deed });
		if (deed === "leave") seat.close();
		else if (deed === "secondTab") seat.toggleTab();
		else if (deed === "goOffline") person.goOffline();
		else if (deed === "goOnline") person.goOnline();
		else if (deed === "reload") person.reload();
		else {
			const { mode } = this.#plan;
			const parts = { person, at, size, ledger: this.#ledger, mode, said: this.#said };
			const did = acts[deed]?.(parts) ?? null;
			if (did === null) return;
			this.#tellOf("deed", person.name, did.say, { act: deed, words: did.words });
		}
	}

	async #fail(fault: Fault, seat: Seat, ms: number): Promise<void> {
		const person = seat.at(0);
		if (person === null || !this.#testbed.faults.has(fault)) return;
		const say = sayFault(fault, person.name, ms);
		this.#journal.tell("fault", say, { who: person.name, act: fault });
		if (fault === "kill" || fault === "powerCut") await this.#crash(fault, ms);
		else if (fault === "terminate") await this.#terminate();
		else if (fault === "restartStorm") await this.#storm(ms);
		else if (fault === "byteFlip") await this.#damage(person.name, ms);
		else if (fault in attacks) this.#attack(fault, person);
		else await this.#failTestbed(fault, person.name, ms);
	}

	/** Several kills in a row, each as soon as it listens. */
	async #storm(ms: number): Promise<void> {
		for (let left = 3 + (ms % 3); left > 0 && this.#findings.length === 0; left--) {
			await this.#crash("kill", 0);
		}
	}

	/** Something is wrong with the store of a server that is down; then it is put right again. */
	async #damage(name: string, ms: number): Promise<void> {
		await this.#testbed.crash("kill");
		await this.#failTestbed("byteFlip", name, ms);
		await this.#restart();
	}

	async #failTestbed(fault: Fault, name: string, ms: number): Promise<void> {
		const wrong = await this.#testbed.fail(fault, name, ms);
		if (wrong !== null) this.#find(`keeps up: ${fault}`, wrong);
	}

	/** Somebody hostile comes beside the honest. */
	#attack(fault: Fault, victim: Person): void {
		const name = `stranger${this.#strangerCount++}`;
		const stranger = this.#makeSeat(name, new Ledger(), 1_000_000 + this.#strangerCount);
		stranger.open();
		const [person] = stranger.people;
		if (person === undefined) return;
		const { clock } = this.#testbed;
		clock.after(100, () => {
			attack(fault, { stranger: person, victim, random: this.#hostile });
		});
		clock.after(3_000, () => stranger.close());
	}

	async #crash(kind: "kill" | "powerCut", ms: number): Promise<void> {
		await this.#testbed.crash(kind);
		if (ms > 0) await this.#testbed.rest(ms / 4);
		await this.#restart();
	}

	async #terminate(): Promise<void> {
		const wrong = await this.#testbed.stop();
		if (wrong !== null) this.#find("stops in time", wrong);
		await this.#restart();
	}

	/** A new process on the same disk; before it answers anybody, what it holds is looked at. */
	async #restart(): Promise<void> {
		const promised = this.#ledger.promised();
		await this.#start();
		if (!this.#testbed.isListening) return;
		const doc = await this.#stored();
		if (doc === null) return;
		this.#findAll(checkWords({ doc, ledger: this.#ledger, promised }));
		doc.destroy();
	}

	async #start(): Promise<void> {
		const wrong = await this.#testbed.start();
		if (wrong !== null) this.#find("starts again", wrong);
		await this.#until(() => this.#testbed.isListening, listeningMsMax);
		this.#journal.tell("server", "the server listens");
	}

	async #stored(): Promise<Y.Doc | null> {
		try {
			return await this.#testbed.stored(room);
		} catch (error) {
			this.#find("store is whole", String(error));
			return null;
		}
	}

	/** Everything is mended, everybody comes home, and then all must be equal. */
	async #finish(): Promise<void> {
		this.#journal.tell("note", "all faults end, everybody comes home");
		await this.#testbed.heal();
		for (const seat of this.#seats) seat.comeHome();
		const isHome = () => this.#people.every(({ isSynced, isSaved }) => isSynced && isSaved);
		await this.#until(isHome, inStepMsMax);
		for (const person of this.#people) {
			if (person.isSynced && person.isSaved) continue;
			const state = person.isSynced ? "nothing was called saved" : "it is not in step";
			this.#find("in step again", `${person.name}: ${state} (${person.refusals.join() || "-"})`);
		}
		await this.#testbed.advance(2 * this.#testbed.stepMs);
		await this.#compareAll();
		await this.#checkPresence();
		for (const complaint of this.#testbed.complaints) this.#find("quiet log", complaint);
	}

	async #compareAll(): Promise<void> {
		const newcomer = this.#makeSeat("newcomer");
		newcomer.open();
		await this.#until(() => newcomer.people.every(({ isSynced }) => isSynced), inStepMsMax);
		const copies = () =>
			[...this.#people, ...newcomer.people].map(({ name, doc }) => ({ whose: name, doc }));
		const isEqual = () => compareCopies(copies()).length === 0;
		await this.#until(isEqual, 10 * this.#testbed.stepMs);
		this.#findAll(compareCopies(copies()));
		newcomer.close();
		await this.#checkDisk(this.#people.map(({ name, doc }) => ({ whose: name, doc }))[0]);
	}

	async #checkDisk(wanted: Copy | undefined): Promise<void> {
		if (!this.#testbed.abilities.persistence) return;
		await this.#testbed.crash("kill");
		await this.#restart();
		const doc = await this.#stored();
		if (doc === null || wanted === undefined) return;
		this.#findAll(compareCopies([wanted, { whose: "the disk", doc }]));
		this.#findAll(checkWords({ doc, ledger: this.#ledger, promised: null }));
		this.#findAll(checkChat(doc, this.#said));
	}

	/** All but one leave: that one must see nobody any more, and the server must hold one session. */
	async #checkPresence(): Promise<void> {
		const [last, ...others] = this.#people;
		if (last === undefined) return;
		await this.#until(() => this.#people.every(({ isSynced }) => isSynced), inStepMsMax);
		for (const person of others) person.goOffline();
		const shown = () => [...last.others].filter(([, { state }]) => state !== null);
		await this.#until(() => shown().length === 0, ghostMsMax);
		for (const [clientId, { state }] of shown()) {
			this.#find("no ghosts", `${last.name} still sees ${clientId}: ${JSON.stringify(state)}`);
		}
		const count = () => this.#testbed.sessionCount ?? 1;
		await this.#until(() => count() === 1, ghostMsMax);
		const sessionCount = count();
		if (sessionCount !== 1) {
			this.#find("no leaks", `${sessionCount} sessions where one person is`);
		}
	}

	#makeSeat(user: string, ledger = this.#ledger, firstClientId: number | null = null): Seat {
		const { clock, abilities } = this.#testbed;
		// Of each seat its own: nobody's reload gives others a new place among equals.
		let clientId = firstClientId ?? 1_000 * ++this.#seatCount;
		return new Seat(user, (name, device) =>
			this.#makePerson({
				name,
				user,
				device,
				clock,
				ledger,
				dial: this.#dial({ name, user, room }),
				nextClientId: () => clientId++,
				hasAcks: abilities.acks,
			}),
		);
	}

	async #until(isDone: () => boolean, msMax: number): Promise<void> {
		const { clock, stepMs } = this.#testbed;
		const endMs = clock.elapsed() + msMax;
		while (!isDone() && clock.elapsed() < endMs) await this.#testbed.advance(stepMs);
	}

	/** The way to the server, but what becomes of connections is written down. */
	#dial(caller: Caller): Dial {
		const dial = this.#testbed.dial(caller);
		const { name } = caller;
		return (events) =>
			dial({
				opened: () => {
					this.#tellOf("network", name, "is connected");
					events.opened();
				},
				message: events.message,
				closed: (code, reason) => {
					const why = reason === "" ? code : `${code} ${reason}`;
					this.#tellOf("network", name, `has no connection any more (${why})`);
					events.closed(code, reason);
				},
			});
	}

	#tellOf(kind: RunEvent["kind"], who: string, say: string, details: Details = {}): void {
		this.#journal.tell(kind, `${pageName(who)} ${say}`, { ...details, who });
	}

	#findAll(findings: readonly Finding[]): void {
		for (const { check, say } of findings) this.#find(check, say);
	}

	#find(check: string, say: string): void {
		this.#findings.push({ check, say });
		this.#journal.tell("finding", `${check}: ${say}`, { words: wordsOf(say) });
	}
}
