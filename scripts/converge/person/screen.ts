/**
 * Somebody at a real screen: what they do takes its time, and all that is known of it is what the
 * screen shows. A run plays them beside people whose docs it holds.
 */
import type * as Y from "yjs";
import type { Clock } from "../../../shared/clock.ts";
import type { RoomName } from "../../../shared/ids.ts";
import type { Deed } from "../plan.ts";
import type { Ledger } from "./ledger.ts";
import type { Breach } from "./page.ts";

/** What somebody at a screen is made of. */
export interface ScreenParts {
	readonly user: string;
	readonly room: RoomName;
	readonly clock: Clock;
	readonly ledger: Ledger;
	/** Where the browser finds the server's pages: see `Testbed.pages`. */
	readonly address: string;
	/** Told what was done, as what follows the name, and the words that it is about. */
	readonly tell: (say: string, words: readonly string[]) => void;
}

/** What a deed of the plan says beside its name. */
export interface How {
	readonly deed: Deed;
	readonly at: number;
	readonly size: number;
}

/** See the head of this file. */
export interface Screen {
	readonly user: string;
	/** Does this as soon as all before it is done; what a screen cannot do is left out. */
	act(how: How): void;
	/** Resolves when all that the device holds is called saved, or is not in a bounded time. */
	comeHome(): Promise<void>;
	/** Resolves when no hand is between an edit and the note of it. */
	calm(): Promise<void>;
	/** What was called saved up to now, or seen by others; give it to `check` after a crash. */
	promised(): ReadonlySet<string>;
	/** Of the words of this screen, what is not in a doc though it must be. */
	check(doc: Y.Doc, promised: ReadonlySet<string> | null): Breach[];
	/** Waits until every tab shows what that doc holds; or what differs. */
	compare(doc: Y.Doc): Promise<Breach[]>;
	/** Breachs that came up while nobody asked. */
	readonly findings: readonly Breach[];
	/** Closes all pages, and forgets what the device kept. */
	close(): Promise<void>;
}

/** Opens screens; all of them are tabs of one browser program. */
export interface Screens {
	/** So many of the people of a run sit at one. */
	readonly count: number;
	open(parts: ScreenParts): Promise<Screen>;
}
