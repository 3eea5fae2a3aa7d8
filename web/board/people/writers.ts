/** What others drew and this person brought back is theirs: Yjs has it under our client id. */
import * as Y from "yjs";
import { strokesOf } from "../../../shared/surfaces/root.ts";
import { call } from "../../api.ts";
import { roomSegment } from "../../sync/base.ts";
import { isOurs } from "../../sync/me.ts";
import type { RoomClient } from "../../sync/room-client.ts";
import type { Deletions } from "../tools/undo.ts";

/** As many are asked for at once. */
const askedMax = 500;

/** Entries that came back, and under which client id each stood before. */
type Returned = readonly (readonly [entry: Y.Map<unknown>, client: number])[];

type WriterClient = Pick<RoomClient, "room" | "doc" | "me" | "may" | "people">;

/**
 * Writes on each entry that a step had deleted, and that is back, whose it is. Who is here is
 * known, of others the server is asked; where it does not answer, nobody's name stands there.
 */
export async function nameWriters(client: WriterClient, deletions: Deletions): Promise<void> {
	const returned = othersIn(strokesOf(client.doc), deletions);
	const known = new Map<number, string>();
	for (const { clientId, state } of client.people()) {
		if (state.user !== undefined) known.set(clientId, state.user.id);
	}
	write(client, returned, known);
	const unknown = new Set(returned.flatMap(([, writer]) => (known.has(writer) ? [] : writer)));
	if (unknown.size > 0)
		write(client, returned, await askFor(client, [...unknown].slice(0, askedMax)));
}

function write(client: WriterClient, returned: Returned, users: ReadonlyMap<number, string>): void {
	const { doc, me } = client;
	if (doc.isDestroyed || !client.may("board")) return;
	doc.transact(() => {
		for (const [entry, writer] of returned) {
			const user = users.get(writer);
			const isThere = entry.doc !== null && entry._item?.deleted === false;
			if (user === undefined || isOurs(me, user) || !isThere || entry.has("by")) continue;
			entry.set("by", user);
		}
	});
}

async function askFor(
	{ room }: WriterClient,
	clients: readonly number[],
): Promise<ReadonlyMap<number, string>> {
	try {
		const query = new URLSearchParams(clients.map((client) => ["client", String(client)]));
		const path = `/api/rooms/${roomSegment(room)}/writers?${query}`;
		const { writers } = (await call("GET", path)) as { writers: [number, string][] };
		return new Map(writers);
	} catch (error) {
		console.info("Who drew what cannot be had:", error);
		return new Map();
	}
}

/** What of the deleted stands on the board again, and was not this person's. */
function othersIn(board: Y.Array<unknown>, { clients }: Deletions): Returned {
	const { doc } = board;
	const entries: [Y.Map<unknown>, number][] = [];
	for (const [client, ranges] of clients) {
		if (doc === null || client === doc.clientID) continue;
		for (const { redone } of itemsIn(board, doc.store.clients.get(client) ?? [], ranges)) {
			const { content } = Y.getItem(doc.store, redone);
			const entry = content instanceof Y.ContentType ? content.type : null;
			if (entry instanceof Y.Map && !entry.has("by")) entries.push([entry, client]);
		}
	}
	return entries;
}

/** The items of a list in these ranges that were brought back. */
function* itemsIn(
	list: Y.Array<unknown>,
	structs: (Y.Item | Y.GC)[],
	ranges: readonly { readonly clock: number; readonly len: number }[],
): Generator<{ readonly redone: Y.ID }, void, undefined> {
	for (const { clock, len } of ranges) {
		for (let index = Y.findIndexSS(structs, clock); index < structs.length; index++) {
			const item = structs[index];
			if (item === undefined || item.id.clock >= clock + len) break;
			const isOfList = item instanceof Y.Item && item.parent === list;
			if (isOfList && item.redone !== null) yield { redone: item.redone };
		}
	}
}
