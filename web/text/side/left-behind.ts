/** What people left in a room with their name on it, and the client ids that put it there. */
import type * as Y from "yjs";
import { chatOf, photosOf } from "../../../shared/surfaces/root.ts";

/** One message or photo. */
export interface Mark {
	readonly client: number;
	readonly id: string;
	readonly name: string;
}

/** A room's messages and photos; fields that a stranger made otherwise are empty. */
export function listMessages(doc: Y.Doc): Mark[] {
	const marks: Mark[] = [];
	for (let item = chatOf(doc)._start; item !== null; item = item.right) {
		if (item.deleted) continue;
		for (const value of item.content.getContent()) marks.push(markOf(item.id.client, value));
	}
	for (const entry of photosOf(doc).values()) {
		if (entry._item !== null) marks.push(markOf(entry._item.id.client, entry.toJSON()));
	}
	return marks;
}

function markOf(client: number, value: unknown): Mark {
	const { by, name } = (value ?? {}) as { by?: unknown; name?: unknown };
	return {
		client,
		id: typeof by === "string" ? by : "",
		name: typeof name === "string" ? name : "",
	};
}
