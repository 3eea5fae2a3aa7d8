/** Plays a plan on a testbed: people act, things fail, and then everything is compared. */
import type * as Y from "yjs";
import type { RoomName } from "../../shared/ids.ts";
import { Checklist, type Finding, type NotTestable } from "./checks/checklist.ts";
import { askEnding } from "./checks/ending.ts";
import { needsMetBy } from "./checks/needs.ts";
import { Identities } from "./checks/presence.ts";
import { mixedPastes } from "./checks/room.ts";
import { askPromises, askScreens, askSynced } from "./checks/tokens.ts";
import { acts } from "./deeds.ts";
import { attack, attackNeeds, attacks } from "./faults.ts";
import { type Details, Journal, newsFor, type RunEvent } from "./journal.ts";
import { Ledger } from "./person/ledger.ts";
import { Device, type Person, type PersonParts } from "./person/person.ts";
import { ReferencePerson } from "./person/reference.ts";
import type { Screens } from "./person/screen.ts";
import { Seat } from "./person/seat.ts";
import { toldDial } from "./person/socket.ts";
import { wordsOf } from "./person/tokens.ts";
import type { Deed, Fault, Plan, Step } from "./plan.ts";
import { chanceOf, type Random } from "./random.ts";
import { ScreenRow } from "./screen/row.ts";
import { movements, pageName, sayFault, userName } from "./sentences.ts";
import type { Testbed } from "./testbed.ts";

const room = "garden" as RoomName;

/** How long a server may take from SIGTERM or its start until it listens. */
const listeningMsMax = 60_000;

/** What a run came to. */
export interface Outcome {
	readonly findings: readonly Finding[];
	/** What happened, in order. */
	readonly events: readonly RunEvent[];
	/** From start to end, in the testbed's time. */
	readonly elapsedMs: number;
	/** How often each check was asked, by its name in checks/catalog.ts. */
	readonly asked: Readonly<Record<string, number>>;
	/** What this server cannot be asked: not the same as passed. */
	readonly notTestable: readonly NotTestable[];
}

/** How a run is played. */
export interface RunOptions {
	/** Makes who takes part; the reference client where nothing is said. */
	readonly makePerson?: (parts: PersonParts) => Person;
	/** Where the last of the people sit at a browser; nobody does where nothing is said. */
	readonly screens?: Screens;
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
	readonly #list: Checklist;
	readonly #pastes: (readonly string[])[] = [];
	readonly #seats: Seat[] = [];
	readonly #row: ScreenRow;
	readonly #identities = new Identities();
	/** Users by the client ids of their pages. */
	readonly #users = new Map<number, string>();
	#seatCount = 0;
	#startCount = 0;
	#strangerCount = 0;

