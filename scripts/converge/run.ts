/** Plays a plan on a testbed: people act, things fail, and then everything is compared. */
import type { RoomName } from "../../shared/ids.ts";
import { Checklist, type Finding, type NotTestable } from "./checks/checklist.ts";
import { askEnding } from "./checks/ending.ts";
import { needsMetBy } from "./checks/needs.ts";
import { Identities } from "./checks/presence.ts";
import { mixedPastes } from "./checks/room.ts";
import { askScreens } from "./checks/tokens.ts";
import { acts } from "./deeds.ts";
import { attackNeeds, attacks } from "./faults.ts";
import { type Details, Journal, newsFor, type RunEvent } from "./journal.ts";
import { Ledger } from "./person/ledger.ts";
import type { Person, PersonParts } from "./person/person.ts";
import { ReferencePerson } from "./person/reference.ts";
import type { Screens } from "./person/screen.ts";
import { Seat } from "./person/seat.ts";
import { toldDial } from "./person/socket.ts";
import { wordsOf } from "./person/tokens.ts";
import type { Deed, Fault, Plan, Step } from "./plan.ts";
import { chanceOf } from "./random.ts";
import { firstReaderId } from "./real/read-room.ts";
import { Regime } from "./rights/regime.ts";
import { ScreenRow } from "./screen/row.ts";
import { movements, pageName, sayFault, sayHarm, userName } from "./sentences.ts";
import { ServerLife } from "./server-life.ts";
import { Strangers } from "./strangers.ts";
import type { Caller, Testbed } from "./testbed.ts";

const room = "garden" as RoomName;

/** How long it may take until everybody is known, or may everything again. */
const regimeMsMax = 180_000;

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

/** How a deed is done. */
interface How {
	readonly at: number;
	readonly size: number;
	readonly isFree?: boolean;
}

class Run {
	readonly #plan: Plan;
	readonly #testbed: Testbed;
	readonly #makePerson: (parts: PersonParts) => Person;
	readonly #journal: Journal;
	readonly #ledger: Ledger;
	readonly #list: Checklist;
	readonly #pastes: (readonly string[])[] = [];
	readonly #seats: Seat[] = [];
	readonly #row: ScreenRow;
	readonly #identities = new Identities();
	/** Users by the client ids of their pages. */
	readonly #users = new Map<number, string>();
	readonly #server: ServerLife;
	readonly #strangers: Strangers;
	/** Null in a run in which everybody may everything. */
	readonly #regime: Regime | null;
	#seatCount = 0;

