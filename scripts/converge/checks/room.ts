/** What must be true of a run: of every copy against every other, and of every word. */
import * as Y from "yjs";
import { type Ledger, tornPartsOf, type Word, wordsOf } from "../person/ledger.ts";

/** One thing that is not as it must be. */
export interface Finding {
	/** The name of the check. */
	readonly check: string;
	/** What was seen, for a person to read. */
	readonly say: string;
}

/** A copy of the room, and whose it is. */
export interface Copy {
	readonly whose: string;
	readonly doc: Y.Doc;
}

/** Compares all copies with the first: content, formats, structs, deletes, nothing pending. */
export function compareCopies(copies: readonly Copy[]): Finding[] {
	const [first, ...others] = copies;
	if (first === undefined) return [];
	const findings = copies.flatMap(pendingIn);
	const wanted = factsOf(first.doc);
	for (const other of others) {
		const facts = factsOf(other.doc);
		for (const [fact, value] of Object.entries(facts)) {
			if (value === wanted[fact]) continue;
			const say = `${other.whose} and ${first.whose} have different ${fact}: ${difference(
				value,
				wanted[fact] ?? "",
			)}`;
			findings.push({ check: "equal copies", say });
		}
	}
	return findings;
}

function pendingIn({ whose, doc }: Copy): Finding[] {
	if (doc.store.pendingStructs === null && doc.store.pendingDs === null) return [];
	return [{ check: "nothing pending", say: `${whose} waits for a part that never came` }];
}

/** Everything that must be equal, as text. */
function factsOf(doc: Y.Doc): Record<string, string> {
	const again = new Y.Doc();
	const state = Y.encodeStateAsUpdate(doc);
	Y.applyUpdate(again, state);
	const canonical = Y.encodeStateAsUpdate(again);
	const facts = {
		text: doc.getText("text").toString(),
		formats: JSON.stringify(doc.getText("text").toDelta()),
		board: JSON.stringify(sorted(doc.getArray("strokes").toJSON())),
		chat: JSON.stringify(doc.getArray("chat").toJSON()),
		photos: JSON.stringify(sorted(doc.getMap("photos").toJSON())),
		structs: Buffer.from(canonical).toString("base64"),
		"text after encoding": again.getText("text").toString(),
	};
	again.destroy();
	return facts;
}

function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
	const entries = Object.entries(value).map(([key, part]) => [key, sorted(part)] as const);
	return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Where two texts part, with a little of each. */
function difference(a: string, b: string): string {
	let at = 0;
	while (at < a.length && a[at] === b[at]) at++;
	const part = (text: string) => JSON.stringify(text.slice(Math.max(0, at - 20), at + 60));
	return `${part(a)} against ${part(b)}`;
}

/** What is compared with the words that were typed. */
export interface WordChecks {
	readonly doc: Y.Doc;
	readonly ledger: Ledger;
	/** After a crash: only these must be there. Null where everybody came home with everything. */
	readonly promised: ReadonlySet<string> | null;
}

/** Every word that must be there is there once, whole; no other is. */
export function checkWords({ doc, ledger, promised }: WordChecks): Finding[] {
	const text = doc.getText("text").toString();
	const torn = tornPartsOf(text);
	const findings: Finding[] = [];
	if (torn !== "") findings.push({ check: "whole words", say: `torn: ${JSON.stringify(torn)}` });
	const counts = new Map<string, number>();
	for (const word of wordsOf(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
	for (const word of counts.keys()) {
		if (ledger.get(word) === undefined) {
			findings.push({ check: "nothing invented", say: `${word} was typed by nobody` });
		}
	}
	for (const word of ledger.words()) {
		const finding = checkWord(word, counts.get(word.text) ?? 0, promised);
		if (finding !== null) findings.push(finding);
	}
	return findings;
}

function checkWord(
	word: Word,
	count: number,
	promised: ReadonlySet<string> | null,
): Finding | null {
	const { text, isShown, isSaved, isRemoved, isUndone, isForgotten } = word;
	const mustStay = !isRemoved && (promised?.has(text) ?? !isForgotten);
	if (mustStay && count === 0) {
		const why = isSaved ? "saved" : isShown ? "shown" : "typed";
		return { check: "nothing lost", say: `${text} was ${why} and is gone` };
	}
	if (isUndone) return null;
	if (count > 1) return { check: "nothing twice", say: `${text} is there ${count} times` };
	if (isRemoved && promised === null && count > 0) {
		return { check: "nothing comes back", say: `${text} was removed` };
	}
	return null;
}

/** Every message stands once, in the order of its author's counting, under its author. */
export function checkChat(doc: Y.Doc, said: ReadonlyMap<string, string>): Finding[] {
	const findings: Finding[] = [];
	const seen = new Set<string>();
	for (const entry of doc.getArray<{ id: string; by: string }>("chat")) {
		if (said.get(entry.id) !== entry.by) {
			findings.push({ check: "chat authors", say: `${entry.id} stands under ${entry.by}` });
		}
		if (seen.has(entry.id)) findings.push({ check: "chat once", say: `${entry.id} stands twice` });
		seen.add(entry.id);
	}
	for (const id of said.keys()) {
		if (!seen.has(id)) findings.push({ check: "chat keeps", say: `${id} is gone` });
	}
	return findings;
}
