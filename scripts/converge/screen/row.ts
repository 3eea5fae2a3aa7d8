/** Everybody of a run who sits at a screen, and what is asked of all of them. */
import type * as Y from "yjs";
import type { RoomName } from "../../../shared/ids.ts";
import type { Checklist } from "../checks/checklist.ts";
import { type Journal, listWords } from "../journal.ts";
import type { Ledger } from "../person/ledger.ts";
import type { Screen, Screens } from "../person/screen.ts";
import { userName } from "../sentences.ts";
import type { Testbed } from "../testbed.ts";

/** What a row is made of. */
export interface RowParts {
	/** Null where nobody sits at one. */
	readonly screens: Screens | null;
	readonly testbed: Testbed;
	readonly room: RoomName;
	readonly ledger: Ledger;
	readonly list: Checklist;
	readonly journal: Journal;
}

/** What each screen had been promised at a moment. */
export type Held = ReadonlyMap<Screen, ReadonlySet<string>>;

/** See the head of this file. */
export class ScreenRow {
	readonly #parts: RowParts;
	readonly #screens: Screen[] = [];

	constructor(parts: RowParts) {
		this.#parts = parts;
	}

	/** So many of the people of a run sit at a screen: the last ones. One at least never does. */
	countOf(people: number): number {
		return Math.min(this.#parts.screens?.count ?? 0, people - 1);
	}

	/** Opens them all. @throws Error where the server has no pages */
	async open(people: number): Promise<void> {
		for (let index = people - this.countOf(people); index < people; index++) {
			await this.#open(userName(index));
		}
	}

	/** Who sits at a place behind those who do not; undefined where that is nobody. */
	at(index: number): Screen | undefined {
		return this.#screens[index];
	}

	/** Notes what came up while nobody asked. */
	look(): void {
		for (const screen of this.#screens) {
			for (const { check, say } of screen.findings) this.#parts.list.ask(check, say);
		}
	}

	/** What was promised up to now. */
	held(): Held {
		return new Map(this.#screens.map((screen) => [screen, screen.promised()]));
	}

	/** After a crash: what was promised is on disk. Null asks for everything. */
	async ask(doc: Y.Doc, held: Held | null): Promise<void> {
		for (const screen of this.#screens) {
			await screen.calm();
			const promised = held === null ? null : (held.get(screen) ?? new Set());
			for (const { check, say } of screen.check(doc, promised)) this.#parts.list.ask(check, say);
		}
	}

	/** Everything that their devices hold is brought to the room. */
	async comeHome(): Promise<void> {
		await Promise.all(this.#screens.map((screen) => screen.comeHome()));
		this.look();
	}

	/** All of them show what that doc holds; then they leave. */
	async compare(doc: Y.Doc): Promise<void> {
		const { list } = this.#parts;
		for (const screen of this.#screens) {
			list.ask("equal screens");
			list.ask("screens answer");
			list.ask("quiet pages");
			for (const { check, say } of await screen.compare(doc)) list.ask(check, say);
		}
		await this.ask(doc, null);
		this.look();
	}

	/** Nobody sits at a screen any more. */
	async close(): Promise<void> {
		await Promise.all(this.#screens.map((screen) => screen.close()));
		this.look();
	}

	async #open(user: string): Promise<void> {
		const { screens, testbed, room, ledger, journal } = this.#parts;
		const address = await testbed.pages({ name: user, user, room });
		if (screens === null || address === null)
			throw new Error("this server has no pages of its own");
		ledger.afar.hasScreens = true;
		const screen = await screens.open({
			user,
			room,
			ledger,
			address,
			clock: testbed.clock,
			tell: (say, words) => {
				const what = words.length === 0 ? say : `${say} ${listWords(words)}`;
				journal.tell("deed", `${user} ${what} at a browser`, { who: user, words });
			},
		});
		this.#screens.push(screen);
	}
}
