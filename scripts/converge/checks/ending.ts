/** What is asked when a run is over: everybody is home, and all must be one room. */
import type * as Y from "yjs";
import type { Millis } from "../../../shared/clock.ts";
import type { Ledger } from "../person/ledger.ts";
import type { Person } from "../person/person.ts";
import type { Seat } from "../person/seat.ts";
import type { ScreenRow } from "../screen/row.ts";
import { pageName } from "../sentences.ts";
import type { Testbed } from "../testbed.ts";
import type { Checklist } from "./checklist.ts";
import { shownBy, unseenAmong } from "./presence.ts";
import { type Copy, compareCopies, compareEncoded, compareMerged, pendingIn } from "./room.ts";
import { askEverything } from "./tokens.ts";

/** How long everything may take to be in step after the last fault. */
const inStepMsMax: Millis = 60_000;
/** How long what was saved may take to reach everybody who is connected. */
const equalMsMax: Millis = 5_000;
/** How long the dead may be shown, and a second for the news to arrive. */
const ghostMsMax: Millis = 31_000;
/** How long the living may be missing: pages say that they are there every 15 s. */
const shownMsMax: Millis = 40_000;
/** From the last page that leaves until nothing waits: rooms rest, timers of the dead run out. */
const restMsMax: Millis = 120_000;

/** What the ending is asked of. */
export interface EndingParts {
	readonly testbed: Testbed;
	readonly ledger: Ledger;
	readonly list: Checklist;
	readonly seats: readonly Seat[];
	/** Those who sit at a browser. */
	readonly row: ScreenRow;
	/** Brings somebody who has nothing yet. */
	readonly newcomer: () => Seat;
	/** Kills the server and starts it again. */
	readonly restart: () => Promise<void>;
	/** What the server has stored; null where nobody can tell or it is damaged. */
	readonly stored: () => Promise<Y.Doc | null>;
	/** Waits for something, but not for ever. */
	readonly until: (isDone: () => boolean, msMax: Millis) => Promise<void>;
	/** Told of a copy when all are equal. */
	readonly compared: (copy: Copy) => void;
	/** Pages of the run, closed ones too, by client id. */
	readonly pages: ReadonlyMap<number, string>;
	/** How many sit at browsers: their sessions are their own. */
	readonly screenCount: number;
	/** What waited in the server before anybody came; null where nobody can tell. */
	readonly waitingCount: number | null;
	/** Writes down what is done, for a reader. */
	readonly note: (say: string) => void;
}

/** See the head of this file. */
export async function askEnding(parts: EndingParts): Promise<void> {
	await comeHome(parts);
	await askPresent(parts);
	await compareAll(parts);
	await restartOnce(parts);
	await leaveOne(parts);
	await leaveAll(parts);
	parts.list.ask("quiet log", parts.testbed.complaints);
}

function peopleOf({ seats }: EndingParts): Person[] {
	return seats.flatMap(({ people }) => people);
}

function copiesOf(people: readonly Person[]): Copy[] {
	return people.map(({ name, doc }) => ({ whose: name, doc }));
}

async function comeHome(parts: EndingParts): Promise<void> {
	const { seats, list, until, testbed } = parts;
	for (const seat of seats) seat.comeHome();
	await parts.row.comeHome();
	const people = peopleOf(parts);
	await until(() => people.every(({ isSynced, isSaved }) => isSynced && isSaved), inStepMsMax);
	const late = people.filter(({ isSynced }) => !isSynced);
	const why = ({ name, refusals }: Person) =>
		`${pageName(name)} (${refusals.join(", ") || "no refusal"})`;
	list.ask("in step again", late.map(why));
	const unsaved = people.filter(({ isSynced, isSaved }) => isSynced && !isSaved);
	list.ask("all called saved", unsaved.map(why));
	await testbed.advance(2 * testbed.stepMs);
}

/** Before a restart wipes it all away: only who is there is shown, and has a session. */
async function askPresent(parts: EndingParts): Promise<void> {
	const { testbed, list, until, pages, screenCount } = parts;
	const people = peopleOf(parts);
	const isGone = (clientId: number) =>
		pages.has(clientId) && people.every(({ doc }) => doc.clientID !== clientId);
	const ghosts = () => people.flatMap((person) => shownBy(person, isGone));
	await until(() => ghosts().length === 0, ghostMsMax);
	list.ask("no ghosts", ghosts());
	await until(() => unseenAmong(people).length === 0, shownMsMax);
	list.ask("everybody is shown", unseenAmong(people));
	const { length } = people;
	if (screenCount > 0) return;
	const count = () => testbed.sessionCount ?? length;
	await until(() => count() === length, ghostMsMax);
	list.ask("sessions end", count() === length ? null : `${count()} sessions for ${length} pages`);
}

