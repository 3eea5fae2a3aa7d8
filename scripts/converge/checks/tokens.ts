/** Compares a doc with the ledger: what must be there is there, what must not is not. */
import * as Y from "yjs";
import { seenEntries } from "../../../shared/surfaces/arrange/twins.ts";
import { lettersOf } from "../../../shared/surfaces/words/words.ts";
import type { AfarTokens } from "../person/afar.ts";
import { type Ledger, outOfOrder } from "../person/ledger.ts";
import { isRemoved, type Mark } from "../person/page.ts";
import {
	isToken,
	type Placed,
	tokenOfPhoto,
	tokensIn,
	tokensInOrder,
	tornPartsOf,
} from "../person/tokens.ts";
import type { Checklist } from "./checklist.ts";

/** A doc, and what it is held against. */
export interface TokenParts {
	readonly doc: Y.Doc;
	/** "the disk", or whose copy it is. */
	readonly whose: string;
	readonly ledger: Ledger;
	readonly list: Checklist;
}

/** What pages showed since they were looked at last. */
export function askScreens(ledger: Ledger, list: Checklist): void {
	const wrong: string[] = [];
	for (const { check, say } of ledger.takeBreaches()) {
		if (check === "chat grows") wrong.push(say);
		else list.ask(check, say);
	}
	list.ask("chat grows", wrong);
}

/** After a crash: what had been promised up to that moment is there, or away, as promised. */
export function askPromises(parts: TokenParts, moment: number): void {
	const { ledger, list } = parts;
	const live = askContent(parts);
	const lost: Record<"shown" | "saved", string[]> = { shown: [], saved: [] };
	const back: string[] = [];
	for (const mark of ledger.marks()) {
		const isLive = live.has(mark.id);
		const isDue = mark.promisedAt <= moment && !isRemoved(mark);
		if (isDue && !isLive) lost[mark.promised ?? "shown"].push(sayLost(mark));
		if (isLive && mark.removalPromisedAt <= moment) back.push(sayBack(mark));
	}
	list.ask("shown stays", lost.shown);
	list.ask("saved stays", lost.saved);
	list.ask("nothing comes back", back);
}

/** What a power cut would leave at this moment. */
export function askSynced({ doc, ledger, list }: TokenParts, moment: number): void {
	const live = liveIn(doc);
	const wrong: string[] = [];
	for (const mark of ledger.marks()) {
		const isDue = mark.promisedAt <= moment && !isRemoved(mark);
		if (isDue && !live.has(mark.id)) wrong.push(`${sayPromise(mark)} before it was synced`);
		if (live.has(mark.id) && mark.removalPromisedAt <= moment) {
			wrong.push(`the removal of ${mark.token} was promised before it was synced`);
		}
	}
	list.ask("saved is synced", wrong);
}

/** In the end, when everybody came home with everything. */
export function askEverything(parts: TokenParts): void {
	const { ledger, list } = parts;
	const live = askContent(parts);
	const lost: string[] = [];
	const back: string[] = [];
	for (const mark of ledger.marks()) {
		const isLive = live.has(mark.id);
		const isPromised = mark.promisedAt < Number.POSITIVE_INFINITY;
		if (!isLive && !isRemoved(mark) && (isPromised || !mark.isForgotten)) lost.push(sayLost(mark));
		if (isLive && mustBeAway(mark)) back.push(sayBack(mark));
	}
	list.ask("nothing lost", lost);
	list.ask("nothing comes back", back);
}

function mustBeAway({ removedBy, removalPromisedAt, isRemovalForgotten }: Mark): boolean {
	const isPromised = removalPromisedAt < Number.POSITIVE_INFINITY;
	return removedBy.size > 0 && (isPromised || !isRemovalForgotten);
}

function sayLost(mark: Mark): string {
	return `${sayPromise(mark)} and is gone`;
}

function sayPromise({ surface, token, promised, user }: Mark): string {
	if (promised === "saved") return `${surface} ${token} was called saved`;
	if (promised === "shown") return `${surface} ${token} was shown to others`;
	return `${surface} ${token} was put there by ${user}`;
}

function sayBack({ surface, token, removedBy }: Mark): string {
	return `${surface} ${token} is there though ${[...removedBy].join(" and ")} removed it`;
}

function liveIn(doc: Y.Doc): Map<string, Placed> {
	return new Map(tokensIn(doc).map((placed) => [`${placed.client}:${placed.clock}`, placed]));
}