	constructor(plan: Plan, testbed: Testbed, { makePerson, screens }: RunOptions) {
		this.#plan = plan;
		this.#testbed = testbed;
		this.#makePerson = makePerson ?? ((parts) => new ReferencePerson(parts));
		this.#journal = new Journal(testbed.clock);
		this.#ledger = new Ledger(
			newsFor(this.#journal, {
				ask: (tokens, how) => this.#server.askPromise(tokens, how),
				court: () => this.#regime?.court ?? null,
			}),
		);
		this.#list = new Checklist(needsMetBy(testbed, screens, plan), ({ check, say }) => {
			this.#journal.tell("finding", `${check}: ${say}`, { words: wordsOf(say) });
		});
		const [ledger, list, journal] = [this.#ledger, this.#list, this.#journal];
		const desk = { testbed, room, ledger, list, journal };
		this.#row = new ScreenRow({ ...desk, screens: screens ?? null });
		this.#server = new ServerLife({
			...{ ...desk, row: this.#row },
			until: (isDone, msMax) => this.#until(isDone, msMax),
		});
		this.#regime = Regime.of(plan, {
			...desk,
			users: Array.from({ length: plan.people }, (_, index) => userName(index)),
			seatOf: (user) => this.#seats.find((seat) => seat.user === user),
			tell: (user, say) => this.#tellOf("network", user, say),
		});
		this.#strangers = new Strangers({
			clock: testbed.clock,
			random: chanceOf(plan.seed, "hostile", () => testbed.clock.elapsed()),
			list: this.#list,
			partsOf: (parts, nextClientId) => this.#partsOf(parts, nextClientId),
		});
	}

	async play(): Promise<Outcome> {
		try {
			await this.#play();
			this.#list.ask("pages work");
		} catch (error) {
			this.#list.ask("pages work", String(error));
		}
		this.#regime?.close();
		const { findings, asked, notTestable } = this.#list;
		const { events } = this.#journal;
		return { findings, events, elapsedMs: this.#testbed.clock.elapsed(), asked, notTestable };
	}

	async #play(): Promise<void> {
		await this.#server.start();
		const waitingCount = this.#testbed.waitingCount ?? null;
		await this.#under(this.#regime?.prepare());
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
			await this.#regime?.renew();
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
		// The testbed reads the room as its owner.
		if (this.#regime !== null && clientId > firstReaderId) return userName(0);
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
		else if (step.kind === "turn") this.#turn(step, seat);
		else if (screen !== undefined) screen.act(step);
		else this.#act(step.deed, seat, step);
		await this.#testbed.advance(0);
	}

	/** What changes rights, or what somebody does who has none; nothing where there are none. */
	#turn(step: Extract<Step, { kind: "turn" }>, seat: Seat): void {
		const { turn, at } = step;
		const regime = this.#regime;
		const person = seat.at(at);
		if (regime === null || person === null) return;
		if (turn === "trespass") this.#act(regime.trespassOf(step), seat, { ...step, isFree: true });
		else if (Strangers.does(turn)) {
			this.#journal.tell("fault", sayHarm(turn, person.name), { who: person.name, act: turn });
			this.#strangers.harm(turn, person);
		} else {
			const say = regime.take(step, seat);
			if (say !== null) this.#tellOf("fault", seat.user, say, { act: turn });
		}
	}

	/** `isFree` is for who does it though their page says that they may not. */
	#act(deed: Deed, seat: Seat, { at, size, isFree = false }: How): void {
		const person = seat.at(at);
		if (person === null) {
			if (deed !== "join") return;
			this.#tellOf("deed", seat.user, "opens the page", { act: deed });
			seat.open();
			return;
		}
		if (!isFree && this.#regime?.isOpenTo(person, deed) === false) return;
		const movement = movements[deed]?.(seat.people.length);
		if (movement !== undefined) {
			this.#tellOf("deed", person.name, movement, { act: deed });
			this.#move(deed, seat, person);
			return;
		}
		const { mode, people } = this.#plan;
		const did = acts[deed]?.({
			...{ person, at, size, mode },
			ledger: this.#ledger,
			pastes: this.#pastes,
			mentionable: Array.from({ length: people }, (_, index) => userName(index)),
		});
		if (did === undefined || did === null) return;
		this.#tellOf("deed", person.name, did.say, { act: deed, words: did.words });
	}

	/** What is no edit: how people come and go. */
	#move(deed: Deed, seat: Seat, person: Person): void {
		if (deed === "leave") seat.close();
		else if (deed === "killPage") this.#kill(seat, person);
		else if (deed === "loseDevice") {
			this.#ledger.loseDevice(seat.user);
			seat.loseDevice();
		} else if (deed === "secondTab") seat.toggleTab();
		else if (deed === "goOffline") person.goOffline();
		else if (deed === "goOnline") person.goOnline();
		else if (deed === "reload") person.reload();
	}

	/** Whose network fails is named where it is not the seat's: nobody can attack a screen. */
	async #fail(fault: Fault, seat: Seat, ms: number, whose?: string): Promise<void> {
		const person = seat.at(0);
		if (person === null || !this.#isPossible(fault)) return;
		const name = whose ?? person.name;
		this.#journal.tell("fault", sayFault(fault, name, ms), { who: name, act: fault });
		if (fault === "kill" || fault === "powerCut") await this.#server.crash(fault, ms);
		else if (fault === "terminate") await this.#server.terminate();
		else if (fault === "restartStorm") await this.#storm(ms);
		else if (fault === "byteFlip") await this.#damage(name, ms);
		else if (fault in attacks) this.#strangers.attack(fault, person);
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
			await this.#server.crash("kill", 0);
		}
	}

	/** Something is wrong with the store of a server that is down; then it is put right again. */
	async #damage(name: string, ms: number): Promise<void> {
		await this.#testbed.crash("kill");
		await this.#failTestbed("byteFlip", name, ms);
		await this.#server.restart();
	}

	async #failTestbed(fault: Fault, name: string, ms: number): Promise<void> {
		const wrong = await this.#testbed.fail(fault, name, ms);
		this.#list.ask("keeps up", wrong === null ? null : `${fault}: ${wrong}`);
	}

	/** Everything is mended, everybody comes home, and then all must be equal. */
	async #finish(waitingCount: number | null): Promise<void> {
		this.#journal.tell("note", "all faults end, everybody comes home");
		await this.#testbed.heal();
		await this.#goHome();
		await askEnding({
			testbed: this.#testbed,
			ledger: this.#ledger,
			list: this.#list,
			seats: this.#seats,
			row: this.#row,
			pages: this.#users,
			screenCount: this.#row.countOf(this.#plan.people),
			newcomer: () => this.#makeSeat("newcomer"),
			restart: () => this.#server.crash("kill", 0),
			stored: () => this.#server.stored(),
			until: (isDone, msMax) => this.#until(isDone, msMax),
			compared: ({ doc, whose }) => {
				const parts = { doc, whose, ledger: this.#ledger, list: this.#list };
				this.#regime?.ask(parts, this.#seats);
				const mixed = mixedPastes(doc, this.#pastes);
				if (mixed.length > 0) this.#journal.tell("note", `others stand in ${mixed.join(", ")}`);
			},
			waitingCount,
			note: (say) => this.#journal.tell("note", say),
		});
		this.#look();
	}

	/** Everybody may everything again, and comes by a way that holds. */
	async #goHome(): Promise<void> {
		if (this.#regime === null) return;
		await this.#under(this.#regime.openAll());
		await this.#regime.renew();
		this.#list.ask("rights hold", this.#regime.isPurging ? "a purge has no end" : null);
		for (const person of this.#people) person.goOffline();
	}

	/** Waits until what the regime asks the server for is done. */
	async #under(work: Promise<string | null> | undefined): Promise<void> {
		let wrong: string | null | undefined = work === undefined ? null : undefined;
		void work?.then((came) => {
			wrong = came;
		});
		await this.#until(() => wrong !== undefined, regimeMsMax);
		const late = "the server did not answer who may do what";
		if (this.#regime !== null) this.#list.ask("rights hold", wrong === undefined ? late : wrong);
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
			dial: toldDial(this.#testbed.dial({ name, user, room, ...this.#passOf(user) }), (say) => {
				this.#tellOf("network", name, say);
			}),
			...(this.#regime !== null && !user.startsWith("stranger") && { bailiff: this.#regime }),
			nextClientId: () => {
				const clientId = nextClientId();
				this.#users.set(clientId, user);
				return clientId;
			},
			hasAcks: this.#testbed.abilities.acks,
		};
	}

	#passOf(user: string): Pick<Caller, "pass"> {
		const regime = this.#regime;
		return regime === null ? {} : { pass: () => regime.passOf(user) };
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