	constructor(plan: Plan, testbed: Testbed, { makePerson, screens }: RunOptions) {
		this.#plan = plan;
		this.#testbed = testbed;
		this.#makePerson = makePerson ?? ((parts) => new ReferencePerson(parts));
		this.#journal = new Journal(testbed.clock);
		this.#ledger = new Ledger(
			newsFor(this.#journal, (tokens, how) => this.#askPromise(tokens, how)),
		);
		this.#list = new Checklist(needsMetBy(testbed, screens), ({ check, say }) => {
			this.#journal.tell("finding", `${check}: ${say}`, { words: wordsOf(say) });
		});
		this.#row = new ScreenRow({
			screens: screens ?? null,
			testbed,
			room,
			ledger: this.#ledger,
			list: this.#list,
			journal: this.#journal,
		});
		this.#hostile = chanceOf(plan.seed, "hostile", () => testbed.clock.elapsed());
	}

	async play(): Promise<Outcome> {
		try {
			await this.#play();
			this.#list.ask("pages work");
		} catch (error) {
			this.#list.ask("pages work", String(error));
		}
		const { findings, asked, notTestable } = this.#list;
		const { events } = this.#journal;
		return { findings, events, elapsedMs: this.#testbed.clock.elapsed(), asked, notTestable };
	}

	async #play(): Promise<void> {
		await this.#start();
		const waitingCount = this.#testbed.waitingCount ?? null;
		const { people } = this.#plan;
		for (let index = 0; index < people - this.#row.countOf(people); index++) {
			const seat = this.#makeSeat(userName(index));
			this.#tellOf("network", seat.user, "opens the page");
			seat.open();
			this.#seats.push(seat);
		}
		await this.#row.open(people);
		for (const [index, step] of this.#plan.steps.entries()) {
			if (this.#isOver) break;
			this.#journal.stepIndex = index;
			await this.#take(step);
			this.#look();
		}
		this.#journal.stepIndex = null;
		if (!this.#isOver) await this.#finish(waitingCount);
	}

	/** True from the first finding on. */
	get #isOver(): boolean {
		return this.#list.findings.length > 0;
	}

	/** What people see now must be allowed. */
	#look(): void {
		askScreens(this.#ledger, this.#list);
		const forged = this.#identities.forgedOn(this.#people, (id) => this.#userOf(id));
		this.#list.ask("no forged identity", forged);
		this.#row.look();
	}

	/** The client ids of browsers are their own; whoever is shown as one of them is a forger. */
	#userOf(clientId: number): string | undefined {
		const isScreen = this.#row.countOf(this.#plan.people) > 0;
		return this.#users.get(clientId) ?? (isScreen ? "somebody at a screen" : undefined);
	}

	get #people(): Person[] {
		return this.#seats.flatMap(({ people }) => people);
	}

	async #take(step: Step): Promise<void> {
		if (step.kind === "wait") {
			await this.#testbed.rest(step.ms);
			return;
		}
		const index = step.person % this.#plan.people;
		const screen = this.#row.at(index - this.#seats.length);
		const seat = this.#seats[index % this.#seats.length];
		if (seat === undefined) return;
		if (step.kind === "fault") await this.#fail(step.fault, seat, step.ms, screen?.user);
		else if (screen !== undefined) screen.act(step);
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
		else if (deed === "killPage") this.#kill(seat, person);
		else if (deed === "loseDevice") {
			this.#ledger.loseDevice(seat.user);
			seat.loseDevice();
		} else if (deed === "secondTab") seat.toggleTab();
		else if (deed === "goOffline") person.goOffline();
		else if (deed === "goOnline") person.goOnline();
		else if (deed === "reload") person.reload();
		else {
			const { mode, people } = this.#plan;
			const did = acts[deed]?.({
				person,
				at,
				size,
				mode,
				ledger: this.#ledger,
				pastes: this.#pastes,
				mentionable: Array.from({ length: people }, (_, index) => userName(index)),
			});
			if (did === undefined || did === null) return;
			this.#tellOf("deed", person.name, did.say, { act: deed, words: did.words });
		}
	}

	/** Whose network fails is named where it is not the seat's: nobody can attack a screen. */
	async #fail(fault: Fault, seat: Seat, ms: number, whose?: string): Promise<void> {
		const person = seat.at(0);
		if (person === null || !this.#isPossible(fault)) return;
		const name = whose ?? person.name;
		this.#journal.tell("fault", sayFault(fault, name, ms), { who: name, act: fault });
		if (fault === "kill" || fault === "powerCut") await this.#crash(fault, ms);
		else if (fault === "terminate") await this.#terminate();
		else if (fault === "restartStorm") await this.#storm(ms);
		else if (fault === "byteFlip") await this.#damage(name, ms);
		else if (fault in attacks) this.#attack(fault, person);
		else await this.#failTestbed(fault, name, ms);
	}

	/** Whoever is killed says no goodbye: the server must find out by itself. */
	#kill(seat: Seat, person: Person): void {
		this.#testbed.fail("halfOpen", person.name, 0).then(
			() => seat.kill(person),
			(error: unknown) => this.#list.ask("keeps up", String(error)),
		);
	}

	/** What the testbed cannot bring about, or the server does not promise to withstand, is left. */
	#isPossible(fault: Fault): boolean {
		const need = attackNeeds[fault];
		if (need !== undefined) return this.#list.has(need);
		return fault in attacks || this.#testbed.faults.has(fault);
	}

	/** Several kills in a row, each as soon as it listens. */
	async #storm(ms: number): Promise<void> {
		for (let left = 3 + (ms % 3); left > 0 && !this.#isOver; left--) {
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
		this.#list.ask("keeps up", wrong === null ? null : `${fault}: ${wrong}`);
	}

	/** Somebody hostile comes beside the honest. */
	#attack(fault: Fault, victim: Person): void {
		const user = `stranger${this.#strangerCount++}`;
		const clientId = 1_000_000 + this.#strangerCount;
		const parts = { name: user, user, device: new Device(), ledger: new Ledger() };
		const stranger = new ReferencePerson(this.#partsOf(parts, () => clientId));
		stranger.goOnline();
		const { clock } = this.#testbed;
		clock.after(100, () => {
			attack(fault, { stranger, victim, random: this.#hostile });
		});
		clock.after(3_000, () => stranger.leave());
	}

	async #crash(kind: "kill" | "powerCut", ms: number): Promise<void> {
		await this.#askSynced();
		await this.#testbed.crash(kind);
		if (ms > 0) await this.#testbed.rest(ms / 4);
		await this.#restart();
	}

	async #terminate(): Promise<void> {
		const wrong = await this.#testbed.stop();
		this.#list.ask("stops in time", wrong);
		await this.#restart();
	}

	/** A new process on the same disk; before it answers anybody, what it holds is looked at. */
	async #restart(): Promise<void> {
		const { moment } = this.#ledger;
		const held = this.#row.held();
		await this.#start();
		if (!this.#testbed.isListening) return;
		const doc = await this.#stored();
		if (doc === null) return;
		askPromises({ doc, whose: "the disk", ledger: this.#ledger, list: this.#list }, moment);
		await this.#row.ask(doc, held);
		doc.destroy();
	}

	/** Whatever is promised must be synced at that moment. */
	#askPromise(tokens: readonly string[], how: string): void {
		const { isSynced } = this.#testbed;
		if (isSynced === undefined) return;
		const early = tokens.filter((token) => !isSynced.call(this.#testbed, token));
		const wrong = early.map((token) => `${token} ${how} before it was synced`);
		this.#list.ask("saved is synced", wrong);
	}

	/** Had the power gone now, everything promised must be there. */
	async #askSynced(): Promise<void> {
		const { moment } = this.#ledger;
		try {
			const doc = await this.#testbed.synced?.(room);
			if (doc === undefined) return;
			askSynced({ doc, whose: "the disk", ledger: this.#ledger, list: this.#list }, moment);
			doc.destroy();
		} catch (error) {
			this.#list.ask("saved is synced", `it cannot be read: ${String(error)}`);
		}
	}

	async #start(): Promise<void> {
		const wrong = await this.#testbed.start();
		this.#list.ask("starts again", wrong);
		await this.#until(() => this.#testbed.isListening, listeningMsMax);
		this.#journal.tell(
			"server",
			this.#startCount++ === 0 ? "the server starts" : "the server is back",
		);
	}

	async #stored(): Promise<Y.Doc | null> {
		try {
			const doc = await this.#testbed.stored(room);
			this.#list.ask("store is whole");
			return doc;
		} catch (error) {
			this.#list.ask("store is whole", String(error));
			return null;
		}
	}

	/** Everything is mended, everybody comes home, and then all must be equal. */
	async #finish(waitingCount: number | null): Promise<void> {
		this.#journal.tell("note", "all faults end, everybody comes home");
		await this.#testbed.heal();
		await askEnding({
			testbed: this.#testbed,
			ledger: this.#ledger,
			list: this.#list,
			seats: this.#seats,
			row: this.#row,
			pages: this.#users,
			screenCount: this.#row.countOf(this.#plan.people),
			newcomer: () => this.#makeSeat("newcomer"),
			restart: () => this.#crash("kill", 0),
			stored: () => this.#stored(),
			until: (isDone, msMax) => this.#until(isDone, msMax),
			compared: ({ doc }) => {
				const mixed = mixedPastes(doc, this.#pastes);
				if (mixed.length > 0) this.#journal.tell("note", `others stand in ${mixed.join(", ")}`);
			},
			waitingCount,
			note: (say) => this.#journal.tell("note", say),
		});
		this.#look();
	}

	#makeSeat(user: string): Seat {
		// Of each seat its own: nobody's reload gives others a new place among equals.
		let clientId = 1_000 * ++this.#seatCount;
		const nextClientId = () => clientId++;
		return new Seat(user, (name, device) => {
			const parts = { name, user, device, ledger: this.#ledger };
			return this.#makePerson(this.#partsOf(parts, nextClientId));
		});
	}

	#partsOf(
		parts: Pick<PersonParts, "name" | "user" | "device" | "ledger">,
		nextClientId: () => number,
	): PersonParts {
		const { name, user } = parts;
		return {
			...parts,
			clock: this.#testbed.clock,
			dial: toldDial(this.#testbed.dial({ name, user, room }), (say) => {
				this.#tellOf("network", name, say);
			}),
			nextClientId: () => {
				const clientId = nextClientId();
				this.#users.set(clientId, user);
				return clientId;
			},
			hasAcks: this.#testbed.abilities.acks,
		};
	}

	async #until(isDone: () => boolean, msMax: number): Promise<void> {
		const { clock, stepMs } = this.#testbed;
		const endMs = clock.elapsed() + msMax;
		while (!isDone() && clock.elapsed() < endMs) await this.#testbed.advance(stepMs);
	}

	#tellOf(kind: RunEvent["kind"], who: string, say: string, details: Details = {}): void {
		this.#journal.tell(kind, `${pageName(who)} ${say}`, { ...details, who });
	}
}
