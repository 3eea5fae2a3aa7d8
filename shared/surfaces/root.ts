/** The root types of a room's doc: one doc holds all four surfaces. */
import type * as Y from "yjs";

/** Version of the schema in `shared/surfaces`, kept in `meta` under `schema`. */
export const schemaVersion = 1;

/** The text of the document, as Quill wants it. */
export function textOf(doc: Y.Doc): Y.Text {
	return doc.getText("text");
}

/** The items of the board, back to front. */
export function strokesOf(doc: Y.Doc): Y.Array<unknown> {
	return doc.getArray("strokes");
}

/** The messages of the chat, oldest first. Only ever appended to. */
export function chatOf(doc: Y.Doc): Y.Array<unknown> {
	return doc.getArray("chat");
}

/** The photos' metadata by photo id. */
export function photosOf(doc: Y.Doc): Y.Map<Y.Map<unknown>> {
	return doc.getMap("photos");
}

/** `title` (string) and `schema` (number). */
export function metaOf(doc: Y.Doc): Y.Map<unknown> {
	return doc.getMap("meta");
}

/** The room's title; an empty string where nobody gave one. */
export function titleOf(doc: Y.Doc): string {
	const title = metaOf(doc).get("title");
	return typeof title === "string" ? title : "";
}
