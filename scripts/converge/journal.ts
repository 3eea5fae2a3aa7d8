/** What happened in a run, in order, each in a sentence that a person can read. */
import type { Clock } from "../../shared/clock.ts";
import type { LedgerNews } from "./person/ledger.ts";
import type { Deed, Fault, Turn } from "./plan.ts";
import { pageName } from "./sentences.ts";

/** Something that happened in a run. */
export interface RunEvent {
	/** Since the run began. */
	readonly ms: number;
	readonly kind: EventKind;
	/** A sentence without its full stop; whoever it is about stands first. */
	readonly say: string;
	/** The step of the plan that it belongs to. */
	readonly stepIndex: number | null;
	/** Whose page, or user, it is about; null where it is nobody's. */
	readonly who: string | null;
	/** The words that it is about. */
	readonly words: readonly string[];
	/** What was done or went wrong, where the plan asked for it. */
	readonly act: Deed | Fault | Turn | null;
}

/** `shown` and `saved` are what people were promised; `network` what became of connections. */
export type EventKind =
	| "deed"
	| "fault"
	| "server"
	| "network"
	| "shown"
	| "saved"
	| "note"
	| "finding";

/** What an event may have beyond its kind and its sentence. */
export type Details = Partial<Pick<RunEvent, "who" | "words" | "act">>;

/** The events of a run. */
export class Journal {
	readonly #clock: Clock;
	readonly #events: RunEvent[] = [];
	/** The step of the plan that is being taken. */
	stepIndex: number | null = null;

	/** Times are the clock's. */
	constructor(clock: Clock) {
		this.#clock = clock;
	}

	/** All events up to now. */
	get events(): readonly RunEvent[] {
		return this.#events;
	}

	/** Writes down what happens now. */
	tell(kind: EventKind, say: string, { who = null, words = [], act = null }: Details = {}): void {
		const ms = Math.round(this.#clock.elapsed());
		this.#events.push({ ms, kind, say, stepIndex: this.stepIndex, who, words, act });
	}
}

/** Who is told of promises beside the journal. */
export interface Listeners {
	/** Told what was promised, and how. */
	readonly ask: (tokens: readonly string[], how: string) => void;
	/** In a run with rights. */
	readonly court: () => Required<Pick<LedgerNews, "did" | "promised">> | null;
}

/** Writes down every promise. */
export function newsFor(journal: Journal, { ask, court }: Listeners): LedgerNews {
	return {
		did: (user, entries) => court()?.did(user, entries),
		promised: (entry) => court()?.promised(entry),
		shown: (who, words) => {
			ask(words, `was shown to ${pageName(who)}`);
			journal.tell("shown", `${pageName(who)} sees ${listWords(words)}`, { who, words });
		},
		gone: (who, words) => {
			journal.tell("shown", `${pageName(who)} sees ${listWords(words)} go`, { who, words });
		},
		removalSaved: (words) => {
			journal.tell("saved", `the removal of ${listWords(words)} is called saved`, { words });
		},
		saved: (words) => {
			ask(words, "was called saved");
			const verb = words.length === 1 ? "is" : "are";
			journal.tell("saved", `${listWords(words)} ${verb} called saved`, { words });
		},
	};
}

/** Words for a sentence: all of a few, else the first, the last and how many. */
export function listWords(words: readonly string[]): string {
	const [first = "nothing"] = words;
	if (words.length <= 4) return words.length === 0 ? first : words.join(" ");
	return `${first} … ${words[words.length - 1]} (${words.length} words)`;
}
