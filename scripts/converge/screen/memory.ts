/**
 * What is known of the words of somebody at a screen. The places that Yjs gave them are known to
 * the browser only, so they are followed by what they say.
 */
import type * as Y from "yjs";
import type { Clock, Millis } from "../../../shared/clock.ts";
import type { Afar } from "../person/afar.ts";
import type { Ledger } from "../person/ledger.ts";
import type { Breach } from "../person/page.ts";
import { tornPartsOf, wordsOf } from "../person/tokens.ts";
import type { Look } from "./in-page.ts";

/**
 * The light speaks up only about what takes longer than a second: what it says holds for what was
 * typed before. The other second is for a machine that is busy. What it is told holds at once.
 */
const lightMsMax: Millis = 2_000;

/** What must become of a word; `unsure` after an undo that touched it. */
type Fate = "there" | "gone" | "unsure";

interface Known {
	readonly afar: Afar;
	fate: Fate;
	/** True where it stands in the text, or did; a message does not. */
	readonly isMessage: boolean;
	/** The tab that it was typed in while that is open, and when. */
	typed: { readonly tab: string; readonly atMs: Millis } | null;
	isSaved: boolean;
}

/** A look, and whose. */
export interface Moment {
	readonly tab: string;
	/** Before it was looked. */
	readonly atMs: Millis;
}

/** True where the light says that everything is saved. */
function isCalledSaved({ light }: Look): boolean {
	return light !== null && /: Saved\b/.test(light);
}

/** See the head of this file. */
export class Memory {
	readonly #user: string;
	readonly #ledger: Ledger;
	readonly #clock: Clock;
	readonly #known = new Map<string, Known>();
	readonly #seen = new Set<string>();

	constructor(parts: { readonly user: string; readonly ledger: Ledger; readonly clock: Clock }) {
		this.#user = parts.user;
		this.#ledger = parts.ledger;
		this.#clock = parts.clock;
	}

	/** New words that are about to be typed. */
	mint(count: number): string[] {
		const words = Array.from({ length: count }, () => this.#ledger.mint(this.#user));
		for (const word of words) this.#ledger.leave(word);
		return words;
	}

	/** These were typed, or said. */
	typed(words: readonly string[], tab: string, isMessage = false): void {
		const typed = { tab, atMs: this.#clock.elapsed() };
		for (const word of words) {
			const afar = this.#ledger.leave(word);
			this.#known.set(word, { afar, fate: "there", isMessage, typed, isSaved: false });
		}
	}

	/** These were deleted. */
	removed(words: readonly string[]): void {
		for (const word of words) {
			const known = this.#know(word);
			if (known.fate === "there") known.fate = "gone";
		}
	}

	/** Until `undone` is told what it touched, an undo may have touched anything. */
	doubt(): ReadonlyMap<string, Fate> {
		const fates = new Map([...this.#known].map(([word, { fate }]) => [word, fate]));
		for (const known of this.#known.values()) known.fate = "unsure";
		return fates;
	}

	/** An undo changed a text; gives the words that it touched. */
	undone(change: {
		readonly before: string;
		readonly after: string;
		readonly doubt: ReadonlyMap<string, Fate>;
	}): string[] {
		const [before, after] = [new Set(wordsOf(change.before)), new Set(wordsOf(change.after))];
		const touched = [...new Set([...before, ...after])].filter(
			(word) => before.has(word) !== after.has(word),
		);
		for (const [word, fate] of change.doubt) {
			const known = this.#known.get(word);
			if (known !== undefined && !touched.includes(word)) known.fate = fate;
		}
		for (const word of touched) this.#know(word).fate = "unsure";
		return touched;
	}

	/** A tab is gone: no light speaks for what was typed in it. */
	closed(tab: string): void {
		for (const known of this.#known.values()) {
			if (known.typed?.tab === tab) known.typed = null;
		}
	}

	/** A tab shows this: what others wrote is seen, and what the light says is promised. */
	saw(seen: Look, { tab, atMs }: Moment): void {
		const words = [...wordsOf(seen.text)].filter((word) => !this.#seen.has(word));
		for (const word of words) this.#seen.add(word);
		if (words.length > 0) this.#ledger.see(this.#user, words);
		const saidMs = isCalledSaved(seen) ? atMs - lightMsMax : 0;
		const savedMs = seen.phase === "saved" ? atMs : saidMs;
		for (const known of this.#known.values()) {
			const { typed } = known;
			if (typed?.tab === tab && typed.atMs < savedMs) known.isSaved = true;
		}
	}

	/** What is wrong on a screen whatever others have. */
	wrongIn({ text }: Look, tab: string): Breach[] {
		const findings: Breach[] = [];
		const torn = tornPartsOf(text);
		if (torn !== "") {
			findings.push({ check: "whole tokens", say: `${tab} shows ${JSON.stringify(torn)}` });
		}
		for (const word of wordsOf(text)) {
			if (this.#ledger.writerOf(word) !== undefined) continue;
			findings.push({ check: "nothing invented", say: `${tab} shows ${word}, which nobody wrote` });
		}
		return findings;
	}

	/** Words and messages that were called saved, or seen by others. */
	promised(): ReadonlySet<string> {
		const known = [...this.#known.values()];
		const promised = known.filter(({ isSaved, afar }) => isSaved || afar.isShown);
		return new Set(promised.map(({ afar }) => afar.token));
	}

	/** What is not in a doc though it must be: all, or what was promised. */
	check(doc: Y.Doc, promised: ReadonlySet<string> | null): Breach[] {
		const words = countOf(wordsOf(doc.getText("text").toString()));
		const chat = doc.getArray<{ readonly body?: unknown }>("chat").toArray();
		const messages = countOf(chat.flatMap(({ body }) => wordsOf(String(body))));
		const findings: Breach[] = [];
		for (const [word, known] of this.#known) {
			const counts = known.isMessage ? messages : words;
			const mustStay = promised?.has(word) ?? true;
			const wrong = wrongWith(known, counts.get(word) ?? 0, { mustStay, isEnd: promised === null });
			if (wrong !== null) findings.push(wrong);
		}
		return findings;
	}

	/** From now on that word is followed here. */
	#know(word: string): Known {
		const known = this.#known.get(word);
		if (known !== undefined) return known;
		const isElsewhere = this.#ledger.afar.get(word) !== undefined;
		const afar = this.#ledger.leave(word);
		// Somebody at another screen answers for it too.
		if (isElsewhere) afar.isTouched = true;
		const fresh: Known = { afar, fate: "there", isMessage: false, typed: null, isSaved: false };
		this.#known.set(word, fresh);
		return fresh;
	}
}

function wrongWith(
	{ afar, fate, isSaved }: Known,
	count: number,
	{ mustStay, isEnd }: { readonly mustStay: boolean; readonly isEnd: boolean },
): Breach | null {
	const { token, isTouched, isShown } = afar;
	if (fate === "unsure" || isTouched) return null;
	if (fate === "there" && mustStay && count === 0) {
		const why = isSaved ? "called saved on a screen" : isShown ? "shown" : "typed at a screen";
		return { check: "nothing lost", say: `${token} was ${why} and is gone` };
	}
	if (count > 1) return { check: "nothing invented", say: `${token} is there ${count} times` };
	if (isEnd && fate === "gone" && count > 0) {
		return { check: "nothing comes back", say: `${token} was removed at a screen` };
	}
	return null;
}

function countOf(words: readonly string[]): ReadonlyMap<string, number> {
	const counts = new Map<string, number>();
	for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
	return counts;
}