/** What must be true at any time; comes back with what is there, by id. */
function askContent(parts: TokenParts): ReadonlyMap<string, Placed> {
	const { doc, ledger, list, whose } = parts;
	const live = liveIn(doc);
	const invented: string[] = [];
	for (const [id, { token, surface }] of live) {
		const mark = ledger.at(id);
		if (mark?.token === token || ledger.afar.get(token) !== undefined) continue;
		const held = mark === undefined ? "nobody wrote anything" : `${mark.user} wrote ${mark.token}`;
		invented.push(`${whose}: ${surface} ${token} stands at ${id}, where ${held}`);
	}
	for (const client of doc.store.clients.keys()) {
		if (ledger.hasWriter(client) || ledger.afar.hasScreens) continue;
		if (isOneSpace(doc.store.clients.get(client) ?? [])) continue;
		invented.push(`${whose} holds something by client ${client}, under which nobody wrote`);
	}
	list.ask("nothing invented", [
		...invented,
		...strangeIn(doc, ledger).map((one) => `${whose}: ${one}`),
	]);
	list.ask("no item doubled", doubledIn(parts));
	list.ask("whole tokens", tornIn(doc));
	list.ask("in order", disordered(doc, ledger));
	list.ask("chat authors", misattributed(doc, ledger));
	return live;
}

/** Items that people see more than once; a copy has a token of its own. */
function doubledIn({ doc, whose }: TokenParts): string[] {
	const counts = new Map<unknown, number>();
	for (const entry of seenEntries(doc.getArray("strokes"))) {
		const id = entry instanceof Y.Map ? entry.get("id") : null;
		if (isToken(id)) counts.set(id, (counts.get(id) ?? 0) + 1);
	}
	return [...counts].flatMap(([token, count]) => {
		return count === 1 ? [] : `${whose}: the item ${token} is there ${count} times`;
	});
}

/**
 * A stranger who would split a character sends one space. Where the character was removed meanwhile
 * nothing is split, and a server may take it.
 */
function isOneSpace(structs: readonly (Y.GC | Y.Item)[]): boolean {
	const [struct, ...others] = structs;
	if (struct === undefined || others.length > 0 || struct.length > 1) return false;
	if (struct.deleted || !("content" in struct)) return true;
	return struct.content.getContent().join("").trim() === "";
}

/** Entries that hold no token: everything that people write holds one. */
function strangeIn(doc: Y.Doc, { afar }: Ledger): string[] {
	const strange: string[] = [];
	for (const entry of doc.getArray<unknown>("chat").toJSON()) {
		if (isToken(entry?.id) || isAfar(entry, afar)) continue;
		strange.push(`a message that nobody wrote: ${JSON.stringify(entry)}`);
	}
	const items = doc.getArray<unknown>("strokes").toJSON();
	// What is drawn by mouse gets its id from the page.
	for (const item of items.filter(({ id }) => !isToken(id)).slice(afar.strokeCount)) {
		strange.push(`an item that nobody drew: ${JSON.stringify(item)}`);
	}
	for (const key of doc.getMap("photos").keys()) {
		if (tokenOfPhoto(key) === null)
			strange.push(`a photo that nobody shared: ${JSON.stringify(key)}`);
	}
	return strange;
}

function tornIn(doc: Y.Doc): string[] {
	const photos = Object.values(doc.getMap("photos").toJSON());
	const texts = [
		doc.getText("text").toString(),
		...photos.map((photo: { caption?: unknown }) => String(photo.caption ?? "")),
		...notesIn(doc).map((letters) => letters.toString()),
	];
	return texts
		.map(tornPartsOf)
		.filter((torn) => torn !== "")
		.map((torn) => `torn, or written by nobody: ${JSON.stringify(torn)}`);
}

/** What stands outside of what it was put between. */
function disordered(doc: Y.Doc, ledger: Ledger): string[] {
	const wrong: string[] = [];
	for (const first of listsOf(doc)) wrong.push(...outOfOrder(tokensInOrder(first), ledger));
	return wrong;
}

/** The first item of each list. */
function* listsOf(doc: Y.Doc): Iterable<Y.Item | null> {
	yield doc.getText("text")._start;
	yield doc.getArray("chat")._start;
	for (const photo of doc.getMap<Y.Map<Y.Text>>("photos").values()) {
		const caption = photo.get("caption");
		if (caption !== undefined) yield caption._start;
	}
	for (const letters of notesIn(doc)) yield letters._start;
}

/** The letters of all items that have some. */
function notesIn(doc: Y.Doc): Y.Text[] {
	return doc
		.getArray("strokes")
		.toArray()
		.map(lettersOf)
		.filter((letters) => letters !== null);
}

function misattributed(doc: Y.Doc, ledger: Ledger): string[] {
	const messages = doc.getArray<{ id?: string; name?: string }>("chat").toArray();
	return messages
		.filter((entry) => !isAfar(entry, ledger.afar))
		.filter(({ id, name }) => ledger.writerOf(id ?? "") !== name)
		.map(({ id, name }) => `${id} stands under ${name}`);
}

/** True for a message that was said at a screen: the page gave it its id. */
function isAfar(entry: unknown, afar: AfarTokens): boolean {
	const { body } = entry as { readonly body?: unknown };
	return typeof body === "string" && afar.get(body) !== undefined;
}
