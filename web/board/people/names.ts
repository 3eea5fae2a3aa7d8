/** What those are called who work on a board, or did. */
import type * as Y from "yjs";
import { readMessage } from "../../../shared/surfaces/chat.ts";
import { chatOf } from "../../../shared/surfaces/root.ts";
import { t } from "../../ui/messages.ts";
import "../../ui/board-words/shapes.ts";
import type { BoardClient } from "./client.ts";

/** Messages that are looked through for a name, the newest first. */
const messagesMax = 2_000;

/** Names as they are now; null where nobody knows one. "you" for ourselves. */
export interface Names {
	/** By the id of Yjs under which they write. */
	ofClient(client: number): string | null;
	/** By their own id. */
	ofUser(id: string): string | null;
}

/** See above. Who left is known by what they said here, under the same id of Yjs. */
export function namesOf(client: Pick<BoardClient, "doc" | "me" | "people">): Names {
	const { doc, me } = client;
	const byClient = new Map([[doc.clientID, t("board.you")]]);
	const byUser = new Map([me.id, ...(me.was ?? [])].map((id) => [id, t("board.you")] as const));
	for (const { clientId, state } of client.people()) {
		if (state.user === undefined) continue;
		const { id, name } = state.user;
		byClient.set(clientId, byUser.get(id) ?? name);
		if (!byUser.has(id)) byUser.set(id, name);
	}
	let bySaying: ReadonlyMap<number, string> | null = null;
	return {
		ofClient: (client) => {
			const known = byClient.get(client);
			if (known !== undefined) return known;
			bySaying ??= signersOf(doc);
			return bySaying.get(client) ?? null;
		},
		ofUser: (id) => byUser.get(id) ?? null,
	};
}

/** The names under the last messages, by the id of Yjs under which they were written. */
function signersOf(doc: Y.Doc): Map<number, string> {
	const names = new Map<number, string>();
	const messages = chatOf(doc);
	let left = messagesMax;
	for (let item = lastOf(messages); item !== null && left > 0; item = item.left) {
		if (item.deleted || names.has(item.id.client)) continue;
		left--;
		const name = readMessage(item.content.getContent().at(-1))?.name ?? "";
		if (name !== "") names.set(item.id.client, name);
	}
	return names;
}

function lastOf(list: Y.Array<unknown>): Y.Item | null {
	let item = list._start;
	while (item?.right) item = item.right;
	return item;
}
