/**
 * How words lie on the board: which letters stand on which line, and how much room all of them
 * take. Painter, hits and the field that people type into go by it.
 */
import type { BoardItem } from "../../../shared/surfaces/board.ts";
import {
	type ItemFrame,
	itemFrame,
	turnedBox,
	uprightBox,
} from "../../../shared/surfaces/item-outline.ts";
import type { Bounds } from "../../../shared/surfaces/stroke-codec.ts";
import { isWordsKind, letterSizes } from "../../../shared/surfaces/words/letters.ts";
import { grow, type Point } from "../camera.ts";
import { piecesOf, signsOf } from "./breaks.ts";
import { roomIn } from "./inside.ts";

/** One line. */
export interface WordsLine {
	readonly text: string;
	/** Index of its first letter in all of the text, in UTF-16 code units. */
	readonly from: number;
	/** True where it is read from right to left. */
	readonly isRtl: boolean;
}

/** Words that were laid out. Plain data: it goes to the worker as it is. */
export interface WordsLayout {
	readonly lines: readonly WordsLine[];
	/** Height of the letters and of a line, in units. */
	readonly size: number;
	readonly lineHeight: number;
	/** Where the lines stand; a card reaches `padding` further on each side. */
	readonly area: Bounds;
	readonly padding: number;
	/** True for words in a shape: their lines stand in the middle of it. */
	readonly isInside: boolean;
	/** How wide a line may be. */
	readonly inner: number;
	/** All of it lies turned around this point, clockwise by so many degrees. */
	readonly turn: number;
	readonly middle: Point;
	/** All that is painted, turned as it is. */
	readonly box: Bounds;
}

/** The width of letters of a size, in units. */
export type Measure = (text: string, size: number) => number;

/** Room between a note's edge and its letters. */
const notePadding = 16;
/** A card's shadow, and letters that lean out of their line. */
const air = 4;
/** Letters of paragraphs that are kept, so that typing lays out no more than its own. */
const keptLengthMax = 500_000;
/** Lines that are painted of one item: more could hold up every tile they lie on. */
const linesMax = 5_000;
/** Signs of a line at most, for each that is as wide as high: thin ones and dots. */
const signsPerSquare = 12;
/** Arithmetic of browsers is in 64ths of a pixel. */
const hair = 1 / 64;

const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
const letter = /\p{L}/u;

/** How high a line is. Whole units: browsers round others. */
export function lineHeightOf(size: number): number {
	return Math.round(size * 1.3);
}

/** Lays out words; the same letters in the same width are laid out once. */
export class WordsLayer {
	readonly #measure: Measure;
	readonly #kept = new Map<string, readonly string[]>();
	#keptLength = 0;

	constructor(measure: Measure) {
		this.#measure = measure;
	}

	/** Lays out an item that has letters; null for others. @throws WeftError `bad_item` */
	lay(item: BoardItem): WordsLayout | null {
		const frame = item.text === null ? null : itemFrame(item);
		if (item.text === null || frame === null) return null;
		if (!isWordsKind(item.kind)) return this.#layInside(item, item.text, frame);
		const corners = uprightBox(frame);
		const size = item.width;
		const lineHeight = lineHeightOf(size);
		const padding = item.kind === "note" ? notePadding : 0;
		const inner = Math.max(size, corners.maxX - corners.minX - 2 * padding);
		const lines = this.#linesOf(item.text, size, inner);
		const [minX, minY] = [corners.minX + padding, corners.minY + padding];
		const isNote = item.kind === "note";
		const width = isNote ? inner : this.#widthOf(lines, size, inner);
		const least = isNote ? corners.maxY - corners.minY - 2 * padding : 0;
		const height = Math.max(lines.length * lineHeight, least);
		const area = { minX, minY, maxX: minX + width, maxY: minY + height };
		const { x, y, turn } = frame;
		const box = turnedBox(grow(area, padding + air), frame);
		const middle = { x, y };
		const isInside = false;
		return { lines, size, lineHeight, area, padding, isInside, inner, turn, middle, box };
	}

