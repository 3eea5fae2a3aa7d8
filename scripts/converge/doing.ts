/** What a deed is: who does it, where, and what came of it. */
import type { Ledger } from "./person/ledger.ts";
import type { Person } from "./person/person.ts";
import type { Mode } from "./plan.ts";

/** What a deed needs to know. */
export interface Doing {
	readonly person: Person;
	readonly ledger: Ledger;
	readonly mode: Mode;
	/** A fraction of what is there. */
	readonly at: number;
	/** A small count. */
	readonly size: number;
	/** The pastes of the run, each with its tokens. */
	readonly pastes: (readonly string[])[];
	/** Users whom a message may be to. */
	readonly mentionable: readonly string[];
}

/** What a deed came to. */
export interface Did {
	/** What follows the name of who did it: "types ⟨ann1👋⟩ at the beginning". */
	readonly say: string;
	/** The words it touched. */
	readonly words: readonly string[];
}

/** Does it; null where there was nothing to do it to. */
export type Doer = (doing: Doing) => Did | null;
