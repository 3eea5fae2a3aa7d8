/** A file from elsewhere as ops of the document; what it cannot be is said in words. */
import type { Op } from "quill/core";
import { photoOfEmbed, wellFormed } from "../../../shared/surfaces/text.ts";
import { forScreen } from "../delta.ts";

/** Larger files are refused: a text of this size is a thousand pages. */
export const importBytesMax = 2_000_000;

/** Why a file was not taken. */
export type ImportRefusal = "tooLarge" | "unreadable" | "noDocument";

/** What was in a file, or why it was not taken. */
export type Taken<T> =
	| { readonly kind: "taken"; readonly value: T }
	| { readonly kind: "refused"; readonly why: ImportRefusal };

/** The bytes of a file as text: UTF-8, or UTF-16 with its mark. */
export function decodeText(bytes: Uint8Array<ArrayBuffer>): Taken<string> {
	const [first, second] = bytes;
	const isLittle = first === 0xff && second === 0xfe;
	const isWide = isLittle || (first === 0xfe && second === 0xff);
	const encoding = isWide ? (isLittle ? "utf-16le" : "utf-16be") : "utf-8";
	try {
		const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
		if (!text.includes("\0")) return { kind: "taken", value: text.replace(/\r\n?/g, "\n") };
	} catch (error) {
		if (!(error instanceof TypeError)) throw error;
	}
	return { kind: "refused", why: "unreadable" };
}

/** Plain text as ops: each line a paragraph. */
export function readPlain(text: string): Op[] {
	return text === "" ? [] : [{ insert: text.endsWith("\n") ? text : `${text}\n` }];
}

/** A Delta as JSON, alone or under `ops`; only what the document may hold is left of it. */
export function readDelta(text: string): Taken<Op[]> {
	const given = parse(text);
	const ops: unknown = Array.isArray(given) ? given : (given as { ops?: unknown } | null)?.ops;
	if (!Array.isArray(ops) || !ops.every(isInsert)) return { kind: "refused", why: "noDocument" };
	const known = ops.filter(({ insert }) => typeof insert === "string" || photoOfEmbed(insert));
	const whole = known.map((op) =>
		typeof op.insert === "string" ? { ...op, insert: wellFormed(op.insert) } : op,
	);
	return { kind: "taken", value: forScreen(whole).filter(({ insert }) => insert !== "") };
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null; // No JSON, and so no document.
	}
}

function isInsert(op: unknown): op is Op & { insert: NonNullable<Op["insert"]> } {
	if (typeof op !== "object" || op === null || !("insert" in op)) return false;
	const { insert, attributes } = op as { insert: unknown; attributes?: unknown };
	const isContent = typeof insert === "string" || (typeof insert === "object" && insert !== null);
	return isContent && (attributes === undefined || typeof attributes === "object");
}
