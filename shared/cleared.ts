/**
 * Work that was taken off the board, or out of the text, in one go, and can be brought back: as it
 * goes over HTTP below `/api/rooms/:room/cleared`. PROTOCOL.md lists the routes.
 */
import type { Millis } from "./clock.ts";
import type { Named } from "./room-access.ts";

/** Where work was cleared away. */
export type ClearedSurface = "board" | "document";

/** What was cleared away at once, as the list has it. */
export interface ClearedWork {
	/** Names it for as long as the room is not written in; then it is asked for anew. */
	readonly id: string;
	readonly surface: ClearedSurface;
	readonly atMs: Millis;
	/** Who cleared it away; the name is empty where nobody knows. */
	readonly by: Named;
	/** Items of the board, or letters of the text, that are still missing. */
	readonly count: number;
	/** The first letters of the text; empty for the board. */
	readonly excerpt: string;
}

/** A stretch of text, and where it stood. */
export interface ClearedText {
	/** A relative position of Yjs, encoded, in base64. */
	readonly at: string;
	/** What is inserted there, as a Delta has it. */
	readonly ops: readonly ClearedOp[];
}

/** Letters or an embed, with their formats. */
export interface ClearedOp {
	readonly insert: string | object;
	readonly attributes?: Readonly<Record<string, unknown>>;
}

/** What is brought back. */
export type ClearedContent =
	| {
			readonly surface: "board";
			/** A Yjs update (v1), in base64: a doc of which `strokes` holds the items, back to front. */
			readonly update: string;
	  }
	| { readonly surface: "document"; readonly texts: readonly ClearedText[] };
