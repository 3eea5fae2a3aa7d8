/** One line of the document as Markdown: words with their marks, and everything else escaped. */
import { photoOfEmbed, safeLink } from "../../../shared/surfaces/text.ts";
import { charAt, charBefore, flanksOf } from "./flanking.ts";
import type { Run } from "./lines.ts";

/** What a writer must know of photos. */
export interface PhotoNames {
	/** Where a photo's picture is; null where it has none that others can see. */
	readonly urlOf: (photo: string) => string | null;
	/** What stands in its place where it cannot be shown. */
	readonly captionOf: (photo: string) => string;
}

/** Marks from the outside in, with what stands for them: signs, or a tag where signs fail. */
const marks = [
	{ name: "bold", sign: "**", tag: "strong" },
	{ name: "strike", sign: "~~", tag: "s" },
	{ name: "underline", sign: null, tag: "u" },
	{ name: "italic", sign: "_", tag: "em" },
] as const;

type Mark = (typeof marks)[number];

/** A piece of what is written. The two edges of a mark share its object. */
type Piece =
	| { readonly kind: "text"; readonly text: string }
	| { readonly kind: "open" | "close"; readonly span: Span };

interface Span {
	readonly mark: Mark;
	isTag: boolean;
}

/** The words of a line; blanks at its edges are kept as entities, which nobody trims. */
export function writeWords(runs: readonly Run[], photos: PhotoNames): string {
	const pieces: Piece[] = [];
	for (let at = 0; at < runs.length; ) {
		const link = linkOf(runs[at]);
		const end = runs.findIndex((run, index) => index > at && linkOf(run) !== link);
		const same = runs.slice(at, end < 0 ? runs.length : end);
		if (link === null) pieces.push(...piecesOf(same, photos));
		else pieces.push(...linkPieces(same, link, photos));
		at += same.length;
	}
	chooseSigns(pieces);
	return keepBlanks(pieces.map(textOfPiece).join(""));
}

function linkOf(run: Run | undefined): string | null {
	const link = run?.formats["link"];
	return typeof link === "string" ? safeLink(link) : null;
}

function linkPieces(runs: readonly Run[], link: string, photos: PhotoNames): Piece[] {
	const [only] = runs;
	const isPlain = runs.length === 1 && Object.keys(only?.formats ?? {}).length === 1;
	if (isPlain && only?.insert === link && /^(https?|mailto|tel):[^<>\s]*$/i.test(link)) {
		return [{ kind: "text", text: `<${link}>` }];
	}
	return [
		{ kind: "text", text: "[" },
		...piecesOf(runs, photos),
		{ kind: "text", text: `](${writeAddress(link)})` },
	];
}

function writeAddress(link: string): string {
	return link.replace(/[\\()<>]|&(?=#?\w+;)/g, "\\$&");
}

/** Opens and closes marks so that they are nested; blanks at the edges of a mark stay outside. */
function piecesOf(runs: readonly Run[], photos: PhotoNames): Piece[] {
	const pieces: Piece[] = [];
	const open: Span[] = [];
	const trimmed = withoutMarkedBlanks(runs);
	for (const run of [...trimmed, null]) {
		const wanted = run === null ? [] : marks.filter(({ name }) => run.formats[name] === true);
		let kept = 0;
		while (kept < open.length && open[kept]?.mark === wanted[kept]) kept++;
		for (const span of open.splice(kept).reverse()) pieces.push({ kind: "close", span });
		for (const mark of wanted.slice(kept)) {
			const span: Span = { mark, isTag: mark.sign === null };
			open.push(span);
			pieces.push({ kind: "open", span });
		}
		if (run !== null) pieces.push({ kind: "text", text: writeRun(run, photos) });
	}
	return pieces;
}

/** Bold blanks look like others, and no Markdown begins or ends with one. */
function withoutMarkedBlanks(runs: readonly Run[]): Run[] {
	return runs.flatMap((run) => {
		if (typeof run.insert !== "string" || run.formats["code"] === true) return [run];
		const start = run.insert.length - run.insert.trimStart().length;
		const end = Math.max(start, run.insert.trimEnd().length);
		const bare = run.formats["link"] === undefined ? {} : { link: run.formats["link"] };
		return [
			{ insert: run.insert.slice(0, start), formats: bare },
			{ insert: run.insert.slice(start, end), formats: run.formats },
			{ insert: run.insert.slice(end), formats: bare },
		].filter(({ insert }) => insert !== "");
	});
}

function writeRun({ insert, formats }: Run, photos: PhotoNames): string {
	if (typeof insert !== "string") return writePhoto(insert, photos);
	return formats["code"] === true ? writeCode(insert) : escapeWords(insert);
}

function writePhoto(embed: unknown, photos: PhotoNames): string {
	const photo = photoOfEmbed(embed);
	if (photo === null) return "";
	const caption = escapeWords(photos.captionOf(photo).replace(/\s+/g, " "));
	const url = photos.urlOf(photo);
	return url === null ? caption : `![${caption}](${writeAddress(url)})`;
}

function writeCode(code: string): string {
	const fence = "`".repeat(longestTicks(code) + 1);
	const needsRoom = /^`|`$|^ .*[^ ].* $/su.test(code);
	return needsRoom ? `${fence} ${code} ${fence}` : fence + code + fence;
}

/** How many backticks stand in a row at most. */
export function longestTicks(text: string): number {
	return (text.match(/`+/g) ?? []).reduce((longest, ticks) => Math.max(longest, ticks.length), 0);
}

/** So that no sign means anything; a sign between two letters means nothing in `snake_case`. */
function escapeWords(text: string): string {
	return text
		.replace(/[\\`*[\]<~]|&(?=#?\w+;)|!$/g, "\\$&")
		.replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\_");
}

function textOfPiece(piece: Piece): string {
	if (piece.kind === "text") return piece.text;
	const { mark, isTag } = piece.span;
	if (!isTag && mark.sign !== null) return mark.sign;
	return piece.kind === "open" ? `<${mark.tag}>` : `</${mark.tag}>`;
}

/** A sign that would not begin or end anything where it stands becomes a tag. */
function chooseSigns(pieces: readonly Piece[]): void {
	for (const [index, piece] of pieces.entries()) {
		if (piece.kind === "text" || piece.span.mark.sign === null) continue;
		const [before, after] = [pieces[index - 1], pieces[index + 1]];
		const beforeText = before === undefined ? "" : textOfPiece(before);
		const around = {
			before: charBefore(beforeText, beforeText.length),
			after: after === undefined ? "" : charAt(textOfPiece(after), 0),
		};
		const flanks = flanksOf(piece.span.mark.sign.charAt(0), around);
		const works = piece.kind === "open" ? flanks.canOpen : flanks.canClose;
		if (!works) piece.span.isTag = true;
	}
}

function keepBlanks(line: string): string {
	const words = line.trim();
	const start = line.length - line.trimStart().length;
	const entities = (blanks: string) =>
		Array.from(blanks, (blank) => `&#${blank.charCodeAt(0)};`).join("");
	return entities(line.slice(0, start)) + words + entities(line.slice(start + words.length));
}
