/** What happened in a run, in order, each in a sentence that a person can read. */
import type { Clock } from "../../shared/clock.ts";
import type { Deed, Fault } from "./plan.ts";

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
	readonly act: Deed | Fault | null;
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

/** Words for a sentence: all of a few, else the first, the last and how many. */
export function listWords(words: readonly string[]): string {
	const [first = "nothing"] = words;
	if (words.length <= 4) return words.length === 0 ? first : words.join(" ");
	return `${first} … ${words[words.length - 1]} (${words.length} words)`;
}
