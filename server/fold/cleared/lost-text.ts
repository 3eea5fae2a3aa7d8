/** Text that was taken out of the document: what stood together, and where. */
import * as Y from "yjs";
import type { ClearedOp } from "../../../shared/cleared.ts";
import type { DeletedRange, Reached } from "./reach.ts";

/** A stretch that went. */
export interface LostText {
	/** Where it stood: a relative position of Yjs, encoded. */
	readonly at: Uint8Array;
	readonly ops: readonly ClearedOp[];
}

/** The same, before it is known what is left: after so many elements that stay. */
interface Gap {
	readonly index: number;
	readonly ops: ClearedOp[];
}

/** Letters of a list of texts that are told. */
const excerptLengthMax = 80;

/** How many elements of the text are among what goes. */
export function lettersIn(text: Y.Text, reach: readonly Reached[]): number {
	let count = 0;
	for (const { item, length } of reach) {
		if (item.parent === text && item.parentSub === null && item.countable) count += length;
	}
	return count;
}

/** The stretches that go, in the order of the text. */
export function lostTexts(text: Y.Text, deletes: readonly DeletedRange[]): readonly Gap[] {
	const isGone = goneBy(deletes);
	const formats = new Map<string, unknown>();
	const gaps: Gap[] = [];
	let index = 0;
	for (let item = text._start; item !== null; item = item.right) {
		if (item.deleted) continue;
		const { content } = item;
		if (content instanceof Y.ContentFormat) keepFormat(formats, content);
		else if (item.countable) {
			for (const run of runsOf(item, isGone)) {
				if (run.insert === null) index += run.length;
				else lose(gaps, { index, insert: run.insert, formats });
			}
		}
	}
	return gaps;
}

function keepFormat(formats: Map<string, unknown>, { key, value }: Y.ContentFormat): void {
	if (value === null) formats.delete(key);
	else formats.set(key, value);
}

interface Loss {
	readonly index: number;
	readonly insert: ClearedOp["insert"];
	readonly formats: ReadonlyMap<string, unknown>;
}

function lose(gaps: Gap[], { index, insert, formats }: Loss): void {
	const last = gaps.at(-1);
	const gap = last?.index === index ? last : { index, ops: [] };
	if (gap !== last) gaps.push(gap);
	const attributes = formats.size === 0 ? {} : { attributes: Object.fromEntries(formats) };
	gap.ops.push({ insert, ...attributes });
}

/** A stretch that is missing. */
export interface MissingText extends LostText {
	/** Its letters and embeds. */
	readonly length: number;
}

/** Those whose words stand in none of these texts. */
export function missingOf(texts: readonly LostText[], words: readonly string[]): MissingText[] {
	return texts.flatMap((lost) => {
		const own = lettersOf(lost).trim();
		const length = lost.ops.reduce(
			(sum, { insert }) => sum + (typeof insert === "string" ? insert.length : 1),
			0,
		);
		const isThere = own !== "" && words.some((text) => text.includes(own));
		return isThere ? [] : [{ ...lost, length }];
	});
}

/** The first letters of them. */
export function excerptOf(texts: readonly LostText[]): string {
	const words = texts.map(lettersOf).join(" ").replace(/\s+/g, " ").trim();
	// Half a character at the end is none.
	return words.slice(0, excerptLengthMax).replace(/[\ud800-\udbff]$/, "");
}

/** Its letters without their formats. */
export function lettersOf({ ops }: LostText): string {
	return ops.map(({ insert }) => (typeof insert === "string" ? insert : "")).join("");
}

/** Whether an element is in one of the ranges. */
function goneBy(deletes: readonly DeletedRange[]): (client: number, clock: number) => boolean {
	const byClient = new Map<number, DeletedRange[]>();
	for (const range of deletes) {
		const ranges = byClient.get(range.client) ?? [];
		ranges.push(range);
		byClient.set(range.client, ranges);
	}
	for (const ranges of byClient.values()) ranges.sort((one, other) => one.clock - other.clock);
	return (client, clock) => {
		const ranges = byClient.get(client);
		if (ranges === undefined) return false;
		let [from, to] = [0, ranges.length];
		while (from < to) {
			const middle = (from + to) >> 1;
			const range = ranges[middle];
			if (range === undefined || range.clock > clock) to = middle;
			else from = middle + 1;
		}
		const range = ranges[from - 1];
		return range !== undefined && clock < range.clock + range.length;
	};
}

/** A stretch of one item: what goes of it, or null for what stays. */
interface Run {
	readonly insert: ClearedOp["insert"] | null;
	readonly length: number;
}

/** An item cut where what goes and what stays meet. */
function* runsOf(
	{ content, id, length }: Y.Item,
	isGone: (client: number, clock: number) => boolean,
): Generator<Run, void, undefined> {
	const goes = (at: number) => isGone(id.client, id.clock + at);
	if (!(content instanceof Y.ContentString)) {
		const isLost = content instanceof Y.ContentEmbed && goes(0);
		yield { insert: isLost ? content.embed : null, length };
		return;
	}
	let begin = 0;
	for (let at = 1; at <= length; at++) {
		if (at < length && goes(at) === goes(begin)) continue;
		const insert = goes(begin) ? content.str.slice(begin, at) : null;
		yield { insert, length: at - begin };
		begin = at;
	}
}