async function compareAll(parts: EndingParts): Promise<void> {
	const { list, until, seats } = parts;
	parts.note("somebody new comes, and all copies are compared");
	const newcomer = parts.newcomer();
	newcomer.open();
	await until(() => newcomer.people.every(({ isSynced }) => isSynced), inStepMsMax);
	const copies = () => copiesOf([...peopleOf(parts), ...newcomer.people]);
	let wrong: string[] = [];
	await until(() => {
		wrong = compareCopies(copies());
		return wrong.length === 0;
	}, equalMsMax);
	list.ask("equal copies", wrong);
	list.ask("nothing pending", pendingIn(copies()));
	list.ask("equal after encoding", compareEncoded(copies()));
	for (const { people, updates } of seats) {
		const [person] = people;
		if (person === undefined) continue;
		const copy = { whose: person.name, doc: person.doc };
		list.ask("equal after merging", compareMerged(copy, updates));
	}
	const [first] = copies();
	if (first !== undefined) {
		askEverything({ ...parts, ...first });
		parts.compared(first);
		await parts.row.compare(first.doc);
	}
	await parts.row.close();
	newcomer.close();
}

/** A last kill: what is stored must be what people see. */
async function restartOnce(parts: EndingParts): Promise<void> {
	const { testbed, list, ledger } = parts;
	const [wanted] = copiesOf(peopleOf(parts));
	if (!testbed.abilities.persistence || wanted === undefined) return;
	parts.note("the server is killed once more, to see what its disk holds");
	await parts.restart();
	const doc = await parts.stored();
	if (doc === null) return;
	const disk = { whose: "the disk", doc };
	list.ask("equal after a restart", compareCopies([wanted, disk]));
	list.ask("nothing pending", pendingIn([disk]));
	askEverything({ doc, whose: "the disk", ledger, list });
	doc.destroy();
}

/** All but one leave: that one must see nobody any more, and the server must hold one session. */
async function leaveOne(parts: EndingParts): Promise<void> {
	const { testbed, list, until } = parts;
	const people = peopleOf(parts);
	const [last, ...others] = people;
	if (last === undefined) return;
	await until(() => people.every(({ isSynced }) => isSynced), inStepMsMax);
	await killOne(parts);
	parts.note(`all but ${pageName(last.name)} leave`);
	for (const person of others) person.goOffline();
	await until(() => shownBy(last).length === 0, ghostMsMax);
	list.ask("no ghosts", shownBy(last));
	const count = () => testbed.sessionCount ?? 1;
	await until(() => count() === 1, ghostMsMax);
	list.ask("sessions end", count() === 1 ? null : `${count()} sessions where one person is`);
}

/**
 * Somebody's page is killed without a word, so that its death takes as long as it may. For real
 * that would be half a minute of each run.
 */
async function killOne(parts: EndingParts): Promise<void> {
	const { testbed, list, until, seats } = parts;
	const [dying, seat] = [peopleOf(parts).at(-1), seats.at(-1)];
	if (!list.has("timers") || dying === undefined || seat === undefined) return;
	if (seats.length < 2 || !seat.people.includes(dying)) return;
	parts.note(`${pageName(dying.name)} is gone without a word`);
	const { clientID } = dying.doc;
	await testbed.fail("halfOpen", dying.name, 0);
	seat.kill(dying);
	const ghosts = () => peopleOf(parts).flatMap((one) => shownBy(one, (id) => id === clientID));
	await until(() => ghosts().length === 0, ghostMsMax);
	list.ask("no ghosts", ghosts());
}

/** The last one leaves too: then nothing waits that did not before anybody came. */
async function leaveAll(parts: EndingParts): Promise<void> {
	const { testbed, list, until, waitingCount } = parts;
	for (const seat of parts.seats) seat.close();
	if (testbed.checkReturn) list.ask("resources return", await testbed.checkReturn());
	if (waitingCount === null) return;
	const count = () => testbed.waitingCount ?? waitingCount;
	await until(() => count() <= waitingCount, restMsMax);
	const more = count() - waitingCount;
	list.ask("timers end", more <= 0 ? null : `${more} wait after everybody has left`);
}
