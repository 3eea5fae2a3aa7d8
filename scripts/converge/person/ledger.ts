/**
 * Who wrote what, who saw it, and what was promised. Every word that is typed is unique, so each
 * can be followed from the hand to the disk and back.
 */

/** Words look like this: a mark, who and how often, a pair of surrogates, a mark. */
const wordPattern = /⟨[a-z]+\d+👋⟩/gu;

/** What is known of one word. */
export interface Word {
	readonly text: string;
	readonly person: string;
	/** Somebody else has seen it. */
	isShown: boolean;
	/** Its writer was told that it is saved. */
	isSaved: boolean;
	/** Somebody removed it, on purpose or by undo. */
	isRemoved: boolean;
	/** An undo or redo touched it: it may come back, even twice. */
	isUndone: boolean;
	/** It may be lost: its writer's copy was thrown away before it was saved. */
	isForgotten: boolean;
}

/** Who is told of promises, as they are made. */
export interface LedgerNews {
	/** Somebody sees these words of others for the first time. */
	readonly shown: (person: string, words: readonly string[]) => void;
	/** These are called saved for the first time. */
	readonly saved: (words: readonly string[]) => void;
}

/** The words of a run. */
export class Ledger {
	readonly #news: LedgerNews | null;
	/** Words by who has seen them. */
	readonly #seen = new Map<string, Set<string>>();
	readonly #words = new Map<string, Word>();
	readonly #counts = new Map<string, number>();

	/** `news` is told of every promise. */
	constructor(news: LedgerNews | null = null) {
		this.#news = news;
	}

	/** A new word of a person, as it is about to be typed. */
	mint(person: string): string {
		const count = (this.#counts.get(person) ?? 0) + 1;
		this.#counts.set(person, count);
		const text = `⟨${person}${count}👋⟩`;
		this.#words.set(text, {
			text,
			person,
			isShown: false,
			isSaved: false,
			isRemoved: false,
			isUndone: false,
			isForgotten: false,
		});
		return text;
	}

	/** Every word that was ever typed. */
	words(): Iterable<Word> {
		return this.#words.values();
	}

	/** What is known of a word; undefined for one that nobody typed. */
	get(text: string): Word | undefined {
		return this.#words.get(text);
	}

	/** Words that were shown or called saved up to now: what a crash must not take. */
	promised(): ReadonlySet<string> {
		const words = [...this.#words.values()];
		return new Set(words.filter((word) => word.isShown || word.isSaved).map(({ text }) => text));
	}

	/** A person received these; what they typed themselves is no news to them. */
	show(person: string, words: Iterable<string>): void {
		const seen = this.#seen.get(person) ?? new Set();
		this.#seen.set(person, seen);
		const fresh: string[] = [];
		for (const text of words) {
			const word = this.#words.get(text);
			if (word === undefined || word.person === person || seen.has(text)) continue;
			word.isShown = true;
			seen.add(text);
			fresh.push(text);
		}
		if (fresh.length > 0) this.#news?.shown(person, fresh);
	}

	/** Their writer was told that they are saved. */
	save(words: Iterable<string>): void {
		const fresh: string[] = [];
		for (const text of words) {
			const word = this.#words.get(text);
			if (word === undefined || word.isSaved) continue;
			word.isSaved = true;
			fresh.push(text);
		}
		if (fresh.length > 0) this.#news?.saved(fresh);
	}
}

/** The words of a text, in order. */
export function wordsOf(text: string): string[] {
	return text.match(wordPattern) ?? [];
}

/** What is left of a text without its words: nothing, unless one was torn. */
export function tornPartsOf(text: string): string {
	return text.replace(wordPattern, "").replace(/[\s￼]/gu, "");
}