	/** Words in a shape: around its middle, as wide as there is room in it. */
	#layInside(item: BoardItem, text: string, frame: ItemFrame): WordsLayout {
		const size = item.letterSize ?? letterSizes[1];
		const lineHeight = lineHeightOf(size);
		const inner = Math.max(size, roomIn(item, frame).width);
		const lines = this.#linesOf(text, size, inner);
		const { x, y, turn } = frame;
		const width = this.#widthOf(lines, size, inner);
		const [across, down] = [width / 2, (lines.length * lineHeight) / 2];
		const area = { minX: x - across, minY: y - down, maxX: x + across, maxY: y + down };
		const lying = { inner, turn, middle: { x, y }, box: turnedBox(grow(area, air), frame) };
		return { lines, size, lineHeight, area, padding: 0, isInside: true, ...lying };
	}

	#linesOf(text: string, size: number, inner: number): WordsLine[] {
		const lines: WordsLine[] = [];
		let from = 0;
		for (const paragraph of text.replace(/[\t\r]/g, " ").split("\n")) {
			const isRtl = rightToLeft.test(letter.exec(paragraph)?.[0] ?? "");
			let lineFrom = from;
			for (const line of this.#wrap(paragraph, size, inner)) {
				lines.push({ text: line.trimEnd(), from: lineFrom, isRtl });
				lineFrom += line.length;
			}
			from += paragraph.length + 1;
		}
		return lines.slice(0, linesMax);
	}

	/** As wide as its longest line; all of the width where lines begin at the right. */
	#widthOf(lines: readonly WordsLine[], size: number, inner: number): number {
		if (lines.some(({ isRtl }) => isRtl)) return inner;
		const widthMin = size / 2;
		const longest = lines.reduce(
			(most, { text }) => Math.max(most, this.#measure(text, size)),
			widthMin,
		);
		return Math.min(inner, longest);
	}

	#wrap(paragraph: string, size: number, inner: number): readonly string[] {
		const name = `${size} ${inner} ${paragraph}`;
		const kept = this.#kept.get(name);
		if (kept !== undefined) return kept;
		const lines = wrap(paragraph, {
			fits: (line) => this.#measure(line.trimEnd(), size) <= inner + hair,
			signsMax: Math.ceil((inner / size) * signsPerSquare),
		});
		if (this.#keptLength + name.length > keptLengthMax) {
			this.#kept.clear();
			this.#keptLength = 0;
		}
		this.#kept.set(name, lines);
		this.#keptLength += name.length;
		return lines;
	}
}

/** Where a line is held: at the side where it begins, in a shape by its middle. */
export function anchorOf({ area, isInside }: WordsLayout, isRtl: boolean): number {
	if (isInside) return (area.minX + area.maxX) / 2;
	return isRtl ? area.maxX : area.minX;
}

/** The index of the line on which a letter stands. */
export function lineOf({ lines }: WordsLayout, index: number): number {
	const behind = lines.findIndex(({ from }) => from > index);
	return behind === -1 ? lines.length - 1 : Math.max(0, behind - 1);
}

/** How long a line may be. */
interface Room {
	/** Spaces at its end do not count. */
	readonly fits: (line: string) => boolean;
	readonly signsMax: number;
}

/** Breaks a paragraph, as CSS does `pre-wrap`: spaces at the end of a line may hang out of it. */
function wrap(paragraph: string, room: Room): string[] {
	const lines: string[] = [];
	let line = "";
	for (const piece of piecesOf(paragraph)) {
		if (line !== "" && !room.fits(line + piece)) {
			lines.push(line);
			line = "";
		}
		if (line !== "" || room.fits(piece)) {
			line += piece;
			continue;
		}
		const parts = broken(piece, room);
		line = parts.pop() ?? "";
		for (const part of parts) lines.push(part);
	}
	return [...lines, line];
}

/** A word that is longer than a line, in parts that are not. */
function broken(word: string, { fits, signsMax }: Room): string[] {
	const signs = signsOf(word);
	const parts: string[] = [];
	for (let at = 0; at < signs.length; ) {
		let low = 1;
		let high = Math.min(signsMax, signs.length - at);
		while (low < high) {
			const middle = (low + high + 1) >> 1;
			if (fits(signs.slice(at, at + middle).join(""))) low = middle;
			else high = middle - 1;
		}
		parts.push(signs.slice(at, at + low).join(""));
		at += low;
	}
	return parts;
}
